"""Photographs as people put them there: shown as they look, found by name, or refused in words."""

import base64
import io
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Here
from galleries import LONG, gallery
from PIL import Image, ImageCms, ImageOps
from playwright.sync_api import Browser, sync_playwright
from pypdf import PdfReader
from test_batch import keep_sessions
from test_faults import light_notebook

from dxeval.check import check_workspace
from dxeval.definitions.programme import Photo
from dxeval.errors import DataError, PrintError
from dxeval.presenting.gallery import rows
from dxeval.presenting.photos import photos
from dxeval.presenting.pictures import PictureError, on_white, small
from dxeval.problems import ProblemKind
from dxeval.report.batch import run
from dxeval.report.plan import Plan
from dxeval.report.site.pdf import find_browser
from dxeval.workspace import Workspace


def file_of(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def corner(content: bytes, pixels: int = 100) -> tuple[int, ...]:
    pixel = on_white(small(content, pixels)).getpixel((0, 0))
    assert isinstance(pixel, tuple)
    return pixel


def clear(mode: str) -> Image.Image:
    return Image.new("RGBA", (8, 8), (10, 20, 30, 0)).convert(mode)


def palette() -> bytes:
    image = Image.new("P", (8, 8), 0)
    image.putpalette([9, 9, 9, 200, 0, 0])
    return file_of(image, transparency=0)


TRANSPARENT = {
    "P15 RGBA": lambda: file_of(clear("RGBA")),
    "LA": lambda: file_of(clear("LA")),
    "palette": palette,
    "RGB with one clear colour": lambda: file_of(Image.new("RGB", (8, 8)), transparency=(0, 0, 0)),
    "L with one clear grey": lambda: file_of(Image.new("L", (8, 8)), transparency=0),
    "WebP": lambda: file_of(clear("RGBA"), "WEBP", lossless=True, exact=True),
    "GIF": lambda: file_of(Image.new("P", (8, 8), 0), "GIF", transparency=0),
}


@pytest.mark.parametrize("name", TRANSPARENT)
def test_p15_what_is_transparent_is_white(name: str) -> None:
    assert corner(TRANSPARENT[name]()) == (255, 255, 255)


def test_p15_half_transparent_edges_stay_so() -> None:
    assert corner(file_of(Image.new("RGBA", (8, 8), (0, 0, 0, 128)))) == (127, 127, 127)


@pytest.mark.parametrize(
    ("content", "colour"),
    [
        (file_of(Image.new("I;16", (8, 8), 32_896)), (128, 128, 128)),
        (file_of(Image.new("L", (8, 8), 77)), (77, 77, 77)),
        (file_of(Image.new("1", (8, 8), 1)), (255, 255, 255)),
        (file_of(Image.new("CMYK", (8, 8), (0, 0, 0, 0)), "JPEG"), (255, 255, 255)),
        (file_of(Image.new("RGB", (8, 8), "white"), "JPEG", progressive=True), (255, 255, 255)),
        (file_of(Image.new("RGB", (8, 8), "white"), "WEBP"), (255, 255, 255)),
    ],
    ids=["16 bit", "grey", "1 bit", "CMYK", "progressive", "WebP"],
)
def test_a_picture_of_any_kind_keeps_its_colours(content: bytes, colour: tuple) -> None:
    assert corner(content) == colour


def test_colours_of_another_profile_are_those_that_its_screen_shows() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain = Image.new("RGB", (8, 8), (200, 30, 30))
    assert corner(file_of(plain, icc_profile=srgb)) == (200, 30, 30)
    assert corner(file_of(plain, icc_profile=b"broken")) == (200, 30, 30)
    assert corner(file_of(plain, icc_profile=lab.tobytes())) == (200, 30, 30)
    wide = small(file_of(plain, icc_profile=wide_profile()), 8).getpixel((0, 0))
    assert isinstance(wide, tuple)
    assert wide[0] > 210
    assert "icc_profile" not in small(file_of(plain, icc_profile=srgb), 8).info


def wide_profile() -> bytes:
    """sRGB with the red and green of a wider screen, as a phone's photographs have."""
    content = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    content = bytearray(
        bytes(content).replace("sRGB".encode("utf-16-be"), "wide".encode("utf-16-be"))
    )
    count = int.from_bytes(content[128:132], "big")
    for i in range(count):
        tag = content[132 + 12 * i : 144 + 12 * i]
        if tag[:4] == b"gXYZ":
            place = int.from_bytes(tag[4:8], "big")
            content[place + 8 : place + 12] = round(0.2 * 65536).to_bytes(4, "big")
        if tag[:4] == b"rXYZ":
            place = int.from_bytes(tag[4:8], "big")
            content[place + 8 : place + 12] = round(0.62 * 65536).to_bytes(4, "big")
    return bytes(content)


def test_a_turned_photograph_stands_upright_and_tells_nothing() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "撮影者"
    exif.get_ifd(0x8825)[1] = "N"
    image = Image.new("RGB", (40, 20), "white")
    turned = small(file_of(image, "JPEG", exif=exif), 100)
    assert turned.size == (20, 40)
    assert not turned.getexif()
    assert "exif" not in turned.info
    assert ImageOps.exif_transpose(turned).size == (20, 40)


def test_p17_a_jpeg_of_200_megapixels_is_scaled() -> None:
    content = file_of(Image.new("RGB", (16_384, 12_288), (50, 90, 130)), "JPEG", quality=30)
    image = small(content, 1200)
    assert image.size == (1200, 900)
    pixel = image.getpixel((600, 450))
    assert isinstance(pixel, tuple)
    assert max(abs(a - b) for a, b in zip(pixel, (50, 90, 130), strict=True)) < 6
    assert Image.MAX_IMAGE_PIXELS is not None


@pytest.mark.parametrize(
    ("kind", "options", "limit"),
    [("PNG", {}, "5,000万"), ("JPEG", {"progressive": True}, "5,000万")],
)
def test_p17_what_cannot_be_scaled_while_it_is_read_has_a_limit(
    kind: str, options: dict, limit: str
) -> None:
    content = file_of(Image.new("L", (8_000, 6_300)), kind, **options)
    with pytest.raises(PictureError, match=f"大きすぎます（8,000×6,300、5,040万画素）。{limit}"):
        small(content, 1200)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空の"),
        (b"text, not a picture", "写真として読めません"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC（iPhone など）か動画.*JPEG に変換"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "AVIF.*JPEG に変換"),
        (b"%PDF-1.7", "JPEG に変換"),
        (file_of(Image.effect_noise((400, 400), 90), "JPEG")[:-9000], "途中で切れています"),
        (file_of(Image.effect_noise((400, 400), 90))[:-9000], "途中で切れています"),
        (
            file_of(
                Image.new("L", (8, 8)),
                "GIF",
                save_all=True,
                append_images=[Image.new("L", (8, 8), 255)],
            ),
            "動く画像",
        ),
    ],
    ids=["empty", "text", "HEIC", "AVIF", "PDF", "cut JPEG", "cut PNG", "moving"],
)
def test_what_is_no_photograph_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(PictureError, match=words):
        small(content, 1200)


def with_photo(workspace: Workspace, asked: str, there: str, content: bytes | None = None) -> None:
    keep_sessions(workspace, "bpr-1")
    path = workspace.root / "data/sessions/bpr-1.yaml"
    text = path.read_text("utf-8").replace("bpr-1-1.jpg", asked)
    assert asked in text
    path.write_text(text, "utf-8")
    place = workspace.photo_folder / there
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content or file_of(Image.new("RGB", (40, 30), "white"), "JPEG"))


SAME = [
    ("会場.jpg", "会場.JPG"),
    ("IMG_0001.JPG", "img_0001.jpg"),
    ("ガイド.jpg", unicodedata.normalize("NFD", "ガイド.jpg")),
]


@pytest.mark.parametrize(("asked", "there"), SAME)
def test_p18_a_name_that_is_the_same_on_other_systems_is_found(
    workspace: Workspace, asked: str, there: str
) -> None:
    with_photo(workspace, asked, there)
    assert check_workspace(Workspace(workspace.root)).problems == []
    light_notebook(workspace, "overall", "failed = []", "1")
    assert run(Workspace(workspace.root), executor=Here()).failed == {}
    page = (workspace.root / "outputs/html/bpr-1.html").read_text("utf-8")
    assert page.count("data:image/jpeg") == 1
    plan = Plan(Workspace(workspace.root))
    assert [plan.changes(page.job) for page in plan.pages] == [[]]  # type: ignore[union-attr]


NEAR = [
    ("会場.jpg", "会場.jpeg", "同じにする"),
    ("会場.jpg", "会場.png", "同じにする"),
    ("会場.jpg", "会場.HEIC", "JPEG に変換"),
    ("会場1.jpg", "会場１.jpg", "同じにする"),
    ("会場 1.jpg", "会場_1.jpg", "同じにする"),
    ("会場.jpg", "会場 .jpg", "同じにする"),
    ("会場.jpg", "会場.jpg.jpg", "同じにする"),
    ("会場.jpg", "bpr-1/会場.jpg", "じかに置く"),
]


@pytest.mark.parametrize(("asked", "there", "expected"), NEAR)
def test_p18_a_name_that_is_nearly_one_is_said_and_not_taken_for_missing(
    workspace: Workspace, asked: str, there: str, expected: str
) -> None:
    with_photo(workspace, asked, there)
    (problem,) = check_workspace(Workspace(workspace.root)).problems
    assert problem.kind == ProblemKind.PHOTO_NAME
    assert (problem.column, problem.value) == ("photos[1].file", asked)
    assert there in problem.message
    assert expected in (problem.expected or "")
    light_notebook(workspace, "overall", "failed = []", "1")
    failed = run(Workspace(workspace.root), executor=Here()).failed
    assert there in failed["bpr-1"]


def test_a_photograph_that_has_not_arrived_is_no_mistake(workspace: Workspace) -> None:
    with_photo(workspace, "会場.jpg", "別の日.jpg")
    report = check_workspace(Workspace(workspace.root))
    assert report.problems == []
    (warning,) = report.warnings
    assert warning.kind == ProblemKind.UNUSED_PHOTO
    assert warning.file == "data/photos/別の日.jpg"


def test_a_photograph_on_two_pages_is_said(workspace: Workspace) -> None:
    with_photo(workspace, "会場.jpg", "会場.jpg")
    path = workspace.root / "data/sessions/bpr-1.yaml"
    path.write_text(path.read_text("utf-8").replace("bpr-1-2.jpg", "会場.jpg"), "utf-8")
    warnings = check_workspace(Workspace(workspace.root)).warnings
    assert [warning.kind for warning in warnings] == [ProblemKind.PHOTO_TWICE]


def test_check_and_run_refuse_the_same_file(workspace: Workspace) -> None:
    with_photo(workspace, "会場.jpg", "会場.jpg", b"x")
    (problem,) = check_workspace(Workspace(workspace.root)).problems
    assert problem.kind == ProblemKind.PHOTO
    light_notebook(workspace, "overall", "failed = []", "1")
    assert problem.message in run(Workspace(workspace.root), executor=Here()).failed["bpr-1"]


def test_all_wrong_photographs_are_named_at_once(real: Workspace, tmp_path: Path) -> None:
    session = real.session("bpr-1")
    both = tuple(Photo(caption=name, file=name) for name in ("a.jpg", "b.jpg"))
    for photo in both:
        (tmp_path / str(photo.file)).write_bytes(b"x")
    with pytest.raises(DataError) as caught:
        photos(session.model_copy(update={"photos": both}), tmp_path)
    assert len(caught.value.problems) == 2


def test_a_photographs_name_is_in_no_output_and_its_change_is_named(workspace: Workspace) -> None:
    with_photo(workspace, "山田太郎.jpg", "山田太郎.jpg")
    light_notebook(workspace, "overall", "failed = []", "1")
    run(Workspace(workspace.root), executor=Here())
    for path in (workspace.root / "outputs").rglob("*.*"):
        if path.is_file():
            assert "山田太郎".encode() not in path.read_bytes(), path
            assert json.dumps("山田太郎")[1:-1].encode() not in path.read_bytes(), path
    place = workspace.photo_folder / "山田太郎.jpg"
    place.write_bytes(file_of(Image.new("RGB", (40, 30), "red"), "JPEG"))
    assert why(workspace) == ["data/photos/山田太郎.jpg"]
    place.unlink()
    assert why(workspace) == ["data/photos/ の、なくなった写真"]


def why(workspace: Workspace) -> list[str]:
    plan = Plan(Workspace(workspace.root))
    (page,) = plan.pages
    return plan.changes(page.job)  # type: ignore[union-attr]


def test_equal_photographs_give_equal_bytes(real: Workspace, tmp_path: Path) -> None:
    session = real.session("bpr-1")
    one = (Photo(caption="会場", file="a.png"),)
    (tmp_path / "a.png").write_bytes(file_of(clear("RGBA")))
    asked = session.model_copy(update={"photos": one})
    shown = {str(photos(asked, tmp_path).html) for _ in range(3)}
    assert len(shown) == 1
    assert base64.b64encode(b"\xff\xd8\xff").decode()[:4] in shown.pop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        executable = find_browser()
    except PrintError as error:
        pytest.skip(str(error))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


MIXED = "landscape portrait wide phone square panorama portrait landscape slim wide landscape"
GALLERIES = {
    "one": ["portrait"],
    "two": ["landscape", "portrait"],
    "five": ["landscape"] * 5,
    "eleven": MIXED.split(),
    "twelve": ["phone"] * 12,
    "panorama": ["panorama"],
}
BOXES = """[...document.querySelectorAll('.photos figure')].map(f => {
  const [i, c] = [f.querySelector('img'), f.querySelector('figcaption')]
    .map(e => e.getBoundingClientRect());
  return [i.top, i.height, i.left, i.right, c.top, c.bottom - c.top];
})"""


@pytest.mark.parametrize("width", [360, 1000, 1280])
@pytest.mark.parametrize("name", GALLERIES)
def test_photographs_stand_in_even_rows(
    real: Workspace, tmp_path: Path, browser: Browser, name: str, width: int
) -> None:
    formats = GALLERIES[name]
    captions = [LONG if i == 1 else f"写真{i}" for i in range(len(formats))]
    file = tmp_path / "page.html"
    file.write_text(gallery(real.session("bpr-1"), tmp_path, formats, captions), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(file.as_uri())
    boxes = page.evaluate(BOXES)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert "まだ届いていない写真" in page.inner_text("li")
    page.close()
    assert len(boxes) == len(formats)
    by_row: dict[int, list[list[float]]] = {}
    for box in boxes:
        by_row.setdefault(round(box[0]), []).append(box)
    for row in by_row.values():
        heights, under = [box[1] for box in row], [box[4] for box in row]
        assert max(heights) - min(heights) < 1
        assert max(under) - min(under) < 1
        assert 70 < min(heights) <= 21 * 16
    if width >= 1000:
        full = [row for row in by_row.values() if max(box[3] for box in row) > 850]
        assert len(full) == len(by_row) or len(by_row) == 1


def test_photographs_on_paper_are_whole(real: Workspace, tmp_path: Path, browser: Browser) -> None:
    formats = GALLERIES["eleven"]
    html = gallery(real.session("bpr-1"), tmp_path, formats, [LONG] * len(formats))
    (tmp_path / "page.html").write_text(html, "utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    page.pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True)
    page.close()
    sheets = PdfReader(tmp_path / "page.pdf").pages
    assert len(sheets) > 1
    assert sum(len(sheet.images) for sheet in sheets) == len(formats)


@pytest.mark.parametrize("number", range(13))
def test_each_photograph_stands_in_one_row_and_in_its_order(number: int) -> None:
    found = rows([1.5, 0.6, 4.0, 1.0] * 3 + [1.5])[:number]
    shapes = [1.5] * number
    assert [shape for row in rows(shapes) for shape in shapes[row]] == shapes
    assert [row.stop for row in found][:-1] == [row.start for row in found][1:]
