"""All that an output of a notebook says, and where: nothing of it is hidden from who has the file.

Text that stands in one line is one piece, whatever tags are in it; pieces end with ``END``.
"""

import base64
import binascii
import html
import json
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple
from urllib.parse import unquote

from dxeval.report.notebook.traces import said_by

END = "\0"
DEEPEST = 4
"""Data URIs inside data URIs that are looked into; browsers show no SVG inside an SVG's image."""


class Where(StrEnum):
    """Where something stands, as the analyst is told."""

    TEXT = "文"
    LINK = "リンク"
    ATTRIBUTE = "属性（alt、title など）"
    NOTE = "HTML のコメント"
    SCRIPT = "スクリプトかスタイル"
    DATA = "データ（JSON など）"
    PICTURE = "画像ファイルの付帯情報"
    PLACE = "画像ファイル"
    METADATA = "出力やノートブックの付帯情報"


class Text(NamedTuple):
    """A text and where it stands. ``telephones``: its digits are for people, not for programs."""

    where: Where
    text: str
    telephones: bool = True


_BLOCKS = (
    "html|head|body|title|div|p|h[1-6]|ul|ol|li|dl|dt|dd|table|caption|colgroup|col|thead|tbody|"
    "tfoot|tr|td|th|section|article|main|header|footer|nav|aside|figure|figcaption|blockquote|pre|"
    "form|fieldset|legend|details|summary|hr|br|option|select|button|input|textarea|svg|text|desc|"
    "metadata|g|path|rect|circle|line|poly(?:gon|line)|use|defs|image|iframe|object|rt"
)
_TOKEN = re.compile(
    r"<!--(?P<note>.*?)(?:-->|\Z)"
    r"|<(?P<code>script|style)\b(?P<opened>(?:[^>\"']|\"[^\"]*\"|'[^']*')*+)>(?P<source>.*?)"
    r"(?:</(?P=code)\s*>|\Z)"
    r"|<!\[CDATA\[(?P<literal>.*?)\]\]>"
    r"|</?(?P<tag>[a-z][^\s/>]*)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*+)>"
    r"|<[!?](?P<declared>[^>]*)>",
    re.I | re.S,
)
_BLOCK = re.compile(_BLOCKS, re.I)
_ATTRIBUTE = re.compile(r"([^\s=/\"'>]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)")
_DRAWN = re.compile(r"(?:d|points|transform|viewbox|style|class|[xyrwh]|[cfdr][xy]|[xy][12])", re.I)
"""Attributes that are numbers for a program and may be long."""
_LINKS = {"href", "xlink:href", "src", "srcset", "action", "formaction", "cite", "poster"}
_FOR_PEOPLE = re.compile("alt|title|aria-.+|content|value|placeholder|label|summary|data-.+", re.I)
_CALLS = ("tel:", "sms:", "mailto:", "callto:", "facetime:")
_DATA_URI = re.compile(r"data:([a-z]+/[a-z0-9.+-]+)([^,\"'<>\s]*),([^\"'<>\s)]*)", re.I)
_ESCAPE = re.compile(r"\\(?:u\{?([0-9a-fA-F]{4,6})\}?|x([0-9a-fA-F]{2}))")


def texts(output: dict[str, Any]) -> Iterator[Text]:
    """Yield what one output of a cell says in any of its forms."""
    for key, value in output.items():
        if key == "data":
            for kind, content in value.items():
                yield from _of_kind(kind, content, 0)
        else:
            yield from leaves(value, Where.METADATA)


def leaves(value: object, where: Where, depth: int = 0) -> Iterator[Text]:
    """Yield every string in what is made of lists and dicts, the keys too."""
    if isinstance(value, str):
        yield Text(where, value)
        if "<" in value or "&" in value:
            yield from _markup(value, depth, where)
        else:
            yield from _inside(value, depth)
    elif isinstance(value, (list, dict)):
        for part in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from leaves(part, where, depth)


def _of_kind(kind: str, content: object, depth: int) -> Iterator[Text]:
    if isinstance(content, list) and all(isinstance(line, str) for line in content):
        content = "".join(content)
    if not isinstance(content, str):
        yield from leaves(content, Where.DATA, depth)
    elif kind == "text/plain":
        yield Text(Where.TEXT, re.sub(r" {2,}|[\n\t]", END, content))
    elif "javascript" in kind:
        yield from _code(content)
    elif kind.startswith("text/") or kind.endswith("xml"):
        yield from _markup(content, depth)
        if kind == "text/markdown":
            yield Text(Where.TEXT, re.sub(r"[*`\\]", "", content))
    elif kind.endswith("json"):
        try:
            yield from leaves(json.loads(content), Where.DATA, depth)
        except (ValueError, RecursionError):
            yield Text(Where.DATA, content)
    else:
        yield from _picture(_unpacked(content))


def _picture(content: bytes) -> Iterator[Text]:
    said, is_placed = said_by(content)
    yield from (Text(Where.PICTURE, text) for text in said)
    if is_placed:
        yield Text(Where.PLACE, "")


def _markup(source: str, depth: int, where: Where = Where.TEXT) -> Iterator[Text]:
    """Yield what stands in HTML, SVG or other XML, however badly written."""
    flow: list[str] = []
    at = 0
    for token in _TOKEN.finditer(source):
        flow.append(source[at : token.start()])
        at = token.end()
        if token["note"] is not None:
            yield from leaves(html.unescape(token["note"]), Where.NOTE, depth + 1)
        elif token["code"]:
            yield from _attributes(token["opened"], depth)
            yield from _code(token["source"])
            flow.append(END)
        elif token["literal"]:
            flow.append(html.escape(token["literal"]))
        elif token["tag"]:
            yield from _attributes(token["attributes"], depth)
            flow.append(END if _BLOCK.fullmatch(token["tag"]) else "")
        elif token["declared"]:
            yield Text(Where.NOTE, token["declared"], telephones=False)
    flow.append(source[at:])
    yield Text(where, html.unescape("".join(flow)))
    yield from _inside(source, depth)


def _attributes(source: str, depth: int) -> Iterator[Text]:
    for name, quoted in _ATTRIBUTE.findall(source):
        value = unquote(html.unescape(quoted.strip("\"'")))
        if value.startswith("data:") or (_DRAWN.fullmatch(name) and "@" not in value):
            continue
        is_link = name.lower() in _LINKS
        spoken = value.lower().startswith(_CALLS) if is_link else _FOR_PEOPLE.fullmatch(name)
        where = Where.LINK if is_link else Where.ATTRIBUTE
        yield Text(where, value, bool(spoken))
        if "<" in value and depth < DEEPEST:
            yield from _markup(value, depth + 1, where)


def _code(source: str) -> Iterator[Text]:
    def plain(found: re.Match[str]) -> str:
        code = int(found[1] or found[2], 16)
        return chr(code) if code < 0x110000 else ""

    yield Text(Where.SCRIPT, _ESCAPE.sub(plain, source))


def _inside(source: str, depth: int) -> Iterator[Text]:
    """Yield what stands in data URIs, wherever they are."""
    if depth >= DEEPEST or "data:" not in source:
        return
    for kind, settings, content in _DATA_URI.findall(html.unescape(source)):
        packed = unquote(content)
        if "base64" not in settings:
            yield from _of_kind(kind, packed, depth + 1)
        elif kind.startswith("text/") or kind.endswith(("xml", "json", "javascript")):
            plain = _unpacked(packed).decode(errors="replace")
            yield from _of_kind(kind, plain, depth + 1)
        else:
            yield from _of_kind(kind, packed, depth + 1)


def _unpacked(content: str) -> bytes:
    try:
        return base64.b64decode("".join(content.split()) + "==")
    except (binascii.Error, ValueError):
        return b""
