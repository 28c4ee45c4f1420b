"""Files that are no export: what they are, and what to do about each."""

import io
import zipfile

MAX_MEMBERS = 10_000
ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGAIN = "フォームから CSV か .xlsx で書き出し直してください"


def by_signature(content: bytes) -> str | None:
    """Return what ``content`` is by its first bytes if it cannot be an export, else None."""
    if not content.strip(b"\xef\xbb\xbf\xfe\xff\r\n\t "):
        return f"中身が空のファイルです。{_AGAIN}"
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return "パスワードで保護された Excel ファイルです。パスワードを外して保存してください"
        return "古い形式（.xls など）のファイルです。Excel で開き「.xlsx」で保存してください"
    for signature, kind in ((b"%PDF", "PDF"), (b"\x1f\x8b", "gzip 圧縮"), (b"\x89PNG", "画像")):
        if content.startswith(signature):
            return f"{kind}のファイルで、回答ファイルではありません。{_AGAIN}"
    return _zip(content) if content.startswith(ZIP) else None


def _zip(content: bytes) -> str | None:
    if content.count(b"PK\x01\x02") > MAX_MEMBERS:
        return f"部品の多すぎる ZIP 形式のファイルで、回答ファイルではありません。{_AGAIN}"
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "xl/workbook.bin" in names:
        kind = "バイナリ形式の Excel（.xlsb）です。「.xlsx」で保存してください"
    elif "content.xml" in names:
        kind = "OpenDocument（.ods など）のファイルです。.xlsx か CSV で保存してください"
    elif any(name.startswith(("word/", "ppt/")) for name in names):
        kind = f"Word か PowerPoint のファイルで、回答ファイルではありません。{_AGAIN}"
    elif "_rels/.rels" not in names:
        kind = "ZIP 圧縮ファイルです。解凍して、中の CSV か .xlsx を置いてください"
    else:
        return None
    return kind


def by_text(text: str) -> str | None:
    """Return what a text that no form fits seems to be by how it begins, else None."""
    start = text[:2000].lstrip("\ufeff \t\r\n").lower()
    if start.startswith(("<!doctype html", "<html", "<head", "<meta", "<table", "<style")):
        return (
            "HTML（ウェブページ）です。ログイン画面などを保存したか、"
            f"HTML を .xls や .csv と名付けたものです。{_AGAIN}"
        )
    if start.startswith("<?xml"):
        return f"XML のファイルです。Excel で開けるなら .xlsx で保存し、でなければ{_AGAIN}"
    if start.startswith(("{", "[{", "mime-version:")):
        return f"CSV ではない形式（JSON、MHTML など）のファイルです。{_AGAIN}"
    if "\x1b$" in text[:2000]:
        return "文字コードが JIS（ISO-2022-JP）です。UTF-8 で書き出し直してください"
    return None
