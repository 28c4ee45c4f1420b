"""What a corrected export changes of what is counted: figures and numbers, never a text."""

from collections import Counter
from collections.abc import Iterator

from dxeval.check import Export, counts_text
from dxeval.presenting.wording import uncounted_rows_text
from dxeval.reading.responses import Responses

NOTHING = "  数える人数と自由記述は変わりません（ファイルの中身は違います）"
_NONE = "なし"


def changes(before: Export, after: Export) -> list[str]:
    """Return a line for the respondents, and one for each thing that is counted otherwise."""
    lines = [*_changed(before, after)]
    n, now = before.responses.n_respondents, after.responses.n_respondents
    people = f"  回答 {n}人 → {now}人" if n != now else f"  回答 {now}人のまま"
    return [people, *lines] if lines or n != now else [people, NOTHING]


def _changed(before: Export, after: Export) -> Iterator[str]:
    pairs = {"フォーム": (before.responses.form, after.responses.form)}
    names = [score.item.name for export in (before, after) for score in export.scores]
    pairs |= {name: (_counts(before, name), _counts(after, name)) for name in names}
    rows = [uncounted_rows_text(export.scores.uncounted) for export in (before, after)]
    pairs["数えなかったもの"] = (rows[0], rows[1])
    for name, (was, now) in pairs.items():
        if was != now:
            yield f"  {name}：{was or _NONE}\n    → {now or _NONE}"
    for name in dict.fromkeys([*before.responses.attributes, *after.responses.attributes]):
        if _groups(before.responses, name) != _groups(after.responses, name):
            yield f"  {name}（属性）：人数が変わりました"
    written = [Counter(export.responses.comments) for export in (before, after)]
    if written[0] != written[1]:
        gone, new = written[0] - written[1], written[1] - written[0]
        totals = f"{written[0].total()}件 → {written[1].total()}件"
        yield f"  自由記述：{totals}（なくなった {gone.total()}件、新しい {new.total()}件）"


def _counts(export: Export, name: str) -> str:
    score = export.scores.get(name)
    return "" if score is None else counts_text(score)


def _groups(responses: Responses, name: str) -> Counter[str]:
    if name not in responses.attributes:
        return Counter()
    return Counter(responses.attributes[name].astype(str))
