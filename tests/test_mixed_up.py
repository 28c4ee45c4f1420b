"""Figures that do not belong together are refused, and never stand under another's head."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from dxeval.definitions.evidence import Evidence, Point, Review
from dxeval.definitions.programme import Session
from dxeval.definitions.questions import Scale
from dxeval.errors import FigureError, NotAskedError
from dxeval.presenting import charts, figures_file, page, tables
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.score import Scores
from dxeval.workspace import Workspace

Show = Callable[[Workspace, list[Session], Mapping[str, Scores]], object]

SHOWING: dict[str, Show] = {
    "summary": lambda w, sessions, scores: tables.summary(sessions, scores, w.programme, w.survey),
    "comparison": lambda w, sessions, scores: tables.comparison(sessions, scores, w.programme),
    "charts": lambda w, sessions, scores: charts.comparison_charts(sessions, scores, w.programme),
    "files": lambda w, sessions, scores: figures_file.files(
        sessions, scores, w.programme, w.survey
    )["summary.csv"],
    "evidence": lambda w, sessions, scores: page.review(
        w.programme.model_copy(update={"review": EVIDENCE}), sessions, scores
    ),
}
EVIDENCE = Review(good=(Point(text="x", evidence=(Evidence(item="理解度"),)),))
SEVERAL = Scale(name="良かったもの", question="?", levels=("講義", "演習"), favourable=("講義",))


@pytest.fixture
def sessions(real: Workspace) -> list[Session]:
    return [real.session("exchange-1"), real.session("bpr-1")]


@pytest.fixture
def scores(real: Workspace, sessions: list[Session]) -> dict[str, Scores]:
    return real.score_all(sessions)


def test_no_favourable_answer_beside_twelve_answers_is_refused() -> None:
    """Counted half-way, a question without favourable levels showed 0%（0/13人） and 講義12人."""
    with pytest.raises(FigureError, match="「良かったもの」の肯定的回答がない"):
        Distribution(SEVERAL, 0, (), counts=(12, 1))


def test_more_answers_than_respondents_are_refused() -> None:
    """Who may choose several levels is counted more than once: these are no shares of 13."""
    score = Distribution(SEVERAL, 0, SEVERAL.favourable, counts=(12, 9))
    with pytest.raises(FigureError, match="有効回答 21、無回答 0、回答者 13"):
        Scores("s", 13, (score,))


@pytest.mark.parametrize("show", SHOWING)
def test_other_questions_are_not_shown_under_these_heads(
    real: Workspace, sessions: list[Session], scores: dict[str, Scores], show: str
) -> None:
    """One programme's shares stood under the other's heads where cells went by their place."""
    others = tuple(
        replace(score, item=score.item.model_copy(update={"name": f"別の設問{i}"}))
        for i, score in enumerate(scores["bpr-1"])
    )
    mixed = {**scores, "bpr-1": replace(scores["bpr-1"], items=others)}
    with pytest.raises(NotAskedError, match="bpr-1 では「理解度」を聞いていません"):
        SHOWING[show](real, sessions, mixed)


@pytest.mark.parametrize("show", SHOWING)
def test_a_question_less_is_not_overlooked(
    real: Workspace, sessions: list[Session], scores: dict[str, Scores], show: str
) -> None:
    """Whether the first session lacks the question or a later one."""
    for session in sessions:
        fewer = replace(scores[session.id], items=scores[session.id].items[1:])
        with pytest.raises(NotAskedError, match=f"{session.id} では「理解度」"):
            SHOWING[show](real, sessions, {**scores, session.id: fewer})


@pytest.mark.parametrize("show", SHOWING)
def test_the_same_name_with_other_levels_is_refused(
    real: Workspace, sessions: list[Session], scores: dict[str, Scores], show: str
) -> None:
    first, *rest = scores["bpr-1"]
    other = first.item.model_copy(update={"levels": first.item.levels[::-1]})
    changed = replace(scores["bpr-1"], items=(replace(first, item=other), *rest))
    with pytest.raises(FigureError, match="bpr-1 の「理解度」は、ほかの回とは問いか選択肢が違う"):
        SHOWING[show](real, sessions, {**scores, "bpr-1": changed})


@pytest.mark.parametrize("show", SHOWING)
def test_the_order_of_questions_changes_nothing(
    real: Workspace, sessions: list[Session], scores: dict[str, Scores], show: str
) -> None:
    turned = replace(scores["bpr-1"], items=scores["bpr-1"].items[::-1])
    shown = SHOWING[show](real, sessions, scores)
    assert shown == SHOWING[show](real, sessions, {**scores, "bpr-1": turned})
    assert shown
