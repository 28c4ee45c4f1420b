"""What dropped columns hold that a person should know of, without keeping any of their cells."""

from collections import Counter
from collections.abc import Sequence

from dxeval.definitions.labels import normalise
from dxeval.reading.header import Fit
from dxeval.reading.vocabulary import Vocabulary

_INCOMPLETE = {
    *("partial", "incomplete", "in progress", "started", "preview", "survey preview", "test"),
    *("survey test", "spam", "screened out", "disqualified", "quota full", "over quota", "deleted"),
    *("rejected", "invalid", "cancelled", "canceled", "draft", "abandoned", "terminated", "not"),
    *("途中", "途中終了", "途中保存", "一時保存", "中断", "未完了", "未送信", "回答中", "入力中"),
    *("下書き", "プレビュー", "テスト", "テスト回答", "無効", "却下", "差戻し", "差し戻し", "取消"),
    *("進行中", "未処理", "未提出", "回答途中", "unverified", "imported", "expired"),
    *("取り消し", "取下げ", "取り下げ", "キャンセル", "削除", "削除済み", "対象外", "処理中"),
}
_COMPLETE = {
    *("complete", "completed", "finished", "submitted", "valid", "approved", "ip address", "ok"),
    *("完了", "回答完了", "回答済み", "回答済", "送信済み", "送信済", "有効", "承認", "承認済み"),
    *(
        "受付済み",
        "受付済",
        "受理",
        "終了",
        "受験終了",
        "提出済み",
        "回答終了",
        "処理済み",
        "対応済み",
    ),
}
_PROGRESS = {"finished", "completed", "complete", "complete?", "完了", "完了フラグ", "is_complete"}
_NO = {"false", "no", "0", "いいえ", "未", "✗"}
_YES = {"true", "yes", "1", "2", "はい", "済", "✓"}
_SENT = {
    *("submitdate", "submitdate. date submitted", "date submitted", "submitted", "submitted at"),
    *("submit date", "submit date (utc)", "completed at", "date completed", "completion time"),
    *(
        "送信日時",
        "送信日",
        "提出日時",
        "回答日時",
        "回答完了日時",
        "完了日時",
        "完了時刻",
        "終了日時",
    ),
}
"""Headers of times that stand there only once a questionnaire was sent."""
BLANK = "空欄"


def is_mark(word: str) -> bool:
    """Return whether tools mark rows by a word: it names nobody."""
    return word.casefold() in _INCOMPLETE | _COMPLETE | _NO | _YES


def is_incomplete(word: str) -> bool:
    """Return whether a word marks a row as no answer."""
    return word.casefold() in _INCOMPLETE | _NO or word == BLANK


class Dropped:
    """Looks at the cells of the columns that are dropped, row by row, and forgets them.

    ``candidates`` are the columns in sight: for each the questions whose answers alone it holds
    where their own columns are blank, and how many, and what it holds of the words by which tools
    mark rows that are no answers. A column that holds anything else (names, addresses) is out of
    sight at once.
    """

    def __init__(self, fit: Fit, vocabularies: Sequence[Vocabulary]) -> None:
        self._names = fit.names
        self._vocabularies = {vocabulary.item.name: vocabulary for vocabulary in vocabularies}
        self._own = {
            item: [i for header in fit.form.items.get(item, ()) for i in fit.places[header]]
            for item in self._vocabularies
        }
        kept = {i for columns in fit.places.values() for i in columns}
        self.candidates = {i for i, name in enumerate(fit.names) if name and i not in kept}
        self._answers = {i: Counter(dict.fromkeys(self._own, 0)) for i in self.candidates}
        self._marks: dict[int, Counter[str]] = {i: Counter() for i in self.candidates}
        self._sent = dict.fromkeys(
            (i for i in self.candidates if fit.names[i].casefold() in _SENT), 0
        )
        self._rows = 0

    def look(self, record: Sequence[str]) -> None:
        """Take one row."""
        self._rows += 1
        for i in self._sent:
            self._sent[i] += bool(record[i].strip())
        for i in [i for i in self.candidates if record[i]]:
            key = normalise(record[i])
            if i in self._answers:
                self._look_for_answers(i, key, record)
            if i in self._marks:
                self._look_for_marks(i, key)
            if i not in self._answers and i not in self._marks:
                self.candidates.discard(i)

    def _look_for_answers(self, i: int, key: str, record: Sequence[str]) -> None:
        counts = self._answers[i]
        for item in [*counts]:
            vocabulary = self._vocabularies[item]
            blank = not any(record[own].strip() for own in self._own[item])
            if key in vocabulary.missing:
                continue
            known = key in vocabulary.known or vocabulary.own_words(key) is not None
            if blank and known:
                counts[item] += key in vocabulary.known
            else:
                del counts[item]
        if not counts:
            del self._answers[i]

    def _look_for_marks(self, i: int, key: str) -> None:
        word = key.casefold()
        known = _INCOMPLETE | _COMPLETE
        name = self._names[i].casefold()
        if name in _PROGRESS or name.endswith("_complete"):
            known = known | _NO | _YES
        if word in known:
            self._marks[i][key] += 1
        elif key:
            del self._marks[i]

    @property
    def in_sight(self) -> bool:
        """Whether rows are still to be looked at."""
        return bool(self.candidates or self._sent)

    def answers(self) -> dict[tuple[str, str], int]:
        """Return how many of a question's answers stand in a dropped column, by both names."""
        return {
            (item, self._names[i]): count
            for i, counts in self._answers.items()
            for item, count in counts.items()
            if count
        }

    def marks(self) -> dict[str, dict[str, int]]:
        """Return by header how often each word stands in a column that marks rows as no answers."""
        unsent = {
            self._names[i]: {BLANK: self._rows - sent}
            for i, sent in self._sent.items()
            if 0 < sent < self._rows
        }
        return unsent | {
            self._names[i]: dict(words)
            for i, words in self._marks.items()
            if any(map(is_incomplete, words))
        }
