"""Respondents who asked to be taken out (申し出), as a session's file lists them."""

import hashlib
import re
from typing import Annotated

from pydantic import AfterValidator, field_validator

from dxeval.definitions.labels import repeats
from dxeval.definitions.strict import Count, Date, Strict, Text

_FINGERPRINT = re.compile("[0-9a-f]{12}")


def fingerprint(export: bytes) -> str:
    """Return by what a session's file names an export: 12 hex digits of its SHA-256."""
    return hashlib.sha256(export).hexdigest()[:12]


class Withdrawal(Strict):
    """One of them: the row of the answer in a spreadsheet, and why and when the person asked.

    ``export`` is the fingerprint of the export in which a person looked for the row, since in
    another it may be somebody else's; None if that is not said yet.
    """

    row: Count
    reason: Text
    date: Date
    export: str | None = None

    @field_validator("export")
    @classmethod
    def _fingerprint(cls, export: str | None) -> str | None:
        if export is not None and not _FINGERPRINT.fullmatch(export):
            raise ValueError(
                "書き出しの SHA-256 の初めの12字（0〜9、a〜f）を書きます"
                "（export を消すと、dxeval check が書くものを示します）"
            )
        return export


def _one_line_a_row(withdrawn: tuple[Withdrawal, ...]) -> tuple[Withdrawal, ...]:
    if repeated := repeats(str(withdrawal.row) for withdrawal in withdrawn):
        raise ValueError(f"{repeated}行目が2度あります")
    return withdrawn


Withdrawals = Annotated[tuple[Withdrawal, ...], AfterValidator(_one_line_a_row)]
"""All of them, each row once."""
