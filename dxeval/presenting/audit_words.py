"""Findings of the audit -> sentences. Japanese, no markup."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from dxeval.definitions.published import Published
from dxeval.presenting.wording import quoted
from dxeval.scoring.audit import Explanation, Finding, Kind

PLACES = {
    "table": "表",
    "headline": "見出し",
    "prose": "本文",
    "legend": "凡例",
    "invited": "招待者数",
    "attended": "参加者数",
    "responded": "回答者数",
    "municipalities": "自治体数",
    "date": "開催日",
    "sessions": "回の数",
    "programme": "事業名",
}
ROUNDING = {
    "half-up": "四捨五入",
    "half-even": "偶数丸め",
    "floor": "切り捨て",
    "ceiling": "切り上げ",
    "twice": "小数第1位で四捨五入してから、もう一度四捨五入",
}
WHAT = {
    Kind.IMPOSSIBLE: "得られない値",
    Kind.CONTRADICTION: "同時には成り立たない値",
    Kind.TOTAL: "合計と各回が合わない",
    Kind.MORE_RESPONSES: "人数の逆転",
    Kind.MORE_PLACES: "自治体数が人数より多い",
    Kind.WEEKDAY: "日付と曜日",
    Kind.SESSIONS: "回の数",
    Kind.LEGEND_LACKS: "凡例にない選択肢",
    Kind.UNMENTIONED: "本文にない人",
    Kind.MIXED_RULE: "数え方の混在",
    Kind.ONE_PERSON: "1人とわかる回答",
    Kind.TWO_NAMES: "事業名の違い",
    Kind.TWO_N: "人数の違い",
    Kind.OTHER_NAME: "ほかの設問の値",
    Kind.DIFFERS: "回答と違う値",
}

CHECKED = {
    Kind.IMPOSSIBLE: "n人にはn＋1通りの割合しかない：その割合になる人数を探す（GRIM："
    "Brown & Heathers 2017。平均も同じ。標準偏差はGRIMMER：Anaya 2016、Allard 2018、"
    "0と1の値はDEBIT：Heathers & Brown 2019）",
    Kind.CONTRADICTION: "1つの設問の表、見出し、本文、凡例のすべてと合う人数の分け方を、厳密に探す",
    Kind.TOTAL: "いくつかの回を合わせた割合を、各回のありうる人数の和と比べる",
    Kind.MORE_RESPONSES: "招待、参加、回答の人数を比べる",
    Kind.MORE_PLACES: "自治体の数を参加者の数と比べる",
    Kind.WEEKDAY: "年のある日付の曜日を暦と比べる",
    Kind.SESSIONS: "「全○回」を、報告にある回の数と比べる",
    Kind.MIXED_RULE: "1つの設問の見出しが数える選択肢を、回の間で比べる",
    Kind.UNMENTIONED: "見出しにも本文にも出ない人数を求める",
    Kind.LEGEND_LACKS: "見出しの選択肢が凡例にあるか見る",
    Kind.TWO_NAMES: "1つの事業の名前を比べる",
    Kind.TWO_N: "1つの設問に書かれた人数を比べる",
}
"""What a page says was looked for, and how. Who may be recognised is for the analyst alone."""


def heading(finding: Finding) -> str:
    """Return of what kind a finding is and where: sessions and item."""
    sessions = "・".join(dict.fromkeys(figure.session_id for figure in finding.figures))
    items = "・".join(dict.fromkeys(figure.item for figure in finding.figures if figure.item))
    return f"{WHAT[finding.kind]}：{' '.join(filter(None, (sessions, items)))}"


def figure_text(figure: Published) -> str:
    """Return a figure as it stands: its place, levels and numbers."""
    place = PLACES.get(figure.where, figure.where)
    levels = quoted(figure.levels) if figure.levels else ""
    parts = [
        f"{figure.percent}%" if figure.percent is not None else "",
        f"{figure.count}人" if figure.count is not None else "",
        f"平均{figure.mean}" if figure.mean is not None else "",
        f"標準偏差{figure.sd}" if figure.sd is not None else "",
        f"「{figure.text}」" if figure.text else "",
    ]
    numbers = "、".join(filter(None, parts))
    return f"{place}（{figure.line}行目）{levels}{numbers}"


def as_printed(figure: Published) -> str:
    """Return a figure as the report has it: ``見出し「満足」「概ね満足」95%``."""
    place = PLACES.get(figure.where, figure.where)
    levels = quoted(figure.levels) if figure.levels else ""
    return f"{place}{levels}{'' if levels else ' '}{_numbers(figure)}".rstrip()


def _numbers(figure: Published) -> str:
    of = f"/{figure.n}" if figure.n is not None else ""
    parts = [
        f"{figure.percent}%" if figure.percent is not None else "",
        f"{figure.count}{of}人" if figure.count is not None else "",
        f"n={figure.n}" if of and figure.count is None else "",
        f"平均{figure.mean}" if figure.mean is not None else "",
        f"標準偏差{figure.sd}" if figure.sd is not None else "",
        f"「{figure.text}」" if figure.text else "",
    ]
    return "、".join(filter(None, parts))


def against(finding: Finding) -> str:
    """Return what a finding says of figures as they are printed, each named once."""
    named = "、".join(dict.fromkeys(as_printed(figure) for figure in finding.figures))
    return f"{named}：{sentence(finding)}"


def sentence(finding: Finding) -> str:
    """Return what a finding says."""
    return _SENTENCES[finding.kind](finding, finding.facts)


def explanation_text(explanation: Explanation) -> str:
    """Return what would make figures possible, with their counts, and what it leaves open."""
    said = _EXPLANATIONS[explanation.kind](explanation.facts)
    n = explanation.facts.get("n")
    counts = "、".join(
        f"{figure.percent}%＝{_counts(counts)}/{n}"
        for figure, counts in explanation.counts
        if figure.percent is not None
    )
    notes = [
        counts,
        f"この回のほかの得られない値{explanation.open}件は残る" if explanation.open else "",
        f"報告のほかの値{explanation.breaks}件が得られなくなる" if explanation.breaks else "",
    ]
    more = "。".join(filter(None, notes))
    return f"{said}（{more}）" if more else said


def explanations_text(finding: Finding, said: set[str]) -> Iterator[str]:
    """Yield what would make a finding's figures possible, in brief what was ``said`` before."""
    for explanation in finding.explanations:
        text = explanation_text(explanation)
        yield f"{text.partition('（')[0]}（上と同じ）" if text in said else text
        said.add(text)


def _counts(counts: range) -> str:
    few, many = counts[0], counts[-1]
    return f"{few}" if few == many else f"{few}～{many}"


def _between(ends: tuple[int, int]) -> str:
    few, many = ends
    return f"{few}人" if few == many else f"{few}～{many}人"


def _people(facts: Mapping[str, Any]) -> str:
    """Return whose answers; where only the attendance is known, that all are taken to have."""
    return f"参加者全員（{facts['n']}人）" if facts.get("everyone") else f"{facts['n']}人"


def _impossible(finding: Finding, facts: Mapping[str, Any]) -> str:
    figure = finding.figures[0]
    if figure.count is not None and figure.percent is not None:
        return f"{figure.count}/{facts['n']}人は{figure.percent}%にならない。"
    near = "、".join(f"{k}人なら{p}%" for k, p in facts["nearest"])
    beside = f"（{near}）" if near else ""
    return f"{_people(facts)}の回答からは得られない{beside}。"


def _contradiction(finding: Finding, facts: Mapping[str, Any]) -> str:
    anyway = facts["n"] is None
    people = "回答者が何人であっても" if anyway else f"{_people(facts)}の回答では"
    return f"{people}、これらは同時には成り立たない。"


def _total(finding: Finding, facts: Mapping[str, Any]) -> str:
    figure = finding.figures[0]
    between = _between(facts["between"])
    return f"各回の値を合わせると{between}で、{facts['n']}人の{figure.percent}%にならない。"


def _more_responses(finding: Finding, facts: Mapping[str, Any]) -> str:
    (more, count), (fewer, most) = facts.items()
    return f"{PLACES[more]}{count}人が、{PLACES[fewer]}{most}人より多い。"


def _more_places(finding: Finding, facts: Mapping[str, Any]) -> str:
    return f"{facts['municipalities']}自治体に対し、参加者は{facts['attended']}人。"


def _weekday(finding: Finding, facts: Mapping[str, Any]) -> str:
    weekday = facts["weekday"]
    return "暦にない日付。" if weekday is None else f"この日は{weekday}曜日。"


def _sessions(finding: Finding, facts: Mapping[str, Any]) -> str:
    return f"{finding.figures[0].count}回とあるが、この事業の回は{facts['there']}回ある。"


def _legend_lacks(finding: Finding, facts: Mapping[str, Any]) -> str:
    return f"見出しにある{quoted(facts['levels'])}が凡例にない。"


def _unmentioned(finding: Finding, facts: Mapping[str, Any]) -> str:
    said, rest = _between(facts["said"]), _between(facts["not_said"])
    return (
        f"見出しに入らない人のうち、本文は{said}（{facts['n']}人中）だけを言い、"
        f"{quoted(facts['levels'])}の{rest}に触れていない。"
    )


def _mixed_rule(finding: Finding, facts: Mapping[str, Any]) -> str:
    by_rule = [
        f"{quoted(_ordered(finding, levels))}を数える回は"
        f"{'、'.join(s for s, rule in facts['rules'].items() if rule == levels)}"
        for levels in facts["order"]
    ]
    changed = []
    for (session, levels), (low, high, few, many) in facts["ranges"].items():
        share = f"{low}%" if low == high else f"{low}～{high}%"
        rule = quoted(_ordered(finding, levels))
        changed.append(f"{session}を{rule}で数えると{share}（{_between((few, many))}）")
    return "".join(f"{sentence}。" for sentence in (*by_rule, *changed))


def _ordered(finding: Finding, levels: frozenset[str]) -> Sequence[str]:
    """Return levels in the order in which the report names them."""
    named = dict.fromkeys(level for figure in finding.figures for level in figure.levels)
    return [level for level in named if level in levels]


def _one_person(finding: Finding, facts: Mapping[str, Any]) -> str:
    return f"{facts['n']}人のうち{quoted(facts['levels'])}は1人で、だれの回答かわかるおそれがある。"


def _two_names(finding: Finding, facts: Mapping[str, Any]) -> str:
    return f"同じ事業が{quoted(facts['names'])}と書かれている。"


def _two_n(finding: Finding, facts: Mapping[str, Any]) -> str:
    return f"1つの設問に人数が{'、'.join(f'{n}人' for n in facts['ns'])}とある。"


def _other_name(finding: Finding, facts: Mapping[str, Any]) -> str:
    named = quoted(facts["columns"])
    return f"「{facts['item']}」の行の値は、どれも{named}の回答（{facts['n']}人）の値。"


def _differs(finding: Finding, facts: Mapping[str, Any]) -> str:
    if "ours" not in facts:
        return f"回答（{facts['n']}人）からは得られない。"
    return f"回答では{facts['count']}/{facts['n']}人、{facts['ours']}%。"


def _group(facts: Mapping[str, Any]) -> str:
    how = "だけを数えた" if facts["alone"] else "も数えた"
    return f"{facts['session']}の回答{how}"


def _rule(facts: Mapping[str, Any]) -> str:
    whose = f"{facts['session']}の" if "session" in facts else "ほかの"
    return f"{whose}数え方（{quoted(facts['levels'])}を数える）"


def _pooled(facts: Mapping[str, Any]) -> str:
    blanks = f"無回答が合わせて{facts['blanks']}" if facts["blanks"] else "無回答なし"
    return f"{facts['items']}つの設問を合わせ、{blanks}"


_SENTENCES: Mapping[Kind, Callable[[Finding, Mapping[str, Any]], str]] = {
    Kind.IMPOSSIBLE: _impossible,
    Kind.CONTRADICTION: _contradiction,
    Kind.TOTAL: _total,
    Kind.MORE_RESPONSES: _more_responses,
    Kind.MORE_PLACES: _more_places,
    Kind.WEEKDAY: _weekday,
    Kind.SESSIONS: _sessions,
    Kind.LEGEND_LACKS: _legend_lacks,
    Kind.UNMENTIONED: _unmentioned,
    Kind.MIXED_RULE: _mixed_rule,
    Kind.ONE_PERSON: _one_person,
    Kind.TWO_NAMES: _two_names,
    Kind.TWO_N: _two_n,
    Kind.OTHER_NAME: _other_name,
    Kind.DIFFERS: _differs,
}
_EXPLANATIONS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "blanks": lambda facts: f"無回答が{facts['blanks']}人",
    "rounding": lambda facts: f"丸め方が{ROUNDING[facts['rounding']]}",
    "labels": lambda facts: "選択肢ごとに丸めた割合の足し算",
    "pooled": _pooled,
    "neighbour": lambda facts: f"{facts['session']}の人数（{facts['n']}人）で割った",
    "rule": _rule,
    "blanks-in": lambda facts: f"無回答{facts['blanks']}人も分母に入れた",
    "assignment": lambda facts: f"「{facts['column']}」の値",
    "count": lambda facts: "人数を割合として印刷した",
    "group": _group,
    "averaged": lambda facts: "各回の割合の平均（人数で重み付けしていない）",
}
