"""A picture's file -> a small picture, upright, in the colours of screens, without its data."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
WHOLE_PIXELS = 50_000_000
"""Pixels of a picture that must be in memory whole: 4 bytes each, twice; half a gigabyte."""
JPEG_PIXELS = 1_000_000_000
"""Pixels of a JPEG that is made smaller while it is read, to an eighth at most."""
_CLEAR = ("RGBA", "LA", "PA", "La", "RGBa")


class PictureError(Exception):
    """A file that cannot be shown as a picture; says why, and what to do."""


def small(content: bytes, pixels: int) -> Image.Image:
    """Return a picture as RGB, or RGBA where it is transparent, no side longer than ``pixels``.

    Raises PictureError.
    """
    if words := _no_picture(content):
        raise PictureError(words)
    try:
        with _bounded_by_us(), Image.open(io.BytesIO(content), formats=FORMATS) as image:
            _check(image)
            image.draft(None, (2 * pixels, 2 * pixels))
            image.load()
            return _clean(image, pixels)
    except MemoryError:
        raise PictureError("写真が大きすぎて、メモリに入りません。小さくしてください") from None
    except (OSError, ValueError, SyntaxError) as error:
        if "truncated" in str(error) or "broken data stream" in str(error):
            message = "写真が途中で切れています。撮ったものからもう一度写してください"
            raise PictureError(message) from None
        raise PictureError("写真として読めません（JPEG か PNG）") from None


def on_white(image: Image.Image) -> Image.Image:
    """Return a picture without transparency: what was transparent is white."""
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(paper, image).convert("RGB")


def _no_picture(content: bytes) -> str | None:
    kind = content[4:12]
    if not content:
        return "空のファイルです。撮ったものからもう一度写してください"
    if kind.startswith(b"ftyp"):
        name = "AVIF" if kind.endswith((b"avif", b"avis")) else "HEIC（iPhone など）か動画"
        return f"{name}で、写真として載せられません。JPEG に変換してください"
    if content.startswith((b"%PDF", b"PK\x03\x04", b"II*\0", b"MM\0*", b"8BPS")):
        return "JPEG でも PNG でもありません（PDF、TIFF、Office など）。JPEG に変換してください"
    return None


@contextmanager
def _bounded_by_us() -> Iterator[None]:
    """Let Pillow open what it takes for an attack by its size alone: ``_check`` bounds it."""
    usual = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = usual


def _check(image: Image.Image) -> None:
    is_jpeg = image.format in {"JPEG", "MPO"}
    if not is_jpeg and getattr(image, "n_frames", 1) > 1:
        raise PictureError("動く画像です。1枚の写真（JPEG か PNG）にしてください")
    scaled = is_jpeg and not image.info.get("progressive")
    limit = JPEG_PIXELS if scaled else WHOLE_PIXELS
    area = image.width * image.height
    if area > limit:
        raise PictureError(
            f"写真が大きすぎます（{image.width:,}×{image.height:,}、{area // 10_000:,}万画素）。"
            f"{limit // 10_000:,}万画素までに小さくしてください"
        )


def _clean(image: Image.Image, pixels: int) -> Image.Image:
    profile = image.info.get("icc_profile")
    picture = ImageOps.exif_transpose(_scalable(image))
    picture.thumbnail((pixels, pixels))
    coloured = _in_srgb(picture, profile)
    clean = Image.new(coloured.mode, coloured.size)
    clean.paste(coloured)
    return clean


def _scalable(image: Image.Image) -> Image.Image:
    """Return a picture in a mode that can be scaled, without a loss."""
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode.startswith("I"):  # 16 bits of grey, which convert would cut off at 255
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return a picture with the colours that its profile says, as RGB or RGBA for any screen."""
    mode = "RGBA" if image.mode in _CLEAR else "RGB"
    if not profile:
        return image.convert(mode)
    alpha = image.getchannel("A") if mode == "RGBA" else None
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(own).lower():
            return image.convert(mode)
        seen = image.convert("RGB") if alpha else image
        screen = ImageCms.createProfile("sRGB")
        shown = ImageCms.profileToProfile(seen, own, screen, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image.convert(mode)
    if shown is None:
        return image.convert(mode)
    if alpha:
        shown.putalpha(alpha)
    return shown
