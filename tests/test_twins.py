"""Two sessions with one export are told of, and equal answers that chance may give are not."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from conftest import Here
from test_batch import keep_sessions

from dxeval.check import check_workspace
from dxeval.problems import Problem, ProblemKind
from dxeval.reading.remarks import Written
from dxeval.reading.responses import Responses
from dxeval.report.batch import run
from dxeval.scoring.twins import twins
from dxeval.workspace import Workspace

LEVELS = ["良い", "普通", "悪い"]
MIXED = [(0, 0), (1, 0), (0, 1), (2, 0), (0, 0), (1, 1), (0, 2)]
CONTENT = [(0, 0)] * 40
LONG = "他の自治体の方と話せたのが何よりでした。"


def responses(rows: Sequence[tuple[int, ...]], comments: tuple[str, ...] = ()) -> Responses:
    columns = {
        str(place): pd.Categorical.from_codes(list(codes), categories=LEVELS, ordered=True)
        for place, codes in enumerate(zip(*rows, strict=True))
    }
    written = tuple(Written(row, "感想", text) for row, text in enumerate(comments))
    return Responses("s", pd.DataFrame(columns), written)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (responses(MIXED), responses(MIXED), True),
        (responses(MIXED), responses(MIXED[::-1]), False),
        (responses(MIXED), responses([*MIXED[:-1], (0, 1)]), False),
        (responses(MIXED), responses(MIXED[:-1]), False),
        (responses(CONTENT), responses(CONTENT), False),
        (responses(MIXED[:4]), responses(MIXED[:4]), False),
        (responses(CONTENT[:6], (LONG,)), responses(CONTENT[:6], (LONG,)), True),
        (responses(CONTENT[:6], (LONG, "よい")), responses(CONTENT[:6], ("よい", LONG)), True),
        (responses(CONTENT[:6], (LONG,)), responses(CONTENT[:6], (LONG, "よい")), False),
        (responses(CONTENT[:6], ("特になし",)), responses(CONTENT[:6], ("特になし",)), False),
        (responses(CONTENT[:6], (LONG,)), responses(CONTENT[:7], (LONG,)), False),
        (responses(MIXED[:4], (LONG,)), responses(MIXED[:4][::-1], (LONG,)), True),
        (responses([(-1, -1)] * 9), responses([(-1, -1)] * 9), False),
    ],
)
def test_equal_answers_are_told_only_where_chance_is_out_of_the_question(
    first: Responses, second: Responses, said: bool
) -> None:
    assert list(twins({"a": first, "b": second})) == ([("a", "b")] if said else [])


def test_nothing_is_said_of_nobody() -> None:
    assert not list(twins({"a": responses(MIXED).__class__("a", responses(MIXED).answers[:0])}))


def test_many_answers_are_compared_without_counting_huge_numbers() -> None:
    many = responses([(i % 3, i % 2) for i in range(200_000)])
    assert list(twins({"a": many, "b": replace(many, session_id="b")})) == [("a", "b")]


def test_no_two_sessions_of_the_example_are_alike(real: Workspace) -> None:
    assert not [w for w in check_workspace(real).warnings if w.kind in DOUBLE]


DOUBLE = {ProblemKind.SAME_FILE, ProblemKind.SAME_ANSWERS}


def doubles(warnings: Sequence[Problem]) -> list[tuple[str, str]]:
    return sorted((str(w.kind), Path(w.file).stem) for w in warnings if w.kind in DOUBLE)


def copy_answers(workspace: Workspace, change: bool) -> None:
    """Give exchange-2 the answers of exchange-1, as the same file or with another name column."""
    keep_sessions(workspace, "exchange-1", "exchange-2")
    folder = workspace.root / "data/responses"
    text = (folder / "exchange-1.csv").read_text(encoding="utf-8-sig")
    changed = text.replace("模擬 参加者", "別の 参加者") if change else text
    assert (changed != text) == change
    (folder / "exchange-1.csv").write_text(text, encoding="utf-8")
    (folder / "exchange-2.csv").write_text(changed, encoding="utf-8")
    for name in ("exchange-1", "exchange-2"):
        path = workspace.root / f"data/sessions/{name}.yaml"
        head = path.read_text(encoding="utf-8").partition("comments:")[0]
        path.write_text(head, encoding="utf-8")


@pytest.mark.parametrize(("change", "kind"), [(False, "same-file"), (True, "same-answers")])
def test_one_export_for_two_sessions_is_told_on_both(
    workspace: Workspace, change: bool, kind: str
) -> None:
    copy_answers(workspace, change)
    both = [(kind, "exchange-1"), (kind, "exchange-2")]
    report = check_workspace(Workspace(workspace.root))
    assert doubles(report.warnings) == both
    assert doubles(run(Workspace(workspace.root), executor=Here()).warnings) == both


def test_many_equal_exports_are_one_warning_a_file(workspace: Workspace) -> None:
    content = (workspace.root / "data/responses/exchange-1.csv").read_bytes()
    for path in (workspace.root / "data/responses").iterdir():
        path.write_bytes(content)
    warnings = [w for w in check_workspace(workspace).warnings if w.kind in DOUBLE]
    assert len(warnings) == 7
    assert all("、ほか1件 と1バイトも違わないファイルです" in w.message for w in warnings)


def test_two_equal_files_that_cannot_be_read_are_told_too(workspace: Workspace) -> None:
    keep_sessions(workspace, "bpr-1", "bpr-2")
    for name in ("bpr-1", "bpr-2"):
        (workspace.root / f"data/responses/{name}.csv").write_text("a,b\n1,2\n")
    warnings = check_workspace(Workspace(workspace.root)).warnings
    assert doubles(warnings) == [("same-file", "bpr-1"), ("same-file", "bpr-2")]
