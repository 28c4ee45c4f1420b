"""Photographs of every format as a page shows them: for tests, and for eyes."""

from pathlib import Path

from PIL import Image

from dxeval.definitions.programme import Photo, Session
from dxeval.presenting.html import STYLE
from dxeval.presenting.photos import photos

FORMATS = {
    "landscape": (90, 60),
    "portrait": (60, 90),
    "phone": (60, 80),
    "square": (60, 60),
    "wide": (160, 90),
    "panorama": (240, 60),
    "slim": (30, 120),
}
LONG = "参加者どうしで好事例を共有し、グループワークで出た意見を全体へ発表している様子。" * 2


def gallery(session: Session, folder: Path, formats: list[str], captions: list[str]) -> str:
    """Return a page with photographs of these formats, and one that is still to come."""
    taken = [Photo(caption="まだ届いていない写真", file="none.jpg")]
    for number, (kind, caption) in enumerate(zip(formats, captions, strict=True)):
        colour = f"hsl({number * 47 % 360}, 40%, 60%)"
        Image.new("RGB", FORMATS[kind], colour).save(folder / f"{number}.png")
        taken.append(Photo(caption=caption, file=f"{number}.png"))
    shown = photos(session.model_copy(update={"photos": tuple(taken)}), folder)
    style = STYLE.read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html><html lang="ja"><title>写真</title><style>{style}</style>'
        f'<body class="page"><div class="page-width"><main><div class="dxeval">{shown.html}</div>'
    )
