"""Pages that a program drew as pictures, and pages that a scanner or a messenger had."""

from __future__ import annotations

import cv2
import forge_picture as forge
import numpy as np
import other_layouts
import pytest
from degrade import jpeg, messenger, page_picture, skew
from firm import make_firm
from statement_layouts import LAYOUTS

from extractors.forensics.picture.exact_glyphs import drawn_by_program
from extractors.formats.image import frames
from extractors.pictures.look import Look

FIRM = make_firm(41)
PAGES = {
    "invoice": other_layouts.invoice(FIRM.sales[0]),
    "return": other_layouts.vat_return(FIRM),
    "statement": LAYOUTS["unruled.pdf"](FIRM),
}


def _is_told(data: bytes) -> bool:
    pixels = next(iter(frames(data, max_pages=1)))
    return [s.kind for s in drawn_by_program(Look(pixels), 1)] == ["flattened_page"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("dpi", [130, 200])
def test_a_page_that_a_program_drew_is_told(name: str, dpi: int) -> None:
    page = page_picture(PAGES[name], 1, dpi)
    assert _is_told(cv2.imencode(".png", page)[1].tobytes())
    assert _is_told(jpeg(page, 96))


@pytest.mark.parametrize("name", PAGES)
def test_scans_turned_pages_and_what_messengers_sent_are_not(name: str) -> None:
    page = page_picture(PAGES[name], 1, 200)
    dice = np.random.default_rng(5)
    scan = forge.scanned(page, dice)
    bright = np.clip(scan.astype(np.float32) * 1.15, 0, 255).astype(np.uint8)  # ground cleaned
    for picture in (scan, bright, skew(page, 1, dice), messenger(page, 1, dice)):
        assert not _is_told(jpeg(picture, 88))
        assert not _is_told(cv2.imencode(".png", picture)[1].tobytes())
