"""What is said of prose and evidence that the figures do not bear out."""

from difflib import get_close_matches

from dxeval.definitions.programme import Session
from dxeval.presenting.wording import joined
from dxeval.problems import shorten
from dxeval.scoring.evidence import Cited
from dxeval.scoring.prose.holding import Found, Verdict
from dxeval.scoring.rounding import percent

STATED = {
    "count": "人数",
    "percent": "割合",
    "at_least": "どの回でもこれ以上という割合",
    "at_most": "どの回でもこれ以下という割合",
}


def not_holding_text(figure: Cited, key: str) -> str:
    """Return what the answers give instead of what evidence states under ``key``."""
    if figure.mixed and key in {"percent", "count"}:
        return (
            f"{figure.item}は回によって数え方が違うので、合わせた{STATED[key]}はありません"
            "（at_least、at_most か、session で1回を指す）"
        )
    together = "延べ" if [*figure.counts][1:] else ""
    ours = f"{figure.percent}%（{together}{figure.count}/{figure.n}人）"
    low, high = figure.percent_range
    if key in {"at_least", "at_most"} and together:
        ours = f"回ごとに{low}～{high}%"
    name = f"{figure.item}の{joined(figure.levels)}" if figure.levels else figure.item
    return f"evidence に書いた{STATED[key]}が、回答と合いません（{name}は、回答からは{ours}）"


def no_answers_text(figure: Cited) -> str:
    """Return that there are no answers that could bear out what is stated."""
    return f"evidence に書いた値を確かめる回答がありません（{figure.item}）"


def not_quoted_text(session: Session, quote: str) -> tuple[str, str]:
    """Return that a session does not show a comment, without it, and what it shows instead."""
    message = (
        f"evidence の声が、{session.id} の載せる声（comments）の全文とも違います"
        "（載せないと決めた声や、除いた人の声は示せません）"
    )
    near = get_close_matches(quote, session.comments, n=1) or list(session.comments[:2])
    shown = "、".join(f"「{shorten(text)}」" for text in near)
    return message, f"data/sessions/{session.id}.yaml の comments のどれか：{shown or 'まだない'}"


def found_text(found: Found) -> str:
    """Return what is wrong with a number of a text, or whom the text leaves out."""
    quoted_number = f"「{shorten(found.text)}」"
    if found.verdict is Verdict.UNMENTIONED:
        left = "、".join(
            f"「{level}」{count}/{n}人"
            for level, (count, n) in zip(found.levels, found.ours, strict=True)
        )
        return f"{found.item}の人数や割合を書いた文に、選ばれた選択肢が出てきません（{left}）"
    if found.verdict is Verdict.UNTIED:
        return f"文に書かれた数字{quoted_number}が、回答のどの数字でもありません"
    if not found.item and not found.levels:
        people = "、".join(f"{n}人" for _, n in found.ours)
        return f"文に書かれた数字{quoted_number}が、回答と合いません（回答者は{people}）"
    name = f"{found.item}の{joined(found.levels)}" if found.levels else f"{found.item}の肯定的回答"
    ours = _ours_text(found)
    if found.verdict is Verdict.UNLIKE:
        return f"文に書かれた数字{quoted_number}は、{name}の数字ではありません（回答からは{ours}）"
    return f"文に書かれた数字{quoted_number}が、回答と合いません（{name}は、回答からは{ours}）"


def _ours_text(found: Found) -> str:
    """Return what the scores give: one figure, or of several the first three."""
    each = [f"{percent(count, n)}%（{count}/{n}人）" for count, n in found.ours]
    more = "など" if each[3:] else ""
    return f"{'、'.join(each[:3])}{more}"


def unproven_text(word: str) -> str:
    """Return that a point says how much and shows nothing that bears it out."""
    return f"量を言う言葉「{word}」がありますが、支える数字も声（evidence）もありません"


def outweighed_text(word: str, figure: Cited) -> str:
    """Return that a word of a point says more or less than the figure that it cites."""
    return (
        f"量を言う言葉「{word}」が、evidence の数字と合いません"
        f"（{figure.item}は{figure.percent}%、{figure.count}/{figure.n}人）"
    )


def weak_text(where: str, item: str, count: int, n: int, *, half: bool) -> str:
    """Return that no point of the problems mentions a weak result."""
    why = "肯定的でない回答が半分以上です" if half else "肯定的回答の割合が最も低い設問です"
    return (
        f"{where}の{item}（{percent(count, n)}%、{count}/{n}人）は{why}が、"
        "課題（problems）のどの文にも出てきません"
    )
