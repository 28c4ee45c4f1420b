"""The audit as a page of its own, which the publisher switches on by a notebook."""

import pytest
from click.testing import CliRunner
from pages import Page, page_of
from test_batch import keep_sessions

from dxeval.cli import cli
from dxeval.errors import MisuseError
from dxeval.presenting import audit_words, tables
from dxeval.report.batch import Result, run
from dxeval.scoring.audit import Kind
from dxeval.workspace import Workspace


def shown(workspace: Workspace) -> Page:
    found = tables.audit(
        workspace.published, workspace.sessions(), workspace.programme, workspace.survey
    )
    return Page(found.html)


def test_it_is_off_until_a_notebook_is_there(made: tuple[Workspace, Result]) -> None:
    workspace, _ = made
    assert not (workspace.root / "outputs/html/audit.html").exists()


def test_the_page_is_made_by_the_notebook_that_the_command_puts(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_sessions(workspace, "exchange-2", "bpr-1")
    monkeypatch.chdir(workspace.root)
    for path in (workspace.root / "data/responses").iterdir():
        path.unlink()
    done = CliRunner().invoke(cli, ["audit", "--page"])
    assert done.exit_code == 0, done.output
    with pytest.raises(MisuseError, match="もうあります"):
        CliRunner().invoke(cli, ["audit", "--page"], standalone_mode=False, catch_exceptions=False)
    with pytest.raises(MisuseError, match="ほかのオプションなし"):
        CliRunner().invoke(
            cli, ["audit", "--page", "--strict"], standalone_mode=False, catch_exceptions=False
        )
    assert run(workspace).failed == {}
    page = page_of(workspace, "audit")
    assert page.text("h1") == "付録 公表値の検算"
    assert "矛盾（5件）" in page.texts("h2")
    assert "audit.html" in page_of(workspace, "index").links()
    whole = page_of(workspace, "report")
    assert whole.links("nav > .contents > li:last-child a") == ["#audit"]
    assert [tag["id"] for tag in whole.all("article.chapter")][-1] == "audit"
    (workspace.root / "notebooks/audit.ipynb").unlink()
    run(workspace)
    assert not (workspace.root / "outputs/html/audit.html").exists()


def test_findings_name_sessions_as_pages_do(real: Workspace) -> None:
    page = shown(real)
    assert "exchange-" not in page.whole
    assert page.texts("h3")[:2] == [
        "得られない値：①第2回 役立ち度",
        "同時には成り立たない値：①第2回 役立ち度",
    ]
    assert "②第1回の人数（6人）で割った" in page.whole
    assert page.whole.count("57/58") == 1, "an explanation is said in full once"
    assert "行目" not in page.whole


def test_the_table_marks_what_is_not_possible(real: Workspace) -> None:
    page = shown(real)
    assert len(page.all(".audited-table td")) == 28
    assert page.texts(".audited-table .in-force") == ["98%", "67%", "90%"]
    assert page.texts(".audited-table tbody tr:nth-child(2) td")[1] == "98% 20人からは得られない"
    assert page.texts(".audited-table tbody tr:nth-child(1) td")[2] == "52% 11/21人"


def test_who_may_be_recognised_is_not_said_on_a_page(real: Workspace) -> None:
    page = shown(real)
    assert "だれの回答か" not in page.whole
    assert "見てほしいこと（3件）" in page.texts("h2")
    own = {Kind.ONE_PERSON, Kind.OTHER_NAME, Kind.DIFFERS}
    assert {*audit_words.CHECKED} == {*Kind} - own, "what figures alone tell, but for that"


def test_each_check_says_how_often_it_found_something(real: Workspace) -> None:
    page = shown(real)
    names = page.texts(".audited-checks tbody th")
    rows = dict(zip(names, page.texts(".audited-checks td.number"), strict=True))
    assert rows["得られない値"] == "5"
    assert rows["日付と曜日"] == "0"


def test_without_figures_the_page_says_so(real: Workspace) -> None:
    page = Page(tables.audit((), real.sessions(), real.programme, real.survey).html)
    assert page.whole == "公表された数字（data/published.csv）がない。"


def test_sessions_that_are_called_alike_have_their_id_beside(real: Workspace) -> None:
    sessions = [s.model_copy(update={"number": 1}) for s in real.sessions()]
    page = Page(tables.audit(real.published, sessions, real.programme, real.survey).html)
    assert page.texts(".audited-table tbody th")[0] == "①第1回（exchange-1）"
