"""The example's programme: what its published figures say, and where they contradict themselves."""

import subprocess
import sys

import pytest
from conftest import EXAMPLE, ROOT

from dxeval.scoring.audit import check_figures, check_legends, possible_counts
from dxeval.scoring.score import Scores
from dxeval.workspace import Workspace


@pytest.fixture
def scores(real: Workspace) -> dict[str, Scores]:
    return real.score_all(real.sessions())


def test_the_programme_is_complete(real: Workspace) -> None:
    attendees = {s.id: s.attendees for s in real.sessions()}
    assert sum(n for s, n in attendees.items() if s.startswith("exchange")) == 96
    assert sum(n for s, n in attendees.items() if s.startswith("bpr")) == 12
    assert [f.where for f in real.published].count("table") == 28
    assert [f.where for f in real.published].count("headline") == 28
    assert [f.where for f in real.published].count("legend") == 28
    prose = [f for f in real.published if f.where == "prose"]
    assert sorted(f.percent or 0 for f in prose) == [16, 17, 24, 90]


def test_25_of_28_table_figures_and_the_24_come_out(
    real: Workspace, scores: dict[str, Scores]
) -> None:
    findings = check_figures(real.published, scores)
    table = {(f.figure.session_id, f.figure.item): f for f in findings if f.figure.where == "table"}
    assert len(table) == 28
    contradictions = {place: f for place, f in table.items() if f.verdict != "agrees"}
    assert {
        place: (f.verdict, f.figure.percent, f.count, f.n, f.ours)
        for place, f in contradictions.items()
    } == {
        ("exchange-2", "役立ち度"): ("impossible", 98, 20, 20, 100),
        ("exchange-2", "習得度"): ("impossible", 67, 13, 20, 65),
        ("exchange-5", "習得度"): ("impossible", 90, 17, 19, 89),
    }
    prose = {f.figure.percent: f.verdict for f in findings if f.figure.where == "prose"}
    assert prose == {24: "agrees", 90: "agrees", 17: "impossible", 16: "impossible"}


def test_every_headline_agrees_where_its_table_figure_does(
    real: Workspace, scores: dict[str, Scores]
) -> None:
    findings = check_figures(real.published, scores)
    differing = {
        (f.figure.session_id, f.figure.item)
        for f in findings
        if f.figure.where == "headline" and f.verdict != "agrees"
    }
    assert differing == {
        ("exchange-2", "役立ち度"),
        ("exchange-2", "習得度"),
        ("exchange-5", "習得度"),
    }


def test_legends_that_contradict_their_headlines(real: Workspace) -> None:
    conflicts = {
        (c.legend.session_id, c.legend.item): (c.lacking, c.covered)
        for c in check_legends(real.published)
    }
    assert conflicts == {
        ("exchange-2", "役立ち度"): ((), True),
        ("exchange-5", "満足度"): (("概ね満足",), False),
    }


def test_answers_show_just_the_levels_that_the_legends_show(
    real: Workspace, scores: dict[str, Scores]
) -> None:
    legends = [figure for figure in real.published if figure.where == "legend"]
    for legend in legends:
        assert scores[legend.session_id][legend.item].chosen == legend.levels


def test_every_attendee_answered_every_item(real: Workspace, scores: dict[str, Scores]) -> None:
    for session in real.sessions():
        awaited = [item for item in scores[session.id] if item.awaited]
        assert {item.n_valid for item in awaited} == {session.attendees}


def test_the_simulated_answers_say_so_and_can_be_made_again(workspace: Workspace) -> None:
    folder = workspace.root / "data/responses"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert len(before) == 7
    assert all("模擬データ".encode() in content[:64] for content in before.values())
    assert all(session.simulated for session in workspace.sessions())
    for path in folder.iterdir():
        path.unlink()
    script = ROOT / "tests/simulated/make_responses.py"
    subprocess.run([sys.executable, script, workspace.root / "data"], check=True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("shown", "n", "counts"),
    [
        (98, 20, ()),
        (67, 20, ()),
        (90, 19, ()),
        (95, 20, (19,)),
        (24, 21, (5,)),
        (52, 21, (11,)),
        (100, 6, (6,)),
        (13, 8, (1,)),
        (50, 400, (198, 199, 200, 201)),
        (50, 0, ()),
    ],
)
def test_possible_counts(shown: int, n: int, counts: tuple[int, ...]) -> None:
    assert possible_counts(shown, n) == counts


def test_data_files_carry_no_sentence_of_the_published_report() -> None:
    """A few telling sentences of the report: its prose is ours to re-word, not to copy."""
    phrases = ["総じて高評価となった", "実務に生かせる学びの場となった", "所存である"]
    text = "".join(p.read_text(encoding="utf-8") for p in EXAMPLE.rglob("*.yaml"))
    assert not [phrase for phrase in phrases if phrase in text]
