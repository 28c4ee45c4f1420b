"""What a batch says while it runs and at its end."""

import io
import json
import re
import sys
from pathlib import Path

import pytest
from test_batch import command
from test_faults import change, light_notebook, small, small_once  # noqa: F401

from dxeval.report.announce import Event, announcing
from dxeval.workspace import Workspace

Patch = pytest.MonkeyPatch
Capture = pytest.CaptureFixture[str]


def test_json_log_quiet_and_the_summary(
    small: Workspace,  # noqa: F811
    monkeypatch: Patch,
    capsys: Capture,
) -> None:
    change(small, 1)
    code, out, err = command(small, monkeypatch, capsys, "run", "--json", "--log", "../run.log")
    assert (code, err) == (0, "")
    events = [json.loads(line) for line in out.splitlines()]
    assert [(event["event"], event["id"]) for event in events] == [
        ("start", ""),
        ("made", "bpr-1"),
        ("made", "overall"),
        ("end", ""),
    ]
    assert [event["done"] for event in events] == [0, 1, 2, 2]
    assert all(event["total"] == 2 for event in events)
    assert events[1]["seconds"] > 0
    lines = (small.root.parent / "run.log").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 4
    assert re.fullmatch(r"20\S+ \S+ 1/2 \d+\.\d秒 made bpr-1", lines[1])

    assert command(small, monkeypatch, capsys, "run", "--quiet") == (0, "", "")
    code, out, err = command(small, monkeypatch, capsys, "run")
    assert (code, err) == (0, "")
    assert out.startswith("中身の変わったページはありませんでした")

    light_notebook(small, "session", "session_id = ''", "1 / 0")
    code, out, err = command(small, monkeypatch, capsys, "run", "--quiet", "bpr-1")
    assert (code, out) == (1, "")
    assert "止まった所は outputs/failed/bpr-1.ipynb にあります" in err
    code, out, err = command(small, monkeypatch, capsys, "list")
    assert "bpr-1\t②第1回\t2025年7月11日（金）\t6人\t失敗\t前回、ノートブックの失敗" in out
    assert "bpr-2\t②第2回\t2025年9月1日（月）\t6人\t要更新\tnotebooks/session.ipynb\n" in out


def test_a_reason_that_several_pages_share_is_said_once(
    small: Workspace,  # noqa: F811
    monkeypatch: Patch,
    capsys: Capture,
) -> None:
    light_notebook(small, "session", "session_id = ''", "'taro' + chr(64) + 'example.jp'")
    code, _, err = command(small, monkeypatch, capsys, "run", "--quiet")
    assert code == 1
    assert "bpr-1、bpr-2：作成できませんでした。\n" in err
    assert err.count("メールアドレス") == 1


def test_a_log_that_cannot_be_written_stops_nothing_halfway(
    small: Workspace,  # noqa: F811
    monkeypatch: Patch,
    capsys: Capture,
) -> None:
    code, out, err = command(small, monkeypatch, capsys, "run", "--log", "no/such/folder.log")
    assert (code, out) == (1, "")
    assert "folder.log" in err


def test_the_progress_line_is_for_terminals_only(monkeypatch: Patch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    events = [Event("start", total=3), Event("made", "b", done=1, total=3)]
    events += [Event("failed", "a", done=2, total=3), Event("end", done=3, total=3)]
    for screen, expected in ((Terminal(), "3/3"), (io.StringIO(), "")):
        monkeypatch.setattr(sys, "stderr", screen)
        with announcing(True, False, None) as tell:
            for event in events:
                tell(event)
        assert expected in screen.getvalue()
        assert bool(screen.getvalue()) == bool(expected)


def test_errors_and_interruptions_are_told_too(tmp_path: Path) -> None:
    log = tmp_path / "log"
    for error in (KeyboardInterrupt(), SystemExit(143)):
        with pytest.raises(type(error)), announcing(False, False, log):
            raise error
    assert log.read_text(encoding="utf-8").count("interrupted") == 2
