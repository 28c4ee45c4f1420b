"""A group of a pattern and what its place is about -> a claim."""

import re
from collections.abc import Mapping

from dxeval.scoring.recount.claim import Claim
from dxeval.scoring.recount.what import What
from dxeval.tracing.known import Known
from dxeval.tracing.place import Place

GROUP = re.compile(r"(?P<what>[a-z]+(?:_[a-z]+)*)(?:__(?P<of>[a-z]+))?(?:_\d)?")
OURS = {
    "ours": (What.COUNT, What.FAVOURABLE),
    "ours_share": (What.SHARE, What.FAVOURABLE_SHARE),
}
"""Of levels where some are named, else of the favourable ones."""
OF_LEVELS = {What.COUNT, What.SHARE, What.LEVELS_MORE, What.PEOPLE_MORE, What.PUBLISHED}
OF_LEVELS |= {What.CITED_LOW, What.CITED_HIGH, What.RULES, What.SPAN}
OF_LEVELS |= {What.FEW, What.MANY, What.FEW_SHARE, What.MANY_SHARE}
OF_COMMENTS = {What.SHOWN, What.WRITTEN}
LAST = {What.COUNT, What.SHARE}
"""Of these only the label that was named last."""
AT_HAND = {"came": "{0}", "said": "{0}/n"}
"""A published percentage stands beside: of those who came, of those whom the report names."""


def claim_of(name: str, groups: Mapping[str, str], about: Place, known: Known) -> Claim | None:
    """Return what the number in the group of that name says; None for a hash of no page."""
    match = GROUP.fullmatch(name)
    if match is None:
        raise KeyError(name)
    word, of = match["what"], match["of"] or about.of_whom
    if word in OURS:
        what = OURS[word][not about.levels]
        return Claim(what, about.sessions, about.item, about.levels)
    what = What(word)
    item = about.item
    if what is What.MADE_OF:
        made = known.made_of(groups[name])
        return Claim(what, about.sessions, of=made) if made else None
    if what in OF_COMMENTS:
        asked = known.answers.written.get(next(iter(about.sessions), ""), {})
        item = item if item in asked and len(about.sessions) == 1 else ""
    levels = about.levels if what in OF_LEVELS else ()
    if what in LAST and not about.together:
        levels = levels[-1:]
    if what in {What.NEAR_COUNT, What.NEAR_SHARE}:
        return Claim(what, about.sessions, item, (groups["near_count"],), about.of)
    if what is What.ROWS_OF_VALUE:
        return Claim(what, about.sessions, of=known.names.values[groups["the_value"]])
    if of in AT_HAND:
        of = AT_HAND[of].format(about.of)
    return Claim(what, about.sessions, item, levels, of or "")
