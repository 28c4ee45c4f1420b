"""What a browser is to see at the place of each page: the page, or why it is not there."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dxeval.report.manifest import Manifest
from dxeval.report.places import page_file, table_file, table_names
from dxeval.report.publish import Edition
from dxeval.report.site.export import export_notice
from dxeval.report.site.links import INDEX, TO_INDEX


@dataclass(frozen=True)
class Seen:
    """What stands at a place, and whether there is such a place."""

    html: bytes
    there: bool = True

    @cached_property
    def version(self) -> str:
        """What differs where another page is to be seen."""
        return hashlib.sha256(self.html).hexdigest()


class Pages:
    """What there is to see. The batches write here in their thread, the server reads in its own.

    State: ``outputs``; ``known``, the ids of all pages, None until they are known; ``tables``, the
    names of the files of figures; ``failures``, in words by page id; ``trouble``, in words, where
    no page can be made; ``open``, the ids of the pages that a browser shows, the newest first;
    ``waiting``, the ids of those that are out of date, whose opening ``wanted`` is told.
    """

    def __init__(self, outputs: Path, wanted: Callable[[], object]) -> None:
        self.outputs = outputs
        self.known: frozenset[str] | None = None
        self.tables: frozenset[str] = frozenset()
        self.failures: Mapping[str, str] = {}
        self.trouble = ""
        self.open: tuple[str, ...] = ()
        self.waiting: frozenset[str] = frozenset()
        self._wanted = wanted

    def look(self, page_id: str) -> Seen:
        """Return what is to be seen at the place of a page, whatever its id."""
        if self.trouble:
            return _notice(page_id, "ページを作れません", _MEND, self.trouble)
        if words := self.failures.get(page_id):
            return _notice(page_id, "このページは作れませんでした", _MEND, words)
        if self.known is not None and page_id not in self.known:
            return _notice(page_id, "このページはありません", _CHOOSE, there=False)
        if self.known is not None and (html := self._file(page_file(page_id))) is not None:
            return Seen(html)
        return _notice(page_id, "作成しています", "できると、ここに出ます。")

    def table(self, name: str) -> bytes | None:
        """Return a file of figures, None if there is none of that name."""
        return self._file(table_file(name)) if name in self.tables else None

    def opened(self, page_id: str) -> None:
        """Note that a browser shows a page."""
        self.open = (page_id, *self.open)
        if page_id in self.waiting:
            self._wanted()

    def closed(self, page_id: str) -> None:
        """Note that a browser shows it no more."""
        place = self.open.index(page_id)
        self.open = (*self.open[:place], *self.open[place + 1 :])

    def expect(self, known: Iterable[str], waiting: Iterable[str], shown: Manifest) -> None:
        """Take which pages there are, which of them are to be made, and what is shown meanwhile."""
        self.known, self.waiting = frozenset(known), frozenset(waiting)
        outputs = (name for record in shown.pages.values() for name in record.outputs)
        self.tables = frozenset(table_names(outputs))
        self.trouble = ""

    def settle(
        self, failures: Mapping[str, str], waiting: Collection[str], edition: Edition
    ) -> None:
        """Take what could not be made and why, what is still to be made, and what is shown now."""
        self.failures, self.waiting = dict(failures), frozenset(waiting)
        self.tables = frozenset(edition.tables())

    def _file(self, name: str) -> bytes | None:
        """Return a plain file of ``outputs/``, None for a link or where there is none."""
        path = self.outputs / name
        try:
            links = path.is_symlink() or path.parent.is_symlink() or self.outputs.is_symlink()
            return path.read_bytes() if path.is_file() and not links else None
        except OSError:
            return None


_MEND = "直して保存すると、ここに新しいページが出ます。"
_CHOOSE = "一覧から選んでください。同じ名前の回を加えると、ここに出ます。"


def _notice(
    page_id: str, heading: str, sentence: str, problems: str = "", there: bool = True
) -> Seen:
    links = () if page_id == INDEX else (TO_INDEX,)
    html = export_notice(heading, links, heading=heading, sentence=sentence, problems=problems)
    return Seen(html, there)
