"""How much of an export is read, and how much of it is shown: every limit, and why it is there.

A file of a small office never meets one; a broken or hostile file meets one before it costs
minutes or gigabytes. Numbers are inclusive.
"""

MAX_FILE = 500_000_000
"""Bytes of a file: a million answers take about 150 million."""
MAX_CELL = 131_072
"""Characters of a cell: what Python's csv reads at most; Excel itself stops at 32,767."""
MAX_COLUMNS = 16_384
"""Columns of a row: as many as Excel has."""
MAX_ROWS = 1_048_576
"""The last row number of a sheet: Excel's."""
MAX_DELIMITERS = 150_000
"""Delimiters in a line of text: more than the longest cell and all columns could hold."""
MAX_CELLS = 1_000_000
"""Cells of a sheet, the blank ones before the last of a row included: some 100 MB as strings."""
MAX_FAULTS = 100_000
"""Faulty cells, and merged ranges, noted in a sheet: whoever has more needs no list of them."""
MAX_PARTS = 10_000
"""Files in a ZIP and relations between them: a workbook has a few dozen."""
MAX_UNPACKED = 64_000_000
"""Bytes that the parts of an XLSX may unpack to: small files can hide gigabytes."""
MAX_TAGS = 6_000_000
"""Starts and ends of elements in one part of an XLSX: a million cells with a text each."""

HEADER_WITHIN = 30
"""First rows among which the header stands: titles and notes may stand above it."""
MAX_SEARCHED = 100_000
"""Cells of the first rows that are looked at for the header: 30 wide rows would be 500,000."""
MAX_HEADER = 1_000
"""Characters of a header: a longer cell is text, and none."""
BEGINNING = 2_000
"""Characters of a text by which a web page, JSON or another format is known."""

MAX_ANSWER = 200
"""Characters of a cell that is no level in which levels, contacts and near ones are looked for."""
MAX_MARKS = 50
"""Different values by which rows of one column do not count: whoever has more marks none by it."""
SHOWN_HEADERS = 30
"""Headers shown of a row that no form fits: enough for a person to know the file by."""
SHOWN_OF_HEADER = 100
"""Characters shown of one of them: a whole question, as a rule."""
OFTEN = 3
"""Cells with the same wrong answer: so often it is an option, and no person's name."""
FEW = 6
"""Rows from which on there must be at least half as many people as rows."""
SHOWN_VALUES = 5
"""Values that a hint names: as many as problems of a kind are kept."""
MAX_PIECES = 200
"""Answers in one cell: more than a form has options."""
MAX_WAYS = 20
"""Ways to take one cell apart that are kept in mind: from the second on the cell is refused."""
MAX_DIGITS = 15
"""Digits of a number: as many as binary floating point surely keeps."""
SHOWN_DIGITS = 9
"""Digits of a wrong number that is shown in any case: a telephone number has more."""
MAX_MORPHEMES = 10_000
"""Characters that are taken apart into words at once: SudachiPy takes at most 49,149 bytes."""
