"""Figures are counted and rounded in ``scoring/`` alone, and HTML stands in templates alone.

Three rules hold that. Who shows scores does not calculate: a module of ``presenting/`` that
imports anything of ``scoring/`` holds no arithmetic. Who calculates something else (a bar's
geometry, a column's width, seconds) has no figure in it: outside ``scoring/``, nothing that bears
a figure's name is added, divided, rounded or formatted as a number. Templates do not calculate.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_type_hints

import pytest
from jinja2 import Environment, nodes
from test_layers import PACKAGE, imported, modules, room

from dxeval.scoring.across import ItemAcross, Totals
from dxeval.scoring.audit import Comparison
from dxeval.scoring.distribution import Distribution
from dxeval.scoring.kept import Kept
from dxeval.scoring.ledger import ItemLedger, Ledger
from dxeval.scoring.score import Scores
from dxeval.scoring.selections import Selections
from dxeval.scoring.span import Span
from dxeval.scoring.together import Held, Together
from dxeval.scoring.uncounted import Uncounted
from dxeval.scoring.values import Ratings, Values, Written

OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
CALLS = {"sum", "round", "min", "max", "divmod", "pow", "accumulate", "fsum", "mean", "median"}
FILTERS = {"sum", "round", "min", "max", "int", "float", "format"}


def figures() -> set[str]:
    """Return every name under which scoring hands out a number, and what else counts people."""
    names = {"n", "attendees", "respondents"}
    kinds = (Distribution, Selections, Ratings, Values, Written)
    others = (Scores, ItemAcross, Totals, Comparison, Uncounted, Kept, Held, Together)
    for kind in (*kinds, *others, Ledger, ItemLedger, Span):
        hints = get_type_hints(kind)
        for name, value in inspect.getmembers_static(kind):
            function = getattr(value, "fget", value)
            if callable(function) and not name.startswith("_"):
                hints[name] = get_type_hints(function).get("return")
        names |= {name for name, hint in hints.items() if re.search(r"\b(int|float)\b", str(hint))}
    return names


def arithmetic(source: str) -> Iterator[ast.AST]:
    """Yield what is added, multiplied, summed, rounded or formatted as a number."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, OPERATORS):
            yield node
        elif isinstance(node, ast.Call):
            function = node.func
            if (getattr(function, "id", None) or getattr(function, "attr", None)) in CALLS:
                yield node
        elif isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            yield node


def names(node: ast.AST) -> Iterator[str]:
    """Yield the names in an expression, but not those inside its texts."""
    if isinstance(node, ast.Name | ast.Attribute):
        yield node.id if isinstance(node, ast.Name) else node.attr
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.JoinedStr):
            yield from names(child)


def on_figures(source: str) -> list[str]:
    """Return the arithmetic of a module in which something bears a figure's name."""
    known = figures()
    return [ast.unparse(node) for node in arithmetic(source) if known & set(names(node))]


def calculating(template: str) -> list[nodes.Node]:
    """Return the arithmetic of a template."""
    tree = Environment().parse(template)
    kinds = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)
    filters = [node for node in tree.find_all(nodes.Filter) if node.name in FILTERS]
    return [*tree.find_all(kinds), *filters]


def beyond_scoring() -> dict[str, Path]:
    return {name: path for name, path in modules().items() if room(name) > room("scoring")}


def showing_scores() -> dict[str, Path]:
    return {
        name: path
        for name, path in beyond_scoring().items()
        if name.startswith("presenting.")
        and any(other.startswith("dxeval.scoring") for other in imported(path))
    }


def test_who_shows_scores_does_not_calculate() -> None:
    assert {"presenting.wording", "presenting.tables", "presenting.charts"} <= set(showing_scores())
    for name, path in showing_scores().items():
        found = [ast.unparse(node) for node in arithmetic(path.read_text(encoding="utf-8"))]
        assert not found, f"{name}: {found}"


def test_nothing_outside_scoring_calculates_with_a_figure() -> None:
    for name, path in beyond_scoring().items():
        found = on_figures(path.read_text(encoding="utf-8"))
        assert not found, f"{name}: {found}"


def test_templates_do_not_calculate() -> None:
    for path in PACKAGE.rglob("*.j2"):
        assert not calculating(path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize(
    "line",
    [
        "people = sum(score.n_valid for score in answered)",
        "shown = round(100 * score.favourable_share)",
        "rate = scores.n_respondents / session.attendees",
        "width = f'{score.favourable_share:.3f}'",
        "low = min(score.favourable_percent for score in answered)",
        "for score in scores:\n    total += score.count('満足')",
        "shown = '%d%%' % (100 * score.share(level))",
        "left = totals.attendees - totals.respondents",
        "starts = accumulate(score.counts, initial=0)",
        "share = frame['count'].sum() / n",
        "rows = sum(uncounted.not_counted.values())",
    ],
)
def test_arithmetic_on_figures_would_be_found(line: str) -> None:
    assert on_figures(line)
    assert list(arithmetic(line))


@pytest.mark.parametrize(
    "line",
    [
        "x0, x1 = left + gap, left + width - gap",
        "path = folder / photo.file",
        "text = f'{score.favourable_count}/{score.n_valid}人' + note",
        "seconds = time.monotonic() - start",
        "few = score.n_valid <= 40",
    ],
)
def test_geometry_paths_and_words_are_no_arithmetic_on_figures(line: str) -> None:
    assert not on_figures(line)


@pytest.mark.parametrize(
    "text",
    ["{{ k / n }}", "{{ 100 * share }}", "{{ counts | sum }}", "{% set n = a + b %}"],
)
def test_arithmetic_in_a_template_would_be_found(text: str) -> None:
    assert calculating(text)


TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*[\s/>]")


def texts_with_tags(source: str) -> list[str]:
    """Return the texts of a module in which a tag opens or closes."""
    constants = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    return [c.value for c in constants if isinstance(c.value, str) and TAG.search(c.value)]


def test_no_tag_stands_in_python() -> None:
    for path in (PACKAGE / "presenting").glob("*.py"):
        assert not texts_with_tags(path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize("line", ["x = '<p>{}</p>'", "x = f'<a href={y}>'", "x = 'a</td>'"])
def test_a_tag_in_python_would_be_found(line: str) -> None:
    assert texts_with_tags(line)


def test_what_is_called_html_is_made_in_one_place() -> None:
    """``Markup`` says of a text that it needs no escaping: so does ``safe`` in a template."""
    trusting = {name for name, path in modules().items() if "markupsafe.Markup" in imported(path)}
    assert trusting == {"presenting.html", "report.site.export"}
    for path in (PACKAGE / "presenting/templates").iterdir():
        tree = Environment().parse(path.read_text(encoding="utf-8"))
        assert not [node for node in tree.find_all(nodes.Filter) if node.name == "safe"], path.name


def test_every_template_is_used_and_every_used_one_is_there() -> None:
    called = {
        node.args[0].value
        for path in (PACKAGE / "presenting").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "render"
        if isinstance(node.args[0], ast.Constant)
    }
    there = {path.name for path in (PACKAGE / "presenting/templates").iterdir()}
    assert there == {f"{name}.html.j2" for name in called} | {"parts.html.j2"}
