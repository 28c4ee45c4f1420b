"""``dxeval audit``: what does not fit among published figures, and what would explain it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dxeval.definitions.visible import escaped, visible, visible_line
from dxeval.errors import MisuseError
from dxeval.workspace import Workspace

if TYPE_CHECKING:
    from dxeval.definitions.published import Published
    from dxeval.scoring.audit import Context, Explanation, Finding, Known


@click.command(
    short_help="公表された割合や人数を検算します。",
    help="公表された割合や人数（data/published.csv か FILE）だけを見て、得られない値、"
    "同時には成り立たない値、数え方の違いなどと、それを説明しうることを示します。"
    "回答は、--answers のときだけ使います。"
    "FILE を書くと、作業フォルダがなくても動きます。何も作りません。",
)
@click.argument("path", type=click.Path(path_type=Path), metavar="[FILE]", required=False)
@click.option(
    "--from-text",
    "report_text",
    type=click.Path(path_type=Path),
    metavar="報告",
    help="報告の文章"
    "（テキスト、Markdown）から published.csv を下書きする。FILE を書けばそこへ、なければ画面へ。",
)
@click.option(
    "--from-html",
    "report_html",
    type=click.Path(path_type=Path),
    metavar="報告",
    help="同じことを、報告のウェブページから。",
)
@click.option(
    "--page",
    is_flag=True,
    help="検算を報告の1ページにする（notebooks/audit.ipynb を置く。消すとやめる）。",
)
@click.option(
    "--own",
    is_flag=True,
    help="dxeval が作ったページ、XLSX、CSV のすべての数を読み返し、回答から計算し直して比べる。",
)
@click.option("--answers", is_flag=True, help="作業フォルダの回答とも比べる。")
@click.option("--json", "as_json", is_flag=True, help="結果を JSON で示します。")
@click.option("--strict", is_flag=True, help="矛盾があれば終了コード1で終わります。")
def audit(  # noqa: PLR0913, PLR0917
    path: Path | None,
    report_text: Path | None,
    report_html: Path | None,
    page: bool,
    own: bool,
    answers: bool,
    as_json: bool,
    strict: bool,
) -> int:
    """Hold published figures against arithmetic and each other."""
    if own:
        from dxeval.auditing.own import audit_own

        if path or report_text or report_html or page or answers:
            raise MisuseError("--own は、FILE などを書かずに、作業フォルダで使います。")
        return audit_own(Workspace.find(), as_json=as_json, strict=strict)
    if page:
        from dxeval.auditing.page import switch_on

        if path or report_text or report_html or answers or as_json or strict:
            raise MisuseError("--page は、ほかのオプションなしで、作業フォルダで使います。")
        return switch_on(Workspace.find())
    if report_text or report_html:
        from dxeval.auditing.drafting.command import write_draft

        if (report_text and report_html) or answers or as_json or strict:
            raise MisuseError("--from-text か --from-html は、どちらか1つだけを書きます。")
        return write_draft(report_text, report_html, path)
    from dxeval.scoring.audit import audit as find
    from dxeval.scoring.audit import ranges

    if path and answers:
        raise MisuseError("--answers は、FILE を書かずに、作業フォルダで使います。")
    figures, context, programmes = _alone(path) if path else _of_workspace()
    findings = find(figures, context, programmes)
    if answers:
        findings += _beside_answers(figures)
    if not figures and not as_json:
        click.echo("公表された数字（data/published.csv）がありません。書き方は docs/audit.md。")
    elif as_json:
        found = {
            "findings": [_finding(finding) for finding in findings],
            "known": [_known(place, left) for place, left in ranges(figures, context).items()],
        }
        click.echo(escaped(json.dumps(found, ensure_ascii=False, indent=2)))
    else:
        name = visible_line(path.name) if path else "data/published.csv"
        click.echo(visible("\n".join(_lines(name, figures, findings))))
    return 1 if strict and any(finding.contradicts for finding in findings) else 0


def _alone(path: Path) -> tuple[Sequence["Published"], "Context", Mapping[str, str]]:
    """Return the figures of a file alone: their n stand in it, or are not known."""
    from dxeval.definitions.published import Known, read_published
    from dxeval.scoring.audit import Context

    return read_published(path, Known(), path.name), Context(), {}


def _of_workspace() -> tuple[Sequence["Published"], "Context", Mapping[str, str]]:
    from dxeval.auditing.known import context, programmes

    workspace = Workspace.find()
    return workspace.published, context(workspace), programmes(workspace)


def _beside_answers(figures: Sequence["Published"]) -> list["Finding"]:
    from dxeval.scoring.audit import against, answer_columns

    workspace = Workspace.find()
    return against(figures, answer_columns(workspace.score_all(workspace.sessions())))


def _lines(
    name: str, figures: Sequence["Published"], findings: Sequence["Finding"]
) -> Iterator[str]:
    """Yield the text: contradictions first, then what is worth a look."""
    from dxeval.presenting.audit_words import explanations_text, figure_text, heading, sentence

    sessions = {session for figure in figures for session in figure.session_ids}
    yield f"公表値の検算：{name}（{len(sessions)}回、{len(figures)}件）"
    wrong = [finding for finding in findings if finding.contradicts]
    others = [finding for finding in findings if not finding.contradicts]
    said: set[str] = set()
    for title, group in (("矛盾", wrong), ("見てほしいこと", others)):
        if group:
            yield f"\n{title}（{len(group)}件）"
        for finding in group:
            yield f"■ {heading(finding)}"
            yield f"  {sentence(finding)}"
            yield f"  {'、'.join(figure_text(figure) for figure in finding.figures[:MOST])}"
            for text in explanations_text(finding, said):
                yield f"  ・説明しうること：{text}"
    if not wrong:
        yield "矛盾は見つかりませんでした。"


MOST = 6
"""Figures named of one finding."""


def _finding(finding: "Finding") -> dict[str, object]:
    return {
        "kind": finding.kind.value,
        "contradicts": finding.contradicts,
        "figures": [_figure(figure) for figure in finding.figures],
        "facts": _plain(finding.facts),
        "explanations": [_explanation(explanation) for explanation in finding.explanations],
    }


def _explanation(explanation: "Explanation") -> dict[str, object]:
    counts = [
        {"line": figure.line, "percent": _plain(figure.percent), "counts": [*counts]}
        for figure, counts in explanation.counts
    ]
    return {
        "kind": explanation.kind,
        "facts": _plain(explanation.facts),
        "counts": counts,
        "open": explanation.open,
        "breaks": explanation.breaks,
    }


def _figure(figure: "Published") -> dict[str, object]:
    data = figure.model_dump(exclude_defaults=True)
    return {key: _plain(value) for key, value in data.items() if value not in {None, ""}}


def _known(place: tuple[str, str], left: "Known") -> dict[str, object]:
    session_id, item = place
    levels = {level or "（ほか）": [*ends] for level, ends in left.levels.items()}
    known = {"session_id": session_id, "item": item, "n": left.n}
    return {**known, "distributions": left.ways, "levels": levels}


def _plain(value: object) -> object:
    """Return facts as JSON: numbers as printed, sets sorted, pairs as keys written out."""
    if isinstance(value, Decimal | Fraction):
        return str(value)
    if isinstance(value, frozenset | set):
        return sorted(map(str, value))
    if isinstance(value, Mapping):
        if any(isinstance(key, tuple) for key in value):
            return [[_plain(part) for part in (*key, entry)] for key, entry in value.items()]
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list | range):
        return [_plain(entry) for entry in value]
    return value
