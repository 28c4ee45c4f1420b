"""What the cell of a table, a card, a badge must look like as a whole; groups as in `sentences`."""

from collections.abc import Mapping

from dxeval.tracing.sentences import DAY

_PUBLISHED = (
    r"(?P<few_share>N)(?:～(?P<many_share>N))?%＊? "
    r"(?P<few>N)(?:～(?P<many>N))?/(?P<of_n>N)人(?: 公表値)?"
)

FORMS: Mapping[str, str] = {
    "card": r"(?P<favourable_share>N)%|—",
    "card median": r"(?P<median>N).*|—",
    "card detail": r"(?P<favourable>N) / (?P<valid>N)人|中央値（(?P<valid_2>N)人）",
    "glance": r"(?P<favourable_share>N)%＊? (?P<favourable>N)/(?P<valid>N)人"
    r"|(?:(?P<median>N)[^\s]*|—) 中央値（(?P<valid_2>N)人）|— (?P<favourable_2>0)/(?P<valid_3>0)人"
    r"|(?P<published>N)% 値どうしが合わない 公表値|" + _PUBLISHED + r"|[質回割][^\d]*",
    "range share": r"(?P<few_share>N)(?:～(?P<many_share>N))?%",
    "range count": r"(?P<few>N)(?:～(?P<many>N))?人",
    "range people": r"(?P<few>N)(?:～(?P<many>N))?/(?P<of_n>N)人",
    "count": r"(?P<count>N)人?|—",
    "count share": r"(?P<share>N)%\s*(?P<count>N)人",
    "rule share": r"(?P<share>N)%(?:（この回の数え方）)? (?P<count>N)/(?P<valid>N)人|—",
    "rule sum": r"(?P<count>N)/(?P<valid>N)人",
    "share": r"(?P<share>N)%",
    "favourable": r"(?P<favourable>N)人（(?P<favourable_share>N)%）|—",
    "valid": r"(?P<valid>N)人?(?:が回答)?|—",
    "missing": r"(?P<missing>N)人?",
    "least": r"(?P<least>N).*|—",
    "lower": r"(?P<lower>N).*|—",
    "median": r"(?P<median>N).*|—",
    "upper": r"(?P<upper>N).*|—",
    "most": r"(?P<most>N).*|—",
    "attendees": r"(?P<attendees>N)人(?: 回答 (?P<respondents>N)人)?|—",
    "sessions": r"(?P<sessions>N)回",
    "day": r"(?P<date>" + DAY + ")|—",
    "published": r"(?P<published>N)%",
    "ends": r"(?P<end_low>N)から(?P<end_high>N)の図",
    "span": r"(?P<span__levels>N(?:～N)?)",
    "no name": r"[^\d]*",
    "rules": r"[^\d]*(?P<rules>N)[^\d]*",
    "counts said": r"(?P<few__said>N)(?:～(?P<many__said>N))?/(?P<of_n__said>N)人"
    r"|(?P<of_n__said_2>N)人からは得られない|人数不明",
    "evidence": r"(?:延べ)?(?P<ours>N)/(?P<valid>N)人"
    r"|(?P<ours_share>N)%（(?:延べ)?(?P<ours_2>N)/(?P<valid_2>N)人）(?:（[^\d]*）)?"
    r"|(?P<cited_low>N)–(?P<cited_high>N)%(?:（[^\d]*）)?"
    r"|(?P<cited_low__only>N)%(?:（[^\d]*）)?|[^\d]*",
    "findings": r"[^\d]*(?P<found>N)[^\d]*",
}
