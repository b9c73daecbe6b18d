"""Pictures to pixels: JPEG, PNG, TIFF of several frames, WebP, BMP, GIF; and the picture pages of a
PDF.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from PIL import Image

from extractors.errors import DamagedFile, OverLimit, PictureTooSmall
from extractors.formats.pdf import PIXELS

Pixels = npt.NDArray[np.uint8]  # height x width x 3, blue-green-red
LONGEST = 3400  # pixels: what a page is reduced to; A4 at 290 dpi holds all that paper shows
_DPI = 200.0
_DRAWN = 0.004  # share of a page that is dark where more than a line or two stands on it
_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF", "MPO")


def frames(data: bytes, *, max_pages: int, max_pixels: int = PIXELS) -> Iterator[Pixels]:
    """Each frame upright as its own notes say (EXIF orientation).

    Raises DamagedFile or OverLimit before it decodes.
    """
    from PIL import ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # the limit here is told from the header, before any decoding
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                for index in range(_count(picture, max_pages)):
                    picture.seek(index)
                    if picture.width * picture.height > max_pixels:
                        raise OverLimit(f"{picture.width} x {picture.height} pixels")
                    picture.draft(
                        "RGB", (LONGEST, LONGEST)
                    )  # JPEG: a reduced decoding where the picture is far larger
                    yield _pixels(ImageOps.exif_transpose(picture) or picture)
        except UnidentifiedImageError as error:
            raise DamagedFile(str(error)) from error
        except (
            OSError,
            SyntaxError,
            ValueError,
            TypeError,
            EOFError,
            KeyError,
            IndexError,
            ZeroDivisionError,
            OverflowError,
        ) as error:
            raise DamagedFile(f"{type(error).__name__}: {error}") from error


def _count(picture: Image.Image, most: int) -> int:
    """How many frames to read.

    Raises OverLimit; a file of many thousands is not walked to its end to count them.
    """
    if picture.format != "TIFF":
        return 1
    for index in range(1, most + 1):
        try:
            picture.seek(index)
        except EOFError:
            return index
    raise OverLimit(f"more than {most} frames")


def _pixels(picture: object) -> Pixels:
    assert isinstance(picture, Image.Image)
    if picture.mode.startswith(("I", "F")):
        values = np.asarray(picture, dtype=np.float64)
        low, high = float(values.min()), float(values.max())
        picture = Image.fromarray(
            ((values - low) * (255.0 / max(high - low, 1e-9))).astype(np.uint8)
        )
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        picture = Image.new("RGBA", clear.size, "white")
        picture.alpha_composite(clear)
    rgb = picture.convert("RGB")
    rgb.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    return np.ascontiguousarray(np.asarray(rgb)[:, :, ::-1])


def render(page: pdfium.PdfPage, share: float, native: float = 0.0) -> Pixels:
    """A PDF page as pixels: at the resolution of the picture that fills it, else at 200 dpi."""
    width, height = page.get_size()
    scale = native if share > 0.3 and native > 0 else _DPI / 72
    longest = max(width, height, 1.0)
    scale = min(max(scale, 1400 / longest), LONGEST / longest)
    if min(width, height) * scale < 1:
        raise PictureTooSmall(f"a page of {width:.1f} by {height:.1f} points")
    bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=False)
    try:
        pixels = bitmap.to_numpy()
        if pixels.ndim == 2 or pixels.shape[2] == 1:
            return np.repeat(pixels.reshape(bitmap.height, bitmap.width, 1), 3, axis=2)
        return np.ascontiguousarray(pixels[:, :, :3])
    finally:
        bitmap.close()


def is_drawn(page: pdfium.PdfPage) -> bool:
    """Whether anything but a few words can be seen on a PDF page."""
    width, height = page.get_size()
    bitmap = page.render(scale=600 / max(width, height, 1.0), grayscale=True)
    try:
        return float((bitmap.to_numpy() < 160).mean()) > _DRAWN
    finally:
        bitmap.close()


def native_scale(page: pdfium.PdfPage) -> float:
    """Pixels a point of the largest picture on a page; 0 where there is none."""
    best, scale = 0.0, 0.0
    for obj in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = obj.get_bounds()
        wide, _ = obj.get_px_size()
        if (right - left) * (top - bottom) > best:
            best, scale = (right - left) * (top - bottom), wide / max(right - left, 1.0)
    return scale
