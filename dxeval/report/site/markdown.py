"""Markdown as JupyterLab shows it, but formulas as MathML, which needs no script.

nbconvert reads the text; this module says how formulas, headings and drawings in words are shown.
What cannot be shown as it was meant is shown as its own text, and ``Rendered.told`` says so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath, MathInlineParser

from dxeval.report.notebook.markup import fit
from dxeval.report.notebook.pictures import attached

MONEY_IS_NO_FORMULA = (
    r"(?<![\\$])\$(?=[^\s$])(?!\d[^$\\^_=]*[぀-ヿ一-鿿])"
    r"(?P<math_inline_tex>(?:[^$\\]|\\.)+?)(?<=[^\s\\])\$(?![\d$])"
)
"""Pandoc's rule: no space inside the signs, no digit after the second. And no 「$6 です。」."""
ESCAPED_BY_ONE = (
    r"(?<!\\)\\\((?P<math_inline_one>(?:(?!\\\)).)*?(?:[\^_=]|\\(?!\)))(?:(?!\\\)).)*)\\\)"
)
"""A formula in ``\\(…\\)`` as LaTeX writes it: has a sign that no bracket in a text has."""
UNKNOWN = re.compile(r"<m[ion][^>]*>(?:\\[A-Za-z]+|&</)|<m(?:frac|sup|sub|over|under)>(?=</)")
"""A command, or a sign between columns, that the converter did not know and took for a letter."""
LINES = re.compile(
    r"\\(begin|end)\{(?:align|aligned|gather|gathered|multline|eqnarray|split|flalign)\*?\}"
)
"""Environments of which the lines are what matters."""
ENVIRONMENT = re.compile(r"\\begin\{([A-Za-z]+\*?)\}")
ENVIRONMENTS = {
    "align*",
    "array",
    "cases",
    *("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix"),
}
DEFINING = re.compile(r"\\(def|let|(re)?newcommand|newenvironment|require|includegraphics)\b")


@dataclass
class Rendered:
    """HTML of a Markdown text; ``told`` is what of it is not shown as it was meant."""

    html: str = ""
    told: list[str] = field(default_factory=list)


def markdown(source: str) -> Rendered:
    """Return a Markdown text as HTML; its pictures' places are left as they are written."""
    rendered = Rendered()
    renderer = _Renderer(rendered)
    rendered.html = MarkdownWithMath(renderer=renderer, inline=_Inline()).render(source)
    return rendered


def latex(source: str) -> Rendered:
    """Return what ``display(Math())`` or ``Latex()`` shows: formulas among plain text."""
    text = source.strip()
    inner = re.fullmatch(r"\$\\displaystyle (.*)\$", text, re.DOTALL)
    if inner:
        text = f"$${inner[1]}$$"
    for one, other in ((r"\[", r"\]"), (r"\(", r"\)")):
        text = text.replace(one, "$$").replace(other, "$$")
    return markdown(text)


def page_html(source: str, attachments: Mapping[str, Any], prefix: str) -> str:
    """Return a settled Markdown text as the page shows it; its pictures are ``attachments``."""
    picture = partial(attached, attachments)
    return fit(markdown(source).html, picture, prefix).html


def formula_html(source: str) -> str:
    """Return settled LaTeX as the page shows it."""
    return fit(latex(source).html, partial(attached, {}), "").html


def mathml(source: str, display: str) -> str | None:
    """Return a formula as MathML, None if it cannot be converted whole."""
    from latex2mathml.converter import convert

    source = LINES.sub(r"\\\1{align*}", source)
    braces = re.findall(r"(?<!\\)(?:\\\\)*([{}])", source)
    unknown = {*ENVIRONMENT.findall(source)} - ENVIRONMENTS
    if unknown or DEFINING.search(source) or braces.count("{") != braces.count("}"):
        return None
    try:
        found: str = convert(source, display=display)
    except Exception:  # whatever a converter of strange input raises
        return None
    return None if UNKNOWN.search(found) else found


class _Inline(MathInlineParser):
    """nbconvert's, with pandoc's rule for single dollar signs."""

    SPECIFICATION: ClassVar = {
        **MathInlineParser.SPECIFICATION,
        "inline_math_tex": rf"(?s:{MONEY_IS_NO_FORMULA})",
        "inline_math_one": ESCAPED_BY_ONE,
    }
    DEFAULT_RULES: ClassVar = ("inline_math_one", *MathInlineParser.DEFAULT_RULES)

    def __init__(self) -> None:
        super().__init__(hard_wrap=False)

    def parse_inline_math_one(self, m: "re.Match[str]", state: Any) -> int:
        state.append_token({"type": "inline_math", "raw": m["math_inline_one"]})
        return m.end()


class _Renderer(IPythonRenderer):
    """nbconvert's, with formulas, with headings that links lead to, and without files.

    State beside nbconvert's: what is ``told``, and how often each heading's id was given.
    """

    def __init__(self, rendered: Rendered) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)
        self._rendered, self._ids = rendered, dict[str, int]()

    def _embed_image_or_attachment(self, src: str) -> str:
        return src

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        """Return a heading under the id by which JupyterLab knows it."""
        html: str = super().heading(text, level, **attrs)
        plain = re.sub(r"<[^>]*>", "", text).strip().replace(" ", "-").replace('"', "")
        again = self._ids.get(plain, 0)
        self._ids[plain] = again + 1
        name = f"{plain}-{again}" if again else plain
        return html.replace(f"<h{level}", f'<h{level} id="{name}"', 1)

    def block_mermaidjs(self, code: str) -> str:
        """Return a drawing in words as the words that it is."""
        self._rendered.told.append(
            "mermaid の図はスクリプトで描かれるため、文のまま載ります。画像にして貼ってください"
        )
        return self.block_code(code)

    def block_math(self, body: str) -> str:
        """Return a formula that stands alone."""
        return self._formula(body, "block")

    def inline_math(self, body: str) -> str:
        """Return a formula among words."""
        return self._formula(body, "inline")

    def latex_environment(self, name: str, body: str) -> str:
        """Return an environment, which is a formula that stands alone."""
        inner = name.rstrip("*")
        if inner in {"equation", "displaymath", "math"}:
            return self._formula(body, "block")
        return self._formula(rf"\begin{{{inner}}}{body}\end{{{inner}}}", "block")

    def _formula(self, body: str, display: str) -> str:
        found = mathml(body.strip(), display)
        if found is not None:
            return found
        begin = " ".join(body.split())[:30]
        self._rendered.told.append(
            f"式「{begin}」を式の形にできず、TeX の文のまま載ります。書き方を確かめるか、"
            "画像にして貼ってください"
        )
        return str(self.codespan(self.escape_html(body.strip())))
