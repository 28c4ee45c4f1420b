"""The rows below a header: which count, which are whole, and what in their cells cannot be read."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from dxeval.definitions.form import ANYTHING
from dxeval.definitions.labels import normalise
from dxeval.definitions.person import quotable
from dxeval.definitions.survey import Survey
from dxeval.definitions.yaml_text import as_yaml
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.delimited import BROKEN
from dxeval.reading.dropped import Dropped, is_mark
from dxeval.reading.grid import Grid, Rows
from dxeval.reading.header import Fit
from dxeval.reading.vocabulary import vocabulary_of

EXPORT_AGAIN = "  表計算ソフトで保存し直さず、フォームから書き出し直してください。"
IN_UNICODE = (
    "  フォームで UTF-8 を選んで書き出し直してください。"
    "外字（自分の端末だけの字）なら、フォームの側で別の字にします。"
)


class Body:
    """Reads the rows of one grid below its header.

    ``columns`` are the cells of each declared column by its place, ``rows`` their row numbers;
    ``not_counted`` counts the rows that the form does not, by header and value, ``short`` are rows
    that end early, ``dropped`` what dropped columns hold; ``problems`` what cannot be read.
    """

    def __init__(self, grid: Grid, fit: Fit, survey: Survey, name: str) -> None:
        self.grid = grid
        self.fit = fit
        self.name = name
        self.problems = Problems()
        self.rows: list[int] = []
        self.header_at = {i: header for header, columns in fit.places.items() for i in columns}
        self.columns: dict[int, list[str]] = {i: [] for i in self.header_at}
        self.not_counted: Counter[tuple[str, str]] = Counter()
        self.left_out: set[int] = set()
        self.short: set[int] = set()
        self.nameless = False
        self._counts = _row_rule(fit)
        items = {header for headers in fit.form.items.values() for header in headers}
        self._answers = {i for i, header in self.header_at.items() if header in items}
        self._headers = {normalise(header) for header in fit.form.headers}
        self._vocabularies = [vocabulary_of(item, fit.form) for item in survey.read]
        self.dropped = Dropped(fit, self._vocabularies)

    def read(self, rows: Rows) -> None:
        """Take the rows; blank ones are none."""
        width = len(self.fit.names)
        blank_names = [i for i, name in enumerate(self.fit.names) if not name]
        answers = [(self.columns[i].append, i) for i in self.header_at if i in self._answers]
        texts = [(self.columns[i].append, i) for i in self.header_at if i not in self._answers]
        same: dict[str, str] = {}
        for row, record in rows:
            if not any(map(str.strip, record)):
                continue
            if len(record) != width and not self._fill(row, record, width):
                continue
            if self._counts and (why := self._counts(record)) and not self._is_header(record):
                self.not_counted[why] += 1
                self.left_out.add(row)
                continue
            self.rows.append(row)
            for append, place in answers:
                append(same.setdefault(record[place], record[place]))
            for append, place in texts:
                append(record[place])
            if self.dropped.in_sight:
                self.dropped.look(record)
            if blank_names and not self.nameless:
                self.nameless = any(record[i].strip() for i in blank_names)

    def _fill(self, row: int, record: list[str], width: int) -> bool:
        """Make a row as wide as the header; notes it and returns False if that is a guess."""
        beyond = any(map(str.strip, record[width:]))
        if beyond and not self.grid.ragged:
            self._add_length(row, len(record))
            return False
        if len(record) < width and not self.grid.ragged:
            self.short.add(row)
        self.nameless |= beyond
        record += [""] * (width - len(record))
        return True

    def _add_length(self, row: int, length: int) -> None:
        expected = f"見出しと同じ{len(self.fit.names)}列"
        message = f"列の数が{length}です"
        kind = ProblemKind.ROW_LENGTH
        self.problems.add(
            Problem(kind, self.name, message, row, expected=expected, hint=EXPORT_AGAIN)
        )

    def check(self) -> None:
        """Note what cannot be read of the rows taken."""
        self._check_merges()
        self._check_faults()
        self._check_cut()
        self._check_header_again()
        self._check_characters()
        if self._counts and not self.rows and self.not_counted:
            self._add_nothing_counted()

    def _check_faults(self) -> None:
        """Note the faults in declared columns; a fault of a whole row counts everywhere."""
        for fault in self.grid.faults:
            here = fault.column in self.header_at and fault.row >= self.fit.row
            if fault.column is None or (here and fault.row not in self.left_out):
                header = None if fault.column is None else self.header_at[fault.column]
                value = None if fault.value is None else self._shown(fault.value)
                place = (fault.row, header, value)
                hint = None if "書き出し直" in fault.message else EXPORT_AGAIN
                self.problems.add(Problem(fault.kind, self.name, fault.message, *place, hint=hint))

    def _shown(self, value: str) -> str:
        return quotable(
            value, [label for vocabulary in self._vocabularies for label in vocabulary.known]
        )

    def _mark(self, value: str) -> str:
        return value if is_mark(value) else self._shown(value)

    def _check_cut(self) -> None:
        """Refuse a last row that is short and has no line end: a download that broke off."""
        if self.grid.cut and self.rows and self.rows[-1] in self.short:
            row = self.rows[-1]
            message = "最後の行が途中で終わっています（ダウンロードの失敗など）"
            expected = f"見出しと同じ{len(self.fit.names)}列"
            kind = ProblemKind.ROW_LENGTH
            self.problems.add(
                Problem(kind, self.name, message, row, expected=expected, hint=EXPORT_AGAIN)
            )

    def _is_header(self, record: Sequence[str] | Mapping[int, str]) -> bool:
        """Return whether every declared cell of a row is a declared header, in whatever order."""
        keys = [normalise(record[i]) for i in self.header_at]
        return any(keys) and all(key in self._headers for key in keys)

    def _check_header_again(self) -> None:
        """Refuse a row that is the header once more: two exports pasted together."""
        first = min(self._answers)
        suspects = {cell for cell in {*self.columns[first]} if normalise(cell) in self._headers}
        for place, row in enumerate(self.rows if suspects else ()):
            cells = self.columns
            if cells[first][place] in suspects and self._is_header(
                {i: cells[i][place] for i in self.header_at}
            ):
                message = "見出しの行がもう一度あります（2つの書き出しを貼り合わせたファイルです）"
                hint = (
                    "  別の回の書き出しなら、回ごとのファイルに分けて置いてください。"
                    "同じ回なら、フォームから1つのファイルに書き出し直してください。"
                )
                if not (self.fit.form.respondent_id or self.fit.form.timestamp):
                    hint += (
                        "すべての選択肢を選んだ人なら、data/survey.yaml の forms に"
                        " timestamp（回答日時の見出し）を書くと見分けられます。"
                    )
                kind = ProblemKind.HEADER_AGAIN
                self.problems.add(Problem(kind, self.name, message, row, hint=hint))

    def _check_characters(self) -> None:
        for i, header in self.header_at.items():
            together = "".join({*self.columns[i]})
            if "\0" not in together and (together.isascii() or not BROKEN.search(together)):
                continue
            for row, cell in zip(self.rows, self.columns[i], strict=True):
                if found := BROKEN.search(cell):
                    nul = found[0] == "\0"
                    what = " NUL 文字" if nul else f"読めない文字（U+{ord(found[0]):04X}）"
                    kind = ProblemKind.NUL if nul else ProblemKind.BROKEN_CHARACTER
                    value = self._shown(BROKEN.sub(lambda c: f"〔U+{ord(c[0]):04X}〕", cell))
                    message = f"セルに{what}があります"
                    where = (row, header, value)
                    hint = EXPORT_AGAIN if nul else IN_UNICODE
                    self.problems.add(Problem(kind, self.name, message, *where, hint=hint))

    def _add_nothing_counted(self) -> None:
        (header, value), _ = self.not_counted.most_common(1)[0]
        rule = [*self.fit.form.count_rows.get(header, ())]
        message = "数える行が1つもありません"
        expected = f"count_rows の {'、'.join(rule)}" if rule else "skip_rows に合わない行"
        row = min(self.left_out)
        kind = ProblemKind.NO_COUNTED_ROWS
        there = [v for h, v in self.not_counted if h == header and v and self._mark(v) == v]
        key = "count_rows" if rule else "skip_rows"
        listed = f"この列にある値は {as_yaml(there)} です。" if there else ""
        hint = f"  {listed}data/survey.yaml の forms の {key} を、列にある値に合わせてください。"
        where = (row, header, self._mark(value))
        self.problems.add(Problem(kind, self.name, message, *where, expected, hint))

    def _check_merges(self) -> None:
        """Drop rows that the header is merged over; note merged answers and wide headers."""
        last = self.fit.row
        for merge in self.grid.merges:
            columns = [i for i in self.header_at if i in merge.columns]
            if not columns or merge.rows.stop <= self.fit.row:
                continue
            if merge.rows.start > self.fit.row or len(merge.columns) > 1:
                message = "結合されたセルです。手を加えず、フォームから書き出し直してください"
                row, place = max(merge.rows.start, self.fit.row), min(columns)
                value = self.columns[place][self.rows.index(row)] if row in self.rows else None
                shown = self._shown(value) if value else None
                header = self.header_at[place]
                kind = ProblemKind.MERGED
                self.problems.add(Problem(kind, self.name, message, row, header, shown))
            else:
                last = max(last, merge.rows.stop - 1)
        covered = sum(row <= last for row in self.rows)
        del self.rows[:covered]
        for cells in self.columns.values():
            del cells[:covered]


def _mark(text: str) -> str:
    """Return a mark of a row as two are compared: tools write ``TRUE``, people ``True``."""
    return normalise(text).casefold()


def _row_rule(fit: Fit) -> Callable[[list[str]], tuple[str, str] | None] | None:
    """Return what says why a row is no answer (header and value), None if every row is one."""
    form = fit.form
    rules = [
        (header, fit.places[header][0], {*map(_mark, values)}, wanted)
        for wanted, by_header in ((True, form.count_rows), (False, form.skip_rows))
        for header, values in by_header.items()
        if fit.places[header]
    ]
    if not rules:
        return None

    def why(record: list[str]) -> tuple[str, str] | None:
        for header, place, values, wanted in rules:
            value = normalise(record[place])
            named = value.casefold() in values or (bool(value) and ANYTHING in values)
            if named != wanted:
                return header, value
        return None

    return why
