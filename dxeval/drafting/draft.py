"""An export without a survey -> the draft of its questionnaire, and what to ask a person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dxeval.drafting import parts
from dxeval.drafting.answers import answered
from dxeval.drafting.grouping import Group, groups
from dxeval.drafting.headers import About, is_personal, item_name, says
from dxeval.drafting.plan import Asked, Column, Doubt, Part, Plan
from dxeval.drafting.rows import form_of
from dxeval.drafting.sheet import Cells, no_question, read_sheet
from dxeval.drafting.sorting import Sort, sort_of
from dxeval.drafting.writing import survey_text
from dxeval.errors import DataError
from dxeval.problems import Problem, ProblemKind

MOST_QUESTIONS = 3
"""Questions asked of a person; the rest is marked in the file."""


@dataclass(frozen=True)
class Question:
    """Something that a person must say: ``choices`` to pick from."""

    text: str
    choices: tuple[str, ...]
    key: str


@dataclass(frozen=True)
class Draft:
    """The draft of a questionnaire: ``survey``, the text of a whole data/survey.yaml.

    What it is not sure of is marked there by ``unsettled``, so that nothing reads it before it is
    settled: by a person in the file, or by an answer to one of the ``questions``, the most
    important first. ``columns`` say of each column of the export what became of it.
    """

    survey: str
    questions: tuple[Question, ...]
    columns: tuple[Column, ...]
    n_rows: int
    _plan: Plan = field(repr=False)

    def answered(self, key: str, choice: str) -> "Draft":
        """Return the draft with a question answered. Raises KeyError for what was not asked."""
        asked = {question.key: question for question in self.questions}
        if choice not in asked[key].choices:
            raise KeyError(choice)
        plan = self._plan.answered(key, choice)
        rest = tuple(question for question in self.questions if question.key != key)
        return replace(self, survey=survey_text(plan), questions=rest, _plan=plan)


def draft(path: Path, name: str) -> Draft:
    """Draft the questionnaire of an export; ``name`` is what messages call the file.

    Raises DataError for what is no export, or has no question.
    """
    sheet = read_sheet(path, name, is_personal)
    if not sheet.n_rows:
        raise DataError([Problem(ProblemKind.NO_ROWS, name, "見出しの下に回答がありません")])
    sorts = {cells.header: sort_of(cells) for cells in sheet.cells}
    by_sort: dict[Sort, list[Cells]] = defaultdict(list)
    for cells in sheet.cells:
        by_sort[sorts[cells.header]].append(cells)
    answers = [c for c in sheet.cells if sorts[c.header] in {Sort.ANSWER, Sort.EMPTY}]
    asked: list[Asked] = []
    for group in groups(answers):
        if any(cells.together for cells in group.cells):
            asked.append(_asked(group, {other.part.name for other in asked}))
    if not asked:
        raise DataError([no_question(name)])
    if all(question.attribute for question in asked):
        asked = [replace(question, attribute=False) for question in asked]
    form = form_of(by_sort, sheet.extra_header_rows, sheet.sure)
    columns = _columns(sheet.headers, sorts, asked, form)
    plan = Plan(tuple(asked), form, columns)
    return Draft(survey_text(plan), _questions(plan), columns, sheet.n_rows, plan)


def _asked(group: Group, taken: set[str]) -> Asked:
    """Return the question of a group of columns."""
    first = group.cells[0]
    header = first.asks if len(group.cells) == 1 else group.question
    if group.options:
        part = _spread(group)
    else:
        part = answered(header, first.together)
        if len(first.columns) > 1 and (doubt := _branches(first, part)):
            part = part.doubting(doubt)
    if group.orphans:
        sentence = (
            "後に続く見出しのない列が、この設問の答えかどうかを確かめる"
            "（そうなら、列ごとに見出しのある形で書き出し直す）。"
        )
        part = part.doubting(Doubt("orphans", sentence))
    name = item_name(header, taken)
    named = replace(part, keys={"name": name, "question": header, **part.keys})
    attribute = _is_attribute(header, part)
    if attribute:
        named = replace(named, notes=())
    headers = (first.header,) * max(1, len(first.columns))
    return Asked(named, headers, group.options, attribute)


def _is_attribute(header: str, part: Part) -> bool:
    """Return whether a question is about the respondent, and of no opinion."""
    about = says(header, About.PEOPLE) and not says(header, About.DEGREE)
    kind = part.keys.get("kind", "scale")
    return about and kind not in {"text", "choices"} and "favourable" not in part.keys


def _spread(group: Group) -> Part:
    levels = tuple(dict.fromkeys(group.options.values()))
    part = Part({"kind": "choices", "levels": levels})
    if not group.other:
        return part
    part = replace(part, keys={**part.keys, "other": group.other, "separator": "\n"})
    if not group.unsure:
        return part
    sentence = "「その他」に数えた最後の列が、自分の言葉か選択肢の1つかを確かめる。"
    return part.doubting(Doubt("last column", sentence))


def _branches(cells: Cells, part: Part) -> Doubt | None:
    """Return the doubt of columns of one header, unless each person chose of one scale in one."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in zip(*cells.columns, strict=True)]
    if max(filled, default=0) < 2 and "kind" not in part.keys:
        return None
    sentence = "同じ見出しの列が2つ以上あるので、別の設問なら見出しを直して書き出し直す。"
    return Doubt("branches", sentence)


def _questions(plan: Plan) -> tuple[Question, ...]:
    doubts: dict[str, Doubt] = {}
    names: dict[str, list[str]] = defaultdict(list)
    for part in (plan.form, *(asked.part for asked in plan.asked)):
        for doubt in part.doubts:
            if doubt.options:
                doubts.setdefault(doubt.key, doubt)
                names[doubt.key] += [part.name] if part is not plan.form else []
    first = sorted(doubts.values(), key=lambda doubt: (-doubt.weight, -len(names[doubt.key])))
    return tuple(
        Question(_text(doubt, names[doubt.key]), tuple(doubt.options), doubt.key)
        for doubt in first[:MOST_QUESTIONS]
    )


def _text(doubt: Doubt, names: Sequence[str]) -> str:
    return f"{parts.listed(names)}：{doubt.asks}" if names else doubt.asks


def _columns(
    headers: Sequence[str], sorts: dict[str, Sort], asked: Sequence[Asked], form: Part
) -> tuple[Column, ...]:
    """Return what became of each column, in order."""
    questions = {header: a for a in asked for header in (*a.headers, *a.by_column)}
    rows = {header for key in ("count_rows", "skip_rows") for header in form.keys.get(key, ())}
    used = {form.keys.get("respondent_id"), form.keys.get("timestamp"), *rows}
    found = []
    for header in headers:
        sort = sorts.get(header, Sort.PERSONAL)
        if header in questions:
            part = questions[header].part
            kind = str(part.keys.get("kind", "scale"))
            found.append(Column(header, KINDS[kind], f"設問「{part.name}」", True))
        else:
            found.append(Column(header, sort, WHY[sort], header in used))
    return tuple(found)


KINDS = {
    "scale": "順のある選択肢",
    "rating": "点数",
    "choice": "選択肢",
    "choices": "いくつでも選べる選択肢",
    "number": "数",
    "text": "自由記述",
}
WHY = {
    Sort.EMPTY: "答えが1つもない",
    Sort.TIME: "日時の見出しか、日時だけのセル",
    Sort.ID: "行ごとに違う番号",
    Sort.MEMBER: "アドレスや職員番号など。報告には出ない",
    Sort.PERSONAL: "氏名や連絡先のような見出しかセル",
    Sort.SYSTEM: "設問ではない",
    Sort.STATUS: "数えない行のしるし",
    Sort.ANSWER: "設問に使わない",
}
"""Why a column was taken for what it is."""
