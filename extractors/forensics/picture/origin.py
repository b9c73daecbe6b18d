"""What a picture file says of its own making: camera and program (EXIF), marks of generators, a
thumbnail of an earlier state.

Exif 2.32 (CIPA DC-008) 4.5.7 and 4.6: Software, Make, Model, dates, the thumbnail of the first IFD;
IPTC digital source type and C2PA for what an image generator made.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from extractors.engines.model import Picture
from extractors.forensics.picture.containers import notes_of
from extractors.forensics.picture.generator_marks import generator_marks, has_credentials
from extractors.model import Box, Signal

if TYPE_CHECKING:
    from PIL.Image import Exif, Image

_TAGS = {
    0x010E: "Title",
    0x010F: "Make",
    0x0110: "Model",
    0x0131: "Creator",
    0x013B: "Author",
    0x0132: "ModDate",
}
_DETAIL_TAGS = {0x9003: "CreationDate", 0xA431: "Serial"}
_THUMBNAIL = (0x0201, 0x0202)  # place and length within the Exif block
_GRID = (12, 16)
_LEAST_DIFFERENCE = 26.0
_TIMES = 6.0


def picture_notes(data: bytes) -> Iterator[tuple[str, str]]:
    """Names as for a PDF's (Creator, Author, CreationDate, …) and what the picture says of them."""
    with _opened(data) as picture:
        exif = picture.getexif() if picture else None
        if exif is None:
            return
        for tags, found in ((_TAGS, dict(exif)), (_DETAIL_TAGS, dict(exif.get_ifd(0x8769)))):
            for number, name in tags.items():
                text = str(found.get(number, "")).strip("\x00 ")
                if text:
                    yield name, text[:200]


def picture_origin(data: bytes, pixels: Picture) -> Iterator[Signal]:
    """generated_picture where a generator left its mark, content_credentials where it carries C2PA,
    thumbnail_differs with the place.
    """
    yield from marks_of_origin(data)
    with _opened(data) as picture:
        if picture and (box := _thumbnail_differs(picture, pixels)):
            yield Signal(kind="thumbnail_differs", detail="EXIF", box=box)


def marks_of_origin(data: bytes) -> Iterator[Signal]:
    """generated_picture, part_generated and content_credentials, from the notes of a picture file
    alone.
    """
    notes = list(notes_of(data))
    for mark in generator_marks(notes):
        kind = "generated_picture" if mark.is_whole else "part_generated"
        yield Signal(kind=kind, detail=mark.text)
    if has_credentials(notes):
        yield Signal(kind="content_credentials", detail="C2PA")


class _opened:
    """The picture, or None where its notes cannot be read; reading its pixels says why elsewhere."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.picture: Image | None = None

    def __enter__(self) -> Image | None:
        from PIL import Image

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self.picture = Image.open(io.BytesIO(self.data))
                self.picture.getexif().get_ifd(0x8769)
        except Exception:  # noqa: BLE001 - damaged notes raise what they like in Pillow; then the picture says nothing of its making
            self.picture = None
        return self.picture

    def __exit__(self, *_: object) -> None:
        if self.picture:
            self.picture.close()


def _thumbnail(picture: Image, exif: Exif) -> npt.NDArray[np.float32] | None:
    from PIL import ExifTags, Image

    block, first = picture.info.get("exif", b""), exif.get_ifd(ExifTags.IFD.IFD1)
    start, length = (first.get(tag, 0) for tag in _THUMBNAIL)
    if (
        not isinstance(start, int)
        or not isinstance(length, int)
        or not 0 < length < 1 << 17
        or not start
    ):
        return None
    try:
        with Image.open(io.BytesIO(block[6:][start : start + length]), formats=("JPEG",)) as small:
            return np.asarray(small.convert("L"), np.float32)
    except (OSError, SyntaxError, ValueError):
        return None


def _thumbnail_differs(picture: Image, pixels: Picture) -> Box | None:
    """The part of the picture that its own thumbnail shows otherwise, where one part stands out."""
    import cv2

    exif = picture.getexif()
    thumb = _thumbnail(picture, exif) if exif.get(0x0112, 1) == 1 else None
    if thumb is None or min(thumb.shape) < 60:
        return None
    dark = thumb > 12
    rows, columns = (
        np.flatnonzero(dark.mean(axis=1) > 0.05),
        np.flatnonzero(dark.mean(axis=0) > 0.05),
    )  # bars that fill its frame
    if len(rows) < 60 or len(columns) < 60:
        return None
    thumb = thumb[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height, width = pixels.shape[:2]
    if abs(thumb.shape[1] / thumb.shape[0] - width / height) > 0.05 * width / height:
        return None  # cut or turned since, which is no change of what stands on it
    now = cv2.resize(
        cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), thumb.shape[::-1], interpolation=cv2.INTER_AREA
    ).astype(np.float32)
    slope, level = np.polyfit(thumb.ravel(), now.ravel(), 1)
    difference = cv2.resize(
        np.abs(now - slope * thumb - level), _GRID[::-1], interpolation=cv2.INTER_AREA
    )
    row, column = np.unravel_index(int(difference.argmax()), difference.shape)
    if float(difference.max()) < max(_LEAST_DIFFERENCE, _TIMES * float(np.median(difference))):
        return None
    down, across = _GRID
    return Box(
        float(column) / across, float(row) / down, float(column + 1) / across, float(row + 1) / down
    )
