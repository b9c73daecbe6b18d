"""A word that was compressed fewer times than the page around it.

Saving a JPEG anew with its own tables changes hardly a pixel that went through them before; what
was put on the picture since has yet to settle (the fixed point of repeated JPEG compression). A
page whose print has not settled anywhere tells nothing.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import numpy as np

from extractors.forensics.picture.print_places import Grey, Print
from extractors.layout.page import Page
from extractors.model import Signal

_LEAST_PEERS = 8
# Grey levels that a word changes by, and times what the page's words change by
_UNSETTLED = 0.12
_TIMES = 3.5


def compressed_apart(
    page: Page, grey: Grey, data: bytes, found: Sequence[Print]
) -> Iterator[Signal]:
    """One signal a word: "1831115.56: 0.50; others at most 0.03"."""
    change = change_when_saved_anew(data, (grey.shape[1], grey.shape[0]))
    if change is None or change.shape != grey.shape:
        return
    measured = [(each, _mean(each, change)) for each in found if len(each.marks) >= 4]
    if len(measured) <= _LEAST_PEERS:
        return
    values = np.array([value for _, value in measured])
    usual = float(np.percentile(values, 90))
    for index in np.flatnonzero((values > _UNSETTLED) & (values > _TIMES * max(usual, 0.02))):
        word = measured[int(index)][0].word
        told = f"{word.text}: {values[index]:.2f}; others at most {usual:.2f}"
        yield Signal(
            kind="compressed_apart", detail=told, page=page.number, box=page.box_of([word])
        )


def change_when_saved_anew(data: bytes, size: tuple[int, int]) -> Grey | None:
    """How much each pixel changes when the JPEG is saved anew with its own tables; None where it
    cannot be, and for one that was turned or reduced on its way here to another `size`.
    """
    try:
        return _saved_anew(data, size)
    except (
        OSError,
        SyntaxError,
        ValueError,
        TypeError,
        KeyError,
    ):  # tables that Pillow reads and does not write
        return None


def _saved_anew(data: bytes, size: tuple[int, int]) -> Grey | None:
    from PIL import Image, JpegImagePlugin

    with Image.open(io.BytesIO(data)) as picture:
        if (
            picture.size != size
            or not isinstance(picture, JpegImagePlugin.JpegImageFile)
            or picture.mode not in ("RGB", "L")
        ):
            return None
        tables, sampling = picture.quantization, JpegImagePlugin.get_sampling(picture)
        before = picture.copy()
    if sampling < 0 and before.mode == "RGB":
        return None
    buffer = io.BytesIO()
    before.save(buffer, "JPEG", qtables=tables, subsampling=max(sampling, 0))
    with Image.open(buffer) as again:
        return np.abs(
            np.asarray(again.convert("L"), np.float32) - np.asarray(before.convert("L"), np.float32)
        )


def _mean(of: Print, change: Grey) -> float:
    """Over the blocks of 8 x 8 pixels that lie within the word."""
    (left, top), (right, bottom) = of.corners
    piece = change[top // 8 * 8 : bottom, left // 8 * 8 : right]
    return float(piece.mean()) if piece.size else 0.0
