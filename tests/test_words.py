"""Words of comments by frequency, for the analyst alone."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import dxeval as dx
from dxeval.errors import MisuseError, WordsError
from dxeval.presenting.word_list import SHOWN
from dxeval.report.notebook.leak import leak
from dxeval.report.notebook.written import on_purpose
from dxeval.scoring.words import frequencies
from dxeval.workspace import Workspace

pytest.importorskip("sudachipy")


def page(found: object) -> BeautifulSoup:
    return BeautifulSoup(found._repr_mimebundle_()["text/html"], "html.parser")


def test_a_comment_counts_once_and_words_stand_by_frequency() -> None:
    found = frequencies(["b a a", "A c", "c", ""], str.split)
    assert [(word.word, word.n_comments, word.places) for word in found] == [
        ("a", 2, (0, 1)),
        ("c", 2, (1, 2)),
        ("b", 1, (0,)),
    ]


def test_words_are_nouns_verbs_and_adjectives_as_dictionaries_have_them() -> None:
    said = "今回はＬｏＧｏフォームの入力方法を3回検討して、難しくなかったので、とても楽しかった。"
    words = {*dx.words([said]).table["word"]}
    assert words == {"LoGo", "フォーム", "入力方法", "検討", "難しい", "楽しい"}


def test_each_word_opens_the_comments_that_hold_it(real: Workspace) -> None:
    found = dx.words(real)
    written = [said.text for s in real.sessions() for said in real.responses(s).written]
    assert list(found.table) == ["word", "comments"]
    assert found.table["comments"].is_monotonic_decreasing
    assert found.table["comments"].between(1, len(written)).all()
    details = page(found)("details")
    first = found.table.iloc[0]
    assert details[0].summary.get_text() == f"{first.word}（{first.comments}件）"
    assert len(details[0]("blockquote")) == first.comments
    assert f"（{len(written)}件）" in page(found).h2.get_text()
    assert len(details) <= SHOWN
    for detail in details:
        for quote in detail("blockquote"):
            assert quote.p.find(string=True) in written
    assert "<" not in repr(found)


def test_a_frame_says_where_a_comment_stood_and_all_is_escaped() -> None:
    frame = pd.DataFrame({"text": ["<b>事例</b>\u202e", None], "row": [7, 8], "question": "感想"})
    html = dx.words(frame)._repr_mimebundle_()["text/html"]
    assert "感想 7行目" in html
    assert "&lt;b&gt;事例&lt;/b&gt;[U+202E]" in html
    with pytest.raises(MisuseError, match="text"):
        dx.words(frame[["row"]])


def test_no_words_and_very_long_ones() -> None:
    assert dx.words([]).table.empty
    assert "言葉がありません" in page(dx.words(["。", "3回"])).get_text()
    assert dx.words(["事例" * 40_000]).table["comments"].max() == 1
    assert dx.words("事例です").table["word"].tolist() == ["事例"]


def test_a_page_that_shows_words_is_not_made(real: Workspace) -> None:
    shown = dx.words(real)
    cell = {"metadata": {}, "outputs": [{"data": shown._repr_mimebundle_()}]}
    written = [said.text for s in real.sessions() for said in real.responses(s).written]
    found = leak({"metadata": {}, "cells": [cell]}, on_purpose({}), written, lambda: "")
    assert found is not None
    assert found.place == 0


def test_without_the_extra_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sudachipy", None)
    with pytest.raises(WordsError, match=r"pip install 'dxeval\[words\]'"):
        dx.words(["事例"])


def test_nobody_else_loads_it(real: Workspace) -> None:
    code = "import dxeval as dx, sys; dx.page; dx.charts; assert 'sudachipy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(real.root))
