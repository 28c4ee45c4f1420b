"""docs/tutorial.md says what the commands say, to who follows it from an empty folder."""

import re
import sys

import pytest
from conftest import ROOT
from photographs import LARGEST
from tutorial import DOCUMENT, EXPORTS, PART, walked

TEXT = DOCUMENT.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")
def test_who_follows_it_sees_what_it_says() -> None:
    assert walked(TEXT) == TEXT


def test_it_tells_how_many_questions_come_before_the_first_page() -> None:
    before = TEXT.partition("$ dxeval run\n")[0]
    asked = [part["typed"].split("|") for part in PART.finditer(before) if part["typed"]]
    (said,) = re.findall(r"最初の報告まで、(\d+)つ（`init` で(\d+)つ、`add` で(\d+)つ）", TEXT)
    assert [*map(int, said)] == [sum(map(len, asked)), *map(len, asked)]


def test_every_command_has_a_row_in_its_overview() -> None:
    run = set(re.findall(r"^\$ dxeval (\w+)", TEXT, re.M))
    shown = set(re.findall(r"^\|.*\| `dxeval (\w+)` \|$", TEXT, re.M))
    assert run == shown


def test_its_pictures_are_there_and_small() -> None:
    pictures = re.findall(r"!\[.+?\]\((.*?)\)", TEXT)
    taken = {part["picture"] for part in PART.finditer(TEXT)}
    assert taken - {None} == set(pictures)
    for name in pictures:
        content = (ROOT / "docs" / name).read_bytes()
        assert content.startswith(b"\x89PNG")
        assert len(content) < LARGEST


def test_nothing_in_its_exports_is_of_a_person() -> None:
    exports = list(EXPORTS.glob("*.csv"))
    assert len(exports) == 3
    for path in exports:
        text = path.read_text(encoding="utf-8")
        assert set(re.findall(r"@([\w.]+)", text)) == {"example.jp"}
        assert all(line.split(",")[2].startswith('"模擬 ') for line in text.splitlines()[1:])
