"""`dxeval explain`: every printed number says of whom it is, by which rule, from which file."""

import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from conftest import ROOT, command

from dxeval.errors import ExplainError, MisuseError, WorkspaceError
from dxeval.explaining.asked import checked, matching
from dxeval.explaining.standing import standings
from dxeval.presenting.claim_words import CELLS, WHAT
from dxeval.report.batch import Result
from dxeval.report.listing import listing
from dxeval.report.plan import Plan
from dxeval.scoring.recount import cells as recount_cells
from dxeval.scoring.recount.what import What
from dxeval.tracing.held import Held, Verdict
from dxeval.tracing.place import Place
from dxeval.tracing.read import Found
from dxeval.workspace import Workspace

Made = tuple[Workspace, Result]


run = partial(command, "explain")


@pytest.fixture
def there(made: Made, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The example's finished report, to be read only."""
    monkeypatch.chdir(made[0].root)
    return made[0]


@pytest.fixture
def spoiled(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A copy of it that a test may spoil."""
    root = tmp_path / "copy"
    shutil.copytree(made[0].root, root)
    monkeypatch.chdir(root)
    return Workspace(root)


def test_all_that_a_number_comes_from(there: Workspace) -> None:
    code, text = run("exchange-2", "95%")
    assert code == 0
    export = (there.root / "data/responses/exchange-2.csv").read_bytes()
    for part in (
        "■ 95%　カード › 満足度",
        "肯定的回答の割合。20人のうち19人（無回答0人）",
        "「大いに満足」か「満足」を数える（data/sessions/exchange-2.yaml の11行目",
        "①第2回（exchange-2）　data/responses/exchange-2.csv（20行、",
        hashlib.sha256(export).hexdigest()[:16],
        "計算し直すと：95（同じ）",
    ):
        assert part in text
    line = (there.root / "data/sessions/exchange-2.yaml").read_text(encoding="utf-8").split("\n")
    assert "大いに満足, 満足]" in line[10]


def test_the_rule_of_the_survey_is_found_where_it_stands(there: Workspace) -> None:
    _, text = run("exchange-1", "20 / 21人")
    number = int(re.search(r"data/survey.yaml の(\d+)行目 items\[2\].favourable", text)[1])  # type: ignore[index]
    lines = (there.root / "data/survey.yaml").read_text(encoding="utf-8").split("\n")
    assert "favourable: [とても役に立つ, 役に立つ]" in lines[number - 1]


def test_a_title_that_two_sessions_share_is_that_of_the_pages_own(there: Workspace) -> None:
    for page in ("exchange-1", "bpr-1"):
        title = run(page)[1].split("\n")[2]
        assert title.split() == [
            "第1回ワークショップ",
            f"data/sessions/{page}.yaml",
            "number、title",
        ]


def test_the_hash_is_the_one_that_the_page_prints(there: Workspace) -> None:
    for page in ("exchange-1", "overall", "programme-bpr", "index", "report"):
        printed = re.search(r"入力の SHA-256：([0-9a-f]{64})", run(page)[1])
        html = (there.root / f"outputs/html/{page}.html").read_text(encoding="utf-8")
        assert printed
        assert printed[1] in html, page


@pytest.mark.parametrize(
    "page",
    [
        *("exchange-1.html", "outputs/html/exchange-1.html", "html/exchange-1.html"),
        *("outputs\\html\\exchange-1.html", "./outputs/html/exchange-1.html"),
    ],
)
def test_a_page_is_known_by_its_place_too(there: Workspace, page: str) -> None:
    assert run(page, "52%") == run("exchange-1", "52%")
    assert run(str(there.root / "outputs/html/exchange-1.html"), "52%") == run("exchange-1", "52%")


def test_a_file_of_figures_is_known_by_its_name(there: Workspace) -> None:
    assert run("counts", "11") == run("outputs/tables/counts.csv", "11")
    assert run("figures", "11") == run("figures.xlsx", "11")


@pytest.mark.parametrize("text", ["52%", "52 %", "５２％", " 52% ", "52％"])
def test_a_number_may_be_written_as_people_do(there: Workspace, text: str) -> None:
    code, said = run("exchange-1", text)
    assert code == 0
    assert "■ 52%" in said
    assert "21人のうち11人" in said


def number(text: str, start: int, end: int) -> Held:
    return Held("x", Found(Place(text=text), start, end, None), Verdict.ORPHAN)


@pytest.mark.parametrize(
    ("wanted", "text", "found"),
    [
        *(("5", "95%", False), ("95", "95%", True), ("9", "95%", False), ("95%", "95人", False)),
        *(("5/6人", "83%（5 / 6人）", True), ("1234", "1,234人", True), ("1,234", "1234人", True)),
        *(("3", "3.5", False), ("3.5", "3.5", True), ("95%", "195%", False), ("8", "8.", True)),
        *(("-2", "−2点", True), ("95人", "９５人", True)),
    ],
)
def test_a_number_is_found_whole(wanted: str, text: str, found: bool) -> None:
    numbers = [number(text, *m.span()) for m in re.finditer(r"[\d.,]*\d", text)]
    assert bool(matching(checked(wanted), numbers)) is found


def test_what_is_not_there_says_what_comes_near(there: Workspace) -> None:
    code, text = run("exchange-1", "53%")
    assert code == 1
    assert "「53%」は、このページにありません。" in text
    assert "近い数：52%（" in text


def test_what_is_no_number_or_no_page_is_refused(there: Workspace) -> None:
    with pytest.raises(MisuseError, match="数がありません"):
        run("exchange-1", "満足")
    with pytest.raises(WorkspaceError, match=r"exchange-9.*あるのは：exchange-1、.*figures.xlsx"):
        run("exchange-9")
    with pytest.raises(WorkspaceError, match="HTML と同じ"):
        run("outputs/pdf/exchange-9.pdf")


def test_every_page_and_file_is_explained(there: Workspace) -> None:
    for standing in standings(Plan(there)).values():
        code, text = run(standing.place)
        assert code == 0, text[-300:]


def test_numbers_stand_below_their_headings_with_rules_and_files_once(there: Workspace) -> None:
    _, text = run("exchange-1")
    assert "【アンケート結果】" in text
    assert text.count("data/responses/exchange-1.csv（21行") == 1
    assert "【肯定的回答の数え方】" in text


def test_a_typed_number_says_file_and_line(there: Workspace) -> None:
    _, text = run("exchange-1", "--json")
    typed = [n["typed"] for n in json.loads(text)["numbers"] if n["verdict"] == "typed"]
    lines = {
        name: (there.root / name).read_text(encoding="utf-8").split("\n")
        for name in {place["file"] for place in typed}
    }
    assert typed
    for place in typed:
        assert place["line"] is None or lines[place["file"]][place["line"] - 1].strip()


def test_a_typed_text_is_not_told_only_where_it_stands(there: Workspace) -> None:
    """A text may be a comment, or of a person: who asks is sent to the file."""
    code, text = run("exchange-3", "1")
    path = there.root / "data/sessions/exchange-3.yaml"
    purpose = Workspace(there.root).session("exchange-3").purpose
    line = path.read_text(encoding="utf-8").split("\n").index("purpose: >-") + 1
    assert code == 0
    assert f"書かれた所：data/sessions/exchange-3.yaml の{line}行目 purpose" in text
    assert purpose[:8] not in text


RECORD = {
    *("section", "item", "row", "column", "printed", "verdict", "kind", "what", "levels"),
    *("computed", "count", "n", "missing", "rules", "sessions", "typed"),
}


def test_as_json(there: Workspace) -> None:
    code, text = run("exchange-1", "52%", "--json")
    found = json.loads(text)
    assert code == 0
    assert set(found) == {"ok", "file", "inputs_sha256", "text", "numbers"}
    assert (found["ok"], found["file"]) == (True, "outputs/html/exchange-1.html")
    share = next(n for n in found["numbers"] if n["kind"] == "favourable_share")
    assert set(share) == RECORD
    assert (share["count"], share["n"], share["missing"], share["computed"]) == (11, 21, 0, ["52"])
    assert share["rules"][0]["levels"] == ["実践できる", "サポートがあれば実践できる"]
    assert set(share["rules"][0]) == {"levels", "file", "line", "key", "sessions"}
    export = share["sessions"][0]
    assert (export["session_id"], export["rows"]) == ("exchange-1", 21)
    content = (there.root / export["file"]).read_bytes()
    assert export["sha256"] == hashlib.sha256(content).hexdigest()
    code, text = run("exchange-1", "53%", "--json")
    assert (code, json.loads(text)["ok"], json.loads(text)["numbers"]) == (1, False, [])


def test_what_is_out_of_date_is_refused_in_the_words_of_list(spoiled: Workspace) -> None:
    file = spoiled.root / "data/sessions/exchange-1.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("attendees: 21", "attendees: 22"), encoding="utf-8")
    line = next(line for line in listing(Plan(spoiled)) if line.id == "exchange-1")
    with pytest.raises(ExplainError, match=r"exchange-1：要更新（data/sessions/exchange-1.yaml）"):
        run("exchange-1", "52%")
    assert line.reasons == ["data/sessions/exchange-1.yaml"]
    with pytest.raises(ExplainError, match="overall：要更新"):
        run("figures.xlsx")
    assert run("exchange-2", "95%")[0] == 0


def test_what_was_never_made_or_changed_by_hand_is_refused(
    workspace: Workspace, spoiled: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = spoiled.root / "outputs/html/exchange-1.html"
    page.unlink()
    with pytest.raises(ExplainError, match=r"exchange-1：要更新（outputs/html/exchange-1.html）"):
        run("exchange-1")
    monkeypatch.chdir(workspace.root)
    with pytest.raises(ExplainError, match=r"exchange-1：要更新（まだ作っていません）"):
        run("exchange-1")


def test_another_session_that_cannot_be_read_is_no_hindrance(spoiled: Workspace) -> None:
    export = spoiled.root / "data/responses/exchange-2.csv"
    export.write_bytes(export.read_bytes() + b'"')
    assert run("exchange-1", "52%")[0] == 0


def test_a_number_that_is_not_what_is_computed_is_said(spoiled: Workspace) -> None:
    page = spoiled.root / "outputs/html/exchange-1.html"
    html = page.read_text(encoding="utf-8").replace("52%", "58%")
    page.write_text(html, encoding="utf-8")
    manifest = spoiled.root / "outputs/manifest.json"
    data = json.loads(manifest.read_text(encoding="utf-8"))
    data["pages"]["exchange-1"]["outputs"]["html/exchange-1.html"] = hashlib.sha256(
        page.read_bytes()
    ).hexdigest()
    manifest.write_text(json.dumps(data), encoding="utf-8")
    code, text = run("exchange-1", "58%")
    assert code == 1
    assert "いまの回答から計算すると 52 で、違います。" in text


def test_nothing_of_people_or_of_this_machine_is_said(there: Workspace) -> None:
    said = "".join(run(standing.place)[1] for standing in standings(Plan(there)).values())
    said += "".join(
        run(standing.place, "--json")[1] for standing in standings(Plan(there)).values()
    )
    assert str(there.root) not in said
    comments = [text for s in there.sessions() for text in there.responses(s).comments]
    assert not [text for text in comments if text in said]
    for path in (there.root / "data/responses").iterdir():
        _, head, *rows = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
        private = [head.index("氏名"), head.index("メールアドレス")]
        assert not [row[place] for row in rows for place in private if row[place] in said]


def test_refusing_needs_no_pandas(workspace: Workspace) -> None:
    code = (
        "import sys\nfrom dxeval.cli import main\n"
        "try:\n    main(['explain', 'exchange-1'])\n"
        "except SystemExit as end:\n    assert end.code\n"
        "heavy = {'pandas', 'papermill', 'matplotlib', 'nbconvert'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=workspace.root, capture_output=True, text=True, env=env
    )
    assert done.returncode == 0, done.stderr


def test_every_number_has_its_words() -> None:
    assert set(WHAT) == set(What)
    assert set(recount_cells.CELLS) <= set(CELLS)
