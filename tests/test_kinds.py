"""Another kind of page is another entry of the table, and nothing else."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Here
from test_batch import keep_sessions
from test_faults import light_notebook

import dxeval
from dxeval.definitions.programme import check_id
from dxeval.report import kinds, plan
from dxeval.report.batch import run
from dxeval.report.kinds import KINDS, OVERALL, Figures, Subject
from dxeval.report.listing import State, listing
from dxeval.report.notebook.template import Parameters
from dxeval.report.site.links import INDEX, TO_INDEX, Frame
from dxeval.workspace import Workspace


def each_programme(workspace: Workspace) -> list[Subject]:
    sessions = workspace.catalogue.sessions
    return [
        Subject(f"programme-{own.id}", tuple(s for s in sessions if s.programme == own.id))
        for own in workspace.programme.programmes
    ]


def programme_id(subject: Subject, failed: Collection[str]) -> Parameters:
    return {"programme_id": subject.id.removeprefix("programme-"), "failed": sorted(failed)}


def frame(workspace: Workspace, subject: Subject, there: Sequence[Subject]) -> Frame:
    return Frame(f"事業 {subject.id}", (TO_INDEX,))


def facts(workspace: Workspace, subject: Subject) -> tuple[str, str, str]:
    return f"事業 {subject.id}", f"{len(subject.sessions)}回", "—"


def no_tables(workspace: Workspace, parameters: Parameters) -> Figures:
    return Figures()


PROGRAMME = replace(
    OVERALL,
    name="事業",
    template="notebooks/programme.ipynb",
    subjects=each_programme,
    parameters=programme_id,
    frame=frame,
    facts=facts,
    counted="{}事業",
    about="事業ごとのまとめ",
    tables=no_tables,
)


@pytest.fixture
def with_programmes(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Light notebooks for three kinds of page, the third one new."""
    session, overall = KINDS
    monkeypatch.setattr(plan, "KINDS", (session, PROGRAMME, overall))
    keep_sessions(workspace, "exchange-1", "bpr-1", "bpr-2")
    light_notebook(workspace, "session", "session_id = ''")
    light_notebook(workspace, "overall", "failed = []", "failed")
    light_notebook(workspace, "programme", "programme_id = ''; failed = []", "programme_id, failed")
    return workspace


def test_its_pages_are_made_listed_linked_and_left_alone(with_programmes: Workspace) -> None:
    result = run(with_programmes, executor=Here())
    assert result.failed == {}
    assert list(result.made)[-3:] == ["programme-exchange", "programme-bpr", "overall"]
    assert result.counted == ["3回", "2事業", "総括"]
    html = with_programmes.root / "outputs/html"
    assert "<title>事業 programme-bpr</title>" in (html / "programme-bpr.html").read_text("utf-8")
    index = (html / "index.html").read_text("utf-8")
    assert '<a href="programme-bpr.html">事業 programme-bpr</a>：事業ごとのまとめ' in index
    lines = {line.id: line for line in listing(plan.Plan(Workspace(with_programmes.root)))}
    assert [*lines][-4:] == ["programme-exchange", "programme-bpr", "overall", "index"]
    assert lines["programme-bpr"].facts == ("事業 programme-bpr", "2回", "—")
    assert {line.state for line in lines.values()} == {State.FRESH}
    assert run(Workspace(with_programmes.root), executor=Here()).made == {}


def test_a_failing_session_does_not_take_it_down(with_programmes: Workspace) -> None:
    run(with_programmes, executor=Here())
    (with_programmes.root / "data/responses/bpr-1.csv").write_text("x,y\n1,2\n")
    result = run(Workspace(with_programmes.root), executor=Here())
    assert list(result.failed) == ["bpr-1"]
    assert list(result.made) == ["programme-exchange", "programme-bpr", "overall"]
    html = with_programmes.root / "outputs/html"
    assert "(&#39;bpr&#39;, [&#39;bpr-1&#39;])" in (html / "programme-bpr.html").read_text("utf-8")


def test_no_session_can_have_the_id_of_another_page(real: Workspace) -> None:
    """Both would write one file."""
    others = [subject.id for kind in KINDS if kind.gathers for subject in kind.subjects(real)]
    for page_id in (*others, INDEX):
        with pytest.raises(ValueError, match="ID"):
            check_id(page_id)


def test_no_module_but_the_table_knows_a_page_by_its_id() -> None:
    """Nobody compares ids: what differs between pages stands in their kind."""
    report = Path(dxeval.__file__).parent / "report"
    for path in (*report.rglob("*.py"), report.parent / "cli.py"):
        text = path.read_text(encoding="utf-8")
        if path != Path(kinds.__file__):
            assert not re.search(rf"OVERALL|[\"']{kinds.OVERALL_ID}\b", text), path
