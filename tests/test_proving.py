"""What people wrote, held against the answers: sentences with wanted verdicts, evidence, a run."""

from pathlib import Path

import pytest
from conftest import EXAMPLE
from test_batch import command, keep_sessions
from test_check import spoil

from dxeval.check import check_workspace
from dxeval.presenting.review import review
from dxeval.problems import ProblemKind
from dxeval.scoring.across import items_across
from dxeval.scoring.prose.holding import Tally, held
from dxeval.scoring.prose.words import weak_results
from dxeval.workspace import Workspace

ROWS = Path(__file__).with_name("sentences.tsv").read_text(encoding="utf-8").splitlines()[1:]
SENTENCES = [row.split("\t") for row in ROWS]
"""A session of the example, what is to be said (nothing: -), and the sentence."""
REVIEW, SESSION = "data/programme.yaml", "data/sessions/exchange-1.yaml"
CITED = "evidence: {item: 役立ち度, programme: bpr}"
VOICE = "他の自治体の方々と交流でき、良い経験になった。"
UNCHOSEN = "今回は課題を出し合って整理する場で、すぐに実践する内容ではないと感じた。"


@pytest.fixture
def call(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def call(*words: str) -> tuple[int, str, str]:
        return command(workspace, monkeypatch, capsys, *words)

    return call


@pytest.mark.parametrize(("session_id", "wanted", "sentence"), SENTENCES)
def test_a_sentence_is_held_against_its_session(
    session_id: str, wanted: str, sentence: str
) -> None:
    workspace = Workspace(EXAMPLE)
    session = workspace.session(session_id)
    scores = workspace.score(session, workspace.responses(session))
    tallies = [*filter(None, map(Tally.of, scores))]
    found = [*held(sentence, tallies, [scores])]
    assert (",".join(sorted(one.verdict for one in found)) or "-") == wanted


def test_the_sentences_are_many_and_most_raise_nothing() -> None:
    quiet = [row for row in SENTENCES if row[1] == "-"]
    assert len(SENTENCES) > 60
    assert len(quiet) > 35


def test_the_example_is_clean(workspace: Workspace) -> None:
    report = check_workspace(workspace)
    assert not report.problems
    assert not report.warnings


def test_the_five_whom_the_published_sentence_leaves_out_are_named(workspace: Workspace) -> None:
    said = "「習得度」は、24%が「もっと勉強が必要」「実践はしない」と回答した。"
    spoil(workspace, SESSION, "comments:", f"summary: {said}\ncomments:")
    report = check_workspace(workspace)
    assert not report.problems
    (found,) = report.warnings
    assert (found.kind, found.column) == (ProblemKind.UNMENTIONED, "summary")
    assert "「どちらでもない」5/21人" in found.message


EVIDENCE = [
    ("{item: 役立ち度, programme: bpr, percent: 100, count: 12, at_least: 100}", None, ""),
    ("{item: 習得度, session: bpr-1, percent: 83.3}", None, ""),
    ("{item: 習得度, session: bpr-1, percent: 83.4}", "evidence-value", "83%（5/6人）"),
    ("{item: 習得度, programme: exchange, at_least: 60}", "evidence-value", "52～100%"),
    ("{item: 習得度, level: もっと勉強が必要, count: 11}", "evidence-value", "10/108人"),
    ("{item: 習得度, level: もっと勉強が必要, at_most: 20}", None, ""),
    ("{item: 習得度, level: もっと勉強が要る}", "wrong-evidence", "指すものがありません"),
    ("{item: 習得度, session: bpr-3}", "wrong-evidence", "指すものがありません"),
    ("{item: 習得度, session: bpr-1, programme: exchange}", "wrong-evidence", "合いません"),
    (f"[{{item: 満足度}}, {{session: bpr-1, comments: {VOICE}}}]", None, ""),
    ("{session: bpr-1, comments: 他の自治体（略）経験になった。}", None, ""),
    (f"{{session: exchange-1, comments: [{UNCHOSEN}]}}", "wrong-evidence", "載せる声"),
    (f"{{comments: {VOICE}}}", "wrong-value", "session"),
    ("{item: 満足度, programme: exchange, percent: 99}", "evidence-value", "数え方が違う"),
    ("{item: 満足度, programme: exchange, count: 95}", "evidence-value", "数え方が違う"),
    ("{item: 満足度, programme: exchange, at_least: 95}", None, ""),
    ("{item: 満足度, programme: exchange, level: 満足, count: 46}", None, ""),
    ("{item: 満足度, percent: 101}", "wrong-value", "0～100"),
    ("{item: 満足度, at_least: 90, at_most: 80}", "wrong-value", "大きく"),
]


@pytest.mark.parametrize(("evidence", "kind", "said"), EVIDENCE)
def test_evidence_is_there_and_holds(
    workspace: Workspace, evidence: str, kind: str | None, said: str
) -> None:
    spoil(workspace, REVIEW, CITED, f"evidence: {evidence}")
    problems = check_workspace(workspace).problems
    assert [problem.kind for problem in problems] == ([kind] if kind else [])
    assert all(said in problem.message for problem in problems)
    assert not any(UNCHOSEN in str(problem) for problem in problems)


def test_a_wrong_sentence_fails_its_page_and_no_other(workspace: Workspace, call) -> None:
    keep_sessions(workspace, "exchange-1", "bpr-1")
    spoil(workspace, SESSION, "comments:", "summary: 理解度は98%だった。\ncomments:")
    code, _, err = call("run", "--quiet")
    pages = {path.stem for path in (workspace.root / "outputs/html").glob("*.html")}
    assert code == 1
    assert "100%（21/21人）" in err
    assert "bpr-1" in pages
    assert "overall" in pages
    assert "exchange-1" not in pages


def test_evidence_that_no_longer_holds_fails_the_overall_page(workspace: Workspace, call) -> None:
    keep_sessions(workspace, "exchange-1", "bpr-1")
    spoil(workspace, REVIEW, CITED, "evidence: {item: 役立ち度, programme: bpr, percent: 99}")
    code, _, err = call("run", "--quiet")
    pages = {path.stem for path in (workspace.root / "outputs/html").glob("*.html")}
    assert code == 1
    assert "「review.good[3].evidence.percent」" in err
    assert {"bpr-1", "exchange-1"} <= pages
    assert "overall" not in pages


def test_words_without_figures_and_weak_results_are_notices(workspace: Workspace, call) -> None:
    spoil(workspace, REVIEW, "という声があった", "という声が多かった")
    spoil(
        workspace, REVIEW, "定着させるための支援が続いて要る。\n      evidence: {item: 習得度}", "x"
    )
    spoil(workspace, REVIEW, "さらに進める取組が必要である", "過半数が求めた")
    code, out, _ = call("check")
    assert code == 0
    assert "「多かった」" in out
    assert "「過半数」が、evidence の数字と合いません（習得度は9%、10/108人）" in out
    assert "習得度（78%、75/96人）" in out
    assert "習得度（92%、11/12人）" in out


def test_shares_counted_by_several_rules_are_no_weak_result_together() -> None:
    workspace = Workspace(EXAMPLE)
    sessions = workspace.sessions(programme_id="exchange")
    ids = [session.id for session in sessions]
    items = items_across(ids, workspace.score_all(sessions))
    (mixed,) = [item for item in items if item.is_mixed]
    assert mixed.item.name == "満足度"
    assert not [*weak_results([mixed], {"exchange": ids})]
    assert [weak.item for weak in weak_results([mixed], {"one": ["exchange-2"]})] == ["満足度"]


def test_a_comment_that_nobody_chose_is_not_shown_as_evidence(workspace: Workspace) -> None:
    cited = f"evidence: {{session: exchange-1, comments: [{UNCHOSEN}]}}"
    spoil(workspace, REVIEW, CITED, cited)
    sessions = workspace.sessions()
    shown = review(workspace.programme, sessions, workspace.score_all(sessions))
    assert UNCHOSEN[:12] not in str(shown.html)
    spoil(workspace, REVIEW, cited, f"evidence: {{session: bpr-1, comments: {VOICE}}}")
    again = Workspace(workspace.root)
    shown = review(again.programme, sessions, again.score_all(sessions))
    assert VOICE in str(shown.html)
