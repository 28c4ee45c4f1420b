"""Figures to take away: the same numbers as the pages, as plain cells."""

import csv
import io
import re
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from operator import attrgetter
from pathlib import Path

import every_kind
import openpyxl
import pytest
import stress
from libreoffice import SOFFICE, save_as_csv, save_as_pdf
from openpyxl.utils import get_column_letter
from pages import page_of
from test_pages import Made

from dxeval.presenting import audit_sheets, figure_sheets, figures_file, notes_sheet
from dxeval.presenting.colours import level_colours
from dxeval.presenting.contents_sheet import CONTENTS
from dxeval.presenting.ledger_sheet import LEDGER
from dxeval.presenting.origins_sheet import ORIGINS
from dxeval.presenting.sheet_names import sheet_names
from dxeval.presenting.wording import MIXED
from dxeval.presenting.workbook import MADE, Book, Column, Sheet, half_up
from dxeval.presenting.workbook_charts import CHARTS
from dxeval.scoring.rounding import percent
from dxeval.workspace import Workspace

ITEM_NAMES = ["理解度", "役立ち度", "習得度", "満足度"]


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
    assert "figures.xlsx" in overall.text("section:has(table.by-level) > p")
    assert page_of(made[0], "index").links()[-3:] == [
        f"../tables/{name}" for name in ("figures.xlsx", "counts.csv", "summary.csv")
    ]


def test_workbook_and_csv_say_the_same(files: dict[str, bytes]) -> None:
    header, *body = sheet(files, figure_sheets.COUNTS)
    heads = ("回のID", "設問", "選択肢", "人数", "割合", "有効回答", "無回答", "備考")
    places = [header.index(head) for head in heads]
    names = ("session_id", "item", "level", "count", "share", "n_valid", "n_missing", "simulated")
    text = rows(files, "counts.csv")
    assert len(body) == len(text)
    for cells, row in zip(body, text, strict=True):
        for place, name in zip(places, names, strict=True):
            if isinstance(cells[place], int | float):
                assert float(row[name]) == pytest.approx(cells[place], rel=1e-12)
            else:
                assert row[name] == (cells[place] or "")
    items, header, *body = sheet(files, figure_sheets.SUMMARY)
    for cells, row in zip(body, rows(files, "summary.csv"), strict=True):
        assert cells[header.index("開催日")].date().isoformat() == row["開催日"]
        for item in ("理解度", "役立ち度", "習得度", "満足度"):
            head = f"{item}（{MIXED}）" if item == "満足度" else item
            share, favourable, valid = cells[items.index(head) :][:3]
            assert (str(favourable), str(valid)) == (
                row[f"{item} 肯定的回答"],
                row[f"{item} 有効回答"],
            )
            assert share == pytest.approx(favourable / valid, rel=1e-15)
            assert as_excel_shows(share) == f"{row[f'{item}（%）']}%"


def as_excel_shows(share: float) -> str:
    """Return a number in the format 0%, as Excel has it: of 15 digits, half up."""
    return f"{(100 * Decimal(f'{share:.15g}')).quantize(Decimal(1), ROUND_HALF_UP)}%"


def test_a_share_is_shown_as_on_the_pages_also_where_it_is_a_half() -> None:
    """Every share that ends on half a percent is one of these 100 numbers, whoever divided."""
    for count in range(1, 200, 2):
        shown = half_up(count / 200)
        assert as_excel_shows(shown) == f"{percent(count, 200)}%"
        assert Decimal(float(f"{shown:.16g}")) >= Decimal(count) / 200
        assert f"{shown:.15g}" == f"{count / 200:.15g}"
        assert (count * 37) / (200 * 37) == count / 200
    for n in range(1, 120):
        for count in range(n + 1):
            assert as_excel_shows(half_up(count / n)) == f"{percent(count, n)}%"


def test_every_head_is_defined(files: dict[str, bytes]) -> None:
    book = workbook(files)
    defined = {
        word for cell in book[notes_sheet.DEFINITIONS]["A"] for word in cell.value.split("・")
    }
    plain = {"事業", "開催内容", "対象", "設問", "選択肢", "公表された場所", "公表が数える選択肢"}
    plain |= {"回答からの割合", "人数"}
    for name in book.sheetnames[1:-1]:
        content = book[name]
        if name in (CHARTS, *ITEM_NAMES):
            continue
        heads = [
            cell.value for cell in content[2 if name in (figure_sheets.SUMMARY, LEDGER) else 1]
        ]
        assert set(heads) - defined - plain == set(), name


def test_sheets_are_made_to_be_read_and_printed(files: dict[str, bytes]) -> None:
    book = workbook(files)
    assert book.sheetnames[:3] == [CONTENTS, figure_sheets.SUMMARY, CHARTS]
    for content in book:
        assert (content.page_setup.orientation, content.page_setup.paperSize) == ("landscape", 9)
        assert content.oddFooter.center.text == "&P / &N"
        assert content.oddHeader.right.text == "&A"
        if content.title in (CONTENTS, CHARTS):
            continue
        top = 2 if content.title in (figure_sheets.SUMMARY, LEDGER, *ITEM_NAMES) else 1
        kept = "B" if content.title == notes_sheet.DEFINITIONS else "C"
        assert content.freeze_panes == f"{kept}{top + 1}"
        assert content.auto_filter.ref.startswith(f"A{top}:")
        assert content.print_title_rows == f"$1:${top}"
        assert content.page_setup.fitToWidth in (None, 1)
        assert content.sheet_properties.pageSetUpPr.fitToPage
        assert all(cell.font.bold for cell in content[top])
        for place, cells in enumerate(content.iter_cols(min_row=top + 1), start=1):
            width = content.column_dimensions[get_column_letter(place)].width
            for cell in cells:
                if cell.is_date:
                    assert (cell.number_format, width >= 12) == ("yyyy/m/d", True)
                elif isinstance(cell.value, float):
                    assert cell.number_format == "0%"
                    assert width >= 7


def test_the_contents_lead_to_every_sheet(files: dict[str, bytes]) -> None:
    book = workbook(files)
    contents = book[CONTENTS]
    linked = [cell for cell in contents["A"] if cell.hyperlink]
    links = {cell.hyperlink.location: cell.value for cell in linked}
    assert links == {f"'{name}'!A1": name for name in book.sheetnames[1:]}
    told = {row[0]: row[2] for row in contents.iter_rows(min_row=5, values_only=True) if row[2]}
    assert told[figure_sheets.COUNTS] == book[figure_sheets.COUNTS].max_row - 1
    assert told["理解度"] == 7
    notes = "".join(row[1] or "" for row in contents.iter_rows(values_only=True))
    for word in ("模擬データ", "延べ", "数えなかった", "四捨五入", "質問なし", "CSV"):
        assert word in notes


def test_charts_show_the_cells_of_their_sheets_in_the_colours_of_the_pages(
    real: Workspace, files: dict[str, bytes]
) -> None:
    book = workbook(files)
    scores = real.score_all(real.sessions())
    drawn = [read_chart(chart) for chart in book[CHARTS]._charts]
    titles = [values(book, chart["title"])[0] for chart in drawn]
    assert titles == [
        f"{item}：{what}{mark}"
        for item in ITEM_NAMES
        for what, mark in (
            ("回ごとの内訳（数字は人数）", ""),
            ("肯定的回答の割合", f"（{MIXED}）" if item == "満足度" else ""),
        )
    ]
    labels = [f"①第{i}回" for i in range(1, 6)] + ["②第1回", "②第2回"]
    for item, levels, shares in zip(ITEM_NAMES, drawn[::2], drawn[1::2], strict=True):
        of = [found[item] for found in scores.values()]
        names = [values(book, series["name"])[0] for series in levels["series"]]
        chosen = [label for label in of[0].item.labels if any(s.count(label) for s in of)]
        assert names == chosen
        for name, series in zip(names, levels["series"], strict=True):
            assert values(book, series["cat"]) == labels
            assert values(book, series["val"]) == [score.count(name) for score in of]
            assert series["cached"] == [score.count(name) for score in of]
            assert series["fill"] == level_colours(of[0].item)[name].lstrip("#").upper()
        (series,) = shares["series"]
        assert values(book, series["val"]) == pytest.approx([s.favourable_share for s in of])
        assert (levels["grouping"], shares["grouping"]) == ("percentStacked", "clustered")
    alternatives = re.findall(r'descr="([^"]*)"', xml_of(files, "xl/drawings/drawing1.xml"))
    assert len(alternatives) == 2 * len(ITEM_NAMES)
    assert alternatives[5].startswith("習得度の肯定的回答の割合：①第1回は52%（11/21人）、")


def workbook(files: dict[str, bytes]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(files["figures.xlsx"]))


def xml_of(files: dict[str, bytes], part: str) -> str:
    with zipfile.ZipFile(io.BytesIO(files["figures.xlsx"])) as archive:
        return archive.read(part).decode()


def read_chart(chart: object) -> dict[str, object]:
    """Return a chart's references, cached numbers and colours."""
    return {
        "title": chart.title.tx.strRef.f,
        "grouping": chart.grouping,
        "series": [
            {
                "name": series.tx.strRef.f,
                "cat": series.cat.strRef.f,
                "val": series.val.numRef.f,
                "cached": [float(point.v) for point in series.val.numRef.numCache.pt],
                "fill": series.spPr.solidFill.srgbClr,
            }
            for series in chart.series
        ],
    }


def values(book: openpyxl.Workbook, reference: str) -> list[object]:
    """Return what stands in the cells that a chart names."""
    name, _, cells = reference.rpartition("!")
    found = book[name.strip("'")][cells.replace("$", "")]
    return (
        [cell.value for row in found for cell in row] if isinstance(found, tuple) else [found.value]
    )


def test_published_figures_stand_beside_ours(files: dict[str, bytes]) -> None:
    header, *body = sheet(files, audit_sheets.AUDIT)
    verdict, ours, count, n = map(header.index, ("検算", "回答からの割合", "人数", "有効回答"))
    assert {row[verdict] for row in body} >= {"一致", "得られない値"}
    assert all(row[ours] == pytest.approx(row[count] / row[n], rel=1e-15) for row in body)


def test_no_text_becomes_a_formula_or_a_link(real: Workspace) -> None:
    session = real.session("bpr-1").model_copy(update={"title": "https://a.example/=1"})
    programme = real.programme.programmes[0].model_copy(
        update={"id": "bpr", "mark": "=1+1", "title": "", "target": "@SUM(A1)"}
    )
    changed = real.programme.model_copy(update={"programmes": (programme,)})
    scores = real.score_all([session])
    files = figures_file.files([session], scores, changed, real.survey)
    _, header, row = sheet(files, figure_sheets.SUMMARY)
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
    assert book.properties.created == MADE
    assert not book.properties.lastModifiedBy


def test_without_answers_there_is_no_percentage(workspace: Workspace) -> None:
    (workspace.root / "data/responses/bpr-1.csv").unlink()
    files = workspace.tables([workspace.session(name) for name in ("bpr-1", "bpr-2")])
    row, other = rows(files, "summary.csv")
    assert (row["習得度（%）"], row["習得度 有効回答"], row["回答者数"]) == ("", "", "")
    assert row["備考"].endswith("回答ファイルなし。")
    assert other["習得度（%）"] == "100"
    lines = [row for row in rows(files, "counts.csv") if row["session_id"] == "bpr-1"]
    for column in ("share", "count", "n_valid", "n_missing", "favourable_count"):
        assert {row[column] for row in lines} == {""}


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["a/b", "a:b", "a?b"], ["a／b", "a：b", "a？b"]),
        (["満足度", "満足度", "目次"], ["満足度", "満足度（2）", "目次（2）"]),
        (["Ａ", "a", "HISTORY"], ["Ａ", "a（2）", "HISTORY（2）"]),
        (["あ" * 40, "あ" * 50], ["あ" * 31, "あ" * 28 + "（2）"]),
        (["😀" * 20, "'x'", "\n"], ["😀" * 15, "’x’", "設問"]),
        (["[x]\u202e\x00"], ["［x］［U+202E］［U+0000］"]),
    ],
)
def test_sheets_have_names_that_excel_takes(texts: list[str], names: list[str]) -> None:
    assert sheet_names(texts, [CONTENTS]) == names


def test_what_was_not_asked_is_blank_and_said(tmp_path: Path) -> None:
    every_kind.write_workspace(tmp_path)
    path = tmp_path / "data/sessions/n-21.yaml"
    path.write_text(path.read_text("utf-8") + "not_asked: [理解度]\n", "utf-8")
    export = tmp_path / "data/responses/n-21.csv"
    with export.open(encoding="utf-8", newline="") as file:
        lines = [[row[0], *row[2:]] for row in csv.reader(file)]
    with export.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    workspace = Workspace(tmp_path)
    files = workspace.tables(workspace.sessions())
    (row,) = [row for row in sheet(files, "理解度") if row[0] == "n-21"]
    assert row[1] == "第4回（質問なし）"
    assert set(row[5:-1]) == {None}
    (row,) = [r for r in sheet(files, figure_sheets.ITEMS) if (r[0], r[5]) == ("n-21", "理解度")]
    assert set(row[6:-1]) == {None}
    assert "質問なし" in row[-1]
    assert not [r for r in sheet(files, figure_sheets.COUNTS) if (r[0], r[5]) == ("n-21", "理解度")]
    book = workbook(files)
    assert "自信" not in book.sheetnames
    assert "自信は、選択肢が12を超えて" in str([*book[CONTENTS].values])
    for chart in map(read_chart, book[CHARTS]._charts):
        for series in chart["series"]:
            assert len(values(book, series["val"])) == len(every_kind.PEOPLE)


@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice to open the workbook in")
@pytest.mark.parametrize(("write", "most"), [(every_kind, 40), (stress, 25)])
def test_libreoffice_prints_every_sheet(write, most: int, tmp_path: Path) -> None:
    write.write_workspace(tmp_path / "there")
    workspace = Workspace(tmp_path / "there")
    files = workspace.tables(workspace.sessions())
    text = save_as_pdf(files["figures.xlsx"], tmp_path)
    pages = text.rstrip("\f").split("\f")
    names = workbook(files).sheetnames
    on = {name: [page for page in pages if name in page.split("\n\n")[0]] for name in names}
    assert all(on.values())
    origins = len(on.pop(ORIGINS))
    assert len(names) - 1 <= len(pages) - origins <= most
    assert origins <= 20
    assert "###" not in text
    for word in ("回ごとの内訳", "肯定的回答の割合", "2025/7/11", "1 / "):
        assert word in text


@pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice to round")
def test_libreoffice_rounds_halves_as_we_do(tmp_path: Path) -> None:
    book = Book("x")
    shares = [count / 200 for count in range(201)]
    book.write(Sheet("x", "", [Column("割合", "share")], [[share] for share in shares], kept=1))
    _, *shown = save_as_csv(book.content(), tmp_path).split()
    assert shown == [f"{percent(count, 200)}%" for count in range(201)]
