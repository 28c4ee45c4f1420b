"""What pages say of published figures, and of the review's evidence -> places."""

from collections.abc import Iterator

from bs4 import Tag

from dxeval.presenting.audit_words import CHECKED, WHAT
from dxeval.tracing.cells import HEAD, caption, heads, item_of, row_session, rows, said, session_of
from dxeval.tracing.known import Known
from dxeval.tracing.place import Place

ALONE = "公表値だけがある回"
"""The caption of a table of sessions without answers."""


def annex(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: a published figure a row, and what is to be said of it."""
    yield from caption(table, here)
    alone = said(table.find("caption")).startswith(ALONE)
    for row in rows(table):
        label, name, where, figure, text = map(said, row)
        item = item_of(name, known)
        printed = figure.rstrip("%")
        ids = session_of(label, here, known)
        own = here.about(sessions=ids, item=item, row=f"{label} {name}", of=printed)
        levels = next(
            (
                found.levels
                for found in known.answers.published
                if found.session_id in ids and found.item == item and f"{found.percent}" == printed
            ),
            (),
        )
        own = own.about(levels=levels, together=True)
        form = (
            "no name" if alone and any(known.answers.scores[s].n_respondents for s in ids) else ""
        )
        yield own.about(text=label, of="", form=form)
        yield from (own.about(text=text_, of="") for text_ in (name, where))
        yield own.about(text=figure, form="published", column="公表値")
        yield own.about(text=text, column="照合の結果")


def findings(section: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: findings of the audit one by one, with what would explain them."""
    heading = said(section.find("h2"))
    group = "contradictions" if heading.startswith("矛盾") else "others"
    yield here.about(text=heading, form="findings", of_whom=group)
    for place, article in enumerate(section.select("article")):
        own = here.about(section=said(article.h3), item="")
        yield own.about(text=said(article.h3), nth=f"{place}/{group}/heading")
        sentence, figures = article.select("p:not(.explained)")
        yield own.about(text=said(sentence), nth=f"{place}/{group}/sentence")
        yield own.about(text=said(figures), nth=f"{place}/{group}/figures", column="公表値")
        for number, line in enumerate(article.select("li")):
            part = "same" if said(line).endswith("（上と同じ）") else "explanation"
            yield own.about(text=said(line), nth=f"{place}/{group}/{part}{number}")


def audited(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: the report's table, percentages with possible counts."""
    yield from caption(table, here)
    items = [item_of(head, known) for head in heads(table)]
    yield from (here.about(text=head, column=HEAD) for head in heads(table))
    for row in rows(table):
        label = said(row[0])
        own = here.about(sessions=_session(label, here, known), row=label)
        yield own.about(text=label)
        for item, cell in zip(items[1:], row[1:], strict=False):
            shown, beside = cell.select("span:not(.quiet)"), cell.select("span.quiet")
            for figure, counts in zip(shown, beside, strict=False):
                levels, _, printed = said(figure).rstrip("%").rpartition("」")
                one = own.about(item=item, column=item, of=printed)
                yield one.about(text=f"{levels}」" if levels else "")
                yield one.about(text=f"{printed}%", form="published")
                yield one.about(text=said(counts), form="counts said")


def _session(label: str, here: Place, known: Known) -> tuple[str, ...]:
    """Return the session of a row; those that are called alike have their id behind the label."""
    name, _, behind = label.removesuffix("）").rpartition("（")
    if behind in known.answers.sessions and name:
        return (behind,)
    return session_of(label, here, known)


def checks(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: what was looked for, how, and how often it was found."""
    yield from caption(table, here)
    kinds = {WHAT[kind]: kind for kind in CHECKED}
    for row in rows(table):
        name, how, number = map(said, row)
        kind = kinds.get(name)
        own = here.about(row=name, item="")
        if kind is None or how != " ".join(CHECKED[kind].split()):
            yield own.about(text=how)
        yield own.about(text=number, form="findings", of_whom=kind.value if kind else "")


def review_point(tag: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: a point of the review, with the figures and comments that bear it out."""
    here, text = here.about(quoted=False), said(tag, ".badge, .cited")
    yield here.about(text=text, quoted=True)
    review = known.answers.programme.review
    points = (point for point in review.points.values() if " ".join(point.text.split()) == text)
    evidence = [one for point in points for one in point.evidence if one.item]
    for badge, one in zip(tag.select(".badge"), evidence, strict=False):
        sessions = tuple(
            session.id
            for session in known.answers.sessions.values()
            if session.id in here.sessions
            if one.programme in {None, session.programme} and one.session in {None, session.id}
        )
        name, _, value = said(badge).rpartition(" ")
        own = here.about(sessions=sessions, item=one.item, row=text[:20], together=True)
        yield own.about(text=name)
        yield own.about(text=value, form="evidence", levels=one.level, column="根拠")
    for quote in tag.select(".cited"):
        yield here.about(text=said(quote.q), quoted=True)
        yield here.about(text=said(quote.select_one(".quiet")))


def listed(table: Tag, here: Place, known: Known) -> Iterator[Place]:
    """Yield places: the list of all pages: a session a row."""
    columns = heads(table)
    yield from (here.about(text=head, column=HEAD) for head in columns)
    seen: set[str] = set()
    for row in rows(table):
        sessions = row_session(row[0], known, seen)
        seen |= {*sessions}
        if len(row) < len(columns[:3]) or not sessions:
            yield from (here.about(text=said(cell)) for cell in row)
            continue
        own = here.about(sessions=sessions, row=said(row[0]))
        yield own.about(text=said(row[0]))
        yield own.about(text=said(row[1]), form="day", column="開催日")
        yield own.about(text=said(row[2]), form="attendees", column="参加")
        for head, cell in zip(columns[3:], row[3:], strict=False):
            for one in cell.select("ul.glances > li") or [cell]:
                item = item_of(said(one.select_one(".of")) or head, known)
                yield own.about(text=said(one, ".of"), form="glance", item=item, column=item)
