"""The index page: every session, whether it has a page, and who answered."""

from collections.abc import Collection, Mapping

from dxeval.definitions.programme import date_text
from dxeval.presenting.sections import simulated_notice
from dxeval.report.plan import Page, Plan
from dxeval.report.site.export import export_index
from dxeval.report.site.links import OVERALL, index_title

FAILED = "作成できませんでした"


def make_index(  # noqa: PLR0913
    plan: Plan,
    digest: str,
    *,
    made: Collection[str],
    fresh: Collection[str],
    failed: Collection[str],
    respondents: Mapping[str, int | None],
    tables: Collection[str],
) -> bytes:
    """Return the index page's HTML.

    ``made`` are the ids that have a page, ``fresh`` those whose page is up to date;
    ``respondents`` has None or nothing for a session without answers; ``tables`` are the names of
    the files of figures.
    """
    mixed = len({one.session.simulated for one in plan.pages if one.session}) > 1

    def row(one: Page) -> dict[str, object]:
        answered = respondents.get(one.id)
        if one.id in failed:
            state = FAILED
        elif one.id not in made:
            state = "未作成"
        elif one.id not in fresh:
            state = "要更新"
        else:
            state = "作成済み" if answered is not None else "作成済み（回答待ち）"
        return {
            "name": one.session.heading if one.session else one.id,
            "simulated": mixed and one.session is not None and one.session.simulated,
            "date": date_text(one.session.date) if one.session else "—",
            "respondents": "—" if answered is None else f"{answered}人",
            "file": f"{one.id}.html" if one.id in made else "",
            "state": state,
            "failed": state == FAILED,
        }

    programme = plan.workspace.programme
    sessions = [one for one in plan.pages if one.session]
    groups = [
        (one.label, [row(p) for p in sessions if p.session and p.session.programme == one.id])
        for one in programme.programmes
    ]
    groups.append(("事業の分からない回", [row(one) for one in plan.pages if not one.session]))
    return export_index(
        index_title(plan.workspace),
        digest,
        report=programme.report,
        programmes=[group for group in groups if group[1]],
        overall={"file": f"{OVERALL}.html" if OVERALL in made else "", "state": FAILED},
        tables=sorted(tables),
        notice=simulated_notice([one.session for one in sessions if one.session]),
    )
