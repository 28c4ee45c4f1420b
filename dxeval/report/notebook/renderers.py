"""Charts of plotly and altair as pictures, by their own exporters where these are installed."""

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

SCALE = 2
"""Pixels of a picture for each that it is shown at: sharp on paper, too."""
PLOTLY = re.compile(r"application/vnd\.plotly\.v\d+\+json")
VEGA = re.compile(r"application/vnd\.vega(lite)?\.v(\d+)(?:\.\d+)*\+json")
DRAWN_IN_HTML = re.compile(r"\}\)\((?=\{)")
"""Where altair's HTML hands its chart to the script."""


@dataclass(frozen=True)
class Drawn:
    """A chart as a PNG picture in Base64, the width to show it at, and what it calls itself."""

    png: str
    width: int
    title: str


def drawn(data: dict[str, Any]) -> Drawn | str | None:
    """Return a chart of plotly or altair as a picture, or what to do; None if it is neither."""
    for kind, content in data.items():
        if PLOTLY.fullmatch(kind):
            return _attempt("plotly", "kaleido", "kaleido", _plotly, content)
        if VEGA.fullmatch(kind):
            return _attempt("altair", "vl_convert", "vl-convert-python", _vega, content)
    html = "".join(data.get("text/html", ""))
    if "vegaEmbed" in html and (found := DRAWN_IN_HTML.search(html)):
        try:
            spec, _ = json.JSONDecoder().raw_decode(html, found.end())
        except ValueError:
            return None
        return _attempt("altair", "vl_convert", "vl-convert-python", _vega, spec)
    if "Plotly.newPlot" in html:
        return (
            "plotly の図がスクリプトとして出ました。レンダラーの設定（pio.renderers）を消すか、"
            "fig.to_image で画像にして Image() で表示してください"
        )
    return None


def _attempt(
    name: str, module: str, package: str, draw: Callable[[Any], Drawn], content: Any
) -> Drawn | str:
    if find_spec(module) is None:
        return (
            f"{name} の図はスクリプトで描かれるため、画像にしないと載りません。"
            f"pip install {package} を実行すると、次からは画像で載ります"
        )
    try:
        return draw(json.loads(content) if isinstance(content, str) else content)
    except Exception as error:  # whatever another library's exporter raises: one chart, in words
        browser = "（Chrome か Chromium が要ります）" if name == "plotly" else ""
        return (
            f"{name} の図を {package} で画像にできませんでした"
            f"（{type(error).__name__}）{browser}。matplotlib で描くか、画像にして表示してください"
        )


def _plotly(figure: dict[str, Any]) -> Drawn:
    layout = figure.setdefault("layout", {})
    layout.setdefault("font", {}).setdefault("family", "IPAexGothic, Noto Sans CJK JP, sans-serif")
    width, height = int(layout.get("width") or 700), int(layout.get("height") or 450)
    png = import_module("plotly.io").to_image(
        {"data": figure["data"], "layout": layout},
        format="png",
        width=width,
        height=height,
        scale=SCALE,
        validate=False,
    )
    title = layout.get("title") or {}
    words = title if isinstance(title, str) else title.get("text") or ""
    return Drawn(base64.b64encode(png).decode(), width, re.sub(r"<[^>]*>", "", words))


def _vega(spec: dict[str, Any]) -> Drawn:
    import io
    from pathlib import Path

    import matplotlib_fontja
    from PIL import Image

    vl_convert = import_module("vl_convert")
    fonts = Path(matplotlib_fontja.__file__).parent
    for folder in {path.parent for path in fonts.rglob("*.ttf")}:
        vl_convert.register_font_directory(str(folder))
    found = re.search(r"/v(\d+)", str(spec.get("$schema", "")))
    config = {"font": "IPAexGothic", **spec.get("config", {})}
    if "vega-lite" in str(spec.get("$schema", "vega-lite")):
        known = [v for v in vl_convert.get_vegalite_versions() if found and v[0] == found[1]]
        version = known[-1] if known else None
        png = vl_convert.vegalite_to_png(
            {**spec, "config": config}, vl_version=version, scale=SCALE
        )
    else:
        png = vl_convert.vega_to_png({**spec, "config": config}, scale=SCALE)
    with Image.open(io.BytesIO(png)) as picture:
        width = round(picture.width / SCALE)
    title = spec.get("description") or spec.get("title") or ""
    words = title if isinstance(title, str) else title.get("text") or ""
    return Drawn(base64.b64encode(png).decode(), width, str(words))
