"""Words of a Japanese text as dictionaries have them, by SudachiPy, which is an extra."""

import unicodedata
from collections.abc import Callable, Iterator

from dxeval.definitions.visible import visible
from dxeval.errors import WordsError
from dxeval.reading.limits import MAX_MORPHEMES

_MISSING = (
    "言葉を数えるには、SudachiPy とその辞書が要ります。"
    "pip install 'dxeval[words]' で入れてから、カーネルを起動し直してください。"
)
_INFLECTED = {"動詞", "形容詞"}
_NO_NOUN = {"数詞", "助動詞語幹"}
_NO_WORD = {"助数詞可能", "副詞可能"}


def word_finder() -> Callable[[str], list[str]]:
    """Return what gives the nouns, verbs and adjectives of a text, in order.

    Verbs and adjectives come as dictionaries list them; nouns as they were written, full-width
    letters as others. Left out are numbers and counters, words of time and order (今回), and what
    only helps another word (する, いる). Raises WordsError where the extra is not installed.
    """
    try:
        from sudachipy import Dictionary, SplitMode

        split = Dictionary(dict="core").tokenizer(mode=SplitMode.C)
    except (ImportError, ModuleNotFoundError, OSError):
        raise WordsError(_MISSING) from None

    def words(text: str) -> list[str]:
        return [
            word
            for piece in _pieces(visible(text))
            for morpheme in split.tokenize(piece)
            if (word := _word(morpheme.part_of_speech(), morpheme)) is not None
        ]

    return words


def _pieces(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for start in range(0, len(line), MAX_MORPHEMES):
            yield line[start : start + MAX_MORPHEMES]


def _word(kind: tuple[str, ...], morpheme: object) -> str | None:
    """Return what a morpheme counts as, None if it is no word of its own."""
    form = None
    if kind[0] in _INFLECTED and kind[1] != "非自立可能":
        form = morpheme.dictionary_form()  # type: ignore[attr-defined]
    elif kind[0] in {"名詞", "形状詞"} and kind[1] not in _NO_NOUN and kind[2] not in _NO_WORD:
        form = unicodedata.normalize("NFKC", morpheme.surface())  # type: ignore[attr-defined]
    return form if form and any(map(str.isalnum, form)) else None
