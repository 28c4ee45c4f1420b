"""JupyterLab as `dxeval lab` starts it, in a real Chromium."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

SECONDS = 90


@contextmanager
def lab(
    root: Path, home: Path, theme: str, *words: str
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run ``dxeval lab`` as a user with that theme, and hand out its process and address."""
    settings = home / "config/lab/user-settings/@jupyterlab/apputils-extension"
    settings.mkdir(parents=True)
    chosen = json.dumps({"theme": f"JupyterLab {theme}"})
    (settings / "themes.jupyterlab-settings").write_text(chosen)
    own = {"HOME": str(home), "JUPYTER_CONFIG_DIR": str(home / "config"), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "dxeval", "lab", *words, "--no-browser"],
        cwd=root,
        env={**os.environ, **own},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    try:
        said = ""
        for line in process.stdout:
            said += line
            if found := re.search(r"http://\S+", line):
                yield process, found.group()
                break
        else:
            raise AssertionError(said)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(SECONDS)


def open_lab(browser: Browser, address: str) -> tuple[Page, list[str]]:
    """Return JupyterLab's page with an idle kernel, and what it asks of anybody else."""
    page = browser.new_page(viewport={"width": 1400, "height": 4500})
    page.set_default_timeout(SECONDS * 1000)
    elsewhere: list[str] = []
    here = re.compile(r"(https?|wss?)://127\.0\.0\.1:|data:|blob:")
    page.on("request", lambda asked: here.match(asked.url) or elsewhere.append(asked.url))
    page.goto(address)
    idle(page)
    return page, elsewhere


def idle(page: Page) -> None:
    """Wait for the status bar, which alone can be relied on."""
    page.wait_for_selector("text=/\\| Idle/")


def run_all(page: Page) -> None:
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    last = ".jp-Notebook .jp-CodeCell:last-of-type .jp-InputPrompt"
    page.wait_for_function(
        "last => /\\d/.test([...document.querySelectorAll(last)].pop().textContent)", arg=last
    )
    idle(page)
