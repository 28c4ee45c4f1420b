"""What notebooks call ``dx.words``: the words of comments, for the analyst alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dxeval.errors import DataError, MisuseError
from dxeval.presenting.html import Fragment
from dxeval.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd

_PLACE = ("session_id", "question", "row")


@dataclass(frozen=True)
class Words:
    """Words by the number of comments that hold them: ``table``, shown as a list that opens.

    ``table`` has a row a word: ``word``, and ``comments``, in how many comments it stands.
    """

    table: pd.DataFrame
    shown: Fragment = field(repr=False)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return self.shown._repr_mimebundle_()


def words(comments: Workspace | pd.DataFrame | Iterable[str] | None = None) -> Words:
    """Return in how many comments each word stands, the most frequent first.

    自由記述の言葉を、それが書かれた件数の多い順に並べます。言葉を開くと、その文が読めます。

    ``comments``: a frame with a column ``text`` (and ``session_id``, ``question``, ``row``, which
    say where each stood), texts, or a workspace, of which all comments are taken but those of
    sessions that cannot be read; without it the workspace around the current folder. For the
    analyst alone: a page that shows it is not made.

    Raises WordsError where the extra ``words`` is not installed, MisuseError for a frame without
    ``text``, WorkspaceError.

    >>> import dxeval as dx
    >>> found = dx.words(["事例が参考になった。", "事例を聞き、事例を話せた。"])
    >>> found.table.head(1).values.tolist()
    [['事例', 2]]
    """
    import pandas as pd

    from dxeval.presenting.word_list import word_list
    from dxeval.reading.morphemes import word_finder
    from dxeval.scoring.words import frequencies

    placed = _placed(Workspace.find() if comments is None else comments)
    found = frequencies([text for _, text in placed], word_finder())
    table = pd.DataFrame(
        {
            "word": pd.array([word.word for word in found], dtype="string"),
            "comments": pd.array([word.n_comments for word in found], dtype="int64"),
        }
    )
    return Words(table, word_list(found, placed))


def _placed(comments: Any) -> list[tuple[str, str]]:
    """Return where each comment stood, as words, and its text. Raises MisuseError."""
    if isinstance(comments, Workspace):
        return [*_of_workspace(comments)]
    if isinstance(comments, str):
        return [("", comments)]
    if not hasattr(comments, "columns"):
        return [("", str(text)) for text in comments]
    if "text" not in comments.columns:
        raise MisuseError("言葉を数える表には、自由記述の列 text が要ります。")
    rows = comments.dropna(subset=["text"]).astype(str).to_dict("records")
    return [(_place(*(row.get(key, "") for key in _PLACE)), row["text"]) for row in rows]


def _of_workspace(workspace: Workspace) -> Iterable[tuple[str, str]]:
    for session in workspace.catalogue.sessions:
        try:
            written = workspace.responses(session).written
        except DataError:
            continue
        for said in written:
            yield _place(session.id, said.question, str(said.row)), said.text


def _place(session_id: str, question: str, row: str) -> str:
    return " ".join(filter(None, (session_id, question, row and f"{row}行目")))
