"""Draw the example's photos/: 模擬の写真, simple scenes of a workshop that never took place.

The formats are those that people bring: landscape, portrait, square, panorama. The example stands
twice, for users to replace and in the package; write both:

    python tests/simulated/make_photos.py data dxeval/example/data
"""

import random
import sys
from pathlib import Path

from matplotlib_fontja import get_font_ttf_path
from PIL import Image, ImageDraw, ImageFont

WORDS = "模擬の写真"
SIZES = {
    "exchange-1-1": (900, 600),
    "exchange-1-2": (480, 640),
    "exchange-2-1": (900, 600),
    "exchange-2-2": (900, 600),
    "exchange-3-1": (1200, 420),
    "exchange-3-2": (640, 640),
    "exchange-4-1": (480, 640),
    "exchange-4-2": (480, 640),
    "exchange-5-1": (900, 600),
    "bpr-2-1": (800, 600),
    "bpr-2-2": (800, 600),
}
"""Of each photograph; the others that sessions name are still to come, as some always are."""


WALLS = ["#e8e2d6", "#dde5ea", "#e6e3ea", "#dfe8df"]
CLOTHES = ["#1f5c99", "#0b3b6f", "#6b7f99", "#8a5a44", "#4f7a68", "#a58a4b", "#7a5c86"]
NOTES = ["#f6d96b", "#9fd3c7", "#f2a65a", "#b9c6e8"]


def person(draw: ImageDraw.ImageDraw, x: float, floor: float, height: float, colour: str) -> None:
    """Draw somebody without a face who sits at ``x``, seen down to the floor's edge."""
    head = height * 0.16
    top = floor - height
    draw.rounded_rectangle(
        (x - head * 1.7, top + head * 2.3, x + head * 1.7, floor + head), head, fill=colour
    )
    draw.ellipse((x - head, top, x + head, top + head * 2), fill="#e3bd9b")
    draw.pieslice((x - head, top, x + head, top + head * 2), 180, 360, fill="#3a3230")


def scene(name: str, width: int, height: int) -> Image.Image:
    """Return a room with a board, notes on it, people and a table."""
    chance = random.Random(name)
    image = Image.new("RGB", (width, height), chance.choice(WALLS))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 0.78, width, height), fill="#b9a88f")
    left, right = width * chance.uniform(0.08, 0.14), width * chance.uniform(0.86, 0.92)
    draw.rectangle((left, height * 0.1, right, height * 0.46), fill="#ffffff", outline="#8d97a3")
    size = height * 0.055
    for _ in range(int(9 * width / height)):
        x, y = chance.uniform(left, right - size), chance.uniform(height * 0.22, height * 0.38)
        draw.rectangle((x, y, x + size, y + size), fill=chance.choice(NOTES))
    people = max(3, round(3.2 * width / height))
    for i in range(people):
        x = width * (i + chance.uniform(0.4, 0.6)) / people
        person(draw, x, height * 0.8, height * chance.uniform(0.36, 0.42), chance.choice(CLOTHES))
    draw.rectangle((0, height * 0.8, width, height * 0.87), fill="#e9dcc3")
    draw.rectangle((0, height * 0.86, width, height * 0.875), fill="#a8977a")
    font = ImageFont.truetype(get_font_ttf_path(), round(height * 0.075))
    draw.text((left + height * 0.03, height * 0.115), WORDS, fill="#4b5768", font=font)
    return image


def write_photos(data: Path) -> None:
    """Write ``photos/`` below ``data``."""
    for name, (width, height) in SIZES.items():
        path = data / f"photos/{name}.jpg"
        scene(name, width, height).save(path, "JPEG", quality=60, optimize=True)


if __name__ == "__main__":
    for folder in sys.argv[1:]:
        write_photos(Path(folder))
