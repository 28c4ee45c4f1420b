"""How long from saving a file to its new page in Chromium: ``make bench``.

For the example and for 200 sessions, with `dxeval preview` and a session's page open, each kind of
file that people save is changed again and again, at intervals at which people type: the session's
own, its answers, and the notebook of every session's page, for which the page that is open is made
first. Measured is from the beginning of the write to the moment when the new page's last line
stands in Chromium. Prints the median and the 95th percentile in seconds.
"""

import argparse
import json
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from batch import EXAMPLE, ROOT, write_workspace
from playwright.sync_api import Page, sync_playwright

from dxeval.report.site.pdf import find_browser

SAVES = 20
OTHER_HASH = (
    "old => { const now = document.querySelector('.hash'); return now?.textContent !== old }"
)


def example(root: Path) -> str:
    """Write the example; return the id of the session to be edited."""
    shutil.copytree(EXAMPLE / "data", root / "data")
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    return "exchange-4"


def sessions(number: int) -> Callable[[Path], str]:
    """Return what writes so many sessions, and returns the id of the one to be edited."""

    def write(root: Path) -> str:
        write_workspace(root, number)
        return f"s{number // 2:04}"

    return write


@contextmanager
def previewing(root: Path) -> Iterator[str]:
    """Make everything, start the preview and hand out its address."""
    subprocess.run([sys.executable, "-m", "dxeval", "run", "--quiet"], check=True, cwd=root)
    command = [sys.executable, "-m", "dxeval", "preview"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.match(r"http://\S+", process.stdout.readline())
        assert found
        try:
            time.sleep(5)  # the process that others are forked from gets warm
            yield found[0]
        finally:
            process.send_signal(signal.SIGINT)


def edit_session(root: Path, session_id: str, number: int) -> None:
    """Save the session's file with another title."""
    path = root / f"data/sessions/{session_id}.yaml"
    text = path.read_text(encoding="utf-8")
    changed = re.sub(r"^title: .*", f"title: {number}回めの題", text, flags=re.M)
    path.write_text(changed, encoding="utf-8")


def edit_answers(root: Path, session_id: str, number: int) -> None:
    """Save the answers with another order of the rows, which another export may have."""
    path = root / f"data/responses/{session_id}.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([*lines[:2], *lines[3:], lines[2], ""]), encoding="utf-8-sig")


def edit_notebook(root: Path, session_id: str, number: int) -> None:
    """Save the notebook of every session's page with another sentence."""
    path = root / "notebooks/session.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][-1]["source"] = f"# {number}"
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def waits(page: Page, edit: Callable[[int], None]) -> list[float]:
    """Return the seconds of each save."""
    found = []
    for number in range(SAVES):
        before = page.locator(".hash").text_content()
        start = time.perf_counter()
        edit(number)
        page.wait_for_function(OTHER_HASH, arg=before)
        found.append(time.perf_counter() - start)
        time.sleep(random.uniform(0.5, 2))
    return found


def measure(page: Page, name: str, write: Callable[[Path], str]) -> None:
    """Print one line a kind of file."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        session_id = write(root)
        with previewing(root) as address:
            page.goto(f"{address}{session_id}.html")
            page.wait_for_selector(".hash", state="attached")
            for edit in (edit_session, edit_answers, edit_notebook):
                found = waits(page, lambda number, edit=edit: edit(root, session_id, number))
                late = statistics.quantiles(found, n=20)[-1]
                kind = edit.__name__.removeprefix("edit_")
                middle = statistics.median(found)
                print(f"{name:14} {kind:10} {middle:6.2f} s {late:6.2f} s", flush=True)
            page.goto("about:blank")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sessions", type=int, nargs="*", default=[200])
    words = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_page()
        print(f"{'':25}   median      95 %")
        measure(page, "example", example)
        for number in words.sessions:
            measure(page, f"{number} sessions", sessions(number))
        browser.close()


if __name__ == "__main__":
    main()
