"""`dxeval lab`: a copy that runs at once, looks like the page, is never lost, and comes back."""

import io
import json
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import papermill
import pytest
from conftest import copy_workspace
from lab_browser import SECONDS, lab, open_lab, run_all
from PIL import Image, ImageChops
from playwright.sync_api import Browser, ElementHandle, Page, sync_playwright
from test_batch import command

from dxeval.errors import LabError, PrintError, TemplateError, WorkspaceError
from dxeval.lab.chosen import chosen, usual
from dxeval.lab.keeping import keep
from dxeval.lab.opening import bring
from dxeval.report.batch import run
from dxeval.report.site.pdf import find_browser
from dxeval.workspace import Workspace

COPY = "scratch/session-exchange-4.ipynb"
TEMPLATE = "notebooks/session.ipynb"


def opened(workspace: Workspace, name: str = "exchange-4") -> str:
    return bring(Workspace(workspace.root), chosen(Workspace(workspace.root), name))


def notebook(workspace: Workspace, place: str = COPY) -> dict:
    return json.loads((workspace.root / place).read_text("utf-8"))


def change(workspace: Workspace, place: str = COPY, cell: int = -1, text: str = "1 + 1") -> None:
    """Write into a cell and leave an output, as an analyst does who runs and saves."""
    content = notebook(workspace, place)
    output = {"output_type": "stream", "name": "stdout", "text": "秘密の声"}
    content["cells"][cell] |= {"source": [text], "outputs": [output], "execution_count": 1}
    (workspace.root / place).write_text(json.dumps(content), encoding="utf-8")


def test_a_copy_holds_the_parameters_and_is_out_of_the_way(workspace: Workspace) -> None:
    run(workspace)
    assert COPY in opened(workspace)
    cells = ["".join(cell["source"]) for cell in notebook(workspace)["cells"]]
    assert "session_id = 'exchange-4'" in cells
    assert (workspace.root / "scratch/.gitignore").read_text().endswith("\n*\n")
    done = run(Workspace(workspace.root))
    assert (done.made, done.failed) == ({}, {})


def test_a_copy_that_was_edited_is_never_overwritten(workspace: Workspace) -> None:
    opened(workspace)
    before = (workspace.root / COPY).read_bytes()
    assert "開きます" in opened(workspace)
    change(workspace)
    edited = (workspace.root / COPY).read_bytes()
    assert "書きかえてあるまま" in opened(workspace)
    change(workspace, TEMPLATE, cell=4, text="dx.page.title(session, workspace.programme)  # x")
    assert "変わっています" in opened(workspace)
    assert (workspace.root / COPY).read_bytes() == edited != before


def test_a_copy_nobody_edited_follows_its_template(workspace: Workspace) -> None:
    opened(workspace)
    change(workspace, TEMPLATE, text="2 + 2")
    assert "作り直しました" in opened(workspace)
    assert notebook(workspace)["cells"][-1]["source"] == "2 + 2"


def test_running_and_saving_is_no_edit(workspace: Workspace) -> None:
    opened(workspace)
    content = notebook(workspace)
    for cell in content["cells"]:
        cell |= {"id": "x" + cell["id"], "source": cell["source"].splitlines(keepends=True)}
        cell["metadata"]["trusted"] = True
    (workspace.root / COPY).write_text(json.dumps(content), encoding="utf-8")
    assert "書きかえて" not in opened(workspace)


@pytest.mark.parametrize(
    ("name", "template", "place"),
    [
        ("bpr-1", TEMPLATE, "scratch/session-bpr-1.ipynb"),
        ("overall", "notebooks/overall.ipynb", "scratch/overall.ipynb"),
        ("own", "notebooks/own.ipynb", "scratch/own.ipynb"),
    ],
)
def test_any_page_or_notebook_may_be_named(
    workspace: Workspace, name: str, template: str, place: str
) -> None:
    shutil.copy(workspace.root / TEMPLATE, workspace.root / "notebooks/own.ipynb")
    here = chosen(workspace, name)
    assert (here.template, here.copy) == (template, place)


def test_an_unknown_name_is_answered_with_those_there_are(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match=r"exchange-9.*exchange-4.*overall"):
        chosen(workspace, "exchange-9")


def test_without_a_name_explore_or_the_newest_answers(workspace: Workspace) -> None:
    explore = workspace.root / "notebooks/explore.ipynb"
    shutil.copy(workspace.root / TEMPLATE, explore)
    here = usual(workspace)
    assert here is not None and here.template == "notebooks/explore.ipynb"
    explore.unlink()
    dates = {session.id: session.date for session in workspace.catalogue.sessions}
    here = usual(workspace)
    assert here is not None and dates[here.page] == max(dates.values())
    shutil.rmtree(workspace.root / "data/responses")
    assert usual(workspace) is None


def test_a_copy_comes_back_without_outputs_and_session(workspace: Workspace) -> None:
    opened(workspace)
    change(workspace)
    before = (workspace.root / TEMPLATE).read_bytes()
    assert "session.before.ipynb" in keep(workspace, COPY, None)
    text = (workspace.root / TEMPLATE).read_text("utf-8")
    assert "秘密" not in text and "exchange-4" not in text and "1 + 1" in text
    assert len(json.loads(text)["cells"]) == len(json.loads(before)["cells"])
    assert (workspace.root / "scratch/session.before.ipynb").read_bytes() == before
    assert "同じです" in keep(workspace, COPY, None)
    assert "書きかえて" not in opened(workspace)
    assert run(Workspace(workspace.root), ["exchange-4"]).failed == {}


def test_nothing_comes_back_over_a_template_that_changed(workspace: Workspace) -> None:
    opened(workspace)
    change(workspace)
    change(workspace, TEMPLATE, text="2 + 2")
    before = (workspace.root / TEMPLATE).read_bytes()
    with pytest.raises(LabError, match="変わっています"):
        keep(workspace, COPY, None)
    assert (workspace.root / TEMPLATE).read_bytes() == before
    keep(workspace, COPY, "mine")
    assert notebook(workspace, "notebooks/mine.ipynb")["cells"][-1]["source"] == "1 + 1"
    with pytest.raises(LabError, match="もうあります"):
        keep(workspace, COPY, "mine")


def test_a_copy_without_its_parameters_does_not_come_back(workspace: Workspace) -> None:
    opened(workspace)
    content = notebook(workspace)
    del content["cells"][1]
    (workspace.root / COPY).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(TemplateError, match="parameters セルに「session_id」がありません"):
        keep(workspace, COPY, None)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"metadata": {}}'])
def test_what_is_no_copy_is_left_alone(workspace: Workspace, content: str) -> None:
    (workspace.root / "scratch").mkdir()
    (workspace.root / COPY).write_text(content)
    with pytest.raises(TemplateError, match="写しではありません"):
        opened(workspace)
    assert (workspace.root / COPY).read_text() == content


def test_the_words_of_the_command_line(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def call(*words: str) -> tuple[int, str, str]:
        return command(workspace, monkeypatch, capsys, "lab", *words)

    code, _, err = call("--keep")
    assert (code, err) == (1, "書きかえた写しは 0 件です。\n")
    assert call("--as", "x")[0] == 2
    code, _, err = call("--keep", "exchange-4")
    assert code == 1 and f"{COPY} がありません" in err
    opened(workspace)
    change(workspace)
    code, out, _ = call("--keep")
    assert code == 0 and "回の ID は除いてあります" in out
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    code, _, err = call("exchange-4")
    assert code == 1 and "pip install 'dxeval[lab]'" in err


@pytest.mark.parametrize("cwd", [".", "notebooks", "scratch"])
def test_a_copy_runs_from_any_folder(workspace: Workspace, cwd: str) -> None:
    """VS Code starts a kernel in the notebook's folder or in the one that is open."""
    opened(workspace)
    done = papermill.execute_notebook(
        str(workspace.root / COPY),
        None,
        cwd=str(workspace.root / cwd),
        kernel_name="python3",
        progress_bar=False,
    )
    assert "第4回" in json.dumps(done, ensure_ascii=False)


def git(root: Path, *words: str) -> str:
    who = ["-c", "user.name=x", "-c", "user.email=x@localhost"]
    done = subprocess.run(["git", *who, *words], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Return what calls dxeval in a folder below a git repository of nobody's settings."""
    for name in ("GLOBAL", "SYSTEM"):
        monkeypatch.setenv(f"GIT_CONFIG_{name}", "/dev/null")
    git(tmp_path, "init", "-q")

    def call(*words: str, within: str = ".") -> tuple[int, str, str]:
        return command(Workspace(tmp_path / within), monkeypatch, capsys, *words)

    return call


def test_saved_outputs_never_reach_git(tmp_path: Path, repository: Callable) -> None:
    code, out, _ = repository("init", "--example", "own")
    assert code == 0 and ".git/config" in out
    own = Workspace(tmp_path / "own")
    stored = (own.root / TEMPLATE).read_bytes()
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "x")
    assert git(tmp_path, "show", f":own/{TEMPLATE}").encode() == stored
    change(own, TEMPLATE)
    opened(own)
    git(tmp_path, "add", ".")
    assert "秘密" not in git(tmp_path, "show", f":own/{TEMPLATE}")
    assert "1 + 1" in git(tmp_path, "show", f":own/{TEMPLATE}")
    assert "scratch" not in git(tmp_path, "ls-files")
    assert notebook(own, TEMPLATE)["cells"][-1]["outputs"] != []
    assert "saved-outputs" not in repository("check", "--json", within="own")[1]


def test_without_its_filter_git_refuses(tmp_path: Path, repository: Callable) -> None:
    repository("init", "--example", "own")
    git(tmp_path, "config", "filter.dxeval.clean", "no-such-python -m nbstripout")
    change(Workspace(tmp_path / "own"), TEMPLATE)
    done = subprocess.run(["git", "add", "."], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode != 0
    assert git(tmp_path, "ls-files") == ""


def test_a_colleagues_clone_is_warned_and_then_guarded(
    tmp_path: Path, repository: Callable
) -> None:
    repository("init", "--example", "own")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "x")
    git(tmp_path, "clone", "-q", ".", "clone")
    shutil.copytree(
        tmp_path / "own/data/responses", tmp_path / "clone/own/data/responses", dirs_exist_ok=True
    )
    clone = Workspace(tmp_path / "clone/own")
    assert "saved-outputs" not in repository("check", "--json", within="clone/own")[1]
    change(clone, TEMPLATE)
    assert "git に入ります" in repository("check", within="clone/own")[1]
    repository("run", "exchange-4", within="clone/own")
    assert "git に入ります" not in repository("check", within="clone/own")[1]
    git(clone.root, "add", ".")
    assert "秘密" not in git(clone.root, "show", f":./{TEMPLATE}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        executable = find_browser()
    except PrintError as error:
        pytest.skip(f"{error} (apt-get install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def shown(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = copy_workspace(tmp_path_factory.mktemp("研修 報告"))
    assert run(workspace).failed == {}
    return workspace


SAME_WIDTH = """section:first-child > :is(h2, h3):first-child { margin-top: 0 !important }
.jp-Notebook .dxeval { width: 896px !important; padding: 0 !important; box-sizing: border-box }"""
LOOK = """element => [element, ...element.querySelectorAll('*:not(.numbering-entry)')].map(each => {
  const outer = element.getBoundingClientRect(), box = each.getBoundingClientRect();
  const style = getComputedStyle(each);
  const names = ['fontSize', 'fontFamily', 'fontWeight', 'fontStyle', 'lineHeight', 'color',
    'backgroundColor', 'textAlign', 'verticalAlign', 'textDecorationLine', 'listStyleType',
    'borderTopWidth', 'borderBottomWidth', 'borderBottomColor', 'paddingLeft', 'paddingTop',
    'display', 'float', 'opacity', 'letterSpacing'];
  const place = [box.left - outer.left, box.top - outer.top, box.width, box.height];
  return [each.tagName, each.className, ...(box.width ? place.map(Math.round) : []),
    ...names.map(name => style[name])];
})"""
"""Where each element stands in what a cell shows, and how it is drawn."""
PARTS = ".dxeval > :not(style)"


def parts(page: Page, within: str) -> list[ElementHandle]:
    page.add_style_tag(content=SAME_WIDTH)
    return page.query_selector_all(f"{within} {PARTS}")


def picture(element: ElementHandle) -> Image.Image:
    """Return a screenshot in grey, a quarter as large: half a pixel's shift does not count."""
    whole = Image.open(io.BytesIO(element.screenshot())).convert("L")
    return whole.resize((224, round(whole.height / 4)), Image.Resampling.BOX)


def unlike(one: Image.Image, other: Image.Image) -> float:
    """Return how much of two pictures is clearly another grey."""
    assert abs(one.height - other.height) <= 1
    difference = ImageChops.difference(one, other.resize(one.size)).histogram()
    return sum(difference[64:]) / sum(difference)


@pytest.mark.parametrize(
    ("name", "theme"), [("exchange-4", "Light"), ("exchange-4", "Dark"), ("overall", "Light")]
)
def test_what_jupyterlab_shows_looks_like_the_page(
    browser: Browser, shown: Workspace, tmp_path: Path, name: str, theme: str
) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 4500}, bypass_csp=True)
    page.goto((shown.root / f"outputs/html/{name}.html").as_uri())
    with lab(shown.root, tmp_path, theme, name) as (_, address):
        live, elsewhere = open_lab(browser, address)
        run_all(live)
        assert live.evaluate("document.body.dataset.jpThemeLight") == str(theme == "Light").lower()
        here, there = parts(page, "main"), parts(live, ".jp-OutputArea-output")
        assert len(here) == len(there) > 5
        for one, other in zip(here, there, strict=True):
            assert _alike(one.evaluate(LOOK), other.evaluate(LOOK)) == []
            assert unlike(picture(one), picture(other)) < 0.03
        assert live.query_selector_all(".jp-RenderedText[data-mime-type*=stderr]") == []
        assert live.query_selector_all(".jp-mod-error, .jp-toast-message, .Toastify__toast") == []
        assert elsewhere == []
        live.close()
    page.close()


def _alike(one: list[list], other: list[list]) -> list[list]:
    """Return what differs by more than a pixel."""
    assert len(one) == len(other)
    return [
        [ours[:2], mine, theirs]
        for ours, yours in zip(one, other, strict=True)
        for mine, theirs in zip(ours, yours, strict=True)
        if mine != theirs and not (isinstance(mine, int) and abs(mine - theirs) <= 1)
    ]


def test_a_cell_is_edited_run_and_seen_on_the_page(
    browser: Browser, shown: Workspace, tmp_path: Path
) -> None:
    workspace = copy_workspace(tmp_path / "own")
    with lab(workspace.root, tmp_path, "Light", "exchange-4") as (process, address):
        live, elsewhere = open_lab(browser, address)
        assert process.stdout is not None
        cell = live.locator(".jp-CodeCell").last
        cell.locator(".cm-content").click()
        live.keyboard.press("Control+A")
        live.keyboard.type("dx.tables.cards(session, scores)")
        run_all(live)
        assert live.locator(".cards").count() == 2
        cell.locator(".cm-content").click()
        live.keyboard.press("Control+S")
        end = time.monotonic() + SECONDS
        while (workspace.root / COPY).read_text("utf-8").count("dx.tables.cards") < 2:
            assert time.monotonic() < end
            live.wait_for_timeout(200)
        root = address.partition("/lab/")[0]
        assert live.request.get(f"{root}/api/contents/data/survey.yaml").ok
        assert elsewhere == []
        live.close()
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
        assert (process.wait(60), "Traceback" in rest) == (0, False)
        assert "JupyterLab を終えました" in rest
    keep(workspace, COPY, None)
    assert run(Workspace(workspace.root), ["exchange-4"]).failed == {}
    assert (workspace.root / "outputs/html/exchange-4.html").read_text("utf-8").count(
        '<dl class="cards">'
    ) == 2
