"""The plan of a draft -> the text of data/survey.yaml."""

from collections.abc import Iterable, Iterator, Sequence

from dxeval.definitions.yaml_text import as_yaml
from dxeval.drafting.plan import Asked, Part, Plan, Value

_HEAD = """\
# 回答ファイルから下書きした調査票。
# unsettled のある設問を確かめて直し、unsettled の行を消す（残っている間は check も run も断る）。
# question は列の見出しのまま。尋ねた文に書きかえてよい。
# levels は選択肢で、よいものから順。favourable は肯定的回答に数えるもの、neutral はどちらでもない
# もの、assumed はだれも選ばず、言葉から補った選択肢（実際の調査票と違えば直す）。
"""
_PLAIN_KEYS = {"lowest", "highest", "extra_header_rows"}
_FORM_KEYS = (
    *("respondent_id", "timestamp", "date_order", "extra_header_rows", "count_rows", "skip_rows"),
)


def survey_text(plan: Plan) -> str:
    """Return a complete survey.yaml, with a mark at each part that is not settled."""
    items = [asked for asked in plan.asked if not asked.attribute]
    attributes = [asked for asked in plan.asked if asked.attribute]
    lines = [*_HEAD.splitlines(), "items:", *_questions(items)]
    if attributes:
        lines += ["# 回答者その人のこと。回答とともに読むが、報告には出ない。", "attributes:"]
        lines += _questions(attributes)
    if isinstance(rule := plan.form.keys.get("resubmission"), str):
        lines += ["# 同じ回答者の回答が2件以上あるとき、最後（latest）か最初（first）を数える。"]
        lines += [f"resubmission: {rule}", ""]
    lines += ["# 書き出しの列の見出し。ここにない列は読み込まない。", "forms:", *_form(plan)]
    lines += ["", *_dropped(plan)]
    return "\n".join(lines).rstrip() + "\n"


def _questions(asked: Iterable[Asked]) -> Iterator[str]:
    for question in asked:
        part = question.part
        yield f"  - name: {_value('name', part.keys['name'])}"
        yield from _mark(part)
        yield from (f"    # {note}" for note in part.notes)
        for key, value in part.keys.items():
            if key != "name":
                yield f"    {key}: {_value(key, value)}"
        yield ""


def _mark(part: Part) -> Iterator[str]:
    if part.unsettled:
        yield f"    unsettled: {as_yaml(part.unsettled)}"


def _form(plan: Plan) -> Iterator[str]:
    keys = plan.form.keys
    yield f"  - name: {_value('name', keys['name'])}"
    yield from _mark(plan.form)
    yield from (f"    {key}: {_value(key, keys[key])}" for key in _FORM_KEYS if key in keys)
    alone = any(not asked.by_column for asked in plan.asked)
    yield "    items:" if alone else "    items: {}"
    for asked in plan.asked:
        if not asked.by_column:
            headers = asked.headers[0] if len(asked.headers) == 1 else asked.headers
            yield f"      {as_yaml(asked.part.name)}: {as_yaml(headers)}"
    if spread := [asked for asked in plan.asked if asked.by_column]:
        yield "    columns:"
        for asked in spread:
            yield f"      {as_yaml(asked.part.name)}:"
            yield from (
                f"        {as_yaml(header)}: {as_yaml(label)}"
                for header, label in asked.by_column.items()
            )


def _value(key: str, value: Value) -> str:
    return str(value) if key in _PLAIN_KEYS else as_yaml(value)


def _dropped(plan: Plan) -> Sequence[str]:
    left = [column for column in plan.columns if not column.kept]
    if not left:
        return []
    return ["# 読み込まない列：", *(f"#   {c.header}：{c.what}（{c.why}）" for c in left)]
