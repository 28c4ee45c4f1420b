"""Figures to take away: the same numbers as the pages, as plain cells."""

import csv
import io
import zipfile
from operator import attrgetter

import openpyxl
import pytest
from pages import page_of
from test_pages import Made

from dxeval.presenting import figures_file, sheets
from dxeval.workspace import Workspace


@pytest.fixture
def files(real: Workspace) -> dict[str, bytes]:
    return real.tables(real.sessions())


def sheet(files: dict[str, bytes], name: str) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(files["figures.xlsx"]))
    return [[cell.value for cell in row] for row in book[name].iter_rows()]


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    assert files[name].startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"))))


def test_every_count_is_the_one_of_the_scores(real: Workspace, files: dict[str, bytes]) -> None:
    scores = real.score_all(real.sessions())
    counts = {(r["session_id"], r["item"], r["level"]): r for r in rows(files, "counts.csv")}
    assert len(counts) == 7 * 4 * 5
    for session_id, session_scores in scores.items():
        for score in filter(attrgetter("awaited"), session_scores):
            for level, count in score:
                row = counts[session_id, score.item.name, level]
                assert (int(row["count"]), int(row["n_valid"])) == (count, score.n_valid)
                assert row["simulated"] == "模擬データ"
                assert (row["favourable"] == "1") == (level in score.favourable)


def test_the_summary_shows_what_the_overall_page_shows(made: Made) -> None:
    folder = made[0].root / "outputs/tables"
    assert sorted(path.name for path in folder.iterdir()) == [
        "counts.csv",
        "figures.xlsx",
        "summary.csv",
    ]
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    overall = page_of(made[0], "overall")
    columns = ("{}（%）", "{} 肯定的回答", "{} 有効回答")
    assert overall.numbers(".summary .share") == [
        [float(row[column.format(item.name)]) for column in columns]
        for row in rows(files, "summary.csv")
        for item in made[0].survey.items
        if item.labels
    ]
    assert "figures.xlsx" in overall.text("section:has(table.numbers) > p")
    assert page_of(made[0], "index").links()[-3:] == [f"../tables/{name}" for name in sorted(files)]


def test_workbook_and_csv_say_the_same(files: dict[str, bytes]) -> None:
    for name, title in (("summary.csv", figures_file.SUMMARY), ("counts.csv", figures_file.COUNTS)):
        header, *body = sheet(files, title)
        text = rows(files, name)
        assert header == list(text[0])
        assert len(body) == len(text)
        for cells, row in zip(body, text, strict=True):
            for cell, said in zip(cells, row.values(), strict=True):
                if isinstance(cell, int | float):
                    assert float(said) == pytest.approx(cell, rel=1e-12)
                else:
                    assert said == (cell or "")


def test_numbers_are_numbers_and_every_column_is_defined(files: dict[str, bytes]) -> None:
    header, first, *_ = sheet(files, figures_file.COUNTS)
    assert isinstance(first[header.index("count")], int)
    assert isinstance(first[header.index("share")], float)
    defined = [row[:2] for row in sheet(files, figures_file.DEFINITIONS)]
    for name in (figures_file.COUNTS, figures_file.UNCOUNTED):
        for column in sheet(files, name)[0]:
            assert [name, column] in defined


def test_no_text_becomes_a_formula_or_a_link(real: Workspace) -> None:
    session = real.session("bpr-1").model_copy(update={"title": "https://a.example/=1"})
    programme = real.programme.programmes[0].model_copy(
        update={"id": "bpr", "mark": "=1+1", "title": "", "target": "@SUM(A1)"}
    )
    changed = real.programme.model_copy(update={"programmes": (programme,)})
    scores = real.score_all([session])
    files = figures_file.files([session], scores, changed, real.survey)
    header, row = sheet(files, figures_file.SUMMARY)
    assert dict(zip(header, row, strict=True))["事業"] == "=1+1 "
    with zipfile.ZipFile(io.BytesIO(files["figures.xlsx"])) as archive:
        xml = b"".join(archive.read(name) for name in archive.namelist())
    assert b"<f>" not in xml
    assert b"a.example" in xml
    assert b"relationships/hyperlink" not in xml
    (line,) = rows(files, "summary.csv")
    assert (line["事業"], line["対象"]) == ("'=1+1 ", "'@SUM(A1)")


def test_equal_scores_give_equal_bytes_without_a_time_or_a_name(real: Workspace) -> None:
    assert real.tables(real.sessions()) == real.tables(real.sessions())
    book = openpyxl.load_workbook(io.BytesIO(real.tables(real.sessions())["figures.xlsx"]))
    assert book.properties.created == sheets.MADE
    assert not book.properties.lastModifiedBy


def test_without_answers_there_is_no_percentage(workspace: Workspace) -> None:
    (workspace.root / "data/responses/bpr-1.csv").unlink()
    files = workspace.tables([workspace.session(name) for name in ("bpr-1", "bpr-2")])
    row, other = rows(files, "summary.csv")
    assert (row["習得度（%）"], row["習得度 有効回答"], row["回答者数"]) == ("", "0", "0")
    assert other["習得度（%）"] == "100"
    shares = [row["share"] for row in rows(files, "counts.csv") if row["session_id"] == "bpr-1"]
    assert set(shares) == {""}
