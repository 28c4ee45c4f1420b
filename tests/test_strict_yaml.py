"""Every way in which YAML would quietly change what was typed is refused with its place."""

import re
from pathlib import Path

import pytest

from dxeval.check import check_workspace
from dxeval.errors import DataError
from dxeval.problems import ProblemKind
from dxeval.workspace import Workspace

SESSION = "data/sessions/bpr-1.yaml"


def edit(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("number: 1", "number: 1\nnumber: 2", 3, "同じキーが2度あります（最初は2行目）"),
        ("attendees: 6", "attendees: 6\natendees: 6", 6, "知らない項目です"),
        ("attendees: 6", "attendees: 6人", 5, "1以上の整数"),
        ("attendees: 6", "attendees: 0", 5, "1以上の整数"),
        ("attendees: 6", "attendees: 012", 5, "1以上の整数"),
        ("attendees: 6", "attendees: -6", 5, "1以上の整数"),
        ("attendees: 6", "attendees: 6.5", 5, "1以上の整数"),
        ("attendees: 6", "attendees: ６", 5, "1以上の整数"),
        ("attendees: 6", "attendees: 13:30", 5, "1以上の整数"),
        ("attendees: 6\n", "", 1, "必須の項目がありません"),
        (
            "municipalities: 4",
            "municipalities: 7",
            6,
            "municipalities（7）が attendees（6）より多い",
        ),
        ("date: 2025-07-11", "date: 2025-02-30", 4, "暦にない日付です"),
        ("date: 2025-07-11", "date: 7月11日", 4, "日付は 2025-06-04 のように"),
        ("date: 2025-07-11", "date: 2025-07-11 13:30", 4, "日付は 2025-06-04 のように"),
        ("simulated: true", "simulated: yes", 7, "true か false が必要です"),
        ("title: ワークショップ", "title: [ワーク, ショップ]", 3, "文字列が必要です"),
        ("title: ワークショップ", "title:", 3, "文字列が必要です"),
        ("title: ワークショップ", 'title: "  "', 3, "空です"),
        ("title: ワークショップ", "title: !!python/name:os.system x", 3, "タグ（!）は使えません"),
        ("number: 1", "number: 1\nx: &a y\nz: *a", 4, "エイリアス（*）は使えません"),
        ("title: ワークショップ", 'title: "x', 1, "YAML の書き方が正しくありません"),
        ("  - 業務改革（BPR）の必要性", "  - a: 業務改革", 12, "文字列が必要です"),
        ("number: 1", "number: 1\nid: x", 3, "ここには書けません"),
        ("programme: bpr", "programme: brp", None, "data/programme.yaml にない事業です"),
        ("file: bpr-1-1.jpg", "file: ../../secret.jpg", 19, "ファイル名だけを書きます"),
    ],
)
def test_a_wrong_session_file_is_refused_with_its_place(
    workspace: Workspace, old: str, new: str, line: int | None, said: str
) -> None:
    edit(workspace.root, SESSION, old, new)
    with pytest.raises(DataError) as caught:
        workspace.session("bpr-1")
    problem = caught.value.problems[0]
    assert problem.file == SESSION
    assert said in problem.message
    if "書き方" not in said:
        assert problem.line == line


def test_all_problems_are_said_at_once_with_the_nearest_key(workspace: Workspace) -> None:
    edit(workspace.root, SESSION, "attendees: 6", "atendees: 6")
    edit(workspace.root, SESSION, "2025-07-11", "2025-13-11")
    with pytest.raises(DataError) as caught:
        workspace.session("bpr-1")
    text = str(caught.value)
    assert len(caught.value.problems) == 2
    assert "「atendees」：知らない項目です" in text
    assert "期待する形：attendees" in text
    assert "「date」：暦にない日付です（値：「2025-13-11」）" in text


@pytest.mark.parametrize(
    ("file", "edits", "told"),
    [
        (
            "data/survey.yaml",
            [("question: 研修の内容は今後", "qestion: 研修の内容は今後")],
            [("extra-key", "items[2].qestion", "question（書きまちがいではありませんか）")],
        ),
        (
            SESSION,
            [("attendees: 6", "attendeez: 6"), ("municipalities: 4", "municipality: 4")],
            [
                ("extra-key", "attendeez", "attendees（書きまちがいではありませんか）"),
                ("extra-key", "municipality", "municipalities（書きまちがいではありませんか）"),
            ],
        ),
        (
            SESSION,
            [("attendees: 6", "people: 6")],
            [("missing-key", "attendees", None), ("extra-key", "people", None)],
        ),
        (
            SESSION,
            [("attendees: 6", "attendees: 6\natendees: 6")],
            [("extra-key", "atendees", "attendees（書きまちがいではありませんか）")],
        ),
        (
            "data/programme.yaml",
            [("item: 役立ち度, programme: bpr", "item: 役立度, level: 役立った")],
            [("wrong-evidence", "review.good[3].evidence.item", None)],
        ),
    ],
)
def test_one_mistake_is_told_once(
    workspace: Workspace,
    file: str,
    edits: list[tuple[str, str]],
    told: list[tuple[str, str, str | None]],
) -> None:
    for old, new in edits:
        edit(workspace.root, file, old, new)
    problems = check_workspace(workspace).problems
    found = [(str(p.kind), p.column, p.expected) for p in problems if p.file == file]
    assert [(kind, column) for kind, column, _ in found] == [told_[:2] for told_ in told]
    for (_, _, expected), (_, _, wanted) in zip(found, told, strict=True):
        assert wanted is None or expected == wanted


def test_a_list_of_wrong_entries_only_is_not_called_empty(workspace: Workspace) -> None:
    survey = workspace.root / "data/survey.yaml"
    text = survey.read_text(encoding="utf-8")
    survey.write_text(re.sub("(?m)^    question: .*\n", "", text), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        _ = workspace.survey
    assert {problem.kind for problem in caught.value.problems} == {ProblemKind.MISSING_KEY}
    survey.write_text("items: []\n" + text.partition("forms:")[1] + text.partition("forms:")[2])
    with pytest.raises(DataError, match="「items」：空の一覧です"):
        _ = Workspace(workspace.root).survey


def test_figures_without_a_place_are_told_once(workspace: Workspace) -> None:
    path = workspace.root / "data/published.csv"
    row = "exchange-1,理解度,legends,理解できた,\n"
    path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        _ = workspace.published
    assert [problem.column for problem in caught.value.problems] == ["where"]


@pytest.mark.parametrize(
    "name", ["BPR-3", "第3回", "a b", "con", "index", "report", "x" * 65, "a."]
)
def test_an_id_unfit_for_a_file_name_is_refused(workspace: Workspace, name: str) -> None:
    folder = workspace.root / "data/sessions"
    (folder / "bpr-1.yaml").rename(folder / f"{name}.yaml")
    catalogue = workspace.catalogue
    assert len(catalogue.sessions) == 6
    assert "IDは半角の小文字と数字" in str(catalogue.broken[name])


def test_two_sessions_of_one_id_are_refused(workspace: Workspace) -> None:
    folder = workspace.root / "data/sessions"
    (folder / "bpr-1.yml").write_bytes((folder / "bpr-1.yaml").read_bytes())
    assert "同じIDのファイルが2つあります" in str(workspace.catalogue.broken["bpr-1"])


def test_two_sessions_of_one_number_are_refused(workspace: Workspace) -> None:
    folder = workspace.root / "data/sessions"
    (folder / "bpr-3.yaml").write_bytes((folder / "bpr-1.yaml").read_bytes())
    (folder / "bpr-4.yaml").write_bytes((folder / "bpr-1.yaml").read_bytes())
    broken = workspace.catalogue.broken
    assert "bpr-3、bpr-4 と同じ事業の同じ回です" in str(broken["bpr-1"])
    assert "bpr-1、bpr-4 と同じ事業の同じ回です" in str(broken["bpr-3"])
    assert list(broken) == ["bpr-1", "bpr-3", "bpr-4"]
    assert "bpr-2" in [session.id for session in workspace.catalogue.sessions]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "neutral: [どちらでもない]",
            "neutral: [普通]",
            "neutral の「普通」は levels にありません",
        ),
        (
            "favourable: [とても理解できた, 理解できた]",
            "favourable: [理解したい]",
            "選択肢にありません",
        ),
        ("- name: 役立ち度", "- name: 理解度", "items に「理解度」が2度あります"),
        ("理解できた, どちらでもない", "理解できた, 理解できた　", "levels に「理解できた」が2度"),
        (
            "満足度: 研修に満足しましたか",
            "満足: 研修に満足しましたか",
            "設問にありません（値：「満足」）",
        ),
    ],
)
def test_a_wrong_survey_is_refused(workspace: Workspace, old: str, new: str, said: str) -> None:
    edit(workspace.root, "data/survey.yaml", old, new)
    with pytest.raises(DataError, match=said):
        _ = workspace.survey


def test_evidence_must_point_at_something(workspace: Workspace) -> None:
    edit(workspace.root, "data/programme.yaml", "item: 役立ち度, programme: bpr", "item: 役立度")
    with pytest.raises(DataError) as caught:
        _ = workspace.programme
    (problem,) = caught.value.problems
    assert problem.column == "review.good[3].evidence.item"
    assert problem.value == "役立度"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("exchange-1,理解,table,,100", "設問がありません"),
        ("exchange-1,理解度,tables,,100", "場所の名前が違います"),
        ("exchange-1,理解度,prose,わかった,100", "選択肢がありません"),
        ("exchange-1,理解度,prose,理解できた,100%", "割合が正しくありません"),
        ("exchange-1,理解度,prose,理解できた,101", "割合が正しくありません"),
        ("exchange-1,理解度,legend,理解できた,100", "凡例には選択肢だけ"),
        ("exchange-1,理解度,table,,99", "2行目と同じ数字の重複です"),
        ("exchange-1,理解度,prose", "列の数が3です"),
        ("exchange-9,理解度,table,,100", "セッションがありません"),
    ],
)
def test_a_wrong_published_figure_is_refused(workspace: Workspace, row: str, said: str) -> None:
    path = workspace.root / "data/published.csv"
    path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        _ = workspace.published
    (problem,) = caught.value.problems
    assert said in problem.message
    assert problem.line == 90


def test_all_wrong_published_figures_are_said_at_once(workspace: Workspace) -> None:
    path = workspace.root / "data/published.csv"
    rows = "exchange-9,理解度,tables,理解できた;わかった;だめ,101\nexchange-1,理解,table,,x\n"
    path.write_text(path.read_text(encoding="utf-8") + rows, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        _ = workspace.published
    found = [(problem.line, problem.column, problem.value) for problem in caught.value.problems]
    assert sorted(found, key=str) == [
        (90, "levels", "だめ"),
        (90, "levels", "わかった"),
        (90, "percent", "101"),
        (90, "session_id", "exchange-9"),
        (90, "where", "tables"),
        (91, "item", "理解"),
        (91, "percent", "x"),
    ]
    assert all(problem.expected for problem in caught.value.problems)
    assert "90行目 「where」：場所の名前が違います（値：「tables」）。 期待する形：table、" in str(
        caught.value
    )


def test_folded_japanese_lines_are_joined_without_a_space(workspace: Workspace) -> None:
    edit(workspace.root, SESSION, "title: ワークショップ", "title: >-\n  研修と\n  Python の\n  会")
    assert workspace.session("bpr-1").title == "研修と Python の会"


@pytest.mark.parametrize("content", [b"", b"\xff\xfea", b"a: [", b"- a", b"a: \x00"])
def test_what_is_no_yaml_is_refused_and_never_crashes(workspace: Workspace, content: bytes) -> None:
    (workspace.root / SESSION).write_bytes(content)
    with pytest.raises(DataError):
        workspace.session("bpr-1")


def test_a_deep_nest_is_refused(workspace: Workspace) -> None:
    (workspace.root / SESSION).write_text("[" * 5000, encoding="utf-8")
    with pytest.raises(DataError):
        workspace.session("bpr-1")
