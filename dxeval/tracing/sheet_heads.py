"""Heads of the workbook's sheets, and names of columns of CSV files -> what stands below them."""

from dxeval.presenting.figure_sheets import OPEN
from dxeval.scoring.recount.what import What
from dxeval.scoring.values import NAMES
from dxeval.tracing.cell import Reading

PEOPLE: Reading = {
    "受講者数": What.ATTENDEES,
    "参加": What.ATTENDEES,
    "回答者数": What.RESPONDENTS,
    "回答率": What.RATE,
    "自治体数": What.MUNICIPALITIES,
    "招待": What.INVITED,
    "回答ファイルの行": "n_rows",
    "出し直し": What.SUPERSEDED,
    "同じ時刻の同じ答え": What.IDENTICAL,
    "除いた人": What.WITHDRAWN,
    "数えない行": What.ROWS,
    "回答のない参加者": What.SILENT,
}
"""Of a session."""
ITEM: Reading = {
    "有効回答": What.VALID,
    "無回答": What.MISSING,
    "肯定的回答": What.FAVOURABLE,
    "割合": What.FAVOURABLE_SHARE,
    **dict(zip(OPEN, ("blanks_least", "blanks_most", "silent_least", "silent_most"), strict=True)),
    **{shown: name for name, shown in NAMES.items()},
}
"""Of an item in a session."""
LEVEL: Reading = {
    "人数": What.COUNT,
    "割合": What.SHARE,
    "有効回答": What.VALID,
    "無回答": What.MISSING,
}
"""Of a label of an item in a session."""
TOGETHER: Reading = {"人数": What.FAVOURABLE, "割合": What.FAVOURABLE_SHARE}
"""The same of the favourable labels together."""
UNCOUNTED: Reading = {
    "出し直し": What.SUPERSEDED,
    "同じ時刻の同じ答え": What.IDENTICAL,
    "申し出により除いた": What.WITHDRAWN,
    "読まなかった列": What.DROPPED,
}
"""Kinds of what does not count."""
COUNTS_CSV: Reading = {
    "favourable": "favourable_level",
    "count": What.COUNT,
    "share": What.SHARE,
    "n_valid": What.VALID,
    "n_missing": What.MISSING,
    "favourable_count": What.FAVOURABLE,
    "favourable_share": What.FAVOURABLE_SHARE,
    "own_rule": "own_rule",
    "n_rules": "n_rules",
}
MEASURES_CSV: Reading = {
    "n_valid": What.VALID,
    "n_missing": What.MISSING,
    **{name: name for name in NAMES},
}
SUMMARY_CSV: Reading = {
    "（%）": What.FAVOURABLE_SHARE,
    " 肯定的回答": What.FAVOURABLE,
    " 有効回答": What.VALID,
}
"""What stands behind an item's name."""
