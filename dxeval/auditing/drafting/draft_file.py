"""The draft as a published.csv: every row is refused until a person has emptied its last word."""

import csv
import io
from collections.abc import Iterable

from dxeval.auditing.drafting.draft import Row
from dxeval.definitions.published import COLUMNS
from dxeval.problems import shorten

MORE = ("count", "n", "mean", "sd", "text", "unsettled", "source")
TO_CONFIRM = "要確認"
SOURCE = 120
"""Letters of the source that stand beside a row."""


def as_csv(rows: Iterable[Row]) -> str:
    """Return the rows as a file that dxeval reads once all of them are confirmed."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*COLUMNS, *MORE])
    for row in rows:
        unsettled = "：".join(filter(None, (TO_CONFIRM, "、".join(row.doubts))))
        source = shorten(" ".join(row.source.split()), SOURCE)
        what = (row.session_id, row.item, row.where, ";".join(row.levels), row.percent)
        more = (row.count, row.n, row.mean, row.sd, row.text)
        writer.writerow([*what, *more, unsettled, f"{row.line}行目 {source}"])
    return text.getvalue()
