"""What was found in a column -> a question's keys as survey.yaml has them, and its doubts."""

from collections.abc import Iterable, Mapping, Sequence

from dxeval.definitions.labels import normalise
from dxeval.definitions.yaml_text import as_yaml
from dxeval.drafting.plan import Doubt, Part, Value
from dxeval.drafting.ratings import RANGES
from dxeval.drafting.recognition import Ask, Beside, Rating, Reason, Scale
from dxeval.drafting.scales_file import fold, known, middles, plain
from dxeval.drafting.separating import Several
from dxeval.reading.vocabulary import NO_ANSWER

OTHER = "その他"
_NO_ANSWER = (
    *(
        "無回答",
        "未回答",
        "回答なし",
        "回答拒否",
        "未記入",
        "該当な",
        "該当し",
        "該当せ",
        "非該当",
        "対象外",
    ),
    *("no answer", "no response", "not answered", "n/a", "not applicable", "does not apply"),
    *("refuse", "prefer not"),
)
"""What says that somebody did not answer, or was not asked, and nothing else."""
_REASONS = {
    Reason.UNKNOWN_LABELS: "知らない段階が混ざっています",
    Reason.UNDECIDED_ORDER: "どちらが上か分からない選択肢があります",
    Reason.TWO_SCALES: "順が2通りに読めます",
    Reason.NUMBERS_DISAGREE: "番号の順と言葉の順が合いません",
    Reason.NUMBERED: "番号はありますが、よい順か分かりません",
    Reason.UNKNOWN_ENDS: "どちらの端がよいか分かりません",
    Reason.MIDDLE_OR_MISSING: "中間か無回答か分からない選択肢があります",
}
MOST_CUTS = 4


def listed(labels: Iterable[str]) -> str:
    """Return labels as a sentence names them."""
    return "、".join(f"「{label}」" for label in labels)


def scale(found: Scale) -> Part:
    """Return a question with the levels of a scale; its favourable ones, where they are certain."""
    others, other = _others(found.beside)
    levels = (*found.levels, *others)
    missing, unclear = _missing(found.beside)
    favourable = found.favourable
    neutral = [label for label in levels if fold(label) in middles() and label not in favourable]
    keys: dict[str, Value] = {"levels": levels}
    keys |= _some("favourable", favourable) | _some("neutral", neutral)
    keys |= _some("assumed", found.assumed) | _some("missing", missing) | other
    if found.aliases:
        keys["aliases"] = dict(found.aliases)
    doubts = []
    if favourable and not found.settled:
        doubts.append(_favourable(found.levels, favourable, neutral))
    if unclear:
        doubts.append(_unclear(levels, missing, unclear))
    if others:
        sentence = f"{listed(others)}を順のある選択肢といっしょに数えてよいか確かめる。"
        doubts.append(Doubt("other", sentence))
    notes = () if favourable else (_NO_SHARE,)
    return Part(keys, tuple(doubts), notes)


_NO_SHARE = "よい・悪いのある設問なら favourable を書く（書かなければ、割合のカードは出ない）"


def _favourable(levels: Sequence[str], proposed: Sequence[str], neutral: Sequence[str]) -> Doubt:
    end = min((levels.index(label) for label in neutral if label in levels), default=len(levels))
    cuts = [levels[:n] for n in range(1, min(end, len(levels) - 1) + 1)][:MOST_CUTS]
    cuts.sort(key=lambda cut: list(cut) != list(proposed))
    options: dict[str, Mapping[str, Value | None]] = {
        "、".join(cut): {"favourable": tuple(cut)} for cut in cuts
    }
    options["決めない（割合を出さない）"] = {"favourable": None}
    sentence = f"肯定的回答に数える選択肢（favourable）が{listed(proposed)}でよいか確かめる。"
    shown = "＞".join(levels)
    asks = f"どこまでを肯定的な回答に数えますか（{shown}）"
    return Doubt(f"favourable {shown}", sentence, 3, asks, options)


def _others(beside: Beside) -> tuple[tuple[str, ...], dict[str, Value]]:
    """Return the labels of what is something else, and keys where people said what."""
    if all(plain(label) in known("other") for label in beside.other):
        return beside.other, {}
    return (OTHER,), {"other": OTHER}


def _missing(beside: Beside) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return all labels of no answer, and those that may as well be one."""

    def is_clear(label: str) -> bool:
        key = normalise(label).casefold()
        return key in NO_ANSWER or any(word in key for word in _NO_ANSWER)

    return beside.missing, tuple(label for label in beside.missing if not is_clear(label))


def _unclear(levels: Sequence[str], missing: Sequence[str], unclear: Sequence[str]) -> Doubt:
    rest = tuple(label for label in missing if label not in unclear)
    counted = {"levels": (*levels, *unclear), "missing": rest or None}
    options: dict[str, Mapping[str, Value | None]] = {
        "無回答とする（割合の分母に入れない）": {},
        "選択肢に数える": counted,
    }
    sentence = f"{listed(unclear)}を無回答とするか、選択肢に数えるか確かめる。"
    asks = f"{listed(unclear)}をどう数えますか"
    return Doubt(f"missing {'、'.join(unclear)}", sentence, 4, asks, options)


def rating(found: Rating, sure: bool) -> Part:
    """Return a question answered by whole numbers; its range is to be checked unless ``sure``."""
    keys: dict[str, Value] = {
        "kind": "rating",
        "lowest": str(found.low),
        "highest": str(found.high),
    }
    low, high = found.ends.get(found.low), found.ends.get(found.high)
    if low and high:
        keys["ends"] = (low, high)
    if found.aliases:
        keys["aliases"] = {str(mark): spelt for mark, spelt in found.aliases.items()}
    missing, unclear = _missing(found.beside)
    keys |= _some("missing", missing)
    doubts = [] if sure else [_range(found)]
    if unclear:
        sentence = f"{listed(unclear)}を無回答としてよいか確かめる。"
        doubts.append(Doubt("rating missing", sentence))
    if found.beside.other:
        doubts.append(Doubt("rating other", "点数でない答えをどうするか確かめる。"))
    return Part(keys, tuple(doubts), (_NO_SHARE,))


def _range(found: Rating) -> Doubt:
    ranges = [*dict.fromkeys([(found.low, found.high), *RANGES])]
    options: dict[str, Mapping[str, Value | None]] = {
        f"{low}から{high}までの点数": {"lowest": str(low), "highest": str(high)}
        for low, high in ranges
        if low <= found.low and found.high <= high
    }
    if not found.aliases and not found.ends:
        number: dict[str, Value | None] = dict.fromkeys(("lowest", "highest", "ends"))
        options["数（人数や時間など）"] = {**number, "kind": "number"}
    sentence = (
        f"点数の範囲が{found.low}から{found.high}までか、"
        "番号で打った選択肢や、数（人数や時間）でないかを確かめる。"
    )
    asks = "答えの数は何ですか（番号で打った選択肢なら、あとでファイルに codes を書きます）"
    return Doubt(f"range {found.low}-{found.high}", sentence, 2, asks, options)


def several(found: Several) -> Part:
    """Return a question with several answers."""
    options = tuple(found.options)
    other = OTHER if found.own else None
    if other and other not in options:
        options = (*options, other)
    keys: dict[str, Value] = {"kind": "choices", "levels": options}
    if other:
        keys |= {"other": other, "separator": found.separator}
    if found.sure:
        return Part(keys)
    sentence = "選択肢が1つずつに分かれているか（選択肢の中の読点で切れていないか）を確かめる。"
    if other:
        sentence += "「その他」に数えた答えに、選択肢がないかも確かめる。"
    return Part(keys, (Doubt("several", sentence),))


def choice(labels: Sequence[str], beside: Beside, *doubts: Doubt) -> Part:
    """Return a question with labels without an order."""
    missing, unclear = _missing(beside)
    others, other = _others(beside)
    levels = (*labels, *unclear, *others)
    clear = [label for label in missing if label not in unclear]
    if len(levels) < 2:
        return text(Doubt("one label", "1つの答えしかないので、何の選択肢だったかを確かめる。"))
    keys: dict[str, Value] = {"kind": "choice", "levels": levels}
    if other:
        doubts = (*doubts, Doubt("other", "自分の言葉の答えを「その他」に数えてよいか確かめる。"))
    return Part(keys | _some("missing", clear) | other, doubts)


def asked_order(found: Ask) -> Part:
    """Return labels that look like a scale as a choice, with the question of their order."""
    labels = [label for label in found.labels if label not in found.beside.missing]
    why = _REASONS.get(found.reason, "順が分かりません")
    options: dict[str, Mapping[str, Value | None]] = {}
    if found.proposed:
        kept = tuple(label for label in found.proposed if label not in found.beside.missing)
        rest = (*(label for label in labels if label not in kept), *_others(found.beside)[0])
        for order in (kept, kept[::-1]):
            changes: dict[str, Value | None] = {"kind": None, "levels": (*order, *rest)}
            options[" ＞ ".join(order)] = changes
        options["順はない"] = {}
    sentence = f"選択肢に順があるかを確かめ、あれば kind の行を消してよいものから並べる（{why}）。"
    asks = "よい（多い）ほうから並べると、どれですか"
    doubt = Doubt(f"order {'、'.join(labels)}", sentence, 5, asks, options)
    part = choice(labels, found.beside, doubt)
    if part.keys["kind"] != "choice":
        return part
    shown = found.proposed or tuple(labels)
    note = f"順があるなら：levels: {as_yaml(shown)}"
    return Part(part.keys, part.doubts, (note,))


def number(unit: str | None, *doubts: Doubt) -> Part:
    """Return a question answered by a number."""
    keys: dict[str, Value] = {"kind": "number"}
    return Part(keys | ({"unit": unit} if unit else {}), doubts)


def text(*doubts: Doubt) -> Part:
    """Return a question answered in words of one's own."""
    return Part({"kind": "text"}, doubts)


def _some(key: str, labels: Iterable[str]) -> dict[str, Value]:
    found = tuple(labels)
    return {key: found} if found else {}
