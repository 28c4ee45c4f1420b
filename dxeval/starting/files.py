"""The files of a new workspace, each by its place, with its content."""

import re
from pathlib import Path
from string import Template

from dxeval import __version__
from dxeval.definitions.yaml_text import as_yaml
from dxeval.starting.answers import Answers

EXAMPLE = Path(__file__).parents[1] / "example"
"""The workspace that the package carries: data and notebooks."""
TEMPLATE = Path(__file__).parent / "template"
SESSION_NOTEBOOK = "notebooks/session.ipynb"
PROGRAMME_NOTEBOOK = "notebooks/programme.ipynb"
OWN_PROGRAMME = "main"
"""The id of the first programme in the template of ``data/programme.yaml``."""
ID_TO_WRITE = "ここに回のIDを書く"
"""What a new notebook has where the example's names a session."""
FOLDERS = ("data/photos", "data/responses", "data/sessions")

_SESSION_ID = re.compile(rb'(session_id = \\")[^"\\]*')
_PROGRAMME_ID = re.compile(rb'(programme_id = \\")[^"\\]*')
_MARKDOWN = re.compile(r"[\\`*_\[\]<>#|~&]")
_OWN = "アンケートの報告を作る作業フォルダです。"
_EXAMPLE = (
    "dxeval の見本です。回答はすべて、公表された集計値に合わせて作った模擬データです。"
    "自分の報告は、ここを直さずに `dxeval init フォルダ` で別に始めます。"
)


def own_files(answers: Answers) -> dict[str, bytes]:
    """Return a workspace of one's own, without a session; nothing that it says is the example's.

    The survey, by which a workspace is known, comes last.
    """
    notebooks = _example_files("notebooks")
    session_id = rb"\g<1>" + ID_TO_WRITE.encode()
    notebooks[SESSION_NOTEBOOK] = _SESSION_ID.sub(session_id, notebooks[SESSION_NOTEBOOK])
    programme_id = rb"\g<1>" + OWN_PROGRAMME.encode()
    notebooks[PROGRAMME_NOTEBOOK] = _PROGRAMME_ID.sub(programme_id, notebooks[PROGRAMME_NOTEBOOK])
    return {
        **_around(answers.title, _OWN),
        **notebooks,
        **{f"{folder}/.gitkeep": b"" for folder in FOLDERS},
        "data/programme.yaml": _programme(answers),
        "data/survey.yaml": _template("survey.yaml"),
    }


def example_files() -> dict[str, bytes]:
    """Return the example, whose answers are made up."""
    return {**_around("dxeval の見本", _EXAMPLE), **_example_files("notebooks", "data")}


def _around(title: str, about: str) -> dict[str, bytes]:
    """Return what stands beside data and notebooks."""
    title = _MARKDOWN.sub(r"\\\g<0>", title)
    return {
        "README.md": _template("README.md", title=title, about=about, version=__version__),
        ".gitignore": _template("gitignore"),
        ".gitattributes": _template("gitattributes"),
    }


def _programme(answers: Answers) -> bytes:
    year = answers.fiscal_year
    return _template(
        "programme.yaml",
        title=as_yaml(answers.title),
        fiscal_year=f"fiscal_year: {year}" if year else "# fiscal_year: 2026",
        programme=as_yaml(answers.programme),
    )


def _template(name: str, **texts: str) -> bytes:
    text = (TEMPLATE / name).read_text(encoding="utf-8")
    return Template(text).substitute(texts).encode()


def _example_files(*folders: str) -> dict[str, bytes]:
    paths = [path for folder in folders for path in sorted((EXAMPLE / folder).rglob("*"))]
    return {
        path.relative_to(EXAMPLE).as_posix(): path.read_bytes()
        for path in paths
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }
