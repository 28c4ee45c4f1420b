"""Records of numbers -> lines for people."""

from collections import Counter
from collections.abc import Iterator, Sequence

from dxeval.explaining.record import Export, Record, Rule
from dxeval.presenting.claim_words import counted_text, rule_words
from dxeval.tracing.held import Verdict

SHORT = 16
"""Hex digits of a file's hash that are shown."""
MOST = 5
"""Sessions named one by one."""
BRIEF = {Verdict.OWN: "dxeval が計算していない数", Verdict.WORDS: "決まった文の数"}


def details(record: Record) -> Iterator[str]:
    """Yield all that is known of a number."""
    place, basis = record.held.found.place, record.held.basis
    yield f"■ {record.printed}　{place.words or '（見出しの前）'}"
    counted = _counted(record)
    yield f"  何の数か：{record.what}{f'。{counted}' if counted else ''}"
    for rule in record.rules:
        yield f"  数え方：{_rule(rule)}"
    if record.typed:
        yield f"  書かれた所：{record.typed.words}"
    yield from _sources(record.exports)
    if record.held.verdict is Verdict.AGREES and basis:
        yield f"  計算し直すと：{basis.texts[0]}（同じ）"
    elif not record.right:
        yield f"  {_wrong(record)}"


def _counted(record: Record) -> str:
    claim = record.held.found.claim
    return counted_text(record.held.basis, claim.what if claim else None)


def _rule(rule: Rule) -> str:
    only = f"。{'、'.join(rule.sessions)}だけ" if rule.sessions else ""
    return f"{rule_words(rule.levels)}を数える（{rule.where.words}{only}）"


def _sources(exports: Sequence[Export]) -> Iterator[str]:
    shown = exports if len(exports) <= MOST else exports[: MOST - 1]
    for export in shown:
        yield f"  回：{export.label}（{export.session_id}）　{_file(export)}"
    if len(shown) < len(exports):
        others = "、".join(export.session_id for export in exports[len(shown) :])
        yield f"  ほかの回：{others}（ファイルは --json で）"


def _file(export: Export) -> str:
    if not export.file:
        return "回答ファイルなし"
    return f"{export.file}（{export.rows}行、SHA-256 {export.sha256[:SHORT]}…）"


def _wrong(record: Record) -> str:
    if record.held.verdict is Verdict.ORPHAN:
        return "出どころが分かりません。"
    if record.held.basis is None:
        return "いまの回答から計算できません。"
    return f"いまの回答から計算すると {'か'.join(record.held.basis.texts)} で、違います。"


def listed(records: Sequence[Record]) -> Iterator[str]:
    """Yield every number of a page below its heading, a line each; brief what is no figure."""
    section = None
    rest: Counter[Verdict] = Counter()
    for record in records:
        if record.section != section:
            yield from _rest(rest)
            section = record.section
            yield f"【{section or '見出しの前'}】"
        if record.held.verdict in BRIEF:
            rest[record.held.verdict] += 1
        else:
            yield f"  {_line(record)}"
    yield from _rest(rest)


def _rest(rest: Counter[Verdict]) -> Iterator[str]:
    for verdict, number in rest.items():
        yield f"  （{BRIEF[verdict]} {number}個）"
    rest.clear()


def _line(record: Record) -> str:
    place = record.held.found.place
    where = place.about(section="").words
    start = f"{record.printed}　{f'{where}：' if where else ''}"
    if not record.right:
        return f"{start}{_wrong(record)}"
    if record.typed:
        return f"{start}{record.typed.words}"
    return f"{start}{'。'.join(filter(None, [record.what, _counted(record)]))}"


def sources(records: Sequence[Record]) -> Iterator[str]:
    """Yield the rules and the files that the numbers of a page come from, each once."""
    good = [record for record in records if _is_favourable(record)]
    rules = dict.fromkeys(_rule(rule) for record in good for rule in record.rules)
    exports = dict.fromkeys(export for record in records for export in record.exports)
    if rules:
        yield "【肯定的回答の数え方】"
        yield from (f"  {rule}" for rule in rules)
    if exports:
        yield "【回答ファイル】"
        for export in exports:
            yield f"  {export.label}（{export.session_id}）　{_file(export)}"


def _is_favourable(record: Record) -> bool:
    claim = record.held.found.claim
    return claim is not None and not claim.levels
