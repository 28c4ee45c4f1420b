"""People and rows of a session: they add up or are refused; what those who did not answer may mean.

Worst and best cases are held against every way in which the unknown could have answered.
"""

import csv
import io
from datetime import date
from itertools import product
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxeval.check import check_workspace
from dxeval.definitions.programme import Session
from dxeval.definitions.questions import Scale
from dxeval.errors import DataError, FigureError
from dxeval.presenting import tables, wording
from dxeval.presenting.ledger_sheet import LEDGER
from dxeval.scoring.across import totals
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.ledger import ItemLedger, Ledger, ledger
from dxeval.scoring.score import Scores
from dxeval.scoring.uncounted import Uncounted
from dxeval.workspace import Workspace

LEVELS = ("とても", "やや", "あまり")


def session(**facts: Any) -> Session:
    day = date(2025, 6, 4)
    known = {"id": "s", "programme": "p", "number": 1, "title": "回", "date": day, "attendees": 6}
    return Session.model_validate({**known, **facts})


def scores(counts: tuple[int, ...], missing: int = 0, **facts: Any) -> Scores:
    item = Scale(name="習得度", question="?", levels=LEVELS, favourable=LEVELS[:2])
    score = Distribution(item, missing, item.favourable, None, counts)
    n = sum(counts) + missing
    return Scores("s", n, (score,), **{"n_rows": n, "n_written": 0, **facts})


def test_rows_that_do_not_add_up_are_refused() -> None:
    of = Uncounted({("状態", "途中"): 2}, superseded=1, identical=1, withdrawn=1)
    assert ledger(session(), scores((3, 1, 1), uncounted=of, n_rows=10)).left_out == 5
    with pytest.raises(FigureError, match=r"s の回答ファイルの11行が、5＋1＋1＋1＋2 と合いません"):
        ledger(session(), scores((3, 1, 1), uncounted=of, n_rows=11))
    with pytest.raises(FigureError, match="聞いた7人と合いません"):
        ItemLedger(scores((3, 1, 1)).items[0], 7, 0)


def test_what_the_page_says() -> None:
    def said(found: Ledger) -> list[str]:
        return wording.ledger_notes(found)

    assert not said(ledger(session(municipalities=4), scores((3, 1, 2))))
    assert said(ledger(session(municipalities=4, invited=8), scores((3, 1, 2)))) == [
        "人数：招待 8人、参加 6人（4自治体）、回答 6人。"
    ]
    assert said(ledger(session(), scores((4, 1, 0), missing=1))) == [
        "習得度の肯定的回答は、無回答1人を入れると83～100%（5～6/6人）でありうる。",
    ]
    assert said(ledger(session(invited=9, attendees=8), scores((4, 0, 1), missing=1))) == [
        "人数：招待 9人、参加 8人、回答 6人、回答のない参加者 2人。",
        "習得度の肯定的回答は、無回答1人を入れると67～83%（4～5/6人）、"
        "回答のない参加者2人も入れると50～88%（4～7/8人）でありうる。",
    ]
    assert said(ledger(session(attendees=4), scores((5, 0, 0)))) == [
        "人数：参加 4人、回答 5人。参加者数より回答が多い。"
    ]


@given(st.tuples(*[st.integers(0, 4)] * 3), st.integers(0, 3), st.integers(0, 3), st.integers(0, 2))
def test_ranges_are_those_of_every_way_to_answer(
    counts: tuple[int, int, int], missing: int, silent: int, withdrawn: int
) -> None:
    n = sum(counts) + missing
    came = n + silent
    if not n or not came:
        return
    rows = n + withdrawn
    of = Uncounted(withdrawn=withdrawn)
    found = ledger(session(attendees=came), scores(counts, missing, uncounted=of, n_rows=rows))
    (line,) = found.items
    assert found.silent == silent
    expected = {"with_blanks": missing, "with_silent": (missing + silent) if silent else 0}
    for name, unknown in expected.items():
        there = getattr(line, name)
        if not unknown:
            assert there is None
            continue
        known = sum(counts[:2])
        ways = {known + sum(answers) for answers in product((0, 1), repeat=unknown)}
        assert (there.few, there.many, there.n) == (
            min(ways),
            max(ways),
            sum(counts) + unknown,
        )
        assert there.percents == tuple(
            int(100 * k / there.n + 0.5 + 1e-9) for k in (there.few, there.many)
        )


def change(workspace: Workspace, file: str, old: str, new: str) -> None:
    path = workspace.root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_every_export_of_the_example_adds_up_on_page_and_sheet(workspace: Workspace) -> None:
    change(workspace, "data/sessions/bpr-1.yaml", "attendees: 6\n", "attendees: 8\ninvited: 12\n")
    sessions = workspace.sessions()
    found = workspace.score_all(sessions)
    bpr = next(session for session in sessions if session.id == "bpr-1")
    shown = str(tables.distribution(found["bpr-1"], workspace.survey, bpr).html)
    assert "人数：招待 12人、参加 8人（4自治体）、回答 6人、回答のない参加者 2人。" in shown
    assert "習得度の肯定的回答は、回答のない参加者2人を入れると63～88%（5～7/8人）" in shown
    book = openpyxl.load_workbook(io.BytesIO(workspace.tables(sessions)["figures.xlsx"]))
    _, heads, *rows = [[*row] for row in book[LEDGER].iter_rows(values_only=True)]
    first = heads.index("回答ファイルの行")
    for row in rows:
        assert row[first] == sum(row[first + 1 : first + 6])
    line = next(row for row in rows if row[0] == "bpr-1")
    assert line[first - 3 : first] == [12, 8, 4]
    assert line[first + 6 : first + 8] == [2, 0.75]
    heads, *rows = [[*row] for row in book["設問ごとの結果"].iter_rows(values_only=True)]
    place = heads.index("回答のない参加者も皆否定なら")
    got = next(row for row in rows if (row[0], row[heads.index("設問")]) == ("bpr-1", "習得度"))
    assert got[place : place + 2] == pytest.approx([5 / 8, 7 / 8])
    (export,) = (
        file
        for file in check_workspace(workspace).as_json()["files"]  # type: ignore[attr-defined]
        if file["session_id"] == "bpr-1"
    )
    assert (export["invited"], export["rows"]) == (12, 6)


def test_people_are_told_apart_only_where_the_form_says_so(workspace: Workspace) -> None:
    sessions = workspace.sessions()
    assert totals(sessions, workspace.score_all(sessions)).different is None
    said = "    respondent_id: 回答番号\n"
    change(workspace, "data/survey.yaml", said, said + "    person_id: true\n")
    again = Workspace(workspace.root)
    found = totals(sessions, again.score_all(sessions))
    ids = set()
    for path in (workspace.root / "data/responses").glob("*.csv"):
        rows = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig").split("\n", 1)[1]))
        ids |= {row["回答番号"] for row in rows}
    assert found.different == len(ids)
    told = f"延べ回答者 {found.respondents}人（異なる人は{len(ids)}人）"
    assert told in wording.totals_note(found)
    response = again.responses(sessions[0])
    assert "people" not in repr(response)


def test_ids_of_people_need_a_column(workspace: Workspace) -> None:
    said = "    respondent_id: 回答番号\n"
    change(workspace, "data/survey.yaml", said, "    person_id: true\n")
    with pytest.raises(DataError, match="respondent_id"):
        _ = Workspace(workspace.root).survey


def test_people_are_not_counted_where_one_session_does_not_tell_them(workspace: Workspace) -> None:
    said = "    respondent_id: 回答番号\n"
    change(workspace, "data/survey.yaml", said, said + "    person_id: true\n")
    path = workspace.root / "data/responses/bpr-1.csv"
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    place = next(i for i, line in enumerate(lines) if line.startswith("006,"))
    lines[place] = lines[place].removeprefix("006")
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    again = Workspace(workspace.root)
    scores = again.score_all(again.sessions())
    assert scores["bpr-1"].people is None
    assert scores["bpr-2"].people is not None
    assert totals(again.sessions(), scores).different is None
