"""Every awkward file is read right, or refused by name, in bounded time and memory."""

import json
import subprocess
import sys
from pathlib import Path

import awkward
import pytest
from awkward import ANSWERS, COMMENTS, READABLE, REFUSED, SECRETS, Case, coded, lying_bomb
from forge import text

from dxeval.definitions.form import Form
from dxeval.definitions.survey import Survey, read_survey
from dxeval.errors import DataError
from dxeval.reading.responses import Responses, read_responses

ROOT = Path(__file__).parents[1]
SURVEY = read_survey(ROOT / "docs/forms.yaml", "docs/forms.yaml")
MEASURED = """
import json, sys, time
from pathlib import Path
from dxeval.errors import DataError
from dxeval.reading.responses import read_responses
from dxeval.definitions.survey import read_survey

survey = read_survey(Path(sys.argv[1]))
seconds = {}
for path in sorted(Path(sys.argv[2]).iterdir()):
    start = time.process_time()
    try:
        read_responses(path, survey, "s", path.name)
    except DataError:
        pass
    seconds[path.name] = time.process_time() - start
(peak,) = [line for line in Path("/proc/self/status").open() if line.startswith("VmHWM")]
print(json.dumps({"seconds": seconds, "megabytes": int(peak.split()[1]) / 1024}))
"""


def answers(responses: Responses) -> list[list[str | None]]:
    """Return what was chosen; comments are asked for by themselves."""
    frame = responses.answers.select_dtypes("category").astype(object)
    return frame.where(frame.notna(), None).to_numpy().tolist()


def read(folder: Path, content: bytes, survey: Survey = SURVEY) -> Responses:
    """Read content from a file whose name says nothing true about it."""
    path = folder / "s.csv"
    path.write_bytes(content)
    return read_responses(path, survey, "s", "s.csv")


def test_there_are_enough_of_them_and_names_are_unique() -> None:
    names = [case.name for case in (*READABLE, *REFUSED)]
    assert len(names) == len(set(names)) >= 60


@pytest.mark.parametrize("case", READABLE, ids=lambda case: case.name)
def test_read_right(tmp_path: Path, case: Case) -> None:
    responses = read(tmp_path, case.make())
    assert answers(responses) == ANSWERS
    assert responses.comments == tuple(COMMENTS)
    told = [case.warns in str(warning) for warning in responses.warnings]
    assert told == [True] * bool(case.warns)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_refused_by_name(tmp_path: Path, case: Case) -> None:
    with pytest.raises(DataError) as caught:
        read(tmp_path, case.make())
    assert case.says in str(caught.value)
    for secret in SECRETS:
        assert secret not in str(caught.value)


def hostile() -> dict[str, bytes]:
    """Return files that are small and costly: those above, and some that fill every limit."""
    shared = {case.name: case.make() for case in (*READABLE, *REFUSED)}
    cells = "<row>" + "<c/>" * 16_000 + "</row>"
    header, tail = awkward.sheet([[]]).split('<row r="1"></row>')
    far = "".join(f'<row r="{r}"><c r="XFD{r}"><v>1</v></c></row>' for r in range(1, 60_000))
    made = {
        "cells": header + cells * 900 + tail,
        "far cells": header + far + tail,
        "elements": header + "<row/>" * 9_000_000 + tail,
        "other elements": header + "<x/>" * 15_000_000 + tail,
        "formulas": header + "<row>" + "<c><f/></c>" * 16_000 + "</row>" + tail,
        "last row": header + '<row r="1048576"><c/></row>' + tail,
        "deep": header + "<a>" * 1_000_000,
    }
    for name, part in made.items():
        shared[name] = awkward.other_part("xl/worksheets/s1.xml", part)
    shared["a line of 40 MB"] = b"a," * 20_000_000
    shared["a line of 40 MB that is not ASCII"] = "あ,".encode() * 10_000_000
    shared["wide rows"] = text([[f"列{r} {c}" for c in range(16_000)] for r in range(30)])
    shared["quotes"] = b'"' * 20_000_000
    shared["at signs"] = text(awkward.changed(3, awkward.LOGO[7], "a@" * 60_000))
    shared["digits"] = text(awkward.changed(3, awkward.LOGO[7], "0-" * 60_000))
    return shared


def test_no_file_costs_much_time_or_memory(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for name, content in hostile().items():
        (files / name.replace("/", " ")).write_bytes(content)
    arguments = [sys.executable, "-c", MEASURED, str(ROOT / "docs/forms.yaml"), str(files)]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    measured = json.loads(done.stdout)
    assert {name: took for name, took in measured["seconds"].items() if took > 5} == {}
    assert measured["megabytes"] < 500


def test_the_lying_bomb_really_unpacks_to_more_than_it_says() -> None:
    assert b"\x88\x13\0\0" in lying_bomb()


def ascii_form() -> Survey:
    """Return the survey with one form whose headers are plain ASCII."""
    paper = SURVEY.forms[-1]
    headers = dict(zip(paper.items, ("q1", "q2", "q3", "memo"), strict=True))
    form = Form(name="a", items=headers, codes=paper.codes, missing=("9",))
    return SURVEY.model_copy(update={"forms": (form,)})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_headers_in_ascii_do_where_only_one_encoding_fits(tmp_path: Path, encoding: str) -> None:
    rows = [["no", "q1", "q2", "q3", "memo"], *coded()[1:]]
    responses = read(tmp_path, text(rows, encoding), ascii_form())
    assert answers(responses) == ANSWERS
    assert responses.comments == tuple(COMMENTS)


@pytest.mark.parametrize(
    ("comment", "encoding"), [("感想です", "euc_jp"), ("ﾃｲ", "cp932"), ("続続", "euc_jp")]
)
def test_headers_in_ascii_are_refused_where_two_encodings_fit(
    tmp_path: Path, comment: str, encoding: str
) -> None:
    rows = [["no", "q1", "q2", "q3", "memo"], ["1", "5", "5", "5", comment]]
    with pytest.raises(DataError, match="文字コードを1つに決められません"):
        read(tmp_path, text(rows, encoding), ascii_form())


def test_a_file_that_two_forms_fit_is_refused(tmp_path: Path) -> None:
    again = SURVEY.forms[0].model_copy(update={"name": "写し"})
    survey = SURVEY.model_copy(update={"forms": (*SURVEY.forms, again)})
    with pytest.raises(DataError, match="「LoGoフォーム」、「写し」 がどちらも当てはまります"):
        read(tmp_path, text(awkward.ROWS), survey)


def test_the_lines_to_add_for_an_unknown_form_work(tmp_path: Path) -> None:
    """What the message says can be pasted into survey.yaml, and then the file is read."""
    header = [
        "番",
        "Q1 研修の内容は理解できましたか",
        "Q2 学んだことを実践できますか",
        "Q3 研修に満足しましたか",
    ]
    rows = [header, ["1", *ANSWERS[0]]]
    source = (ROOT / "docs/forms.yaml").read_text(encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read(tmp_path, text(rows))
    (problem,) = caught.value.problems
    assert problem.hint is not None
    assert all(f"「{name}」" in problem.hint for name in header)
    lines = [line for line in problem.hint.splitlines() if "なければこの行を消す" not in line]
    (tmp_path / "survey.yaml").write_text("\n".join([source, *lines[2:], ""]), encoding="utf-8")
    assert answers(read(tmp_path, text(rows), read_survey(tmp_path / "survey.yaml"))) == ANSWERS[:1]


def test_a_header_that_looks_like_a_person_is_not_shown(tmp_path: Path) -> None:
    header = [*awkward.LOGO[:6], "himitsu@example.jp", "090-1234-5678"]
    with pytest.raises(DataError) as caught:
        read(tmp_path, text([header, *awkward.BODY]))
    assert "himitsu" not in str(caught.value)
    assert "090" not in str(caught.value)
