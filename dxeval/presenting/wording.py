"""From Scores to sentences: headline, alt text, notes. Japanese, no markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dxeval.presenting.shown import Row
from dxeval.problems import shorten
from dxeval.reading.not_counted import value_text
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.item_score import missing_range
from dxeval.scoring.rounding import weight
from dxeval.scoring.selections import Selections

if TYPE_CHECKING:
    from dxeval.definitions.programme import Session
    from dxeval.definitions.survey import Survey
    from dxeval.scoring.across import Totals
    from dxeval.scoring.audit import Comparison, LegendConflict
    from dxeval.scoring.item_score import ItemScore
    from dxeval.scoring.ledger import ItemLedger, Ledger
    from dxeval.scoring.score import Scores
    from dxeval.scoring.span import Span
    from dxeval.scoring.uncounted import Uncounted

MANY_ITEMS = 8
"""More items than these are not gone through one by one in a line."""
LABEL_SHOWN = 24
"""Letters of a label that a sentence quotes; the table below has the whole of it."""
VALUES_SHOWN = 5
"""Values named of a column's rows that do not count; the others are counted in the workbook."""

NOT_ASKED = "質問なし"
NO_EXPORT = "回答ファイルなし。"
NO_ANSWERS = "有効な回答なし"
NO_SHARE = "—"
MIXED = "数え方が違う回あり"
"""Stands beside a question whose shares are not counted by one rule in all sessions."""
OF_RESPONDENTS = (
    "はいくつでも選べる。割合は有効回答の人数に対するもので、合計は100%を超えることがある。"
)


def share_text(score: Distribution) -> str:
    """Return the favourable share with its counts: ``83%（5/6人）``; ``—`` if nobody answered."""
    if not score.n_valid:
        return NO_SHARE
    return f"{score.favourable_percent}%（{score.favourable_count}/{score.n_valid}人）"


def quoted(levels: Sequence[str]) -> str:
    """Return ``「満足」「概ね満足」``."""
    return "".join(f"「{level}」" for level in levels)


def joined(levels: Sequence[str]) -> str:
    """Return one level as it is, several as ``「満足」「概ね満足」``."""
    return quoted(levels) if levels[1:] else "".join(levels)


def valid_text(score: ItemScore) -> str:
    """Return the caption of an item's numbers: ``習得度（有効回答 20人、無回答 1人）``."""
    return f"{score.item.name}（有効回答 {score.n_valid}人、無回答 {score.n_missing}人）"


def headline(score: Distribution) -> str:
    """Return the sentence over a chart: ``「…」「…」と回答``, beside the share and its counts.

    Names the favourable levels that somebody chose; 全員 only if every respondent answered.
    """
    named = [level for level in score.favourable if level in score.chosen]
    if not score.n_valid:
        return NO_ANSWERS
    if not score.favourable:
        return leaders_headline(score)
    if not named:
        return f"{quoted(score.favourable)}と回答した人はいない"
    if not score.is_full:
        return f"{quoted(named)}と回答"
    return f"{'答えた' if score.n_missing else ''}全員が{quoted(named)}と回答"


def leaders_headline(score: Distribution | Selections) -> str:
    """Return the labels that were chosen most, without numbers: ``「講義」が最も多い``."""
    if not score.n_valid:
        return NO_ANSWERS
    if not score.leaders:
        return "どれも選ばれていない"
    if len(score.leaders) == len(score.item.labels):
        return "どれも同じ人数"
    return f"{quoted(score.leaders)}が{'同数で' if score.leaders[1:] else ''}最も多い"


def leaders_text(score: Distribution | Selections) -> str:
    """Return which labels were chosen most: ``「講義」が最も多い（9/21人、43%）``.

    Long labels are cut.
    """
    if not score.n_valid:
        return NO_ANSWERS
    if not score.leaders:
        return f"どれも選ばれていない（0/{score.n_valid}人）"
    first, *more = score.leaders
    share = f"{score.count(first)}/{score.n_valid}人、{score.percent(first)}%"
    if len(score.leaders) == len(score.item.labels):
        return f"どれも同じ人数（{share}）"
    labels = [shorten(label, LABEL_SHOWN) for label in score.leaders]
    if len(more) > 1:
        return f"{quoted(labels[:1])}ほか{len(more)}つが同数で最も多い（{share}）"
    return f"{quoted(labels)}が{'同数で' if more else ''}最も多い（{share}）"


def alt_text(score: Distribution) -> str:
    """Return one sentence that says what an item's chart shows, for those who do not see it."""
    name = score.item.name
    if not score.n_valid:
        return f"{name}には有効な回答がない。"
    parts = counts_text(score)
    if not score.favourable:
        return f"{name}の帯グラフ：有効回答{score.n_valid}人の内訳は{parts}。"
    own = "（この回だけの数え方）" if score.reason else ""
    return (
        f"{name}の帯グラフ：有効回答{score.n_valid}人のうち{score.favourable_count}人"
        f"（{score.favourable_percent}%）が肯定的回答{own}で、内訳は{parts}。"
    )


def counts_text(score: Distribution | Selections) -> str:
    """Return the counts of the labels that somebody chose: ``満足12人、1：3人``."""
    parts = ((f"{label}：" if label[-1:].isdigit() else label, count) for label, count in score)
    return "、".join(f"{label}{count}人" for label, count in parts if count)


def mixed_note(name: str) -> str:
    """Return that the shares of an item are not counted by one rule."""
    return f"{name}は回によって数え方が違い、割合どうしをそのまま比べられない（＊）。"


def comparison_alt_text(
    item: str, rows: Sequence[Row], over: str = "回", *, mixed: bool = False
) -> str:
    """Return one sentence for an item's chart of several sessions; ``mixed``: by several rules."""

    def said(score: ItemScore | None) -> str:
        if not isinstance(score, Distribution):
            return NOT_ASKED
        return share_text(score) if score.favourable else counts_text(score) or NO_ANSWERS

    parts = "、".join(f"{label}は{said(score)}" for _, label, score in rows)
    if not any(score.favourable for _, _, score in rows if score):
        return f"{item}の{over}ごとの帯グラフ：{parts}。"
    rules = f"（{MIXED}）" if mixed else ""
    return f"{item}の{over}ごとの帯グラフ：肯定的回答の割合{rules}は{parts}。"


def weight_text(fewest: int, most: int) -> str:
    """Return what one respondent weighs in percentage points: ``1人の重み 4.8ポイント``.

    From the item with the ``most`` valid answers to the one with the ``fewest``, where they differ.
    """
    light, heavy = weight(most), weight(fewest)
    return f"1人の重み {light if light == heavy else f'{light}～{heavy}'}ポイント"


def response_text(scores: Scores, session: Session) -> str:
    """Return how many answered, and what one of them weighs.

    ``1人の重み 5.0ポイント・回答率 100%（20/20人）・無回答 なし・30人未満のため参考値``.
    """
    n, attendees = scores.n_respondents, session.attendees
    left_out = [score for score in scores if score.n_missing and score.awaited]
    missing = [f"{score.item.name} {score.n_missing}人" for score in left_out]
    if len(left_out) > MANY_ITEMS:
        missing = [f"{len(left_out)}問で{missing_range(left_out)}人"]
    caution = "。参加者数より回答が多い" if n > attendees else ""
    rate = f"{scores.response_rate(attendees)}%（{n}/{attendees}人{caution}）"
    parts = [
        *([weight_text(*scores.valid_range)] if any(scores.valid_range) else []),
        f"回答率 {rate}",
        f"無回答 {'、'.join(missing) or 'なし'}",
        *([f"{scores.reference_below}人未満のため参考値"] if scores.is_reference else []),
    ]
    return "　・　".join(parts)


def uncounted_text(uncounted: Uncounted) -> str:
    """Return ``数えなかったもの：行 3（Status「Partial」3）、出し直し 1、読まなかった列 4``.

    Empty if everything counts. Never names a column that was not read.
    """
    together = "延べ" if uncounted.sessions > 1 else ""
    columns = f"読まなかった列 {together}{uncounted.n_columns}" if uncounted.n_columns else ""
    parts = "、".join(filter(None, [uncounted_rows_text(uncounted), columns]))
    return f"数えなかったもの：{parts}" if parts else ""


def uncounted_rows_text(uncounted: Uncounted) -> str:
    """Return which rows do not count, empty if all do."""
    parts = [
        (uncounted.n_rows, f"行 {uncounted.n_rows}（{_values_text(uncounted)}）"),
        (uncounted.superseded, f"出し直し {uncounted.superseded}"),
        (uncounted.identical, f"同じ時刻の同じ答え {uncounted.identical}"),
        (uncounted.withdrawn, f"申し出により除いた {uncounted.withdrawn}"),
    ]
    return "、".join(text for count, text in parts if count)


def _values_text(uncounted: Uncounted) -> str:
    """Return the values of the rows that do not count, a column's most frequent ones first."""
    columns: dict[str, list[str]] = {}
    for (header, value), count in uncounted.not_counted.items():
        columns.setdefault(header, []).append(f"{value_text(value)}{count}")
    texts = []
    for header, values in columns.items():
        more = "、ほか" if len(values) > VALUES_SHOWN else ""
        texts.append(f"{shorten(header)}{'、'.join(values[:VALUES_SHOWN])}{more}")
    return "；".join(texts)


def between_text(few: int, many: int, unit: str = "") -> str:
    """Return ``5～16人``, or ``5人``."""
    return f"{few}{unit}" if few == many else f"{few}～{many}{unit}"


def span_texts(span: Span) -> tuple[str, str]:
    """Return ``90～95%`` and ``19～20/21人``."""
    return between_text(*span.percents, "%"), f"{between_text(span.few, span.many)}/{span.n}人"


def _range_text(span: Span) -> str:
    """Return ``71～86%（5～6/7人）``."""
    share, people = span_texts(span)
    return f"{share}（{people}）"


def ledger_notes(found: Ledger) -> list[str]:
    """Return who was invited, came and answered, and what is open where some did not.

    Nothing where all who came answered everything: the line below the cards says so.
    """
    where = f"（{found.municipalities}自治体）" if found.municipalities else ""
    invited = f"招待 {found.invited}人、" if found.invited else ""
    silent = f"、回答のない参加者 {found.silent}人" if found.silent else ""
    beyond = "。参加者数より回答が多い" if found.beyond else ""
    people = (
        f"人数：{invited}参加 {found.attended}人{where}、回答 {found.responded}人{silent}{beyond}。"
    )
    notes = [] if found.is_plain else [people]
    items = [*found.uncertain()]
    if len(items) > MANY_ITEMS:
        return [*notes, f"無回答を入れた割合の幅は、figures.xlsx にある（{len(items)}問）。"]
    return [*notes, *filter(None, map(_uncertain_text, items))]


def _uncertain_text(found: ItemLedger) -> str:
    """Return the least and the greatest share of an item that not everybody answered."""
    name, blank = found.score.item.name, found.score.n_missing
    parts = []
    if found.with_blanks:
        parts.append(f"無回答{blank}人を入れると{_range_text(found.with_blanks)}")
    if found.with_silent:
        also = "も" if found.with_blanks else "を"
        parts.append(
            f"回答のない参加者{found.silent}人{also}入れると{_range_text(found.with_silent)}"
        )
    said = "、".join(parts)
    return f"{name}の肯定的回答は、{said}でありうる。" if said else ""


def totals_note(total: Totals) -> str:
    """Return how many sessions, attendees and respondents there were, and that they are 延べ."""
    different = f"（異なる人は{total.different}人）" if total.different else ""
    return (
        f"全{total.sessions}回、延べ参加者 {total.attendees}人、延べ回答者 {total.respondents}人"
        f"{different}。同じ人が複数の回に参加していることがあるため、人の数ではなく延べ人数。"
    )


def summary_caption(*, shares: bool, medians: bool) -> str:
    """Return what a summary table holds: favourable shares, medians or both."""
    counted = "（肯定的回答の人数／有効回答の人数）" if shares else ""
    kinds = "と".join(
        name for name, there in (("肯定的回答の割合", shares), ("中央値", medians)) if there
    )
    return f"回ごとの{kinds}{counted}"


def table_numbers(tables: int) -> list[str]:
    """Return what stands behind the captions of tables that are parts of one."""
    if tables == 1:
        return [""]
    return [f"（{number}／{tables}）" for number, _ in enumerate(range(tables), start=1)]


def reference_note(fewest: int, survey: Survey) -> list[str]:
    """Return the one caution of a page whose ``fewest`` valid answers are few, else nothing."""
    if fewest >= survey.reference_below:
        return []
    return [f"回答が{survey.reference_below}人未満の回の割合は参考値です。"]


def only_published_notes(labels: Sequence[str], *, everyone: bool) -> list[str]:
    """Return how the cells of sessions are meant of which only published figures are known."""
    if not labels:
        return []
    assumed = "参加者全員が答えたとしたときの、" if everyone else ""
    return [
        f"「公表値」とある回（{'、'.join(labels)}）は回答が手もとになく、"
        f"{assumed}公表された値からありうる範囲。ほかの回の集計には加えていない。"
    ]


def rule_note(name: str, favourable: Sequence[str], reason: str | None = None) -> str:
    """Return how an item's favourable share is counted, and why if only in one session."""
    why = f"（{reason.removesuffix('。')}）" if reason else ""
    return f"{name}は{quoted(favourable)}を肯定的回答に数える{why}。"


def finding_text(finding: Comparison) -> str:
    """Return what is wrong with a published figure that does not come out of the answers."""
    ours = f"{finding.ours}%（{finding.count}/{finding.n}人）"
    if finding.verdict == "impossible":
        near = "、".join(f"{k}人なら{p}%" for k, p in finding.nearest)
        return f"{finding.n}人の回答からは得られない（{near}）。この報告では{ours}。"
    return f"回答から計算すると{ours}。"


def possible_text(counts: Sequence[int], n: int) -> str:
    """Return which counts of ``n`` a published figure can stand for: ``11/21人``."""
    if not counts:
        return f"{n}人からは得られない割合"
    few, many = counts[0], counts[-1]
    return f"{few}/{n}人" if few == many else f"{few}～{many}/{n}人"


def conflict_text(conflict: LegendConflict) -> str:
    """Return what is wrong between a published headline and its legend."""
    if conflict.covered:
        return (
            f"見出しは{conflict.headline.percent}%だが、凡例には見出しが数える選択肢しかなく、"
            "そのとおりなら100%になる。"
        )
    return f"見出しにある{quoted(conflict.lacking)}が凡例にない。"
