"""`dxeval audit --own`: every number of every page, workbook and CSV file is computed again.

Nothing is an orphan, in the example and in extremes; a number that somebody changes is found.
"""

import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import every_kind
import nbformat
import pytest
import stress
from conftest import EXAMPLE, command, copy_workspace

from dxeval.auditing.own_reading import audited
from dxeval.auditing.page import switch_on
from dxeval.errors import ExplainError, MisuseError
from dxeval.explaining.standing import left_out
from dxeval.presenting.origins_sheet import ORIGINS
from dxeval.reading.xlsx import read_sheets
from dxeval.report.batch import Result
from dxeval.report.batch import run as run_batch
from dxeval.report.plan import Plan
from dxeval.scoring.recount.what import TEXTS, What
from dxeval.tracing.held import Held, Verdict, held
from dxeval.tracing.known import Known
from dxeval.workspace import Workspace

Made = tuple[Workspace, Result]
XLSX = "tables/figures.xlsx"


run = partial(command, "audit", "--own")


@pytest.fixture(scope="module")
def extremes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workspace]:
    """Reports of few and many people, long names, every kind of question; to be read only."""
    found = {}
    for name, writer in (("stress", stress), ("every kind", every_kind)):
        root = tmp_path_factory.mktemp(name.replace(" ", "-"))
        writer.write_workspace(root)
        if not (root / "notebooks").exists():
            shutil.copytree(EXAMPLE / "notebooks", root / "notebooks")
        assert not run_batch(Workspace(root)).failed
        found[name] = Workspace(root)
    return found


@pytest.fixture
def spoiled(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A copy of the example's finished report that a test may spoil."""
    root = tmp_path / "copy"
    shutil.copytree(made[0].root, root)
    monkeypatch.chdir(root)
    return Workspace(root)


def wrong(workspace: Workspace) -> list[str]:
    found = audited(Plan(workspace))
    assert not found.unread
    places = [one for places in found.differing for one in places]
    every = [*(one for one in places if one.verdict is Verdict.DIFFERS), *found.orphans]
    return [f"{one.file} {one.found.place.words}: {one.found.text}" for one in every]


def test_no_number_of_the_example_is_an_orphan(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made[0].root)
    code, text = run("--strict")
    assert (code, wrong(made[0])) == (0, [])
    assert "違う数も、出どころの分からない数もありません。" in text
    found = audited(Plan(made[0]))
    assert {*found.numbers} >= {"html/index.html", "html/report.html", XLSX, "tables/counts.csv"}
    assert found.verdicts[Verdict.AGREES] > 8000


@pytest.mark.parametrize("name", ["stress", "every kind"])
def test_no_number_of_extremes_is_an_orphan(name: str, extremes: dict[str, Workspace]) -> None:
    assert not wrong(extremes[name])


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The example with one session that fails, one that waits, one of which only figures are known.

    Another has blanks and people who did not answer, and every page ends with a cell of its own.
    """
    workspace = copy_workspace(tmp_path_factory.mktemp("varied"))
    data, notebook = workspace.root / "data", workspace.root / "notebooks/session.ipynb"
    for session in ("exchange-3", "bpr-2"):
        (data / f"responses/{session}.csv").unlink()
        file = data / f"sessions/{session}.yaml"
        own = re.sub(r"(?m)^comments:\n(?: +.*\n)*", "", file.read_text(encoding="utf-8"))
        file.write_text(own, encoding="utf-8")
    published = data / "published.csv"
    lines = published.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("bpr-2")]
    published.write_text("".join(kept), encoding="utf-8")
    change(data / "sessions/exchange-4.yaml", "attendees: 20", "attendees: 26\ninvited: 30")
    change(data / "responses/exchange-4.csv", ",実践できる,", ",,", 2)
    change(data / "responses/exchange-2.csv", "とても理解できた", "とても理解")
    cells = nbformat.read(notebook, 4)
    cells.cells.append(nbformat.v4.new_markdown_cell("会場は3か所、資料は12部。"))
    cells.cells.append(nbformat.v4.new_code_cell("import pandas as pd\npd.DataFrame([[17]])"))
    nbformat.write(cells, notebook)
    switch_on(workspace)
    assert set(run_batch(workspace).failed) == {"exchange-2"}
    return workspace


def test_no_number_is_an_orphan_where_sessions_fail_wait_or_are_only_published(
    varied: Workspace,
) -> None:
    found = audited(Plan(varied))
    assert not found.differing
    assert not found.orphans
    assert [one.place for one in found.unread] == ["html/exchange-2.html"]
    assert "html/audit.html" in found.numbers
    assert found.verdicts[Verdict.OWN]


def test_a_number_of_a_cell_of_ones_own_is_said_to_be_one(
    varied: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(varied.root)
    for text in ("17", "12部"):
        code, said = command("explain", "exchange-1", text)
        assert code == 0
        assert "dxeval が計算していない数" in said
        assert "outputs/notebooks/exchange-1.ipynb の" in said


def change(path: Path, old: str, new: str, number: int = 1) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= number
    path.write_text(text.replace(old, new, number), encoding="utf-8", newline="")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("html/exchange-1.html", "<strong>52%</strong>", "<strong>58%</strong>"),
        ("html/exchange-1.html", "11 / 21人", "12 / 21人"),
        ("html/exchange-1.html", "のうち11人（52%）", "のうち11人（53%）"),
        ("html/overall.html", "延べ108人", "延べ109人"),
        ("html/report.html", "延べ108人", "延べ109人"),
        ("html/index.html", "21人", "22人"),
        ("tables/counts.csv", ",9,0.42857142857142855,", ",9,0.4285714285,"),
        ("tables/counts.csv", ",9,0.42857142857142855,", ",8,0.42857142857142855,"),
        ("tables/summary.csv", "2025-06-04,21,21", "2025-06-04,21,20"),
        ("tables/summary.csv", ",52,11,21,", ",53,11,21,"),
    ],
)
def test_a_changed_number_is_found(spoiled: Workspace, file: str, old: str, new: str) -> None:
    change(spoiled.root / "outputs" / file, old, new)
    code, text = run("--strict")
    assert code == 1
    assert f"違う所：outputs/{file}" in text or f"■ outputs/{file}" in text
    assert run()[0] == 0


def test_one_number_that_differs_on_two_pages_is_one_finding(spoiled: Workspace) -> None:
    for page in ("exchange-1", "report"):
        change(spoiled.root / f"outputs/html/{page}.html", "のうち11人（52%）", "のうち11人（50%）")
    found = json.loads(run("--json")[1])
    (finding,) = found["differing"]
    assert finding["computed"] == ["52"]
    wrong_places = [(place["file"], place["printed"]) for place in finding["places"]]
    assert wrong_places == [("html/exchange-1.html", "50"), ("html/report.html", "50")]
    elsewhere = {place["file"] for place in finding["elsewhere"]}
    assert {"html/exchange-1.html", "html/report.html", XLSX, "tables/counts.csv"} <= elsewhere


def test_a_number_that_nothing_explains_is_found(spoiled: Workspace) -> None:
    change(spoiled.root / "outputs/html/exchange-1.html", "</main>", "<p>17件あった。</p></main>")
    found = json.loads(run("--json")[1])
    assert [(one["file"], one["printed"]) for one in found["orphans"]] == [
        ("html/exchange-1.html", "17")
    ]
    assert "出どころの分からない数（1個）" in run()[1]


def rewritten(content: bytes, part: Callable[[str, str], str]) -> bytes:
    """Return an XLSX file with the text of its parts changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, part(name, text.decode()) if name.endswith(".xml") else text)
    return buffer.getvalue()


def columns_changed(content: bytes, changed: list[str]) -> bytes:
    """Return a workbook with the first number of each column of each sheet one more."""

    def part(name: str, text: str) -> str:
        seen: set[str] = set()

        def one_more(cell: re.Match[str]) -> str:
            if cell[2] in seen:
                return cell[0]
            seen.add(cell[2])
            changed.append(f"{name} {cell[2]}")
            return f"{cell[1]}{float(cell[4]) + 1:g}{cell[5]}"

        if not name.startswith("xl/worksheets/sheet"):
            return text
        return re.sub(r'(<c r="([A-Z]+)(\d+)"[^>t]*><v>)([^<]+)(</v>)', one_more, text)

    return rewritten(content, part)


def numbers(workspace: Workspace, content: bytes) -> list[Held]:
    plan = Plan(workspace)
    return [*held(XLSX, content, Known.of(workspace, left_out(plan)))]


def bad(found: list[Held]) -> list[Held]:
    return [one for one in found if one.verdict in {Verdict.DIFFERS, Verdict.ORPHAN}]


@pytest.mark.parametrize("name", ["example", "every kind"])
def test_a_changed_cell_of_any_column_is_found(
    name: str, made: Made, extremes: dict[str, Workspace]
) -> None:
    workspace = made[0] if name == "example" else extremes[name]
    content = (workspace.root / "outputs" / XLSX).read_bytes()
    changed: list[str] = []
    spoilt = columns_changed(content, changed)
    assert len(changed) > 50
    assert len(bad(numbers(workspace, spoilt))) == len(changed)


def test_a_changed_text_of_the_workbook_is_found(made: Made) -> None:
    content = (made[0].root / "outputs" / XLSX).read_bytes()
    changes = {
        "全7回": "全8回",
        "30人未満": "31人未満",
        "100%</t>": "99%</t>",
        "①第1回": "①第9回",
        "exchange-1<": "exchange-11<",
        "964740056": "964740057",
        "<t>SHA-256</t>": "<t>SHA-257</t>",
        "1回に1行": "2回に1行",
        "62%（13/21人）": "61%（13/21人）",
        "52%（11/21人）": "51%（11/21人）",
    }
    there = "".join(zipfile.ZipFile(io.BytesIO(content)).read(n).decode() for n in parts(content))
    for old, new in changes.items():
        if old in there:
            spoilt = rewritten(content, partial(replaced, old, new))
            assert bad(numbers(made[0], spoilt)), old
    assert sum(old in there for old in changes) >= 8


def replaced(old: str, new: str, name: str, text: str) -> str:
    return text.replace(old, new)


def parts(content: bytes) -> Iterator[str]:
    yield from (n for n in zipfile.ZipFile(io.BytesIO(content)).namelist() if n.endswith(".xml"))


NOT_LISTED = {
    *TEXTS,
    *(What.DATE, What.REFERENCE_BELOW, What.WEIGHT_LOW, What.WEIGHT_HIGH, What.SPAN),
    *(What.END_LOW, What.END_HIGH, What.RULES, What.RULED, What.SHOWN, What.WRITTEN),
    *(What.PUBLISHED, What.AGREEING, What.COMPARED, What.NEAR_COUNT, What.NEAR_SHARE),
    *(What.FEW, What.MANY, What.FEW_SHARE, What.MANY_SHARE, What.OF_N, What.LEADERS_MORE),
    *(What.ITEMS_BLANK, What.ITEMS_MISSING, What.MISSING_LOW, What.MISSING_HIGH),
    *(What.CHOSEN, What.LEADER, What.COUNTED),
    *(What.LEVELS_CHOSEN, What.LEVELS_MORE, What.PEOPLE_MORE),
}
"""Days, drawings, comments, published figures, how many questions or labels a sentence names."""


@pytest.mark.parametrize("name", ["example", "stress", "every kind"])
def test_every_figure_of_the_pages_has_a_row_in_the_workbook(
    name: str, made: Made, extremes: dict[str, Workspace]
) -> None:
    workspace = made[0] if name == "example" else extremes[name]
    plan = Plan(workspace)
    known = Known.of(workspace, left_out(plan))
    content = (workspace.root / "outputs" / XLSX).read_bytes()
    rows: dict[tuple[object, ...], set[str]] = {}
    for one in held(XLSX, content, known):
        claim = one.found.claim
        if one.found.place.section == ORIGINS and claim:
            key = (claim.sessions, claim.item, claim.levels)
            rows.setdefault(key, set()).add(one.found.text)
    missing = []
    for page in plan.manifest.pages:
        html = (workspace.root / f"outputs/html/{page}.html").read_bytes()
        for one in held(f"html/{page}.html", html, known):
            claim = one.found.claim
            if claim and claim.what not in NOT_LISTED:
                key = (claim.sessions, claim.item, claim.levels)
                if one.found.text not in rows.get(key, ()):
                    missing.append((page, one.found.text, claim))
    assert not missing


def test_the_sheet_names_file_and_hash(made: Made) -> None:
    sheets = {g.label: [row for _, row in g.rows] for g in read_sheets(_content(made[0]), "x")}
    head, *rows = sheets[ORIGINS]
    row = next(dict(zip(head, r, strict=False)) for r in rows if "役立ち度" in r and "割合" in r[4])
    assert (row["回のID"], row["人数"], row["分母"], row["ページの値"]) == (
        *("exchange-1", "20", "21"),
        "95%",
    )
    assert row["ファイル"] == "data/responses/exchange-1.csv"
    assert row["数え方"] == "「とても役に立つ」「役に立つ」"
    assert row["決めた所"] == "data/survey.yaml"
    lines = [dict(zip(head, r, strict=False)) for r in rows if "満足度" in r]
    own = {line["回のID"] for line in lines if line["決めた所"] == "data/sessions/exchange-2.yaml"}
    assert own == {"exchange-2"}


def _content(workspace: Workspace) -> bytes:
    return (workspace.root / "outputs" / XLSX).read_bytes()


def test_what_is_out_of_date_is_not_read_and_said(spoiled: Workspace) -> None:
    file = spoiled.root / "data/sessions/exchange-1.yaml"
    change(file, "attendees: 21", "attendees: 22")
    code, text = run("--strict")
    assert code == 1
    assert "- html/exchange-1.html：要更新（data/sessions/exchange-1.yaml）" in text
    assert run()[0] == 0
    found = json.loads(run("--json")[1])
    assert set(found) == {"ok", "files", "numbers", "differing", "orphans", "unread"}
    assert {one["file"] for one in found["files"]} >= {"html/exchange-2.html"}
    assert not found["differing"]
    assert not found["orphans"]


def test_nothing_to_read_and_words_that_do_not_go_together_are_refused(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace.root)
    with pytest.raises(ExplainError, match="まだ作っていません"):
        run()
    with pytest.raises(MisuseError, match="--own は"):
        run("--answers")
