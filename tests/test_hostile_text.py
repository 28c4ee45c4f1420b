"""Hostile text in answers, headers and session files: shown as typed, and nothing runs or leaks."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator

import nbformat
import pytest
from conftest import copy_workspace
from test_batch import keep_sessions

from dxeval.report.batch import run
from dxeval.workspace import Workspace

PAYLOADS = [
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "<svg onload=window.hit=1>",
    "<svg><script>window.hit=1</script></svg>",
    '"><script>window.hit=1</script>',
    "'><img src=x onerror=window.hit=1>",
    "</style><script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    "</title><script>window.hit=1</script>",
    "</textarea><img src=x onerror=window.hit=1>",
    "--><script>window.hit=1</script>",
    "<iframe src=javascript:parent.hit=1></iframe>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    "<details open ontoggle=window.hit=1>",
    "<body onload=window.hit=1>",
    "<input autofocus onfocus=window.hit=1>",
    "<video><source onerror=window.hit=1></video>",
    "<math><mtext><script>window.hit=1</script></mtext></math>",
    "<a href=javascript:window.hit=1 id=click>押す</a>",
    "<object data='data:text/html,<script>parent.hit=1</script>'></object>",
    "<meta http-equiv=refresh content='0;url=javascript:window.hit=1'>",
    "<style>@import 'javascript:window.hit=1';</style>",
    "<style>body{display:none}</style>",
    "<base href='http://example.invalid/'>",
    "&lt;script&gt;window.hit=1&lt;/script&gt;",
    "&#60;img src=x onerror=window.hit=1&#62;",
    "\ufeff<scr\u200bipt>window.hit=1</script>",
    "[押す](javascript:window.hit=1)",
    "![x](x' onerror='window.hit=1)",
    "**太字** _斜体_ `code` # 見出し",
    "| a | b |\n|---|---|",
    "```mermaid\ngraph TD; A-->B\n```",
    "<pre class=mermaid>graph TD; A--&gt;B</pre>",
    "$$\\int_0^1 x\\,dx$$ と $x^2$",
    "\\(\\href{javascript:window.hit=1}{x}\\)",
    "\\begin{equation}x\\end{equation}",
    "{{ 7*7 }} {% raw %} {0} {html} %s ${7*7}",
    "<%= 7*7 %> <?php echo 1 ?>",
    "javascript:/*--></title></style></script><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+window.hit=1//'>",
]
COMMENTS = ["\n".join(PAYLOADS[i::6]) for i in range(6)]
SECRETS = ("秘田", "himitsu", "ＨＭＴ-0001", "HMT-0001", "044-111-2222")


def fill(workspace: Workspace) -> None:
    """Put the payloads wherever text can be typed, and secrets in every personal column."""
    path = workspace.root / "data/responses/bpr-1.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    header = rows[1]
    for i, row in enumerate(rows[2:]):
        row[header.index("回答番号")] = f"HMT-000{i}"
        row[header.index("氏名")] = f"秘田 {i}"
        row[header.index("メールアドレス")] = f"himitsu{i}@example.jp"
        row[header.index("ご意見・ご感想")] = COMMENTS[i]
    rows[0] = [PAYLOADS[0]]
    header += [PAYLOADS[1], "内線"]
    for row in rows[2:]:
        row += [PAYLOADS[2], "044-111-2222"]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    everything = json.dumps(PAYLOADS, ensure_ascii=False)
    together = json.dumps(" ".join(PAYLOADS), ensure_ascii=False)
    photos = [{"caption": payload} for payload in PAYLOADS]
    (workspace.root / "data/sessions/bpr-1.yaml").write_text(
        "programme: bpr\nnumber: 1\ndate: 2025-07-11\nattendees: 6\nmunicipalities: 4\n"
        f"title: {together}\npurpose: {together}\nsummary: {together}\nagenda: {everything}\n"
        f"learning_points: {everything}\ninsights: {everything}\n"
        f"comments: {json.dumps(COMMENTS, ensure_ascii=False)}\n"
        f"photos: {json.dumps(photos, ensure_ascii=False)}\n",
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A real batch over hostile text."""
    workspace = copy_workspace(tmp_path_factory.mktemp("hostile"))
    keep_sessions(workspace, "bpr-1")
    fill(workspace)
    result = run(workspace)
    assert result.failed == {}
    return workspace


def outputs(workspace: Workspace, name: str) -> list[dict[str, object]]:
    notebook = nbformat.read(workspace.root / f"outputs/notebooks/{name}.ipynb", as_version=4)
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    api = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no chromium to open the page in")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


def shown(page) -> str:
    return "".join(page.evaluate("document.body.textContent").split())


@pytest.mark.parametrize("bypass", [False, True], ids=["with CSP", "without CSP"])
@pytest.mark.parametrize("name", ["bpr-1", "overall", "index"])
def test_nothing_runs_and_all_is_shown_as_typed(
    hostile: Workspace, browser, name: str, bypass: bool
) -> None:
    context = browser.new_context(bypass_csp=bypass)
    page = context.new_page()
    page.goto((hostile.root / f"outputs/html/{name}.html").as_uri())
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") is None
    assert page.evaluate("document.querySelectorAll('script, iframe, object, base').length") == 0
    text = shown(page)
    for payload in PAYLOADS:
        assert "".join(payload.split()) in text, payload
    context.close()


@pytest.mark.parametrize("name", ["bpr-1", "overall"])
def test_nothing_runs_in_a_live_notebook(hostile: Workspace, browser, name: str) -> None:
    """JupyterLab puts text/html of a trusted notebook into its page, and has no CSP for it."""
    allowed = {"text/html", "text/plain", "image/png", "image/svg+xml"}
    data = [output["data"] for output in outputs(hostile, name) if "data" in output]
    assert all(set(forms) <= allowed for forms in data)
    context = browser.new_context()
    page = context.new_page()
    page.set_content("<main></main>")
    page.evaluate(
        "html => { const part = document.createRange().createContextualFragment(html);"
        " document.querySelector('main').append(part) }",
        "".join("".join(forms["text/html"]) for forms in data if "text/html" in forms),
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") is None
    assert all("".join(payload.split()) in shown(page) for payload in PAYLOADS)
    context.close()


@pytest.fixture(scope="module")
def jupyterlab(hostile: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a live JupyterLab in the hostile workspace."""
    folder = tmp_path_factory.mktemp("jupyter")
    log = folder / "log"
    words = [
        "lab",
        "--no-browser",
        "--allow-root",
        "--ServerApp.port=0",
        "--ServerApp.ip=127.0.0.1",
    ]
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(folder),
        "JUPYTER_DATA_DIR": str(folder),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
    }
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter", *words, str(hostile.root / "notebooks")],
            stdout=out,
            stderr=out,
            env=environment,
        )
    try:
        deadline = time.monotonic() + 60
        pattern = r"http://127\.0\.0\.1:\d+/lab\?token=\w+"
        while not (found := re.search(pattern, log.read_text(encoding="utf-8"))):
            assert server.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline
            time.sleep(0.3)
        yield found[0].replace("/lab?", "/lab/tree/session.ipynb?")
    finally:
        server.terminate()
        server.wait(30)


def test_nothing_runs_in_a_live_jupyterlab(hostile: Workspace, browser, jupyterlab: str) -> None:
    """Run All in JupyterLab itself: it trusts every output and forbids no script."""
    path = hostile.root / "notebooks/session.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("exchange-1", "bpr-1"), "utf-8")
    context = browser.new_context(viewport={"width": 1400, "height": 12000})
    page = context.new_page()
    page.goto(jupyterlab)
    page.get_by_text("| Idle").wait_for(timeout=90_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.locator(".jp-OutputArea blockquote").first.wait_for(timeout=90_000)
    page.get_by_text("| Idle").wait_for(timeout=90_000)
    page.wait_for_timeout(1000)
    assert page.evaluate("window.hit") is None
    text = "".join(page.evaluate("document.body.innerText").split())
    for payload in PAYLOADS[:8]:
        assert "".join(payload.split()) in text, payload
    context.close()


def test_nothing_runs_where_answers_are_explored(
    hostile: Workspace, browser, jupyterlab: str
) -> None:
    """pandas escapes the frames; what looks like a formula stays as it was typed.

    Lab would open the tabs of the test before again, hidden: `reset` leaves them closed.
    """
    context = browser.new_context(viewport={"width": 1400, "height": 12000})
    page = context.new_page()
    page.goto(jupyterlab.replace("session.ipynb?", "explore.ipynb?reset&"))
    page.get_by_text("| Idle").wait_for(timeout=90_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.get_by_text("[7]:").first.wait_for(timeout=90_000)
    page.get_by_text("| Idle").wait_for(timeout=90_000)
    page.wait_for_timeout(1000)
    assert page.evaluate("window.hit") is None
    assert page.locator(".jp-OutputArea mjx-container").count() == 0
    assert page.locator(".jp-OutputArea [data-mime-type*=error]").count() == 0
    comments = page.locator(".jp-OutputArea table.dataframe").last.inner_text()
    text = "".join(comments.replace("\\n", "").split())
    for payload in PAYLOADS:
        assert "".join(payload.split()) in text, payload
    context.close()


def test_the_browser_would_notice(browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.set_content(PAYLOADS[1])
    page.wait_for_timeout(300)
    assert page.evaluate("window.hit") == 1
    context.close()


def test_no_planted_secret_is_in_anything_a_run_writes(hostile: Workspace) -> None:
    written = [path for path in (hostile.root / "outputs").rglob("*") if path.is_file()]
    assert {path.suffix for path in written} >= {".html", ".ipynb"}
    for path in written:
        content = path.read_bytes()
        for secret in SECRETS:
            for encoding in ("utf-8", "utf-16-le"):
                assert secret.encode(encoding) not in content, (path, secret)
            assert json.dumps(secret).strip('"').encode() not in content, (path, secret)
