"""From Responses to Scores: what was answered in one session, counted and checked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from dxeval.definitions.item import Item, Rated
from dxeval.definitions.kinds import kind_of
from dxeval.definitions.programme import FavourableRule
from dxeval.definitions.survey import Survey
from dxeval.errors import FigureError, NotAskedError
from dxeval.reading.responses import Responses
from dxeval.scoring.item_score import ItemScore
from dxeval.scoring.rounding import percent
from dxeval.scoring.uncounted import Uncounted, uncounted


@dataclass(frozen=True)
class Scores:
    """All figures of one session: table, headline, chart, alt text and summary take these.

    ``items`` are those that the session was asked, in the survey's order; ``not_asked`` are the
    names of others that its questionnaire has (質問なし), ``elsewhere`` of those that only other
    questionnaires have; ``uncounted`` is what of its export does not count; ``respelt`` are other
    spellings of labels that stand there, with the label that each was counted as, ``wordings`` the
    headers under which items stood, by item; ``n_written`` is how many comments were written,
    None where no answers have arrived; below ``reference_below`` valid answers shares are 参考値
    (0: never); ``n_rows`` and ``people`` are those of Responses. Raises FigureError if
    an item comes twice, or its answers and missing ones are not ``n_respondents`` together.
    """

    session_id: str
    n_respondents: int
    items: tuple[ItemScore, ...]
    not_asked: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    uncounted: Uncounted = field(default_factory=Uncounted)
    respelt: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    wordings: Mapping[str, str] = field(default_factory=dict)
    n_written: int | None = None
    reference_below: int = 0
    n_rows: int | None = None
    people: frozenset[bytes] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        names = [*(score.item.name for score in self.items), *self.not_asked, *self.elsewhere]
        if len(set(names)) < len(names):
            raise FigureError(f"{self.session_id} の集計に同じ設問が2度あります。")
        for score in self.items:
            if score.n_valid + score.n_missing != self.n_respondents:
                raise FigureError(
                    f"{self.session_id} の「{score.item.name}」の人数が合いません"
                    f"（有効回答 {score.n_valid}、無回答 {score.n_missing}、"
                    f"回答者 {self.n_respondents}）。"
                )

    @property
    def has_arrived(self) -> bool:
        """Whether there are answers at hand; a session that nobody answered has arrived too."""
        return self.n_written is not None or self.n_respondents > 0

    @cached_property
    def _by_item(self) -> dict[str, ItemScore]:
        return {score.item.name: score for score in self.items}

    @property
    def asked(self) -> tuple[str, ...]:
        """The names of the items that the session was asked, in order."""
        return tuple(self._by_item)

    def __getitem__(self, item: str) -> ItemScore:
        """Return the score of the item with that name; NotAskedError if it was not asked."""
        try:
            return self._by_item[item]
        except KeyError:
            raise NotAskedError(
                f"{self.session_id} では「{item}」を聞いていません"
                f"（聞いた設問：{'、'.join(self.asked) or 'なし'}）。"
            ) from None

    def get(self, item: str) -> ItemScore | None:
        """Return the score of the item with that name; None if it is known not to be asked.

        Raises NotAskedError for an item of which nothing is known.
        """
        return None if item in (*self.not_asked, *self.elsewhere) else self[item]

    def __iter__(self) -> Iterator[ItemScore]:
        """Iterate over the items in the survey's order."""
        return iter(self.items)

    @property
    def valid_range(self) -> tuple[int, int]:
        """Fewest and most valid answers of an item that anybody answered; (0, 0) if none was.

        Items that not everybody was to answer do not count.
        """
        answered = [score.n_valid for score in self if score.n_valid and score.awaited]
        return min(answered, default=0), max(answered, default=0)

    @property
    def is_reference(self) -> bool:
        """Whether a share rests on so few answers that it is 参考値; not where nobody answered."""
        return 0 < self.valid_range[0] < self.reference_below

    def response_rate(self, attendees: int) -> int:
        """Return respondents of ``attendees`` in percent, above 100 if more answered than came."""
        return percent(self.n_respondents, attendees)

    @property
    def frame(self) -> pd.DataFrame:
        """One row an item and label: session_id item level count share n_valid n_missing
        favourable_count favourable_share; shares 0-1, missing if nobody answered; the last two are
        missing where there is no rule.
        """  # noqa: D205
        return pd.DataFrame(
            {
                "session_id": self.session_id,
                "item": score.item.name,
                **record,
                "n_valid": score.n_valid,
                "n_missing": score.n_missing,
                "favourable_count": score.favourable_count if score.favourable else None,
                "favourable_share": score.favourable_share,
            }
            for score in self
            for record in score.records()
        )


def score(
    responses: Responses,
    survey: Survey,
    rules: Iterable[FavourableRule] = (),
    not_asked: Iterable[str] = (),
    elsewhere: Iterable[str] = (),
) -> Scores:
    """Count one session's responses: per item and level, valid n, missing, favourable.

    ``survey`` is what the session was asked, its form perhaps less; ``not_asked`` and
    ``elsewhere`` are further items, as Scores has them. ``rules`` are the session's own favourable
    rules; elsewhere the survey's hold. Raises FigureError if a column is not of its item.
    """
    own = {rule.item: rule for rule in rules}
    items = []
    lacking = [item.name for item in survey.items if item.name not in responses.answers]
    for item in survey.items:
        if item.name not in lacking:
            rule = own.get(item.name)
            items.append(count(item, responses.answers[item.name], rule))
    return Scores(
        responses.session_id,
        responses.n_respondents,
        tuple(items),
        (*lacking, *not_asked),
        tuple(elsewhere),
        uncounted([responses]),
        responses.respelt,
        responses.wordings,
        len(responses.written) if responses.arrived else None,
        survey.reference_below,
        responses.n_rows,
        responses.people,
    )


def count(item: Item, answers: pd.Series, rule: FavourableRule | None = None) -> ItemScore:
    """Return how an item was answered in a column of Responses, as its kind counts it.

    ``rule`` is the session's own favourable rule; the survey's once more is none. Raises
    FigureError if the column is not of the item.
    """
    favourable = item.favourable if isinstance(item, Rated) else ()
    if rule and {*rule.levels} == {*favourable}:
        rule = None
    own = (rule.levels, rule.reason) if rule else (favourable, None)
    return kind_of(item).count(item, answers, own)
