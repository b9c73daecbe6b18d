"""Pictures of screens: the grid of a photographed screen and the size of a screenshot, and neither
on other pictures.
"""

from __future__ import annotations

import forge_picture as forge
import numpy as np
import other_layouts
import pytest
from degrade import KINDS, jpeg, page_picture
from firm import make_firm

from extractors.forensics.picture.screen import screen_signs
from extractors.formats.image import frames
from extractors.pictures.look import Look


def _page(seed: int) -> forge.Picture:
    return page_picture(other_layouts.invoice(make_firm(seed).sales[2]))


def _kinds(picture: forge.Picture, notes: dict[str, str] | None = None) -> list[str]:
    pixels = next(iter(frames(jpeg(picture, 85), max_pages=1)))
    return [s.kind for s in screen_signs(Look(pixels), notes or {})]


def test_photos_of_a_screen_show_its_grid() -> None:
    told = [
        _kinds(forge.screen_photo(_page(seed), np.random.default_rng(seed)))
        for seed in range(300, 306)
    ]
    assert (
        sum(kinds == ["screen_photo"] for kinds in told) >= 4
    )  # at some distances the two grids do not beat


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_scans_and_photos_of_paper_show_none(kind: str) -> None:
    assert not _kinds(KINDS[kind](_page(301), 2, np.random.default_rng(5)))


def test_a_screenshot_has_a_screen_s_size_and_no_camera() -> None:
    shot = np.full((2532, 1170, 3), 255, np.uint8)
    assert _kinds(shot) == ["screenshot"]
    assert not _kinds(shot, {"Make": "Apple"})
    assert _kinds(np.full((1080, 2404, 3), 255, np.uint8)) == [
        "screenshot"
    ]  # a height that no list need know
    assert not _kinds(np.full((2000, 900, 3), 255, np.uint8))
    assert not _kinds(
        np.full((1920, 1080, 3), 255, np.uint8)
    )  # cameras and messengers have this size too
