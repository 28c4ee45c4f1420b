"""Where each printed figure comes from, as a sheet: its count, denominator, rule, file and hash."""

from collections.abc import Mapping

from dxeval.definitions.programme import session_label
from dxeval.presenting.claim_words import what_text
from dxeval.presenting.figure_sheets import rule_text
from dxeval.presenting.workbook import Cell, Column, Sheet
from dxeval.scoring.recount.claim import Answers, Basis, Claim
from dxeval.scoring.recount.figures import figures
from dxeval.scoring.recount.what import What

ORIGINS = "数字の根拠"
ALL = "全体"
SHARES = {
    *(What.SHARE, What.FAVOURABLE_SHARE, What.RATE, What.LOW, What.HIGH),
    *(What.WIDEST_LOW, What.WIDEST_HIGH, What.CITED_LOW, What.CITED_HIGH),
}
"""Numbers that are printed in percent."""
SHORT = 16
"""Hex digits of a hash that are shown."""
HEADS = ("回のID", "回", "設問", "選択肢", "何の数か", "ページの値", "人数", "分母", "無回答")
SOURCES = ("数え方", "決めた所", "ファイル", "行数", "SHA-256")

FORMS = {
    **dict.fromkeys(("人数", "分母", "無回答", "行数"), "whole"),
    **dict.fromkeys(("回", "何の数か", "決めた所"), "brief"),
    "ページの値": "number",
}

Exports = Mapping[str, tuple[str, str]]
"""By session id the name of its export within the workspace, and its SHA-256."""


def origins(answers: Answers, exports: Exports) -> Sheet:
    """Return a row a figure: what is computed for it from which file, and by which rule.

    Raises NotAskedError and FigureError as `figures`.
    """
    columns = [Column(head, FORMS.get(head, "text")) for head in (*HEADS, *SOURCES)]
    rows = [_row(claim, found, answers, exports) for claim, found in figures(answers)]
    says = "ページに出る数字ごとに1行：何人中何人か、どの数え方か、どのファイルからか"
    return Sheet(ORIGINS, says, columns, rows)


def _row(claim: Claim, found: Basis, answers: Answers, exports: Exports) -> list[Cell]:
    alone = claim.sessions[0] if len(claim.sessions) == 1 else ""
    file, digest = exports.get(alone, ("", ""))
    return [
        alone,
        called(claim.sessions, answers),
        claim.item,
        "、".join(claim.levels),
        what_text(claim.what),
        _value(claim, found),
        *(found.count, found.n, found.missing),
        *rule(claim, answers),
        file,
        answers.scores[alone].n_rows if file else None,
        f"{digest[:SHORT]}…" if digest else "",
    ]


def called(sessions: tuple[str, ...], answers: Answers) -> str:
    """Return what sessions are called together: one's label, a programme's name, or 全体."""
    known = [answers.sessions[session] for session in sessions]
    if len(known) == 1:
        return session_label(known[0], answers.programme)
    of_one = len({session.programme for session in known}) == 1
    if not of_one or len(known) == len(answers.sessions):
        return ALL
    return answers.programme.programme(known[0].programme).label


def _value(claim: Claim, found: Basis) -> Cell:
    text = found.texts[0]
    if claim.what in SHARES:
        return f"{text}%"
    return int(text) if text.isdigit() else text


def rule(claim: Claim, answers: Answers) -> tuple[str, str]:
    """Return which labels count as favourable, and in which file that was declared."""
    if claim.levels or not claim.item or claim.what in {What.VALID, What.MISSING}:
        return "", ""
    asked = [(s, answers.scores[s].get(claim.item)) for s in claim.sessions if s in answers.scores]
    found = [(session, score) for session, score in asked if score and score.favourable]
    texts = [rule_text(score) for _, score in found]
    files = [
        f"data/sessions/{session}.yaml" if score.reason else "data/survey.yaml"
        for session, score in found
    ]
    return "／".join(dict.fromkeys(texts)), "、".join(dict.fromkeys(files))
