"""LibreOffice Calc without a window, which saves files as its users do.

    python tests/libreoffice.py       # make the files of tests/files/ anew

Needs Debian's package libreoffice-calc-nogui.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from awkward import LOGO, MICROSOFT, ROWS, TWO_ROWS, changed, sheets
from forge import Xml, text, xlsx

FILES = Path(__file__).parent / "files"
SOFFICE = shutil.which("soffice")
EXCEL = "xlsx:Calc MS Excel 2007 XML"
UTF_8 = "--infilter=CSV:44,34,76"
"""Comma, quotation mark, UTF-8."""
FORMULA = Xml('<c r="{r}" t="str"><f>IF(A2="","","大いに満足")</f></c>')
SOURCES = {
    "dates.xlsx": lambda: xlsx(MICROSOFT),
    "formula.xlsx": lambda: xlsx(changed(3, LOGO[6], FORMULA)),
    "hidden-sheet.xlsx": lambda: sheets(
        ("一覧", [["大いに満足"], ["満足"]]), ("回答", ROWS), hidden=("一覧",)
    ),
    "two-row-header.xlsx": lambda: xlsx(TWO_ROWS, ["A1:A2", "B1:D1", "E1:E2"]),
}
"""What LibreOffice opens, to save each under the same name; one more comes from CSV."""


def save_as_xlsx(contents: Mapping[str, bytes], target: Path, *options: str) -> None:
    """Let LibreOffice open each file and save it in ``target`` as XLSX, by its name."""
    assert SOFFICE is not None
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in contents]
        for path, content in zip(paths, contents.values(), strict=True):
            path.write_bytes(content)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        words = [SOFFICE, profile, "--headless", *options, "--convert-to", EXCEL]
        words += ["--outdir", str(target)]
        subprocess.run([*words, *map(str, paths)], check=True, capture_output=True, timeout=120)


def save_as_csv(content: bytes, folder: Path) -> str:
    """Return a workbook's first sheet as LibreOffice shows its cells."""
    return _converted(content, folder, "csv:Text - txt - csv (StarCalc):44,34,76").read_text(
        "utf-8"
    )


def save_as_pdf(content: bytes, folder: Path) -> str:
    """Return the text of a workbook as LibreOffice prints it, pages ending with a form feed."""
    pdf = _converted(content, folder, "pdf")
    words = ["pdftotext", "-layout", str(pdf), "-"]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def _converted(content: bytes, folder: Path, form: str) -> Path:
    assert SOFFICE is not None
    path = folder / "figures.xlsx"
    path.write_bytes(content)
    profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
    words = [SOFFICE, profile, "--headless", "--convert-to", form, "--outdir", str(folder)]
    subprocess.run([*words, str(path)], check=True, capture_output=True, timeout=120)
    return path.with_suffix(f".{form[:3]}")


if __name__ == "__main__":
    save_as_xlsx({name: make() for name, make in SOURCES.items()}, FILES)
    save_as_xlsx({"from-csv.csv": text(ROWS)}, FILES, UTF_8)
