"""Heat maps: what was written on a scan later is hotter than the page's other print; bad input
gives no map and breaks nothing.
"""

from __future__ import annotations

import base64
import json
import random
from pathlib import Path

import cv2
import forge_pdf
import forge_picture as forge
import numpy as np
import other_layouts
import pytest
from conftest import SHARED, honest_files
from degrade import jpeg, page_picture
from firm import make_firm

from extractors.forensics.picture.heat_maps import MAPS, drawn, heat
from extractors.formats.image import frames
from extractors.pictures.look import Look
from extractors.sandbox.parent import Sandbox


def _forged(seed: int) -> tuple[bytes, forge.Place]:
    """A scanned invoice with one figure typed over, and its place."""
    data = other_layouts.invoice(make_firm(seed).sales[2])
    spot = random.Random(seed).choice(
        [s for s in forge_pdf.figures(data) if not s.text.startswith("¥")]
    )
    page = page_picture(data)
    left, bottom, right, top = (v * 200 / 72 for v in spot.box)
    place = (
        round(left) - 2,
        round(page.shape[0] - top) - 3,
        round(right) + 2,
        round(page.shape[0] - bottom) + 3,
    )
    dice = np.random.default_rng(seed)
    scan = forge.scanned(page, dice)
    scan = np.clip(scan + dice.normal(0, 2.5, scan.shape), 0, 255).astype(np.uint8)
    return jpeg(
        forge.retyped(scan, place, forge_pdf.another(spot.text, random.Random(seed))), 90
    ), place


def _means(data: bytes, kind: str, place: forge.Place) -> tuple[float, float]:
    """Mean heat within a place, and on the whole page."""
    found = heat(Look(next(iter(frames(data, max_pages=1)))), kind, data)
    left, top, right, bottom = place
    return float(found[top:bottom, left:right].mean()), float(found.mean())


@pytest.mark.parametrize("kind", sorted(MAPS))
@pytest.mark.parametrize("seed", [11, 12, 13])
def test_what_was_written_later_is_hotter_than_the_page(kind: str, seed: int) -> None:
    data, place = _forged(seed)
    inside, page = _means(data, kind, place)
    assert inside > 5 * page and inside > 0.1


@pytest.mark.skipif(not (SHARED / "forgeries").exists(), reason="the shared sample is not here")
@pytest.mark.parametrize("name", ["012.jpg", "015.jpg", "046.jpg", "083.jpg"])
def test_the_changed_place_of_sample_pictures_is_hot(name: str) -> None:
    truth = next(
        t
        for t in json.loads((SHARED / "forgeries" / "truth.json").read_text("utf-8"))
        if t["file"] == name
    )
    data = (SHARED / "forgeries" / name).read_bytes()
    height, width = next(iter(frames(data, max_pages=1))).shape[:2]
    left, top, right, bottom = truth["edit"]["box"]
    inside, page = _means(
        data,
        "compression",
        (int(left * width), int(top * height), int(right * width), int(bottom * height)),
    )
    assert inside > 0.3 and inside > 20 * page


def test_a_map_is_a_png_of_limited_size() -> None:
    dice = np.random.default_rng(1)
    look = Look(dice.integers(0, 255, (2400, 1700, 3), np.uint8))
    picture = base64.b64decode(drawn(look, dice.random((2400, 1700)).astype(np.float32)))
    shown = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
    assert picture.startswith(b"\x89PNG") and len(picture) <= 400_000 and shown is not None


def test_the_sandbox_draws_maps_and_none_for_bad_input(tmp_path: Path) -> None:
    data, _ = _forged(11)
    text = honest_files(7, "ruled.pdf")[1]["利润表.pdf"]
    tiny = jpeg(np.full((20, 20, 3), 200, np.uint8))
    with Sandbox(jobs=1) as sandbox:
        assert sorted(
            sandbox.heat_maps(data, 1, ["noise", "sharpness", "compression", "unknown"])
        ) == sorted(MAPS)
        assert sandbox.heat_maps(data, 2, ["noise"]) == {}
        for bad in (b"", b"%PDF-1.7 rubbish", data[:2000], tiny, text, b"\xff\xd8" + bytes(500)):
            assert (
                sandbox.heat_maps(bad, 1, ["noise", "compression", "sharpness"]) == {}
                or bad == data[:2000]
            )
        assert sandbox.heat_maps(text, -3, ["noise"]) == {}
        assert (
            sandbox.heat_maps(data, 1, ["noise"], revision=1) == {}
        )  # a picture holds no earlier save
        blank = jpeg(np.full((600, 500, 3), 255, np.uint8))
        assert set(sandbox.heat_maps(blank, 1, list(MAPS))) == set(MAPS)
