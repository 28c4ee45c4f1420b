"""Awkward but real exports, each with its name, how it is made, and what must come of it.

Every readable case holds the same three people's answers; every other one is refused with the
text given. ``docs/forms.yaml`` is the survey. Names, addresses and ids are invented: ``SECRETS``
must never appear in a message.
"""

import csv
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from forge import HEAD, Rows, Xml, pack, parts, sheet, text, xlsx

LOGO = [
    "受付番号",
    "送信日時",
    "氏名",
    "メールアドレス",
    "研修の内容は理解できましたか",
    "学んだことを実践できますか",
    "研修に満足しましたか",
    "ご意見・ご感想",
]
SECRETS = ("R-0071", "R-0072", "R-0073", "秘田", "himitsu", "090-1234-5678")
ANSWERS = [
    ["とても理解できた", "もっと勉強が必要", "満足"],
    ["理解できた", None, "大いに満足"],
    ["どちらでもない", "サポートがあれば実践できる", "概ね満足"],
]
COMMENTS = ["NA", '二行の\n感想、"引用" と ; と\tタブ', "=1+1"]
PEOPLE = [
    ["R-0071", "2025/06/04 16:00", "秘田 花子", "himitsu-1@example.jp"],
    ["R-0072", "2025/06/04 16:01", "秘田 太郎", "himitsu-2@example.jp"],
    ["R-0073", "2025/06/04 16:02", "秘田 次郎", "himitsu-3@example.jp"],
]
BODY = [
    [*person, *(answer or "" for answer in answers), comment]
    for person, answers, comment in zip(PEOPLE, ANSWERS, COMMENTS, strict=True)
]
ROWS = [LOGO, *BODY]
CODES = {
    0: {"とても理解できた": 5, "理解できた": 4, "どちらでもない": 3},
    1: {"もっと勉強が必要": 2, "サポートがあれば実践できる": 4, None: 9},
    2: {"満足": 4, "大いに満足": 5, "概ね満足": 3},
}
PAPER = ["番号", "問1", "問2", "問3", "自由記述"]


@dataclass(frozen=True)
class Case:
    """A file: ``says`` is None if it must be read right, else what its refusal must say."""

    name: str
    make: Callable[[], bytes]
    says: str | None = None
    warns: str | None = None


def changed(row: int, column: str, value: object, rows: Rows = ROWS) -> list[list[object]]:
    """Return the rows with one cell changed; ``row`` as a spreadsheet counts."""
    new = [list(cells) for cells in rows]
    new[row - 1][list(rows[0]).index(column)] = value
    return new


def coded(kind: Callable[[int], object] = str) -> list[list[object]]:
    """Return the answers as typed in from paper, by code."""
    body = [
        [i, *(kind(CODES[k][answer]) for k, answer in enumerate(answers)), comment]
        for i, (answers, comment) in enumerate(zip(ANSWERS, COMMENTS, strict=True), start=1)
    ]
    return [PAPER, *body]


def as_form(header: list[str], *, first: int = 0, times: list[object] | None = None) -> Rows:
    """Return the answers under another header: id, time, three answers, comment, as it has."""
    times = times or [person[1] for person in PEOPLE]
    body = []
    for i, (answers, comment) in enumerate(zip(ANSWERS, COMMENTS, strict=True)):
        row = [i + 1, times[i], *(answer or "" for answer in answers), comment]
        body.append(row[first:])
    return [header, *body]


GOOGLE = as_form(
    [
        "タイムスタンプ",
        "今日の研修について [理解度]",
        "今日の研修について [習得度]",
        "今日の研修について [満足度]",
        "ご自由にお書きください",
    ],
    first=1,
    times=[f"2025/06/04 4:0{i}:06 午後 GMT+9" for i in range(3)],
)
MICROSOFT = as_form(
    [
        "ID",
        "完了時刻",
        "1. 研修の内容は理解できましたか",
        "2. 学んだことを実践できますか",
        "3. 研修に満足しましたか",
        "4. ご感想",
    ],
    times=[datetime(2025, 6, 4, 16, i) for i in range(3)],
)
KINTONE = [
    ["レコード番号", "作成者", "作成日時", "理解度", "習得度", "満足度", "感想", "要望"],
    *(
        [i, "himitsu", "2025-06-04 16:00", *(a or "" for a in answers), comment, ""]
        for i, (answers, comment) in enumerate(zip(ANSWERS, COMMENTS, strict=True))
    ),
]
TWO_ROWS = [
    ["タイムスタンプ", "今日の研修について", "", "", "ご自由にお書きください"],
    ["", "[理解度]", "[習得度]", "[満足度]", ""],
    *GOOGLE[1:],
]


def narrow(rows: Rows = ROWS) -> list[list[object]]:
    """Return rows whose comments have no line ends or delimiters (for files cut by hand)."""
    return [*rows[:1], *([*row[:-1], "感想"] for row in rows[1:])]


def wide(columns: int) -> Rows:
    """Return the rows with many more columns."""
    return [[*row, *(f"列{i}" if row is LOGO else "値" for i in range(columns))] for row in ROWS]


def with_strings() -> bytes:
    """Return an XLSX file with shared strings: rich text, readings, escapes, a style."""
    strings = (
        "<si><r><t>とても</t></r><r><rPr/><t>理解できた</t></r></si>"
        "<si><t>満足</t><rPh sb='0' eb='2'><t>マンゾク</t></rPh><phoneticPr fontId='0'/></si>"
        '<si><t>二行の_x000A_感想、"引用" と ; と_x0009_タブ</t></si>'
    )
    shared = '<c r="{{r}}" t="s"><v>{}</v></c>'
    rows = changed(2, LOGO[4], Xml(shared.format(0)))
    rows = changed(2, LOGO[6], Xml(shared.format(1)), rows)
    rows = changed(3, LOGO[7], Xml(shared.format(2)), rows)
    return pack(parts({"回答": sheet(rows)}, strings=strings))


def prefixed() -> bytes:
    """Return an XLSX file whose sheet names its namespace."""
    part = sheet(ROWS).replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
    return pack(parts({"回答": part.replace("xmlns=", "xmlns:x=")}))


def sheets(*titled: tuple[str, Rows], hidden: tuple[str, ...] = ()) -> bytes:
    """Return an XLSX file of several sheets."""
    return pack(parts({title: sheet(rows) for title, rows in titled}, hidden))


def other_part(name: str, content: str) -> bytes:
    """Return the XLSX file with one part replaced."""
    return pack({**parts({"回答": sheet(ROWS)}), name: content})


def padded(spaces: int) -> str:
    """Return the worksheet with so many spaces between two of its elements."""
    return sheet(ROWS).replace("<sheetData>", " " * spaces + "<sheetData>")


def bomb() -> bytes:
    """Return a small XLSX file that unpacks to 300 MB: spaces that mean nothing."""
    return other_part("xl/worksheets/s1.xml", padded(300_000_000))


def lying_bomb() -> bytes:
    """Return a bomb whose directory says that it is small."""
    part = padded(50_000_000)
    content = other_part("xl/worksheets/s1.xml", part)
    size = len(part.encode()).to_bytes(4, "little")
    return content.replace(size, (5_000).to_bytes(4, "little"))


def doctype(declaration: str) -> bytes:
    """Return an XLSX file whose sheet declares entities and uses one."""
    part = sheet(ROWS).replace("とても理解できた", "&x;").replace(HEAD, HEAD + declaration)
    return other_part("xl/worksheets/s1.xml", part)


def old_excel(word: bytes = b"Workbook") -> bytes:
    """Return what begins like a file of the old Office formats."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + word + bytes(500)


def zipped(*names: str) -> bytes:
    """Return a zip file with these members."""
    return pack(dict.fromkeys(names, "x"))


LOGIN = """<!DOCTYPE html>
<html lang="ja"><head><title>ログイン</title></head>
<body><form><input name="himitsu"></form></body></html>"""
TABLE = "<table><tr><td>" + "</td><td>".join(LOGO) + "</td></tr></table>"


def nfd(rows: Rows) -> bytes:
    """Return the rows with every cell but the comments decomposed."""
    decomposed = [
        [unicodedata.normalize("NFD", str(value)) for value in row[:-1]] + [row[-1]] for row in rows
    ]
    return text(decomposed)


def even(content: bytes) -> bytes:
    """Return content of an even length, so that it could be UTF-16."""
    return content + b"\n" * (len(content) % 2)


def hidden_row() -> bytes:
    """Return an XLSX file with a row that a filter hides."""
    part = sheet(ROWS).replace('<row r="3">', '<row r="3" hidden="1">')
    return pack(parts({"回答": part}))


READABLE = [
    Case("UTF-8", lambda: text(ROWS)),
    Case("UTF-8 with BOM", lambda: text(ROWS, "utf-8-sig")),
    Case("UTF-8 with two BOMs", lambda: b"\xef\xbb\xbf" + text(ROWS, "utf-8-sig")),
    Case("UTF-16 LE with BOM", lambda: b"\xff\xfe" + text(ROWS, "utf-16-le", "\t")),
    Case("UTF-16 BE with BOM", lambda: b"\xfe\xff" + text(ROWS, "utf-16-be", "\t")),
    Case("UTF-16 LE without BOM", lambda: text(ROWS, "utf-16-le")),
    Case("UTF-16 BE without BOM", lambda: text(ROWS, "utf-16-be")),
    Case("cp932", lambda: text(ROWS, "cp932")),
    Case("cp932 with extension characters", lambda: text(changed(2, "氏名", "髙﨑 ①㈱Ⅳ"), "cp932")),
    Case("EUC-JP", lambda: text(ROWS, "euc_jp")),
    Case("EUC-JP, semicolons", lambda: text(ROWS, "euc_jp", ";")),
    Case("TSV", lambda: text(ROWS, delimiter="\t")),
    Case("semicolons", lambda: text(ROWS, delimiter=";")),
    Case("LF", lambda: text(ROWS, end="\n")),
    Case("CR only, as old Macs", lambda: text(ROWS, end="\r")),
    Case("no line end at the end", lambda: text(ROWS).removesuffix(b"\r\n")),
    Case("every cell quoted", lambda: text(ROWS, quoting=csv.QUOTE_ALL)),
    Case("titles above the header", lambda: text([["研修アンケート"], ["2025/06/04"], [], *ROWS])),
    Case("a title with quotation marks", lambda: text([]) + '題"名"\r\n'.encode() + text(ROWS)),
    Case("columns in another order", lambda: text([row[::-1] for row in ROWS])),
    Case("blank rows", lambda: text([LOGO, [], *BODY[:1], [""] * 8, ["　"] * 8, *BODY[1:], []])),
    Case("blank columns", lambda: text([["", *row[:3], "", *row[3:], ""] for row in ROWS])),
    Case(
        "headers with line ends",
        lambda: text(changed(1, LOGO[4], "研修の内容は理解できましたか\n")),
    ),
    Case(
        "full-width spaces and zero-width characters in headers",
        lambda: text(
            [["\ufeff受付番号", *LOGO[1:6], "　研修に\u200b満足しましたか ", LOGO[7]], *BODY]
        ),
    ),
    Case("headers and levels in NFD, as macOS writes", lambda: nfd(ROWS)),
    Case("half-width kana in a level", lambda: text(changed(4, LOGO[5], "ｻﾎﾟｰﾄがあれば実践できる"))),
    Case("spaces around levels", lambda: text(changed(2, LOGO[6], "　満足 "))),
    Case("a zero-width space in a level", lambda: text(changed(2, LOGO[6], "満\u200b足"))),
    Case(
        "午後 timestamps with zone",
        lambda: text(changed(2, LOGO[1], "2025/06/04 4:05:06 午後 GMT+9")),
    ),
    Case("3,000 columns", lambda: text(wide(3000))),
    Case("Google フォーム, CSV", lambda: text(GOOGLE)),
    Case("Google フォーム, XLSX", lambda: xlsx(GOOGLE)),
    Case("Microsoft Forms, XLSX with serial dates", lambda: xlsx(MICROSOFT)),
    Case("kintone, Shift_JIS", lambda: text(KINTONE, "cp932", quoting=csv.QUOTE_ALL)),
    Case("kintone, UTF-8 with BOM", lambda: text(KINTONE, "utf-8-sig")),
    Case("codes typed in from paper", lambda: text(coded())),
    Case("full-width codes", lambda: text(coded(lambda code: chr(0xFF10 + code)))),
    Case("codes as numbers in XLSX", lambda: xlsx(coded(int))),
    Case("codes as 5.0 in XLSX", lambda: xlsx(coded(float))),
    Case("無回答 where nobody answered", lambda: text(changed(3, "問2", "無回答", coded()))),
    Case("a header of two rows, CSV", lambda: text(TWO_ROWS)),
    Case(
        "a header of two rows with merged cells",
        lambda: xlsx(TWO_ROWS, ["A1:A2", "B1:D1", "E1:E2"]),
    ),
    Case(
        "a header merged over two rows",
        lambda: xlsx([LOGO, ["", "（自動）", *[""] * 6], *BODY], ["A1:A2", "E1:E2"]),
    ),
    Case("a title merged over all columns", lambda: xlsx([["研修アンケート"], *ROWS], ["A1:H1"])),
    Case("XLSX", lambda: xlsx(ROWS)),
    Case("XLSX that starts at row 5", lambda: xlsx(ROWS, first=5)),
    Case("XLSX with a sheet of notes", lambda: sheets(("メモ", [["なし"]]), ("回答", ROWS))),
    Case(
        "XLSX with a hidden sheet of lists",
        lambda: sheets(("一覧", [["満足"]]), ("回答", ROWS), hidden=("一覧",)),
    ),
    Case("XLSX with rich text, readings and escapes", with_strings),
    Case("XLSX with a namespace prefix", prefixed),
    Case("XLSX with a wrong dimension", lambda: xlsx(ROWS, extra='<dimension ref="A1"/>')),
    Case("XLSX with 3,000 columns", lambda: xlsx(wide(3000))),
    Case("XLSX from 1904 on", lambda: pack(parts({"s": sheet(MICROSOFT)}, date1904=True))),
    Case(
        "XLSX with a formula in a dropped column",
        lambda: xlsx(changed(2, "氏名", Xml('<c r="{r}" t="str"><f>A2</f><v>x</v></c>'))),
    ),
    Case(
        "XLSX with notes right of the table",
        lambda: xlsx([*ROWS[:2], [*ROWS[2], "", "メモ"], ROWS[3]]),
        warns="見出しのない列に値があり",
    ),
    Case("XLSX with a hidden row", hidden_row, warns="隠された行が1行あり"),
]


REFUSED = [
    Case("two sheets fit", lambda: sheets(("A", ROWS), ("B", ROWS)), "「A」、「B」"),
    Case(
        "a hidden sheet fits too",
        lambda: sheets(("A", ROWS), ("B", ROWS), hidden=("B",)),
        "「A」、「B」（非表示）",
    ),
    Case(
        "only a hidden sheet fits",
        lambda: sheets(("A", [["なし"]]), ("B", ROWS), hidden=("B",)),
        "非表示のシート「B」",
    ),
    Case(
        "a formula without a value",
        lambda: xlsx(changed(3, LOGO[6], Xml('<c r="{r}"><f>A1</f></c>'))),
        "3行目 「研修に満足しましたか」：数式のセルです",
    ),
    Case(
        "a formula with a value",
        lambda: xlsx(changed(3, LOGO[6], Xml('<c r="{r}" t="str"><f>A1</f><v>満足</v></c>'))),
        "3行目 「研修に満足しましたか」：数式のセルです",
    ),
    Case(
        "an error value",
        lambda: xlsx(changed(4, LOGO[4], Xml('<c r="{r}" t="e"><v>#REF!</v></c>'))),
        "4行目 「研修の内容は理解できましたか」：エラー値のセルです",
    ),
    Case(
        "merged answers",
        lambda: xlsx(ROWS, ["G2:G3"]),
        "2行目 「研修に満足しましたか」：結合された",
    ),
    Case(
        "a header merged over two columns",
        lambda: xlsx([[*row[:7], "", row[7]] for row in ROWS], ["G1:H1"]),
        "1行目 「研修に満足しましたか」：結合された",
    ),
    Case(
        "a date where a level should be",
        lambda: xlsx(changed(2, LOGO[6], datetime(2025, 5, 4))),
        "2行目 「研修に満足しましたか」：選択肢にない答えです（値：「2025-05-04T00:00:00」）",
    ),
    Case("a cut XLSX", lambda: xlsx(ROWS)[:-200], "途中で切れたか、壊れています"),
    Case(
        "an XLSX with a broken part",
        lambda: other_part("xl/worksheets/s1.xml", "<worksheet><row"),
        "途中で切れたか、壊れています",
    ),
    Case(
        "a missing part",
        lambda: pack({k: v for k, v in parts({"回答": sheet(ROWS)}).items() if "styles" not in k}),
        "途中で切れたか、壊れています",
    ),
    Case("a zip bomb", bomb, "展開すると300 MBになり、大きすぎます"),
    Case("a zip bomb that lies about its size", lying_bomb, "途中で切れたか、壊れています"),
    Case(
        "entities that grow",
        lambda: doctype('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY x "&a;&a;&a;&a;">]>'),
        "DOCTYPE",
    ),
    Case(
        "an external entity",
        lambda: doctype('<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
        "DOCTYPE",
    ),
    Case(
        "a row number past the end",
        lambda: xlsx(ROWS, first=9_000_000),
        "行の番号が正しくありません",
    ),
    Case(
        "a column past the end",
        lambda: xlsx(changed(2, LOGO[6], Xml('<c r="ZZZZ2"><v>1</v></c>'))),
        "列の順が正しくありません",
    ),
    Case("an old .xls", old_excel, "古い形式（.xls など）"),
    Case(
        "an XLSX with a password",
        lambda: old_excel("EncryptedPackage".encode("utf-16-le")),
        "パスワードで保護された",
    ),
    Case("a binary .xlsb", lambda: zipped("_rels/.rels", "xl/workbook.bin"), ".xlsb"),
    Case("an OpenDocument file", lambda: zipped("mimetype", "content.xml"), "OpenDocument"),
    Case("a Word file", lambda: zipped("_rels/.rels", "word/document.xml"), "Word"),
    Case("a zip file of a CSV", lambda: zipped("a.csv"), "ZIP 圧縮ファイル"),
    Case("a PDF", lambda: b"%PDF-1.7\n", "PDF"),
    Case("a gzip file", lambda: b"\x1f\x8b\x08\0\0", "gzip"),
    Case("HTML named .xls", TABLE.encode, "HTML（ウェブページ）"),
    Case("a login page saved as CSV", LOGIN.encode, "HTML（ウェブページ）"),
    Case("a login page in cp932", lambda: ("\r\n" + LOGIN).encode("cp932"), "HTML（ウェブページ）"),
    Case(
        "an XML spreadsheet of 2003", lambda: b'<?xml version="1.0"?><Workbook/>', "XML のファイル"
    ),
    Case("JSON", lambda: b'{"answers": []}', "JSON"),
    Case("an empty file", lambda: b"", "空のファイル"),
    Case("nothing but a BOM", lambda: b"\xef\xbb\xbf\r\n", "空のファイル"),
    Case(
        "NUL bytes",
        lambda: text(ROWS).replace("概ね満足".encode(), b"\0"),
        "4行目 「研修に満足しましたか」：セルに NUL 文字",
    ),
    Case("NUL bytes, even length", lambda: even(text(ROWS) + b"\0"), "セルに NUL 文字"),
    Case(
        "a NUL character in UTF-16",
        lambda: text(changed(2, LOGO[6], "\0"), "utf-16"),
        "2行目 「研修に満足しましたか」：セルに NUL 文字",
    ),
    Case(
        "a NUL escape in XLSX",
        lambda: xlsx(changed(2, LOGO[7], "a_x0000_b")),
        "2行目 「ご意見・ご感想」：セルに NUL 文字",
    ),
    Case(
        "a cell of 1 MB",
        lambda: text(changed(3, LOGO[7], "あ" * 1_000_000)),
        "3行目：セルが長すぎます",
    ),
    Case(
        "a cell of 1 MB in XLSX",
        lambda: xlsx(changed(3, LOGO[7], "あ" * 1_000_000)),
        "3行目 「ご意見・ご感想」：セルが長すぎます",
    ),
    Case(
        "two encodings in one file",
        lambda: text(ROWS) + text(BODY, "cp932"),
        "文字コードが分かりません",
    ),
    Case(
        "cut in the middle of a character",
        lambda: text(narrow()).rstrip()[:-1],
        "4行目：文字コードが分かりません",
    ),
    Case(
        "cut between quotes",
        lambda: text(ROWS)[: text(ROWS).index("感想、".encode())],
        "3行目：CSV の引用符",
    ),
    Case(
        "cut in the middle of a row",
        lambda: text(narrow())[: text(narrow()).index(b"R-0073") + 9],
        "4行目：最後の行が途中で終わっています",
    ),
    Case(
        "a stray quotation mark",
        lambda: text(narrow()).replace("概ね満足".encode(), '"概ね"満足'.encode()),
        "4行目：CSV の引用符",
    ),
    Case(
        "a comma too many",
        lambda: text(narrow()).replace(b"R-0072,", b"R-0072,,"),
        "3行目：列の数が9です",
    ),
    Case(
        "a comma too few",
        lambda: text(narrow()).replace(b"R-0072,", b"R-0072"),
        "3行目 「研修に満足しましたか」：列の数が足りない行に",
    ),
    Case(
        "a header twice",
        lambda: text([[*row, row[6]] for row in ROWS]),
        "1行目 「研修に満足しましたか」：同じ見出しの列が2つ",
    ),
    Case("no header, data at once", lambda: text(BODY), "見出しの行がなく、すぐに回答が始まるよう"),
    Case(
        "a header that differs",
        lambda: text(changed(1, LOGO[6], "満足度をお選びください")),
        '満足度: "満足度をお選びください"',
    ),
    Case(
        "3,000 columns of something else",
        lambda: text([[f"c{i}" for i in range(3000)]]),
        "ほか 2970 件",
    ),
    Case("JIS", lambda: text(ROWS, "iso2022_jp"), "ISO-2022-JP"),
    Case(
        "a level misspelt",
        lambda: text(changed(2, LOGO[6], "滿足")),
        "2行目 「研修に満足しましたか」：選択肢にない答えです（値：「滿足」）",
    ),
    Case(
        "a level of another item",
        lambda: text(changed(2, LOGO[6], "とても理解できた")),
        "2行目 「研修に満足しましたか」：選択肢にない答えです",
    ),
    Case(
        "a suggestion",
        lambda: text(changed(3, LOGO[4], "理解できたよ")),
        "（理解できた のことですか）",
    ),
    Case(
        "two levels, semicolon",
        lambda: text(changed(2, LOGO[6], "満足;不満")),
        "2行目 「研修に満足しましたか」：1つのセルに選択肢が2つあります（「満足」「不満」）",
    ),
    Case(
        "two levels, comma",
        lambda: text(changed(2, LOGO[6], "満足, 大いに満足")),
        "1つのセルに選択肢が2つあります（「満足」「大いに満足」）",
    ),
    Case(
        "two levels, line end",
        lambda: xlsx(changed(2, LOGO[6], "満足\n不満")),
        "1つのセルに選択肢が2つあります（「満足」「不満」）",
    ),
    Case(
        "labels and codes mixed",
        lambda: text(changed(3, "問3", "大いに満足", coded())),
        "3行目 「問3」：選択肢の語と番号が1つの列に混ざっています",
    ),
    Case(
        "a code out of range",
        lambda: text(changed(3, "問3", "6", coded())),
        "3行目 「問3」：選択肢にない答えです（値：「6」）",
    ),
    Case(
        "a code with decimals",
        lambda: text(changed(3, "問3", "5.0", coded())),
        "3行目 「問3」：選択肢にない答えです（値：「5.0」）",
    ),
    Case(
        "a code where the form has none",
        lambda: text(changed(3, LOGO[6], "5")),
        "3行目 「研修に満足しましたか」：選択肢にない答えです（値：「5」）",
    ),
    Case(
        "a respondent twice",
        lambda: text([*ROWS, [*ROWS[1][:7], "別の感想"]]),
        "5行目 「受付番号」：2行目と同じ回答者です",
    ),
    Case(
        "a respondent twice, full-width",
        lambda: text([*ROWS, ["Ｒ－００７１", "2025/06/05 10:00", *ROWS[1][2:]]]),
        "5行目 「受付番号」：2行目と同じ回答者です",
    ),
    Case(
        "an address where a level should be",
        lambda: text(changed(2, LOGO[6], "himitsu-9@example.jp")),
        "連絡先のようなので表示しません",
    ),
]
