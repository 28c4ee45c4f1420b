"""What is said of an export that was taken in, and what comes next."""

from collections.abc import Iterable, Sequence

from dxeval.adding.drafting import columns_text
from dxeval.adding.reading import Reading
from dxeval.check import Export
from dxeval.definitions.programme import Session, date_text
from dxeval.problems import Problem, describe
from dxeval.scoring.score import score

NEXT = (
    "次にすること：\n"
    "  dxeval run       # 報告を作る\n"
    "  dxeval preview   # ブラウザーで見ながら、{file} に目的や内容を書き足す"
)
UNSETTLED = (
    "設問の下書き（data/survey.yaml）に、決めていない所があります。決まるまで、何も作られません。\n"
    "次にすること：\n"
    "  dxeval check     # 決める所を、行とともに知らせる\n"
    "  dxeval run       # 決めたあとで、報告を作る"
)
UNFIT = (
    "下書きの通りには、この回答を読めません。直るまで、この回は作られません。\n"
    "{refusal}\n"
    "次にすること：data/survey.yaml を直し、dxeval check で確かめます。"
)


def added_text(session: Session, reading: Reading, export: str, notes: Iterable[str] = ()) -> str:
    """Return what was read and made; ``export`` is where the answers stand now."""
    file = f"data/sessions/{session.id}.yaml"
    facts = f"{session.heading}、{date_text(session.date)}、参加者 {session.attendees}人"
    lines = [f"回 {session.id} を加えました：{facts}（{file}）"]
    if reading.draft is not None:
        lines.append(columns_text(reading.draft))
    if reading.responses is not None and reading.survey is not None:
        scores = score(reading.responses, reading.survey, session.favourable)
        lines.append(Export(export, reading.responses, scores).text)
        lines += _warned(reading.responses.warnings)
    lines += notes
    if reading.refusal is not None:
        lines.append(UNFIT.format(refusal=reading.refusal))
    else:
        lines.append(NEXT.format(file=file) if reading.responses is not None else UNSETTLED)
    return "\n".join(lines)


def replaced_text(session: Session, told: Sequence[str], warnings: Sequence[Problem]) -> str:
    """Return what a corrected export changed; ``told`` is empty where it was shown before."""
    head = f"回 {session.id} の回答を置きかえました{'：' if told else '。'}"
    lines = [head, *told, *_warned(warnings)]
    return "\n".join([*lines, "次にすること：\n  dxeval run       # 報告を作り直す"])


def _warned(warnings: Sequence[Problem]) -> list[str]:
    return [f"注意：\n{describe(warnings)}"] if warnings else []
