"""`dxeval check`: every problem of every file at once, for people and for programs."""

import json
from pathlib import Path

import pytest
from conftest import EXAMPLE
from test_batch import command, keep_sessions

from dxeval.check import check_workspace
from dxeval.workspace import Workspace


def spoil(workspace: Workspace, file: str, old: str, new: str) -> None:
    path = workspace.root / file
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def call(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def call(*words: str) -> tuple[int, str, str]:
        return command(workspace, monkeypatch, capsys, *words)

    return call


def test_every_problem_of_every_file_is_told_at_once(workspace: Workspace, call) -> None:
    keep_sessions(workspace, "bpr-1", "bpr-2", "exchange-1")
    spoil(workspace, "data/programme.yaml", "target:", "tarqet:")
    spoil(workspace, "data/published.csv", "理解度", "理解")
    spoil(workspace, "data/sessions/bpr-1.yaml", "number: 1", "number: one")
    spoil(workspace, "data/responses/bpr-1.csv", "概ね満足", "そこそこ")
    spoil(workspace, "data/responses/exchange-1.csv", "満足", "満足？")
    spoil(workspace, "data/responses/bpr-2.csv", "回答番号", "番号")
    code, out, err = call("check")
    assert (code, out) == (1, "")
    for said in (
        "data/programme.yaml",
        "data/published.csv",
        "data/sessions/bpr-1.yaml 2行目 「number」",
        "data/responses/bpr-1.csv 3行目 「研修に満足しましたか」：選択肢にない答えです",
        "（値：「そこそこ」）",
        "data/responses/bpr-2.csv 2行目：data/survey.yaml の forms に合う見出し",
        "2行目にある見出し：「番号」「回答日時」",
        "data/responses/exchange-1.csv 2行目：data/survey.yaml の forms に合う見出し",
    ):
        assert said in err
    assert "mogi-" not in err
    assert "模擬 参加者" not in err


def test_at_most_five_of_a_kind_and_how_many_more(workspace: Workspace, call) -> None:
    keep_sessions(workspace, "exchange-1")
    spoil(workspace, "data/responses/exchange-1.csv", ",満足,", ",まあまあ,")
    code, _, err = call("check")
    found = (workspace.root / "data/responses/exchange-1.csv").read_text("utf-8").count("まあまあ")
    assert code == 1
    assert err.count("選択肢にない答えです") == 5
    assert f"ほか {found - 5} 件" in err
    assert f"まちがいが{found}件あります" in err
    found_by_programs = json.loads(call("check", "--json")[1])["problems"]
    assert [problem["more"] for problem in found_by_programs] == [0, 0, 0, 0, found - 5]


def test_a_broken_survey_hides_no_other_yaml(workspace: Workspace) -> None:
    spoil(workspace, "data/survey.yaml", "items:", "itens:")
    spoil(workspace, "data/sessions/bpr-1.yaml", "number: 1", "number: one")
    files = {problem.file for problem in check_workspace(workspace).problems}
    assert files == {"data/survey.yaml", "data/sessions/bpr-1.yaml"}


def test_exports_of_no_session_and_of_strange_kinds_are_not_overlooked(
    workspace: Workspace, call
) -> None:
    keep_sessions(workspace, "bpr-1", "bpr-2")
    folder = workspace.root / "data/responses"
    (folder / "bpr-1.csv").rename(folder / "bpr1.csv")
    (folder / "bpr-2.csv").unlink()
    (folder / "BPR-2.xls").write_bytes(b"<html><table></table></html>")
    code, out, err = call("check")
    assert code == 1
    assert "data/responses/bpr1.csv：どの回のものでもない回答ファイルです" in out
    assert "data/responses/BPR-2.xls：HTML（ウェブページ）です" in err


def test_one_file_as_json(call, tmp_path: Path) -> None:
    code, out, err = call("check", "data/responses/bpr-1.csv", "--session", "bpr-1", "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    (file,) = found["files"]
    assert found["ok"] is True
    assert (found["problems"], found["warnings"]) == ([], [])
    assert (file["file"], file["session_id"]) == ("data/responses/bpr-1.csv", "bpr-1")
    assert (file["respondents"], file["attendees"], file["superseded"]) == (6, 6, 0)
    assert file["dropped"] == ["回答日時", "氏名", "メールアドレス"]
    satisfied = file["items"][3]
    assert satisfied["item"] == "満足度"
    assert (satisfied["answered"], satisfied["missing"]) == (6, 0)
    assert list(satisfied["levels"].items()) == [
        ("大いに満足", 2),
        ("満足", 3),
        ("概ね満足", 1),
        ("やや不満", 0),
        ("不満", 0),
    ]


def test_files_outside_a_workspace(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path_factory.mktemp("away")
    (folder / "a.csv").write_bytes((EXAMPLE / "data/responses/bpr-1.csv").read_bytes())
    (folder / "b.csv").write_bytes(b"%PDF-1.4")
    away = Workspace(folder)
    code, _, err = command(away, monkeypatch, capsys, "check", "a.csv")
    assert code == 2
    assert "--survey survey.yaml" in err
    survey = str(EXAMPLE / "data/survey.yaml")
    code, out, err = command(away, monkeypatch, capsys, "check", "a.csv", "--survey", survey)
    assert (code, err) == (0, "")
    assert "a.csv（研修アンケート）：回答 6人" in out
    assert "読まなかった列：回答日時、氏名、メールアドレス" in out
    words = ("check", "a.csv", "b.csv", "c.csv", "--survey", survey, "--json")
    code, out, err = command(away, monkeypatch, capsys, *words)
    assert (code, err) == (1, "")
    found = json.loads(out)
    assert [file["file"] for file in found["files"]] == ["a.csv"]
    assert [problem["file"] for problem in found["problems"]] == ["b.csv", "c.csv"]
    assert command(away, monkeypatch, capsys, "check", "--survey", survey)[0] == 2


def test_a_session_file_is_held_against_the_answers(workspace: Workspace, call) -> None:
    keep_sessions(workspace, "bpr-1")
    spoil(workspace, "data/sessions/bpr-1.yaml", "attendees: 6", "attendees: 5")
    code, out, _ = call("check")
    assert code == 0
    assert "回答が6人で、参加者数（attendees）の5人より多くなっています" in out
    spoil(
        workspace, "data/sessions/bpr-1.yaml", "attendees: 5", "attendees: 6\nexpected_responses: 7"
    )
    code, _, err = call("check")
    assert code == 1
    assert "回答が6件で、expected_responses の7件と違います" in err


def test_a_comment_with_a_contact_cannot_be_chosen(workspace: Workspace, call) -> None:
    keep_sessions(workspace, "bpr-1")
    old = "他の自治体の方々と交流でき、良い経験になった。"
    new = "交流できた。連絡先は 090-1234-5678 です。"
    spoil(workspace, "data/responses/bpr-1.csv", old, new)
    spoil(workspace, "data/sessions/bpr-1.yaml", old, new)
    code, out, err = call("check")
    assert code == 1
    assert "data/sessions/bpr-1.yaml 「comments[2]」：載せる声に電話番号かメールアドレス" in err
    spoil(workspace, "data/sessions/bpr-1.yaml", new, "交流できた。（略）です。")
    code, out, err = call("check")
    assert (code, err) == (0, "")
    assert "「ご意見・ご感想」：自由記述に電話番号かメールアドレスのようなものがあります" in out
    assert "1234" not in out


def test_run_warns_of_what_check_warns_of(workspace: Workspace, call) -> None:
    keep_sessions(workspace, "bpr-1")
    spoil(workspace, "data/sessions/bpr-1.yaml", "attendees: 6", "attendees: 5")
    answers = workspace.root / "data/responses/bpr-1.csv"
    answers.with_name("bpr1.csv").write_bytes(answers.read_bytes())
    code, _, err = call("run")
    assert code == 0
    assert err.startswith(
        "注意：\ndata/responses/bpr-1.csv：回答が6人で、参加者数（attendees）の5人より"
    )
    assert "data/responses/bpr1.csv：どの回のものでもない回答ファイルです" in err
    _, _, err = call("run")
    assert "5人より" not in err
    assert "bpr1.csv" in err


def test_a_file_without_one_column_is_sent_back(workspace: Workspace, call) -> None:
    spoil(workspace, "data/responses/bpr-1.csv", "研修に満足しましたか", "備考")
    _, _, err = call("check")
    found = "「研修アンケート」の書き出しなら、列を消したか見出しを結合したファイルです"
    assert found in err


def test_a_form_with_a_placeholder_left_is_said_on_its_line(workspace: Workspace, call) -> None:
    survey = workspace.root / "data/survey.yaml"
    text = survey.read_text(encoding="utf-8")
    line = len(text.splitlines()) + 1
    blank = "（上の見出しから選んで書く）"
    items = "".join(f"      {item.name}: {blank}\n" for item in workspace.survey.items)
    survey.write_text(f"{text.rstrip()}\n  - name: 新しい\n    items:\n{items}", encoding="utf-8")
    _, _, err = call("check")
    assert f"data/survey.yaml {line}行目" in err
    assert f"「新しい」の「{blank}」を、ファイルの見出しに書きかえてください" in err
