"""Where the rule was declared by which answers count: file, key and line."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dxeval.definitions.strict_yaml import keys_and_lines
from dxeval.workspace import MARKER, Workspace


@dataclass(frozen=True)
class Where:
    """A file of the workspace, and a key and line in it where these are known."""

    file: str
    line: int | None = None
    key: str = ""

    @property
    def words(self) -> str:
        """``data/survey.yaml の8行目 items[1].favourable``."""
        line = f" の{self.line}行目" if self.line else ""
        return f"{self.file}{line}{f' {self.key}' if self.key else ''}"


class Declared:
    """The survey's and the sessions' files, read once each. Raises DataError."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    @cached_property
    def _survey(self) -> Mapping[str, tuple[int, str]]:
        path = self.workspace.root / MARKER
        return {k: (line, t) for k, line, t in keys_and_lines(path, self.workspace.name(path))}

    def in_survey(self, item: str, key: str) -> Where:
        """Return where the survey says ``favourable`` or ``levels`` of an item."""
        return _within(self._survey, MARKER.as_posix(), "name", item, key)

    def in_session(self, session_id: str, item: str) -> Where:
        """Return where a session's file has a rule of its own for an item."""
        path = self.workspace.session_files()[session_id][0]
        name = self.workspace.name(path)
        texts = {k: (line, t) for k, line, t in keys_and_lines(path, name)}
        return _within(texts, name, "item", item, "levels")


def _within(
    texts: Mapping[str, tuple[int, str]], file: str, named: str, item: str, key: str
) -> Where:
    """Return the place of ``key`` in the part of a file that ``named`` says is of an item."""
    for path, (line, text) in texts.items():
        if text == item and path.endswith(f"].{named}"):
            own = f"{path.removesuffix(named)}{key}"
            lines = [n for k, (n, _) in texts.items() if k == own or k.startswith(f"{own}[")]
            return Where(file, lines[0], own) if lines else Where(file, line, path)
    return Where(file)
