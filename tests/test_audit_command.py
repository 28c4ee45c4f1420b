"""`dxeval audit`: the findings in Japanese and as JSON, with a workspace and without one."""

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from conftest import EXAMPLE, ROOT, command

from dxeval.errors import MisuseError
from dxeval.presenting import audit_words
from dxeval.scoring.audit import Kind
from dxeval.workspace import Workspace

FROM_HERE = {**os.environ, "PYTHONPATH": str(ROOT)}


run = partial(command, "audit")


@pytest.fixture
def here(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.chdir(workspace.root)
    return workspace


def test_every_kind_has_its_words() -> None:
    assert set(audit_words.WHAT) == set(audit_words._SENTENCES) == set(Kind)


def test_the_example_in_words(here: Workspace) -> None:
    code, text = run()
    assert code == 0
    assert "矛盾（6件）" in text
    assert "98%＝57/58、67%＝39/58、17%＝10/58、16%＝9/58、95%＝55/58" in text
    assert "小数第1位で四捨五入してから、もう一度四捨五入（90%＝17/19）" in text
    assert "exchange-1を「大いに満足」「満足」で数えると10～95%（2～20人）" in text
    assert "「どちらでもない」の5人に触れていない" in text


def test_strict_fails_on_a_contradiction_alone(here: Workspace, tmp_path: Path) -> None:
    assert run("--strict")[0] == 1
    right = tmp_path / "right.csv"
    right.write_text(
        "session_id,item,where,levels,percent,n\ns,Q,table,a,50,20\n", encoding="utf-8"
    )
    assert run(str(right), "--strict") == (
        0,
        "公表値の検算：right.csv（1回、1件）\n矛盾は見つかりませんでした。\n",
    )


def test_as_json_with_known_ranges(here: Workspace) -> None:
    code, text = run("--json")
    assert code == 0
    found = json.loads(text)
    assert sum(finding["contradicts"] for finding in found["findings"]) == 6
    pooled = found["findings"][1]["explanations"][0]
    assert pooled["facts"] == {"n": 58, "items": 3, "blanks": 2}
    first = next(k for k in found["known"] if k["item"] == "習得度")
    assert first["levels"]["どちらでもない"] == [5, 5]
    assert first["distributions"] == 40


def test_a_file_alone_needs_no_workspace_and_says_each_kind(tmp_path: Path) -> None:
    rows = """session_id,item,where,levels,percent,count,n,mean,sd,text
a-1,Q,table,x,90,,19,,,
a-1,Q,prose,y,5,,20,,,
a-2,R,headline,x,60,,20,,,
a-2,R,prose,y,50,,20,,,
a-2,S,table,,,,20,3.47,,
a-1,T,table,x,90,,20,,,
a-2,T,table,x,100,,10,,,
a-1;a-2,T,table,x,95,,,,,
a-1,,attended,,,20,,,,
a-1,,responded,,,21,,,,
a-1,,municipalities,,,22,,,,
a-1,,date,,,,,,,2025年6月4日（木）
a-1,,sessions,,,3,,,,
a-1,,programme,,,,,,,講座
a-2,,programme,,,,,,,研修
"""
    (tmp_path / "figures.csv").write_text(rows, encoding="utf-8")
    command = [sys.executable, "-m", "dxeval", "audit", "figures.csv"]
    done = subprocess.run(command, cwd=tmp_path, env=FROM_HERE, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    for said in (
        "得られない値：a-1 Q",
        "20人の回答では、これらは同時には成り立たない",
        "平均3.47",
        "各回の割合の平均",
        "回答者数21人が、参加者数20人より多い",
        "22自治体に対し、参加者は20人",
        "この日は水曜日",
        "3回とあるが、この事業の回は2回ある",
        "「講座」「研修」と書かれている",
        "人数が19人、20人とある",
    ):
        assert said in done.stdout, said


def test_rules_that_differ_are_said_without_the_number_of_people_too(tmp_path: Path) -> None:
    path = tmp_path / "published.csv"
    path.write_bytes((EXAMPLE / "data/published.csv").read_bytes())
    _, text = run(str(path))
    assert "数え方の混在" in text
    assert "。。" not in text


def test_a_wrong_file_is_named_with_its_row(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    from dxeval.cli import main

    path = tmp_path / "figures.csv"
    path.write_text("session_id,item,where,levels,percent\ns,Q,table,a,101\n", encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["audit", str(path)])
    assert end.value.code == 1
    assert "figures.csv 2行目 「percent」：割合が正しくありません" in capsys.readouterr().err


def test_attendance_is_not_taken_for_answers_without_a_word(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    rows = "session_id,item,where,levels,percent,count\ns,,attended,,,20\ns,Q,table,a,67,\n"
    path.write_text(rows, encoding="utf-8")
    assert (
        "参加者全員（20人）の回答からは得られない（13人なら65%、14人なら70%）" in run(str(path))[1]
    )
    path.write_text(f"{rows}s,,responded,,,18\n", encoding="utf-8")
    assert "矛盾は見つかりませんでした" in run(str(path))[1]


def test_a_workspace_without_published_figures(here: Workspace) -> None:
    (here.root / "data/published.csv").unlink()
    assert run("--strict") == (
        0,
        "公表された数字（data/published.csv）がありません。書き方は docs/audit.md。\n",
    )


def test_old_files_are_read_as_before() -> None:
    code, text = run(str(EXAMPLE / "data/published.csv"))
    assert code == 0
    assert "（7回、88件）" in text


def test_beside_the_answers_only_what_differs_is_told(here: Workspace) -> None:
    _, text = run("--answers")
    assert text.count("■ 回答と違う値") == 8
    assert "回答では17/19人、89.5%。" in text
    with pytest.raises(MisuseError, match="--answers"):
        run("data/published.csv", "--answers")
