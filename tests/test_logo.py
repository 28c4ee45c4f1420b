"""A logo stands on the cover of the whole print, without metadata; a wrong one is named."""

import base64
import io
import re

import pytest
from conftest import Here
from PIL import Image, PngImagePlugin

from dxeval.check import check_workspace
from dxeval.errors import DataError
from dxeval.problems import ProblemKind
from dxeval.report.batch import run
from dxeval.report.plan import Plan
from dxeval.report.site.export import export_whole
from dxeval.report.site.links import whole_cover
from dxeval.workspace import Workspace


@pytest.fixture
def with_logo(workspace: Workspace) -> Workspace:
    path = workspace.root / "data/programme.yaml"
    text = path.read_text("utf-8").replace("report:\n", "report:\n  logo: mark.png\n", 1)
    path.write_text(text, "utf-8")
    return Workspace(workspace.root)


def draw(workspace: Workspace, colour: str = "#0b3b6f") -> None:
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", "山田")
    image = Image.new("RGBA", (1600, 400), colour)
    image.save(workspace.photo_folder / "mark.png", pnginfo=said)


def test_the_cover_shows_the_logo_and_nothing_else_of_its_file(with_logo: Workspace) -> None:
    draw(with_logo)
    html = export_whole(whole_cover(with_logo), [], [], []).decode()
    (uri,) = re.findall(r'class="logo" src="data:image/png;base64,([^"]+)"', html)
    with Image.open(io.BytesIO(base64.b64decode(uri))) as image:
        assert image.size == (800, 200)
        assert not image.info
    assert check_workspace(with_logo).problems == []


def test_another_logo_makes_the_whole_out_of_date(with_logo: Workspace) -> None:
    draw(with_logo)
    run(with_logo, executor=Here())
    draw(with_logo, "#a04605")
    plan = Plan(Workspace(with_logo.root))
    assert plan.changes(plan.gathered(())[-1]) == ["data/photos/mark.png"]


def test_a_logo_that_is_none_is_named(with_logo: Workspace) -> None:
    (found,) = check_workspace(with_logo).problems
    assert (found.kind, found.column, found.value) == (ProblemKind.PHOTO, "report.logo", "mark.png")
    (with_logo.photo_folder / "mark.png").write_text("no image")
    with pytest.raises(DataError):
        whole_cover(with_logo)
