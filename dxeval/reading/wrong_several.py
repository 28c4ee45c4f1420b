"""Cells of a question with several answers that cannot be counted: why, and what to do about it."""

from collections.abc import Callable, Collection

from dxeval.definitions.person import quotable
from dxeval.definitions.yaml_text import as_yaml
from dxeval.problems import Problem, ProblemKind, Problems
from dxeval.reading.limits import MAX_ANSWER, MAX_PIECES
from dxeval.reading.several_vocabulary import SeveralVocabulary
from dxeval.reading.vocabulary import Column

_A_LABEL = "（選択肢）"


def no_separator(
    column: Column, vocabulary: SeveralVocabulary, usual: str | None = None
) -> Problem:
    """Return that the separator of an item stands in no cell; ``usual`` is what does."""
    item = vocabulary.item
    message = f"separator の{_shown(item.separator or '')}が、この列のどのセルにもありません"
    hint = None
    if usual:
        hint = (
            f"  答えの間にあるのは{_shown(usual)}のようです。data/survey.yaml の設問"
            f"「{item.name}」の separator を {as_yaml(usual)} に直してください。"
        )
    kind, expected = ProblemKind.NO_SEPARATOR, "2つ以上選んだ人のセルに、その区切りがあること"
    place = (None, column.header, item.separator, expected, hint)
    return Problem(kind, column.file, message, *place, item=item.name)


def _shown(separator: str) -> str:
    return "改行" if separator == "\n" else f"「{separator}」"


def refuse_foreign(
    column: Column, vocabulary: SeveralVocabulary, cells: Collection[str], problems: Problems
) -> None:
    """Add a problem for each of the ``cells``, which hold a label in the column of another."""
    label = vocabulary.label_of(column)
    message = f"「{label}」の列に、ほかの選択肢があります"
    expected = f"{label}、それを選んだしるし（1、○ など）か空欄"
    hint = (
        "  列の選択肢がちがうなら、data/survey.yaml の forms の columns を直してください。"
        "でなければ、フォームから書き出し直してください。"
    )
    words = (message, expected, hint)
    problems.add_each(
        column.among(cells), _each(column, vocabulary, ProblemKind.UNKNOWN_LEVEL, words)
    )


def refuse_unnamed(
    column: Column, vocabulary: SeveralVocabulary, cells: Collection[str], problems: Problems
) -> None:
    """Add a problem for each of the ``cells``, which are marks in a column of no known label."""
    item = vocabulary.item
    columns = as_yaml({item.name: dict.fromkeys(vocabulary.headers, _A_LABEL)})
    hint = (
        "  選択肢ごとに列が分かれたフォームなら、data/survey.yaml の forms に"
        f" columns: {columns} のように、見出しごとに選択肢を書いてください。"
    )
    message, expected = "どの選択肢を選んだしるしか分かりません", vocabulary.expected
    words = (message, expected, hint)
    problems.add_each(
        column.among(cells), _each(column, vocabulary, ProblemKind.UNKNOWN_LEVEL, words)
    )


def refuse_unsure(
    column: Column, vocabulary: SeveralVocabulary, cells: Collection[str], problems: Problems
) -> None:
    """Add a problem for each of the ``cells``, of which it is not known where answers part."""
    item = vocabulary.item
    ways = {vocabulary.apart(cell).ways for cell in cells}
    if ways <= {1}:
        message = "自分の言葉のある答えで、どこが区切りか決められません"
    elif 0 in ways:
        message = f"区切りを1通りに決められません（答えは{MAX_PIECES}個まで）"
    else:
        message = "いくつかの選択肢に分ける分け方が2通り以上あります"
    hint = "  フォームの選択肢の言葉を、ほかの選択肢を並べたものにならないように直してください。"
    if item.separator is None:
        hint = (
            f"  data/survey.yaml の設問「{item.name}」に、選択肢の間に書かれる文字を"
            ' separator: ";" のように書いてください。'
        )
    expected = "分け方が1通りであること"
    words = (message, expected, hint)
    problems.add_each(
        column.among(cells), _each(column, vocabulary, ProblemKind.SEVERAL_WAYS, words)
    )


def _each(
    column: Column, vocabulary: SeveralVocabulary, kind: ProblemKind, words: tuple[str, str, str]
) -> Callable[[tuple[int, str]], Problem]:
    """Return what makes the problem of a place. ``words``: message, expected and hint.

    The first says what to do.
    """
    message, expected, hint = words
    told: list[int] = []

    def problem(place: tuple[int, str]) -> Problem:
        row, cell = place
        told.append(row)
        value = quotable(cell[:MAX_ANSWER], vocabulary.known)
        where = (row, column.header, value, expected, hint if len(told) == 1 else None)
        return Problem(kind, column.file, message, *where, item=vocabulary.item.name)

    return problem
