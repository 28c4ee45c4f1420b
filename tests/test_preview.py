"""The preview: a real server, real files being saved, a real Chromium, real signals.

What needs Chromium is skipped where there is none (apt-get install chromium fonts-noto-cjk).
"""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from conftest import copy_workspace
from pages import FAILED, Page, page_of
from playwright.sync_api import Browser, expect, sync_playwright
from test_batch import keep_sessions, replace_cell

from dxeval.check import check_workspace
from dxeval.errors import PrintError
from dxeval.preview.pages import Pages
from dxeval.preview.watch import _counts, watching
from dxeval.report.batch import run
from dxeval.report.listing import State, listing
from dxeval.report.plan import Plan
from dxeval.report.site.pdf import find_browser
from dxeval.report.staging import open_outputs
from dxeval.workspace import Workspace

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
SECONDS = 60.0
"""How long anything may take on a machine that does much else."""
ANSWERS = "data/responses/bpr-1.csv"
SESSION = "data/sessions/bpr-1.yaml"


def until(what: Callable[[], object], seconds: float = SECONDS) -> None:
    """Wait until it is so."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def page(self) -> Page:
        return Page(self.body.decode())


@dataclass
class Preview:
    """A running preview."""

    root: Path
    process: subprocess.Popen[str]
    log: Path
    address: str = ""

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask just for this path, whatever is wrong with it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        connection.request(method, path, headers=headers)
        found = connection.getresponse()
        answer = Answer(found.status, found.headers, found.read())
        connection.close()
        return answer

    def shows(self, path: str, *words: str) -> bool:
        """Whether the page says all that."""
        whole = self.ask(path).page.whole
        return all(word in whole for word in words)

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def settled(self) -> None:
        """Wait until everything is made: a run would have nothing to do."""
        until(lambda: set(self.states().values()) == {State.FRESH})

    def states(self) -> dict[str, State]:
        return {line.id: line.state for line in listing(Plan(Workspace(self.root)))}


def start(root: Path, *words: str) -> Preview:
    """Start ``dxeval preview`` in a process group of its own, as a shell does."""
    scratch = root.parent / "t"
    scratch.mkdir(exist_ok=True)
    script = root / "start.py"
    script.write_text(
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from dxeval.cli import main\nif __name__ == '__main__': main()",
        encoding="utf-8",
    )
    log = root.parent / "log"
    with log.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            [sys.executable, "-u", str(script), "preview", *words],
            cwd=root,
            env={**os.environ, "TMPDIR": str(scratch)},
            stdout=file,
            stderr=file,
            text=True,
            start_new_session=True,
        )
    return Preview(root, process, log)


@contextmanager
def previewing(root: Path, *words: str) -> Iterator[Preview]:
    preview = start(root, *words)
    try:
        until(lambda: preview.process.poll() is not None or "Ctrl-C" in preview.log.read_text())
        assert preview.process.poll() is None, preview.log.read_text()
        (preview.address,) = re.findall(r"^(http://\S+/) ", preview.log.read_text(), re.M)
        yield preview
    finally:
        preview.process.send_signal(signal.SIGINT)
        preview.process.wait(SECONDS)


@pytest.fixture(scope="module")
def small_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = copy_workspace(tmp_path_factory.mktemp("small"))
    keep_sessions(workspace, "bpr-1", "bpr-2")
    assert run(workspace).failed == {}
    return workspace.root


@pytest.fixture
def small(small_once: Path, tmp_path: Path) -> Path:
    """Two sessions, made."""
    return Path(shutil.copytree(small_once, tmp_path / "作業 (1)"))


@pytest.fixture
def preview(small: Path) -> Iterator[Preview]:
    with previewing(small) as found:
        yield found


@pytest.fixture(scope="module")
def idle(small_once: Path) -> Iterator[Preview]:
    """A preview in which nothing is changed."""
    with previewing(small_once) as found:
        until(lambda: found.ask("/bpr-1.html").status == 200)
        until(lambda: not found.shows("/bpr-1.html", "作成しています"))
        yield found


def test_pages_are_served_with_a_script_that_no_file_has(idle: Preview) -> None:
    files = {path.name: path.read_bytes() for path in (idle.root / "outputs/html").iterdir()}
    assert len(files) == 6
    nonces = set()
    for name, content in files.items():
        assert b"<script" not in content
        html = idle.ask(f"/{name}").body.decode()
        policy = re.findall(r'http-equiv="Content-Security-Policy" content="(.*?)"', html)
        scripts = re.findall(r"<script nonce=\"([\w-]{30,})\">.*?</script>\n", html, re.S)
        assert len(policy) == len(scripts) == 1
        assert f"script-src 'nonce-{scripts[0]}'" in policy[0]
        assert "unsafe" not in policy[0].partition("style-src")[0]
        without = re.sub(r"<script.*?</script>\n", "", html, flags=re.S)
        as_filed = re.sub(r" script-src .*? connect-src .*?;", "", without, count=1)
        assert as_filed.encode() == content
        nonces.add(scripts[0])
    assert idle.ask("/").page.whole == idle.ask("/index.html").page.whole
    assert len({*nonces, *re.findall('nonce="(.*?)"', idle.ask("/").body.decode())}) == 7


def test_the_files_of_figures_to_which_the_index_leads_are_served(idle: Preview) -> None:
    links = [link for link in idle.ask("/").page.links() if "tables" in link]
    assert len(links) == 3
    for link in links:
        answer = idle.ask(link.removeprefix(".."))
        assert answer.body == (idle.root / "outputs/html" / link).read_bytes()
        assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "path",
    [
        "/html/",
        "/tables/",
        "/manifest.json",
        "/.lock",
        "/notebooks/bpr-1.ipynb",
        "/../data/survey.yaml",
        "/..%2fmanifest.json",
        "/%2e%2e/%2e%2e/data/survey.yaml",
        "/..%2f..%2fdata%2fsurvey.html",
        "/tables/..%2fmanifest.json",
        "/tables/..%2f..%2fdata%2fresponses%2fbpr-1.csv",
        "/tables/secret.csv",
        "/secret.html",
        "/link.html",
        "/bpr-1.html/",
        "/bpr-1.html%00",
        "//etc/passwd",
        "http://127.0.0.1/etc/passwd",
    ],
)
def test_nothing_else_is_served(idle: Preview, path: str) -> None:
    outputs = idle.root / "outputs"
    for name in ("html/secret.html", "tables/secret.csv"):
        (outputs / name).write_text("秘密", encoding="utf-8")
    link = outputs / "html/link.html"
    link.unlink(missing_ok=True)
    link.symlink_to(idle.root / "data/survey.yaml")
    try:
        answer = idle.ask(path)
    finally:
        for name in ("html/secret.html", "tables/secret.csv", "html/link.html"):
            (outputs / name).unlink()
    assert answer.status in {403, 404}
    assert len(answer.body) < 100 or answer.page.text("h1") == "このページはありません"


def test_a_page_that_became_a_link_is_not_followed(small_once: Path, tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    (outputs / "html").mkdir(parents=True)
    (outputs / "html/bpr-1.html").symlink_to(small_once / SESSION)
    pages = Pages(outputs, wanted=lambda: None)
    pages.known = frozenset(["bpr-1"])
    assert "作成しています" in pages.look("bpr-1").html.decode()
    (outputs / "html/bpr-1.html").unlink()
    (outputs / "html/bpr-1.html").write_bytes(b"page")
    assert pages.look("bpr-1").html == b"page"


def test_only_this_machine_is_answered_and_only_by_its_own_name(idle: Preview) -> None:
    served = psutil.Process(idle.process.pid).net_connections()
    assert {found.laddr.ip for found in served if found.status == "LISTEN"} == {"127.0.0.1"}
    own = f"127.0.0.1:{idle.port}"
    for host, status in {
        own: 200,
        f"localhost:{idle.port}": 200,
        "evil.example": 403,
        f"evil.example:{idle.port}": 403,
        f"127.0.0.1.evil.example:{idle.port}": 403,
        "127.0.0.1": 403,
        "": 403,
    }.items():
        assert idle.ask("/", Host=host).status == status
        assert idle.ask("/nothing", Host=host).status == (404 if status == 200 else 403)
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    upgrade |= {"Sec-WebSocket-Key": "c2VjcmV0c2VjcmV0c2VjcmU="}
    news = "/news?page=bpr-1&seen=0"
    assert idle.ask(news, Host="evil.example", **upgrade).status == 403
    assert idle.ask(news, Origin="http://evil.example", **upgrade).status == 403
    assert idle.ask("/news", **upgrade).status == 400


def test_only_get_and_head(idle: Preview) -> None:
    whole, head = idle.ask("/bpr-1.html"), idle.ask("/bpr-1.html", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.body))
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        assert idle.ask("/bpr-1.html", method).status == 405
    for name in ("Cache-Control", "X-Content-Type-Options", "Cross-Origin-Resource-Policy"):
        assert whole.headers[name] in {"no-store", "nosniff", "same-origin"}


def test_what_is_saved_is_shown_and_the_manifest_stays_true(preview: Preview) -> None:
    preview.edit(SESSION, "title: ", "title: 保存した")
    until(lambda: preview.shows("/bpr-1.html", "保存した"))
    until(lambda: preview.shows("/overall.html", "保存した"))
    preview.settled()
    before = {p.name: p.read_bytes() for p in (preview.root / "outputs/html").iterdir()}
    preview.process.send_signal(signal.SIGINT)
    assert preview.process.wait(SECONDS) == 0
    again = run(Workspace(preview.root))
    assert (again.made, again.failed) == ({}, {})
    run(Workspace(preview.root), force=True)
    assert before == {p.name: p.read_bytes() for p in (preview.root / "outputs/html").iterdir()}


@pytest.mark.parametrize("save", ["rename", "pieces", "fast"])
def test_however_an_editor_saves(preview: Preview, save: str) -> None:
    path = preview.root / SESSION
    text = path.read_text(encoding="utf-8")
    new = re.sub("^title: .*", "title: 最後の題", text, flags=re.M)
    if save == "rename":
        temporary = path.with_name("bpr-1.yaml~")
        temporary.write_text(new, encoding="utf-8")
        temporary.replace(path)
    elif save == "pieces":
        with path.open("w", encoding="utf-8") as file:
            for place in range(0, len(new), 200):
                file.write(new[place : place + 200])
                file.flush()
                time.sleep(0.1)
    else:
        for number in range(30):
            path.write_text(new.replace("最後の題", f"題{number}"), encoding="utf-8")
            time.sleep(0.1)
        path.write_text(new, encoding="utf-8")
    until(lambda: preview.shows("/bpr-1.html", "最後の題"))
    preview.settled()


def test_a_mistake_is_shown_in_checks_words_and_goes_when_it_is_mended(preview: Preview) -> None:
    preview.edit(ANSWERS, "概ね満足", "<b>そこそこ</b>")
    until(lambda: preview.shows("/bpr-1.html", "作れませんでした"))
    (problem,) = check_workspace(Workspace(preview.root)).problems
    answer = preview.ask("/bpr-1.html")
    assert answer.page.text("pre") == " ".join(str(problem).split())
    assert b"<b>" not in answer.body
    assert str(preview.root) not in answer.body.decode()
    assert b"<script nonce" in answer.body
    until(lambda: preview.ask("/index.html").page.texts(FAILED))
    assert not preview.ask("/bpr-2.html").page.all("pre")
    preview.edit(ANSWERS, "<b>そこそこ</b>", "概ね満足")
    until(lambda: not preview.shows("/bpr-1.html", "作れませんでした"))
    until(lambda: page_of(Workspace(preview.root), "index").texts(FAILED) == [])
    assert "そこそこ" in preview.log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("data/survey.yaml", "items: ["),
        ("data/programme.yaml", "programmes: 1"),
        ("data/published.csv", "a,b"),
        ("notebooks/session.ipynb", "no notebook"),
        ("notebooks/overall.ipynb", None),
    ],
)
def test_what_spoils_every_page_is_shown_on_every_page(
    preview: Preview, name: str, spoil: str | None
) -> None:
    path = preview.root / name
    content = path.read_bytes()
    if spoil is None:
        path.unlink()
    else:
        path.write_text(spoil, encoding="utf-8")
    for page in ("/", "/bpr-1.html", "/overall.html"):
        until(lambda page=page: preview.shows(page, "ページを作れません", name))
    path.write_bytes(content)
    for page in ("/", "/bpr-1.html", "/overall.html"):
        until(lambda page=page: not preview.shows(page, "作れません"))
    preview.settled()


def test_a_cell_that_raises_is_told_and_one_that_hangs_is_given_up(preview: Preview) -> None:
    workspace = Workspace(preview.root)
    cell = "dx.tables.cards(session, scores)"
    replace_cell(workspace, "session", cell, f"1 / 0\n{cell}")
    until(lambda: preview.shows("/bpr-1.html", "ZeroDivisionError", "で始まるセル"))
    mark = preview.root / "hanging"
    hang = f"import pathlib, time; pathlib.Path({str(mark)!r}).touch(); time.sleep(500)"
    replace_cell(workspace, "session", "1 / 0", hang)
    until(mark.exists)
    replace_cell(workspace, "session", hang, "pass")
    until(lambda: not preview.shows("/bpr-1.html", "作れませんでした"))
    preview.settled()


def test_a_session_that_goes_and_comes_back(preview: Preview) -> None:
    path = preview.root / "data/sessions/bpr-2.yaml"
    content = path.read_bytes()
    published = preview.root / "data/published.csv"
    rows = published.read_text(encoding="utf-8").splitlines(keepends=True)
    published.write_text("".join(row for row in rows if "bpr-2" not in row), encoding="utf-8")
    path.unlink()
    until(lambda: preview.ask("/bpr-2.html").status == 404)
    assert preview.ask("/bpr-2.html").page.links("nav a") == ["index.html"]
    until(lambda: not (preview.root / "outputs/html/bpr-2.html").exists())
    path.write_bytes(content)
    until(lambda: preview.ask("/bpr-2.html").status == 200)
    preview.settled()


def test_a_folder_that_is_replaced_is_watched_on(preview: Preview) -> None:
    data, away = preview.root / "data", preview.root / "before"
    data.rename(away)
    until(lambda: preview.shows("/", "ページを作れません"))
    shutil.copytree(away, data)
    until(lambda: not preview.shows("/", "ページを作れません"))
    preview.edit(SESSION, "title: ", "title: 替えたあとの")
    until(lambda: preview.shows("/bpr-1.html", "替えたあとの"))


def test_outputs_may_be_deleted_meanwhile(preview: Preview) -> None:
    preview.settled()
    shutil.rmtree(preview.root / "outputs")
    preview.edit(SESSION, "title: ", "title: 消したあとの")
    until(lambda: preview.shows("/bpr-1.html", "消したあとの"))
    until(lambda: preview.shows("/", "総括を読む"))
    preview.settled()


def test_a_run_beside_it_is_told_who_holds_the_lock(preview: Preview) -> None:
    command = [sys.executable, "-m", "dxeval"]
    beside = subprocess.run([*command, "run"], cwd=preview.root, capture_output=True, text=True)
    assert beside.returncode == 1
    assert f"dxeval preview がこの作業フォルダに書いています（プロセス {preview.process.pid}、" in (
        beside.stderr
    )
    for word in ("list", "check"):
        done = subprocess.run([*command, word], cwd=preview.root, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")


def test_a_preview_beside_a_run_is_told_too(small: Path) -> None:
    with open_outputs(small / "outputs"):
        second = start(small)
        assert second.process.wait(SECONDS) == 1
    said = second.log.read_text(encoding="utf-8")
    assert f"ほかの dxeval run がこの作業フォルダに書いています（プロセス {os.getpid()}、" in said
    assert "http://" not in said


def test_a_port_in_use(small: Path, idle: Preview) -> None:
    with previewing(small) as next_free:
        assert next_free.port != idle.port
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = start(small, "--port", str(port))
        assert refused.process.wait(SECONDS) == 1
    assert f"ポート {port} は、ほかのプログラムが使っています" in refused.log.read_text("utf-8")
    with previewing(small, "--port", str(port)) as asked:
        assert asked.port == port


def left_behind(preview: Preview) -> list[Path]:
    names = {"html", "notebooks", "failed", "tables", "pdf", "manifest.json", ".lock"}
    there = [path for path in (preview.root / "outputs").iterdir() if path.name not in names]
    return [*there, *(preview.root.parent / "t").iterdir()]


@pytest.mark.parametrize("moment", ["idle", "at once", "making"])
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 143), (signal.SIGKILL, -9)]
)
def test_it_ends_and_leaves_nothing_behind(
    small: Path, moment: str, number: int, code: int
) -> None:
    mark = small / "hanging"
    with previewing(small) as preview:
        if moment == "making":
            hang = f"import pathlib, time; pathlib.Path({str(mark)!r}).touch(); time.sleep(500)"
            replace_cell(Workspace(small), "session", "dx.tables.cards", f"{hang}\ndx.tables.cards")
            until(mark.exists)
        elif moment == "idle":
            preview.settled()
        children = psutil.Process(preview.process.pid).children(recursive=True)
        assert children or moment == "at once"
        os.kill(preview.process.pid, number)
        assert preview.process.wait(SECONDS) == code, preview.log.read_text("utf-8")
        until(lambda: not any(child.is_running() for child in children))
        with pytest.raises(OSError, match="refused"):
            preview.ask("/")
    if number == signal.SIGKILL:
        command = [sys.executable, "-m", "dxeval", "list"]
        environment = {**os.environ, "TMPDIR": str(small.parent / "t")}
        subprocess.run(command, cwd=small, env=environment, capture_output=True)
    assert left_behind(preview) == []
    assert "Traceback" not in preview.log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("data/sessions/bpr-1.yaml", True),
        ("data/responses/bpr-1.csv~", True),
        ("data/responses/~$bpr-1.xlsx", False),
        ("data/responses/.~lock.bpr-1.csv#", False),
        ("data/sessions/.bpr-1.yaml.swp", False),
        ("notebooks/.ipynb_checkpoints/session-checkpoint.ipynb", False),
    ],
)
def test_what_lies_beside_a_file_is_no_reason_to_make_pages(
    tmp_path: Path, name: str, counts: bool
) -> None:
    root = tmp_path / ".hidden"
    assert _counts(root / name, root) is counts
    for folder in ("data/sessions", "data/responses", "notebooks/.ipynb_checkpoints"):
        (root / folder).mkdir(parents=True)
    seen: list[bool] = []
    with watching(root, lambda: seen.append(True)):
        (root / name).write_text("1", encoding="utf-8")
        if counts:
            until(lambda: seen)
        else:
            time.sleep(0.5)
            assert seen == []


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


def test_the_open_page_reloads_by_itself_and_only_when_it_changed(
    preview: Preview, browser: Browser
) -> None:
    context = browser.new_context()
    tabs = [context.new_page() for _ in range(8)]  # more than a browser has connections
    for tab in tabs:
        tab.goto(f"{preview.address}bpr-1.html")
    other = context.new_page()
    other.goto(f"{preview.address}bpr-2.html")
    preview.settled()
    other.wait_for_timeout(500)
    other.evaluate("window.same = true")
    preview.edit(SESSION, "title: ", "title: 開いたままの")
    for tab in tabs:
        tab.get_by_role("heading", level=1).filter(has_text="開いたままの").wait_for()
    preview.settled()
    assert other.evaluate("window.same") is True
    context.close()


def test_a_mistake_comes_and_goes_in_the_open_page(preview: Preview, browser: Browser) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text))
    page.goto(f"{preview.address}bpr-1.html")
    preview.edit(ANSWERS, "概ね満足", "そこそこ")
    page.get_by_text(f"{ANSWERS} 3行目 「研修に満足しましたか」").wait_for()
    preview.edit(ANSWERS, "そこそこ", "概ね満足")
    page.locator(".hash").wait_for(state="attached")
    assert errors == []
    page.close()


def test_a_page_that_goes_says_so_in_the_open_tab(preview: Preview, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{preview.address}bpr-2.html")
    (preview.root / "data/published.csv").unlink()
    (preview.root / "data/sessions/bpr-2.yaml").unlink()
    page.get_by_text("このページはありません").wait_for()
    page.get_by_role("link", name="一覧").click()
    page.locator("tbody th a").first.wait_for()
    page.close()


def test_the_open_page_is_made_first(preview: Preview, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{preview.address}bpr-2.html")
    preview.settled()
    cell = "dx.tables.cards(session, scores)"
    slow = f"import time; session_id == 'bpr-1' and time.sleep(20)\n{cell}"
    replace_cell(Workspace(preview.root), "session", cell, slow)
    before = page.locator(".hash").text_content()
    page.wait_for_function("old => document.querySelector('.hash').textContent !== old", arg=before)
    states = preview.states()
    assert (states["bpr-1"], states["bpr-2"]) == (State.STALE, State.FRESH)
    page.close()


def test_no_script_of_a_page_runs(preview: Preview, browser: Browser) -> None:
    page = browser.new_page()
    tag = "<script>document.documentElement.dataset.run = 1</script><p onclick=run()>ここまで</p>"
    path = preview.root / "notebooks/session.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = f"from IPython.display import HTML\nHTML({tag!r})"
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": cell})
    path.write_text(json.dumps(notebook), encoding="utf-8")
    until(lambda: preview.shows("/bpr-1.html", "ここまで"))
    page.goto(f"{preview.address}bpr-1.html")
    preview.edit(SESSION, "title: ", "title: 動かない")
    page.get_by_role("heading", level=1).filter(has_text="動かない").wait_for()
    expect(page.locator("html[data-run]")).to_have_count(0)
    page.close()


LOST = """
import signal
from dxeval.report.signals import terminable

class Ending:
    def __del__(self):
        signal.raise_signal({number})

with terminable() as end_if_asked:
    end_if_asked()
    ending = Ending()
    del ending
    print("lost", flush=True)
    end_if_asked()
"""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, -2), (signal.SIGTERM, 143)])
def test_a_signal_that_python_drops_still_ends_it(number: int, code: int) -> None:
    """In a process of its own, since the signals stay ignored to its end."""
    command = [sys.executable, "-c", LOST.format(number=int(number))]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (code, "lost\n")
    assert "ignored" not in done.stderr
