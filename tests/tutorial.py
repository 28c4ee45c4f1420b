"""docs/tutorial.md walked: its commands run, its edits made, its pictures taken.

Run as a script, it writes the outputs into the document and takes the pictures anew. What the
document is made of, each in a line or block of its own:

- ``console``: a command (``$ …``) and what it says; ``^C`` ends a preview and has what it said of
  mistakes (which pages it made in one go is a matter of time);
- ``<!-- 入力：A|B -->`` before such a block: what is typed at its questions, in this order;
- ``diff``: the file's name after ``---``, and the lines of it that are taken out and put in;
- ``<!-- 見る：PAGE|WORDS -->``: the preview shows these words, and a picture that follows is of it.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from html import unescape
from pathlib import Path
from urllib.parse import quote

from conftest import ROOT
from terminal import SECONDS, Terminal, start

DOCUMENT = ROOT / "docs/tutorial.md"
EXPORTS = ROOT / "docs/tutorial"
LONGEST = 60.0
"""Seconds until a page shows what was saved, on a machine that does much else."""
PART = re.compile(
    r"(?:^<!-- 入力：(?P<typed>.*) -->\n)?^```console\n(?P<command>.*)\n(?P<said>(?:.*\n)*?)```$"
    r"|^```diff\n--- (?P<file>.*)\n(?P<change>(?:.*\n)*?)```$"
    r"|^<!-- 見る：(?P<page>.*)\|(?P<words>.*) -->$(?:\n+!\[.*?\]\((?P<picture>.*?)\))?",
    re.M,
)

Photograph = Callable[[str, Path], None]
"""Takes a picture of an address."""


class Walk:
    """A person who follows the document.

    State: the folder in which they are; the preview, if it runs, with its address.
    """

    def __init__(self, folder: Path, ends: ExitStack, photograph: Photograph | None = None) -> None:
        self.begin = self.folder = folder
        self._ends = ends
        self._photograph = photograph
        self._preview: Terminal | None = None
        self._address = ""
        for path in EXPORTS.glob("*.csv"):
            shutil.copy(path, folder)

    def document(self, text: str) -> str:
        """Return the document with what its commands say now."""
        return PART.sub(self._part, text)

    def _part(self, part: re.Match[str]) -> str:
        if part["file"]:
            change(self.folder / part["file"], part["change"])
        elif part["page"]:
            self._look(part["page"], part["words"], part["picture"])
        else:
            before = part[0][: part.start("said") - part.start()]
            said = self._says(part["command"].removeprefix("$ "), part["typed"])
            return f"{before}{self._plain(said)}```"
        return part[0]

    def _says(self, command: str, typed: str | None) -> str:
        program, *words = command.split()
        if program == "cd":
            self.folder /= words[0]
            return ""
        if command == "^C":
            return self._end_preview()
        assert program == "dxeval", command
        if words == ["preview"]:
            return self._begin_preview()
        if typed is not None:
            return typing(self.folder, words, typed.split("|"))
        process = start(
            self.folder,
            *words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        return process.communicate()[0].decode()

    def _begin_preview(self) -> str:
        self._preview = self._ends.enter_context(Terminal(self.folder, "preview"))
        self._preview.wait_for("終わります。\r\n")
        self._address = re.findall(r"http://\S+/", self._preview.shown)[0]
        said, self._preview.shown = self._preview.shown, ""
        return said

    def _end_preview(self) -> str:
        assert self._preview
        said = self._preview.shown
        self._preview.type("\x03")
        said += self._preview.read_on().replace("^C", "")
        return re.sub(r"^[\d:]{8} .* を作成しました.*\n", "", said, flags=re.M)

    def _look(self, page: str, words: str, picture: str | None) -> None:
        address = self._address + quote(page)
        deadline = time.monotonic() + LONGEST
        while words not in (text := shown_at(address)):
            assert time.monotonic() < deadline, text
            time.sleep(0.1)
        if picture and self._photograph:
            self._photograph(address, ROOT / "docs" / picture)

    def _plain(self, said: str) -> str:
        """Return what is said without the machine's folder, times, sizes, port, blanks at ends."""
        said = re.sub(r"　?[\d.]+ [KMG]B、?", "", said)
        said = re.sub(r"[ \r]*\n", "\n", said).replace(f"{self.begin}/", "")
        said = re.sub(r"（[^（）\n]*\d\.\d秒）", "", said)
        return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8710", said)


def typing(folder: Path, words: list[str], lines: list[str]) -> str:
    """Return all that a terminal shows of a command, answered by these lines."""
    with Terminal(folder, *words) as terminal:
        shown = ""
        for line in lines:
            terminal.wait_for_a_question()
            shown += terminal.shown
            terminal.type(f"{line}\n")
        return shown + terminal.read_on()


def change(path: Path, lines: str) -> None:
    """Take lines of a file out and put others in; those around them tell the place."""
    there = [line for line in lines.splitlines() if line[:1] != "+"]
    then = [line for line in lines.splitlines() if line[:1] != "-"]
    old, new = ("".join(f"{line[1:]}\n" for line in found) for found in (there, then))
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path.name}:\n{old}"
    saved = path.with_name(f"{path.name}~")
    saved.write_text(text.replace(old, new), encoding="utf-8")
    saved.replace(path)


def shown_at(address: str) -> str:
    """Return the text of a served page."""
    with urllib.request.urlopen(address, timeout=SECONDS) as answer:
        return unescape(re.sub(r"<[^>]*>", "", answer.read().decode()))


def walked(text: str, photograph: Photograph | None = None) -> str:
    """Return the document as a walk from an empty folder makes it."""
    with tempfile.TemporaryDirectory(prefix="dxeval-") as folder, ExitStack() as ends:
        return Walk(Path(folder).resolve(), ends, photograph).document(text)


def main() -> None:
    """Write the document anew, its pictures too."""
    from photographs import taking

    text = DOCUMENT.read_text(encoding="utf-8")
    begun = time.monotonic()
    with taking() as photograph:
        DOCUMENT.write_text(walked(text, photograph), encoding="utf-8")
    print(f"{DOCUMENT.name}: {time.monotonic() - begun:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
