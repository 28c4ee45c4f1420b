"""Which lines of a report are headings: of a session, of a question, of what is neither."""

import re
from collections.abc import Sequence
from itertools import pairwise

from dxeval.auditing.drafting.blocks import Block
from dxeval.auditing.drafting.subjects import reference
from dxeval.auditing.drafting.tables import names_in

_NUMBERED = re.compile(
    r"\d+(?:[-－]\d+)+[.．]?\s*\S|\d+(?:\.\d+)+\.?\s+[^\d%\s]|第\s*\d+\s*[章節部]"
)
_WHOLE = re.compile(r"(?:全体|総括|合計|全回|まとめ|総評)(?:の.{0,10})?$")
_QUESTION = re.compile(r"(?:問|Q|設問)\s*\d+[\s.:．、)]|[【〔\[].{1,20}[】〕\]]$|.{1,14}$")
_NAME = re.compile(
    r"(?P<open>[【〔\[]?)(?P<name>[^\s【〔\[\]〕】]{1,15}(?<![年程制温速])(?:度|感|評価|意向))[】〕\]]?"
)
SHORT = 60
"""Letters of a line that may be a heading."""
LISTED = 1
"""Headings of sessions no further from each other than so many lines are a list, no chapters."""


def question_names(block: Block) -> list[str]:
    """Return the names of questions that a block shows as such, in heads and headings."""
    if block.rows:
        return names_in(block.rows)
    found = _NAME.fullmatch(block.typed.strip())
    return [found["name"]] if found and (block.level or found["open"]) else []


def chapters(blocks: Sequence[Block]) -> set[int]:
    """Return which blocks are headings of one session; where they follow each other, none are."""
    found = [i for i, block in enumerate(blocks) if _names_session(block)]
    listed = {i for pair in pairwise(found) if pair[1] - pair[0] <= LISTED for i in pair}
    return {i for i in found if i not in listed or blocks[i].level}


def _names_session(block: Block) -> bool:
    text = block.typed.strip()
    if block.rows or len(text) > SHORT or re.search("[。「]", text) or _is_item_of_list(text):
        return False
    return reference(text) is not None


def _is_item_of_list(text: str) -> bool:
    return bool(re.match(r"[-*・■]\s", text) or re.match(r"[-*・]\s*[①-⑳]", text))


def ends_session(block: Block, level: int) -> bool:
    """Return whether a heading is of more than the session below a heading of that ``level``."""
    above = bool(block.level and level and block.level <= level)
    return bool(_NUMBERED.match(block.text.strip()) or _WHOLE.match(block.typed.strip()) or above)


def may_name_question(block: Block) -> bool:
    """Return whether a line may be the heading of a question."""
    short = len(block.typed.strip()) <= SHORT and "%" not in block.text
    return short and bool(_QUESTION.match(block.text.strip()))
