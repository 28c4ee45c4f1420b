"""What a cell displayed that must not be shared: addresses, numbers, comments nobody chose."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any
from urllib.parse import unquote

from dxeval.definitions.contact import emails, telephones
from dxeval.report.notebook.quoted import quoting
from dxeval.report.notebook.texts import END, Text, Where, leaves, texts

_FOR_PROGRAMS = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[\w+/=]{24,}")
"""Random ids, hashes and Base64: their digits are no number."""


class What(StrEnum):
    """What must not be shared, as the analyst is told."""

    EMAIL = "メールアドレス"
    TELEPHONE = "電話番号"
    COMMENT = "載せると決めていない自由記述"
    PLACE = "写真の撮影場所（GPS）"


@dataclass(frozen=True)
class Leak:
    """Something that must not be shared; ``place`` is its cell's, None: the notebook's own."""

    place: int | None
    what: What
    where: Where


def leak(
    notebook: dict[str, Any],
    written: str,
    comments: Iterable[str],
    answers: Callable[[], str],
) -> Leak | None:
    """Return what an executed notebook shows that must not be shared, None if there is nothing.

    ``written`` is all that the page is made from on purpose, chosen comments among it: what stands
    there may be shown, other ``comments``, addresses and numbers not. Looked at is all that the
    notebook has beside the template's own words, since it is kept in ``outputs/`` too. Programs
    name their authors, so in a script only what stands in ``answers``, the exports, counts.
    """
    shown = list(_shown(notebook))
    allowed = _contacts(written)
    known = cache(lambda: _contacts(answers()))
    for place, text in shown:
        suspects = _contacts_in(text) - allowed
        if suspects and text.where is Where.SCRIPT:
            suspects &= known()
        if suspects or text.where is Where.PLACE:
            what = min(what for what, _ in suspects) if suspects else What.PLACE
            return Leak(place, what, text.where)
    index = quoting([text.text for _, text in shown], comments, written)
    if index is None:
        return None
    place, text = shown[index]
    return Leak(place, What.COMMENT, text.where)


def _shown(notebook: dict[str, Any]) -> Iterator[tuple[int | None, Text]]:
    """Yield every text of the outputs with its cell's place, then those of the notebook itself."""
    for place, cell in enumerate(notebook["cells"]):
        for output in cell.get("outputs", []):
            yield from ((place, _decoded(text)) for text in texts(output))
        yield from ((place, text) for text in leaves(cell["metadata"], Where.METADATA))
    yield from ((None, text) for text in leaves(notebook["metadata"], Where.METADATA))


def _decoded(text: Text) -> Text:
    if "%40" not in text.text:
        return text
    return text._replace(text=f"{text.text}{END}{unquote(text.text)}")


def _contacts_in(text: Text) -> set[tuple[What, str]]:
    found = {(What.EMAIL, address) for address in emails(text.text)}
    if text.telephones:
        plain = _FOR_PROGRAMS.sub(END, text.text)
        found |= {(What.TELEPHONE, number) for number in telephones(plain)}
    return found


def _contacts(text: str) -> set[tuple[What, str]]:
    return _contacts_in(Text(Where.TEXT, text))
