"""Sentences -> the numbers in them and what each says. A group's name says it (`What`).

``<item>``, ``<level>`` and ``<session>`` stand for the names that there are; what a sentence does
not name is what was named before it, or what its place is about.
"""

from collections.abc import Iterable, Mapping

NUMBER = r"-?\d+(?:\.\d+)?"
_LOW_HIGH = (
    r"(?:どれも(?P<{0}>N)%|(?P<{0}_2>N)～(?P<{1}>N)%|(?P<{0}_3>N)%から(?P<words>100)%未満|"
    r"(?P<words_2>100)%未満)"
)
_BELOW = _LOW_HIGH.format("low", "high")
_OF_ALL = _LOW_HIGH.format("low_of_all", "high_of_all")
_OUGHT = r"(?P<shown>N)件 ／ 記入 (?P<written>N)件"

SENTENCES = (
    # who came and answered
    r"参加した(?P<attendees>N)人のうち(?P<respondents>N)人が",
    r"参加した(?P<everybody>N)人の全員が",
    r"参加した(?P<everybody>1)人が",
    r"^(?P<respondents>N)人が回答",
    r"(?:(?P<programmes>N)事業・)?(?P<sessions>N)回、(?:延べ)?(?P<attendees>N)人が参加し",
    r"参加し、(?:延べ)?(?P<respondents>N)(?:人が回答した|件の回答があった)",
    r"(?P<waiting>N)回は回答待ち",
    r"作成できなかった(?P<left_out>N)回は含まない",
    r"全(?P<sessions>N)回、延べ参加者 (?P<attendees>N)人、延べ回答者 (?P<respondents>N)人",
    r"（(?P<sessions>N)回のうち(?P<simulated>N)回）",
    r"(?P<words>1)人の重み (?P<weight_low>N)(?:～(?P<weight_high>N))?ポイント",
    r"回答率 (?P<rate>N)%（(?P<respondents>N)/(?P<attendees>N)人",
    r"(?P<reference_below>N)人未満の(?:ため|回)",
    # one item of one session
    r"<item>＊?[はが](?P<valid>N)人中(?P<favourable>N)人(?:が(?P<span>N(?:～N)?)を選び)?",
    r"問の(?P<valid>N)人中(?P<favourable>N)人",
    r"<item>＊?の(?P<valid>N)人中(?P<favourable>N)人",
    r"<item>＊?の(?P<favourable_share>N)%",
    r"(?P<count>N)人が「<level>」",
    r"(?P<people_more>N)人がほかの(?P<levels_more>N)つ",
    r"（(?P<count>N)/(?P<valid>N)人、(?P<share>N)%）",
    r"どれも同じ人数（(?P<each>N)/(?P<valid>N)人、(?P<each_share>N)%）",
    r"どれも選ばれていない（(?P<each>0)/(?P<valid>N)人）",
    r"ほか(?P<leaders_more>N)つが同数",
    r"と同数の(?P<leaders_more>N)つ",
    r"(?P<shares>N)問のうち(?P<full>N)問で",
    r"、(?P<full>N)問のすべてで",
    r"回答し、(?P<full>N)問で",
    r"(?:ほかの|設問はなく、)(?P<below>N)問で最も低いのは",
    r"(?P<items_lowest>N)問の(?P<low_of_all>N)%",
    r"分かれたのは[^。]*（(?P<levels_chosen>N)つ）",
    r"分かれたのは(?P<items_widest>N)問",
    r"(?:最も多い答えは|選んだのは)、[^。]*など(?P<items_led>N)問",
    r"(?:中央値は|答えた数は)、[^。]*など(?P<items_measured>N)問",
    r"(?P<items_blank>N)問には有効な回答がない",
    r"(?P<items_not_asked>N)問は質問していない",
    r"<item>＊?に(?P<missing>N)人",
    r"(?P<items_missing>N)問で(?P<missing_low>N)(?:～(?P<missing_high>N))?人",
    r"(?<=[ 、])<item>＊? (?P<missing>N)人",
    r"(?P<items_blank>N)問は.*で有効な回答がない",
    r"は(?P<sessions_blank>N)回で有効な回答がない",
    r"(?P<items_not_asked>N)問は.*で質問していない",
    r"は(?P<sessions_not_asked>N)回で質問していない",
    # medians and quartiles
    r"<item>の中央値は(?P<median>N)",
    r"(?:[は、])<item>＊? (?P<median>N)(?!人)",
    r"中央値(?: |は)(?P<median>N)",
    r"四分位 (?P<lower>N)(?:[^\d～、]*)～(?P<upper>N)",
    r"最小 (?P<least>N)",
    r"最大 (?P<most>N)",
    r"<item>は(?P<span>N(?:～N)?)を肯定的回答に数える",
    r"＊(?:この回|<session>)の<item>は(?P<own_span>N(?:～N)?)を肯定的回答に数える",
    r"(?P<span>N(?:～N)?)と回答",
    # pictures
    r"有効回答(?P<valid>N)人(?:のうち(?P<favourable>N)人（(?P<favourable_share>N)%）が肯定的回答)?",
    r"(?:内訳は|[、は])<level>(?:：|が)?(?P<count>N)人",
    r"のうち<level>が(?P<count>N)人",
    r"<session>は(?P<favourable_share>N)%（(?P<favourable>N)/(?P<valid>N)人）",
    r"有効回答 (?P<valid>N)人、無回答 (?P<missing>N)人",
    # several sessions
    r"割合は、(?P<shares>N)の(?:うち(?P<full>N)が(?P<words>100)%|すべてが(?P<words_2>100)%|どれも)",
    r"割合は(?:(?P<low_of_all>N)%(?:、(?P<favourable>N)/(?P<valid>N)人)?"
    r"|(?P<favourable_2>N)/(?P<valid_2>N)人)",
    r"<item>＊?が<session>（(?:(?P<favourable_share>N)%、)?(?P<favourable>N)/(?P<valid>N)人）",
    r"<item>＊?が(?P<sessions_below>N)回（" + _BELOW + r"、延べ(?P<people_below>N)/"
    r"(?P<valid_below>N)人）",
    r"のは(?P<below>N)問にある",
    r"最も低いのは<session>の<item>の(?P<favourable_share>N)%"
    r"(?:（(?P<favourable>N)/(?P<valid>N)人）|と同じ割合の(?P<lowest_more>N)つ)",
    r"大きいのは(?:<item>)・?.*（" + _OF_ALL + "）",
    # comments, and what does not count
    r"（掲載 " + _OUGHT + "）",
    r"行 (?P<rows>N)（",
    r"<value>(?P<rows_of_value>N)",
    r"出し直し (?P<superseded>N)",
    r"同じ時刻の同じ答え (?P<identical>N)",
    r"申し出により除いた (?P<withdrawn>N)",
    r"読まなかった列 (?:延べ)?(?P<dropped>N)",
    # figures of an earlier report
    r"表にある(?P<compared>N)個の割合のうち、(?P<agreeing>N)個は",
    r"^(?P<valid>N)人の回答からは得られない",
    r"(?:（|、)(?P<near_count>N)人なら(?P<near_share>N)%",
    r"(?:この報告では|計算すると)(?P<ours_share>N)%（(?P<ours>N)/(?P<valid>N)人）",
    r"見出しは(?P<published>N)%だが",
    r"そのとおりなら(?P<words>100)%になる",
    r"^(?P<possible_low>N)(?:～(?P<possible_high>N))?/(?P<attendees>N)人$",
    r"^(?P<attendees>N)人からは得られない割合",
    # names and dates
    r"<session>[　 ]*(?P<date>(?:N年)?N月N日(?:（[月火水木金土日]）)?)",
    r"(?P<date>(?:N年)?N月N日（[月火水木金土日]）)",
    r"(?:(?P<municipalities>N)自治体[ （])?(?P<attendees>N)人",
    # words of ours
    r"(?P<words>100)%に満たない",
    r"(?P<words>100)%を超える",
    r"(?P<words>1)度だけ四捨五入",
    r"全体を(?P<words>1)つのファイルで",
    r"（(?P<words>1)件に何度出ても(?P<words_2>1)）",
    r"dxeval (?P<made_of>[\w.+-]+) で作成",
    r"SHA-(?P<words>256)",
    r"(?P<made_of>\b[0-9a-f]{64}\b)",
)
"""Of all that dxeval writes in sentences. Where two fit, the longer one holds."""

FORMS: Mapping[str, str] = {
    "card": r"(?P<favourable_share>N)%|(?P<median>N).*|—",
    "card detail": r"(?P<favourable>N) / (?P<valid>N)人|中央値（(?P<valid_2>N)人）",
    "glance": r"(?P<favourable_share>N)%＊? ?(?P<favourable>N)/(?P<valid>N)人"
    r"|(?:(?P<median>N)[^\s]*|—) 中央値（(?P<valid_2>N)人）|[質回割][^\d]*",
    "count": r"(?P<count>N)(?:人(?:（(?P<share>N)%）)?)?|—",
    "favourable": r"(?P<favourable>N)人（(?P<favourable_share>N)%）|—",
    "share": r"(?P<share>N)%",
    "count share": r"(?P<share>N)%\s*(?P<count>N)人",
    "valid": r"(?P<valid>N)人?(?:が回答)?|—",
    "missing": r"(?P<missing>N)人?",
    "least": r"(?P<least>N).*|—",
    "lower": r"(?P<lower>N).*|—",
    "median": r"(?P<median>N).*|—",
    "upper": r"(?P<upper>N).*|—",
    "most": r"(?P<most>N).*|—",
    "attendees": r"(?P<attendees>N)人(?: 回答 (?P<respondents>N)人)?|—",
    "sessions": r"(?P<sessions>N)回",
    "totals": r"延べ(?P<sessions>N)回　(?P<attendees>N)人",
    "day": r"(?P<date>.+)",
    "published": r"(?P<published>N)%",
    "ends": r"(?P<end_low>N)から(?P<end_high>N)の図",
    "evidence": r"<item> (?:(?P<low_of_all>N)%(?:（(?P<favourable>N)/(?P<valid>N)人）)?"
    r"|(?P<low_of_all_2>N)%?–(?P<high_of_all>N)%)|<level> 延べ(?P<count>N)/(?P<valid_2>N)人|[^\d]*",
}
"""What the cell of a table, a card, a badge must look like as a whole."""


def filled(pattern: str, names: Mapping[str, Iterable[str]]) -> str:
    """Return a pattern with the names that there are, longest first, and what a number is."""
    import re

    text = re.sub(r"(?<![A-Za-z_<])N(?![A-Za-z_>])", lambda _: NUMBER, pattern)
    for name, known in names.items():
        every = "|".join(map(re.escape, sorted(known, key=len, reverse=True))) or r"(?!)"
        text = text.replace(f"<{name}>", f"(?P<the_{name}>{every})")
    return text
