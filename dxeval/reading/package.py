"""The ZIP package around an Office file: its parts, however the writing tool spelt their names."""

import io
import posixpath
import zipfile
from typing import IO
from urllib.parse import unquote

ZIP = b"PK\x03\x04"
READABLE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
_ENCRYPTED = 0x1


class NotXlsxError(Exception):
    """The file breaks the rules of its format; the text says how, in Japanese."""


def part_name(name: str, folder: str = "") -> str:
    """Return a part's name as Office compares it, in ``folder`` unless it begins with a slash.

    Names are compared without regard to case (ECMA-376-2, 9.1.1), may be percent-encoded in
    relationships, and some tools write backslashes, ``./`` or a leading slash into the ZIP.
    """
    plain = unquote(name).replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, plain)).lstrip("/").casefold()


class Package:
    """An opened ZIP file whose parts are found by ``part_name``. Raises BadZipFile."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._parts = {part_name(info.filename): info for info in self._archive.infolist()}

    @property
    def names(self) -> set[str]:
        """The names of all parts."""
        return {*self._parts}

    @property
    def size(self) -> int:
        """Bytes of all parts once unpacked, as the file itself says."""
        return sum(info.file_size for info in self._archive.infolist())

    def open(self, name: str) -> IO[bytes]:
        """Return the stream of a part. Raises KeyError if there is none, else NotXlsxError."""
        info = self._parts[part_name(name)]
        if info.flag_bits & _ENCRYPTED:
            raise NotXlsxError("パスワード付きの ZIP です。パスワードを外して保存してください")
        if info.compress_type not in READABLE:
            raise NotXlsxError(
                "読めない圧縮方式の Excel ファイルです。Excel で開いて保存し直してください"
            )
        return self._archive.open(info)
