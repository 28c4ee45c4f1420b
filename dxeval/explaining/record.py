"""A number and all that it comes from: what it is, whose, by which rule, from which file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dxeval.definitions.programme import session_label
from dxeval.explaining.declared import Declared, Where
from dxeval.presenting.claim_words import what_text
from dxeval.scoring.recount.what import What
from dxeval.tracing.cell import Cell
from dxeval.tracing.held import Held, Verdict
from dxeval.tracing.known import Known

BY_RULE = {
    *(What.FAVOURABLE, What.FAVOURABLE_SHARE, What.SPAN, What.LOW, What.HIGH, What.LOWEST),
    *(What.WIDEST_LOW, What.WIDEST_HIGH, What.PEOPLE_BELOW, What.SESSIONS_BELOW),
    *(What.CITED_LOW, What.CITED_HIGH),
}
"""Numbers that count favourable answers."""
_TYPED = re.compile(r"(\S+?)(?: の(\d+)行目)?(?: (.+))?")


@dataclass(frozen=True)
class Rule:
    """The levels that are counted, where that was declared, and of which sessions if not of all."""

    levels: tuple[str, ...]
    where: Where
    sessions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Export:
    """A session, and the file that its answers stand in; none if there is none."""

    session_id: str
    label: str
    file: str = ""
    rows: int | None = None
    sha256: str = ""


@dataclass(frozen=True)
class Record:
    """All that is known of one number."""

    held: Held
    what: str
    rules: tuple[Rule, ...] = ()
    exports: tuple[Export, ...] = ()
    typed: Where | None = None

    @property
    def printed(self) -> str:
        """The number with its percent sign, as it stands there."""
        found = self.held.found
        sign = "%" if found.place.text[found.end :].lstrip().startswith(("%", "％")) else ""
        return f"{found.text}{sign}"

    @property
    def section(self) -> str:
        """The heading below which it stands."""
        return self.held.found.place.section

    @property
    def right(self) -> bool:
        """Whether it is explained, and what is computed now."""
        return self.held.verdict not in {Verdict.ORPHAN, Verdict.DIFFERS}


class Recorder:
    """Makes records, of one workspace's numbers."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.declared = Declared(known.workspace)

    def record(self, held: Held) -> Record:
        """Return all that a number comes from. Raises DataError."""
        claim = held.found.claim
        if claim is None:
            return Record(held, "出どころの分からない数")
        cell = held.found.name if isinstance(held.found, Cell) else ""
        what = what_text(claim.what, cell)
        if held.verdict is Verdict.WORDS:
            return Record(held, what)
        if held.verdict in {Verdict.TYPED, Verdict.OWN}:
            return Record(held, what, typed=self._typed(held.found.text, claim.of))
        return Record(held, what, tuple(self._rules(held)), tuple(self._exports(claim.sessions)))

    def _typed(self, text: str, of: str) -> Where:
        """Return where a text was typed; of the name of a session, in its own file."""
        ids = self.known.names.called.get(text, ())
        if len(ids) == 1:
            return Where(f"data/sessions/{next(iter(ids))}.yaml")
        return _typed(of)

    def _rules(self, held: Held) -> Iterator[Rule]:
        claim = held.found.claim
        if claim is None or not claim.item:
            return
        labels = {*self.known.names.levels.get(claim.item, {}).values()}
        if claim.levels and {*claim.levels} <= labels:
            yield Rule(claim.levels, self.declared.in_survey(claim.item, "levels"))
        elif claim.what in BY_RULE:
            yield from self._favourable(claim.item, claim.sessions)

    def _favourable(self, item: str, sessions: Sequence[str]) -> Iterator[Rule]:
        own: dict[tuple[str, ...], list[str]] = {}
        scores = self.known.answers.scores
        asked = [s for s in sessions if s in scores and item in scores[s].asked]
        for session in asked:
            score = scores[session][item]
            if score.reason:
                where = self.declared.in_session(session, item)
                yield Rule(score.favourable, where, (session,))
            elif score.favourable:
                own.setdefault(score.favourable, []).append(session)
        for levels, ids in own.items():
            some = () if len(ids) == len(asked) else tuple(ids)
            yield Rule(levels, self.declared.in_survey(item, "favourable"), some)

    def _exports(self, sessions: Sequence[str]) -> Iterator[Export]:
        answers, files = self.known.answers, self.known.files
        for session_id in sessions:
            if session_id not in answers.sessions:
                continue
            label = session_label(answers.sessions[session_id], answers.programme)
            file, digest = files.get(session_id, ("", ""))
            rows = answers.scores[session_id].n_rows if file else None
            yield Export(session_id, label, file, rows, digest)


def _typed(text: str) -> Where:
    found = _TYPED.fullmatch(text)
    if not found:
        return Where(text)
    file, line, key = found.groups()
    return Where(file, int(line) if line else None, key or "")


def as_json(record: Record) -> Mapping[str, object]:
    """Return a record for programs."""
    place, basis = record.held.found.place, record.held.basis
    claim = record.held.found.claim
    return {
        "section": place.section,
        "item": place.item,
        "row": place.row,
        "column": place.column,
        "printed": record.printed,
        "verdict": record.held.verdict.value,
        "kind": _kind(record),
        "what": record.what,
        "levels": [*claim.levels] if claim else [],
        "computed": [*basis.texts] if basis else [],
        "count": basis.count if basis else None,
        "n": basis.n if basis else None,
        "missing": basis.missing if basis else None,
        "rules": [
            {"levels": [*rule.levels], **_where(rule.where), "sessions": [*rule.sessions]}
            for rule in record.rules
        ],
        "sessions": [
            {
                "session_id": export.session_id,
                "label": export.label,
                "file": export.file or None,
                "rows": export.rows,
                "sha256": export.sha256 or None,
            }
            for export in record.exports
        ],
        "typed": _where(record.typed) if record.typed else None,
    }


def _kind(record: Record) -> str | None:
    found = record.held.found
    if found.claim is None:
        return None
    return (found.name if isinstance(found, Cell) else "") or found.claim.what.value


def _where(where: Where) -> dict[str, object]:
    return {"file": where.file, "line": where.line, "key": where.key or None}
