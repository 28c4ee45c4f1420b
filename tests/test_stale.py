"""What is made again, what is not, and what the list says about it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import EXAMPLE, Here
from pages import STATES, page_of
from test_batch import keep_sessions
from test_pages import Made

from dxeval.definitions.strict_yaml import read_yaml
from dxeval.definitions.survey import Survey
from dxeval.report import manifest
from dxeval.report.batch import run
from dxeval.report.job import Job
from dxeval.report.listing import State, listing
from dxeval.report.plan import Plan
from dxeval.report.sources import as_yaml
from dxeval.workspace import Workspace

SESSIONS = [*(f"exchange-{i}" for i in range(1, 6)), "bpr-1", "bpr-2"]
PROGRAMMES = ["programme-exchange", "programme-bpr"]
EVERY = [*SESSIONS, *PROGRAMMES, "overall"]
OF_BPR_1 = ["bpr-1", "programme-bpr", "overall"]
Edit = Callable[[Path], object]


@pytest.fixture
def finished(made: Made, tmp_path: Path) -> Path:
    """A workspace whose pages are all up to date, to be spoilt."""
    return shutil.copytree(made[0].root, tmp_path / "copy")


def stale(root: Path) -> dict[str, list[str]]:
    lines = listing(Plan(Workspace(root)))
    return {line.id: line.reasons for line in lines if line.state is not State.FRESH}


def replace(name: str, old: str, new: str) -> Edit:
    def edit(root: Path) -> None:
        path = root / name
        text = path.read_text(encoding="utf-8-sig")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def run_and_save_in_jupyter(root: Path) -> None:
    path = root / "notebooks/session.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = notebook["cells"][2]
    cell["execution_count"] = 7
    cell["metadata"]["execution"] = {"iopub.status.busy": "2026-01-01"}
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x"}]
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.99"}
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda root: None, []),
        (lambda root: (root / "data/survey.yaml").touch(), []),
        (replace("data/survey.yaml", "# ", "# 注 "), []),
        (replace("data/sessions/bpr-1.yaml", "number: 1\n", "number: 1  # 初回\n"), []),
        (replace("data/published.csv", "\n", "\r\n"), []),
        (run_and_save_in_jupyter, []),
        (
            replace("data/responses/bpr-1.csv", "概ね満足", "満足"),
            ["bpr-1", "programme-bpr", "overall"],
        ),
        (
            lambda root: (root / "data/responses/bpr-1.csv").unlink(),
            ["bpr-1", "programme-bpr", "overall"],
        ),
        (
            replace("data/sessions/bpr-1.yaml", "住民・職員", "住民、職員"),
            ["bpr-1", "programme-bpr", "overall"],
        ),
        (
            replace("data/sessions/exchange-2.yaml", "2025-06-30", "2025-07-01"),
            ["exchange-1", "exchange-2", "exchange-3", "programme-exchange", "overall"],
        ),
        (
            replace("data/published.csv", "bpr-2,理解度,table,,100", "bpr-2,理解度,table,,99"),
            ["bpr-2", "programme-bpr", "overall"],
        ),
        (replace("data/programme.yaml", "好評だった", "とても好評だった"), ["overall"]),
        (
            replace("data/programme.yaml", "title: BPR/BPO推進", "title: BPR推進"),
            ["bpr-1", "bpr-2", "programme-bpr", "overall"],
        ),
        (
            replace("data/survey.yaml", "reference_below: 30", "reference_below: 29"),
            EVERY,
        ),
        (replace("notebooks/session.ipynb", "**1回分の", "**一回分の"), SESSIONS),
        (replace("notebooks/overall.ipynb", "**総括**", "**総括です**"), ["overall"]),
        (replace("notebooks/programme.ipynb", "**事業ごとの", "**各事業の"), PROGRAMMES),
        (lambda root: (root / "outputs/html/bpr-1.html").unlink(), ["bpr-1"]),
        (replace("outputs/html/bpr-2.html", "</html>", "</html><!-- -->"), ["bpr-2"]),
        (replace("outputs/notebooks/overall.ipynb", "総括", "総かつ"), ["overall"]),
        (lambda root: (root / "outputs/html/index.html").unlink(), []),
        (
            lambda root: (root / "outputs/manifest.json").write_text("{"),
            EVERY,
        ),
        (lambda root: shutil.rmtree(root / "outputs"), EVERY),
    ],
)
def test_only_what_changed_is_stale(finished: Path, edit: Edit, expected: list[str]) -> None:
    edit(finished)
    found = stale(finished)
    gone = [] if (finished / "outputs/html/index.html").exists() else ["index"]
    assert list(found) == [*expected, *(["report", "index"] if expected else gone)]
    assert all(found.values())


def test_a_photograph_that_arrives_is_noticed(finished: Path) -> None:
    (finished / "data/photos/bpr-1-1.jpg").write_bytes(b"x")
    assert stale(finished)["bpr-1"] == ["data/photos/bpr-1-1.jpg"]
    (finished / "data/photos/unused.jpg").write_bytes(b"x")
    assert list(stale(finished)) == ["bpr-1", "report", "index"]


def test_another_version_makes_all_stale(finished: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = manifest.versions()
    assert {"python", "matplotlib", "seaborn", "pandas", "nbconvert", "dxeval"} <= there.keys()
    absent = {name for name, version in there.items() if version == "-"}
    assert absent <= {"kaleido", "plotly", "vl-convert-python"}  # what a notebook may use
    monkeypatch.setattr(manifest, "versions", lambda: {**there, "matplotlib": "9"})
    assert stale(finished)["overall"] == ["matplotlib の版"]
    assert len(stale(finished)) == 12


def test_style_templates_and_code_are_part_of_the_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = shutil.copytree(manifest.PACKAGE, tmp_path / "dxeval")
    monkeypatch.setattr(manifest, "PACKAGE", package)
    seen = {manifest.versions.__wrapped__()["dxeval"]}
    for name in (
        "presenting/style.css",
        "report/site/template/page/head.html.j2",
        "scoring/score.py",
    ):
        with (package / name).open("a") as file:
            file.write("\n")
        seen.add(manifest.versions.__wrapped__()["dxeval"])
    assert len(seen) == 4


def test_one_changed_answer_makes_that_session_overall_and_index(finished: Path) -> None:
    before = contents(finished)
    replace("data/responses/bpr-1.csv", "概ね満足", "満足")(finished)
    result = run(Workspace(finished), executor=Here())
    assert list(result.made) == ["bpr-1", "programme-bpr", "overall"]
    assert result.fresh == [session_id for session_id in SESSIONS if session_id != "bpr-1"]
    after = contents(finished)
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    made = ["bpr-1", "programme-bpr", "overall"]
    pages = {f"html/{name}.html" for name in (*made, "report", "index")}
    notebooks = {f"notebooks/{name}.ipynb" for name in made}
    tables = {"tables/counts.csv", "tables/figures.xlsx"}
    assert changed == pages | notebooks | tables | {"manifest.json"}
    assert stale(finished) == {}

    assert list(run(Workspace(finished), ["bpr-2"], force=True, executor=Here()).made) == [
        "bpr-2",
        *PROGRAMMES,
        "overall",
    ]
    assert contents(finished) == after


def test_a_moved_neighbour_changes_links_without_running_a_notebook(finished: Path) -> None:
    replace("data/sessions/bpr-1.yaml", "2025-07-11", "2025-07-12")(finished)
    notebook = (finished / "outputs/notebooks/bpr-2.ipynb").read_bytes()
    result = run(Workspace(finished), executor=Here())
    assert list(result.made) == ["bpr-1", "programme-bpr", "overall"]
    assert page_of(Workspace(finished), "bpr-2").numbers("a[rel=prev]") == [[1, 7, 12]]
    assert (finished / "outputs/notebooks/bpr-2.ipynb").read_bytes() == notebook
    assert stale(finished) == {}


def test_the_pages_of_a_session_that_is_gone_are_removed(finished: Path) -> None:
    (finished / "data/sessions/bpr-2.yaml").unlink()
    (finished / "data/responses/bpr-2.csv").unlink()
    published = finished / "data/published.csv"
    rows = published.read_text(encoding="utf-8").splitlines(keepends=True)
    published.write_text("".join(row for row in rows if not row.startswith("bpr-2")), "utf-8")
    made = run(Workspace(finished), executor=Here()).made
    assert list(made) == ["programme-bpr", "overall"]
    assert not [name for name in contents(finished) if "bpr-2" in name]
    for name in ("bpr-1", "index"):
        assert "bpr-2" not in page_of(Workspace(finished), name).html


def test_a_page_not_asked_for_is_called_stale(finished: Path) -> None:
    replace("data/responses/bpr-1.csv", "概ね満足", "満足")(finished)
    result = run(Workspace(finished), ["bpr-2"], executor=Here())
    assert list(result.made) == ["programme-bpr", "overall"]
    index = page_of(Workspace(finished), "index")
    assert index.texts(STATES) == ["要更新"]
    assert index.links("tr:has(.state) a") == ["bpr-1.html"]
    assert list(stale(finished)) == ["bpr-1", "report", "index"]
    run(Workspace(finished), executor=Here())
    assert page_of(Workspace(finished), "index").texts(STATES) == []


def test_what_the_index_shows_is_kept_for_a_run_of_another_session(finished: Path) -> None:
    before = page_of(Workspace(finished), "index").texts("tbody tr")
    replace("data/sessions/bpr-2.yaml", "attendees: 6", "attendees: 7")(finished)
    run(Workspace(finished), ["bpr-2"], executor=Here())
    after = page_of(Workspace(finished), "index").texts("tbody tr")
    assert after[:-1] == before[:-1]
    assert "7人 回答 6人" in after[-1]


def test_a_manifest_from_before_figures_were_kept_is_still_read(finished: Path) -> None:
    path = finished / "outputs/manifest.json"
    data = json.loads(path.read_text("utf-8"))
    assert manifest.read_manifest(path.parent).pages["bpr-1"].answered.kept
    for record in data["pages"].values():
        del record["answered"]["kept"]
    path.write_text(json.dumps(data), "utf-8")
    answered = manifest.read_manifest(path.parent).pages["bpr-1"].answered
    assert (answered.respondents, answered.kept) == (6, ())


def test_a_run_with_nothing_to_do_imports_nothing_heavy(finished: Path) -> None:
    code = (
        "import sys\nfrom dxeval.cli import main\n"
        "try:\n    main(['run'])\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "heavy = 'numpy pandas papermill nbformat matplotlib nbconvert jinja2 PIL'.split()\n"
        "assert not set(heavy) & set(sys.modules), set(heavy) & set(sys.modules)"
    )
    before = contents(finished)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=finished, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "中身の変わったページはありませんでした" in done.stdout
    assert contents(finished) == before


def test_a_job_holds_just_what_its_page_uses(finished: Path) -> None:
    jobs = {page.id: page.job for page in Plan(Workspace(finished)).pages}
    job = jobs["bpr-1"]
    assert isinstance(job, Job)
    assert sorted(job.files) == [
        "data/programme.yaml",
        "data/published.csv",
        "data/responses/bpr-1.csv",
        "data/sessions/bpr-1.yaml",
        "data/survey.yaml",
        "notebooks/session.ipynb",
    ]
    assert b"exchange" not in job.files["data/programme.yaml"] + job.files["data/published.csv"]


def test_yaml_written_for_a_job_reads_as_the_same(tmp_path: Path) -> None:
    survey = Workspace(EXAMPLE).survey
    odd = [
        "いろは　に: ほ",
        "a\nb",
        "c\u2028d\x85e",
        "😀 'x' \"y\"",
        "漢 字 # x",
        "no",
        "012",
        "\ufeffz",
    ]
    item = survey.items[0].model_copy(update={"question": odd[0], "levels": tuple(odd)})
    item = item.model_copy(update={"favourable": (odd[0],), "neutral": (), "assumed": ()})
    survey = survey.model_copy(update={"items": (item, *survey.items[1:])})
    path = tmp_path / "survey.yaml"
    path.write_bytes(as_yaml(survey))
    assert read_yaml(path, Survey, "x") == survey


def contents(root: Path) -> dict[str, bytes]:
    folder = root / "outputs"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def test_a_failed_session_does_not_leave_the_index_to_be_made(finished: Path) -> None:
    (finished / "data/sessions/bpr-1.yaml").write_text("a: [", encoding="utf-8")
    assert "index" in stale(finished)
    assert run(Workspace(finished), executor=Here()).failed.keys() == {"bpr-1"}
    assert stale(finished).keys() <= {"bpr-1"}


def test_what_pages_are_made_with_is_imported_where_they_are_made(workspace: Workspace) -> None:
    """The batch waits for other processes: what it imports itself, it imports for nothing."""
    keep_sessions(workspace, "bpr-1")
    code = (
        "import sys\nfrom dxeval.cli import main\n"
        "try:\n    main(['run'])\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "heavy = 'numpy pandas papermill nbformat matplotlib nbconvert jsonschema bs4'.split()\n"
        "assert not set(heavy) & set(sys.modules), set(heavy) & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=workspace.root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert (workspace.root / "outputs/html/bpr-1.html").is_file()
