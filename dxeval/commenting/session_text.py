"""A session's file changed in place: its lists edited entry by entry, all else as it was typed.

Positions in the text are PyYAML's marks. What cannot be changed without touching something else
raises CannotEditError; that nothing else changed is proved by whoever reads the result again.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from dxeval.definitions.decision import Decision
from dxeval.definitions.yaml_text import as_yaml

Items = Sequence[tuple[int | None, str]]
"""The entries of a list as YAML, each with its place in the list as it is, None if it is new."""
_UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_DASH = re.compile(r"-[ \t]+\Z")
_COMMENT = re.compile(r"(?:^|\s)#")


class CannotEditError(Exception):
    """The file is laid out so that a list cannot be changed without touching something else."""


def scalar(text: str) -> str:
    """Return a text as one line of YAML, which reads as exactly this text."""
    return _UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", as_yaml(text))


def decision_yaml(decision: Decision) -> str:
    """Return a decision as one line of YAML."""
    data = decision.model_dump(mode="json", exclude_none=True)
    parts = {"row": str(decision.row), **{k: scalar(v) for k, v in data.items() if k in _TEXTS}}
    if decision.chosen is not None:
        parts["chosen"] = json.dumps(decision.chosen)
    return "{" + ", ".join(f"{key}: {parts[key]}" for key in _KEYS if key in parts) + "}"


_TEXTS = {"question", "text", "quote", "reason"}
_KEYS = ("row", "question", "text", "chosen", "quote", "reason")


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    text: str


def edited(text: str, lists: Mapping[str, tuple[Sequence[str], Items]]) -> str:
    """Return the text of a session's file with lists as told.

    ``lists`` are by key the entries as they are and as they are to be, both as YAML: an entry that
    is equal to what stands at its place is left as it was typed. Raises CannotEditError.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise CannotEditError
    nodes = {key.value: (key, value) for key, value in root.value}
    edits: list[_Edit] = []
    behind = ""
    for key, (now, wanted) in lists.items():
        if [*now] == [item for _, item in wanted]:
            continue
        if key not in nodes:
            behind += _block(key, wanted)
        elif not wanted or nodes[key][1].flow_style or not nodes[key][1].value:
            edits.append(_whole(text, key, *nodes[key], wanted))
        else:
            edits += _by_entry(text, nodes[key][1], now, wanted)
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    line_end = "\r\n" if "\r\n" in text else "\n"
    if behind and text and not text.endswith("\n"):
        behind = "\n" + behind
    return text + behind.replace("\n", line_end)


def _block(key: str, items: Items) -> str:
    return f"{key}:\n" + "".join(f"  - {item}\n" for _, item in items) if items else ""


def _whole(text: str, key: str, key_node: yaml.Node, value: yaml.Node, items: Items) -> _Edit:
    """Return the edit that writes a whole key anew: an empty list, one in brackets, or none."""
    start, end = key_node.start_mark.index, _end(text, value)
    left = text[key_node.end_mark.index : end]
    for node in reversed([*_scalars(value)]):
        offset = key_node.end_mark.index
        left = left[: node.start_mark.index - offset] + left[_end(text, node) - offset :]
    if _COMMENT.search(left) or (not items and text[end : _line_end(text, end)].strip()):
        raise CannotEditError
    if not items:
        return _Edit(start, min(_line_end(text, end) + 1, len(text)), "")
    return _Edit(start, end, _inner(text, _block(key, items)).rstrip())


def _by_entry(text: str, value: yaml.Node, now: Sequence[str], items: Items) -> list[_Edit]:
    """Return the edits of a list with an entry a line: what stays is not touched."""
    wanted = {place: item for place, item in items if place is not None}
    edits = []
    for place, node in enumerate(value.value):
        start, end = node.start_mark.index, _end(text, node)
        line = text.rfind("\n", 0, start) + 1
        if not _DASH.search(text[line:start]):
            raise CannotEditError
        if place not in wanted:
            edits.append(_Edit(line, min(_line_end(text, end) + 1, len(text)), ""))
        elif wanted[place] != now[place]:
            edits.append(_Edit(start, end, wanted[place]))
    last = value.value[-1]
    line = text.rfind("\n", 0, last.start_mark.index) + 1
    indent = text[line : last.start_mark.index]
    place = _line_end(text, _end(text, last))
    if new := [item for place_, item in items if place_ is None]:
        lines = "".join(f"{indent}{item}\n" for item in new)
        at_end = place >= len(text)
        added = "\n" + lines if at_end else lines
        behind = min(place + 1, len(text))
        edits.append(_Edit(behind, behind, _inner(text, added)))
    return edits


def _inner(text: str, lines: str) -> str:
    """Return lines with the line ends of the file."""
    return lines.replace("\n", "\r\n") if "\r\n" in text else lines


def _scalars(node: yaml.Node) -> list[yaml.Node]:
    """Return the scalars of a list or mapping, in order."""
    if isinstance(node, yaml.ScalarNode):
        return [node]
    pairs = ((part,) if isinstance(part, yaml.Node) else part for part in node.value)
    return [scalar for parts in pairs for part in parts for scalar in _scalars(part)]


def _end(text: str, node: yaml.Node) -> int:
    """Return where a value ends, without the lines that follow it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    found = text[node.start_mark.index : node.end_mark.index]
    return node.start_mark.index + len(found.rstrip())


def _line_end(text: str, place: int) -> int:
    """Return where the line ends on which a place stands: its line break, or the text's end."""
    found = text.find("\n", place)
    return len(text) if found < 0 else found
