"""Prints that are of what was shown before: set apart, and told of."""

from collections.abc import Sequence
from pathlib import Path

from dxeval.definitions.visible import visible_line
from dxeval.report.places import OUTDATED, WHOLE_PRINT, page_file, print_file

WHOLE = Path(WHOLE_PRINT).stem


def outdated(outputs: Path, order: Sequence[str]) -> list[str]:
    """Return the names of what has an old print and no new one, in the order of the pages."""
    there = {path.stem for path in (outputs / OUTDATED).glob("*.pdf")}
    old = {name for name in there if not (outputs / print_file(name)).is_file()}
    known = [name for name in dict.fromkeys([*order, WHOLE]) if name in old]
    return [*known, *sorted(old - {*known})]


def outdated_words(outputs: Path, order: Sequence[str]) -> str:
    """Return what to say of old prints; nothing if there are none."""
    names = outdated(outputs, order)
    gone = [name for name in names if name != WHOLE and not (outputs / page_file(name)).is_file()]
    lines = []
    if names:
        lines.append(
            f"古い PDF が{len(names)}件あります（{_listed(names)}）。"
            f"outputs/{OUTDATED}/ に分けてあります。dxeval run --pdf で作り直せます。"
        )
    if gone:
        lines.append(
            f"そのうち{_listed(gone)}は、今はページがありません。"
            "要らなければ、この PDF を消してください。"
        )
    return "\n".join(lines)


def coming_words(outputs: Path, stale: Sequence[str]) -> str:
    """Return what to say of prints of pages that are ``stale``: the next batch sets them aside."""
    printed = [name for name in stale if (outputs / print_file(name)).is_file()]
    if stale and (outputs / WHOLE_PRINT).is_file():
        printed = [*dict.fromkeys([*printed, WHOLE])]
    if not printed:
        return ""
    return (
        f"PDF が{len(printed)}件、今のデータより古くなっています（{_listed(printed)}）。"
        "dxeval run --pdf で作り直せます。"
    )


def _listed(names: Sequence[str]) -> str:
    return "、".join(map(visible_line, names))
