"""Round seals: one stamp is told from another however it was turned, scanned and saved; the name
along the ring is read.
"""

from __future__ import annotations

import cv2
import firm_seals
import numpy as np
import pytest
from degrade import jpeg

from extractors.engines.installed import engines
from extractors.forensics.picture.seals_on_page import seals_on_page
from extractors.pictures.look import Look
from extractors.pictures.seal_print import SealPrint, describe, find_ring, likeness, seal_print_of
from extractors.pictures.seals import red_ink

Picture = firm_seals.Picture


def _page(name: str, seed: int, dpi: int = 180, turn: float = 0.0, quality: int = 80) -> Picture:
    """A seal of 40 mm on a page with a line of print through it."""
    dice = np.random.default_rng(seed)
    page = np.full((3 * dpi, 4 * dpi, 3), 246, np.uint8)
    cv2.putText(
        page,
        "1,234,567.89",
        (dpi, round(1.6 * dpi)),
        cv2.FONT_HERSHEY_SIMPLEX,
        dpi / 200,
        (25, 25, 25),
        2,
    )
    page = firm_seals.stamped(
        page,
        firm_seals.drawn(name, "财务专用章"),
        (2 * dpi, 1.5 * dpi),
        40 / 25.4 * dpi,
        dice,
        turn,
    )
    return cv2.imdecode(np.frombuffer(jpeg(page, quality), np.uint8), cv2.IMREAD_COLOR)


def _described(page: Picture) -> SealPrint:
    ring = find_ring(page, red_ink(page).seals[0])
    assert ring is not None
    found = describe(ring)
    assert found is not None
    return found


@pytest.mark.parametrize("dpi,turn,quality", [(110, 75, 60), (150, -170, 75), (240, 30, 90)])
def test_one_seal_is_alike_wherever_it_stands(dpi: int, turn: float, quality: int) -> None:
    own = _described(_page("宁波恒达机械有限公司", 1))
    assert likeness(own, _described(_page("宁波恒达机械有限公司", 2, dpi, turn, quality))) > 0.7
    for other in ("宁波恒达阀门有限公司", "昆明恒丰贸易有限公司"):
        assert likeness(own, _described(_page(other, 3, dpi, turn, quality))) < 0.7


def test_a_description_can_be_written_and_read() -> None:
    own = _described(_page("宁波恒达机械有限公司", 1))
    again = seal_print_of(own.text)
    assert again is not None and (again.ink == own.ink).all() and (again.known == own.known).all()
    assert seal_print_of("no seal") is None and seal_print_of("AAAA") is None


def test_a_ring_too_small_or_broken_is_none() -> None:
    page = _page("宁波恒达机械有限公司", 1)
    (left, top, right, bottom), *_ = red_ink(page).seals
    assert find_ring(page[top : top + 40, left : left + 40], (0, 0, 40, 40)) is None
    half = page.copy()
    half[:, (left + right) // 2 :] = 246
    assert find_ring(half, (left, top, right, bottom)) is None


def test_the_name_along_the_ring_is_read_with_its_place() -> None:
    (told,) = seals_on_page(Look(_page("宁波恒达机械有限公司", 4, turn=20)), 3, engines())
    name, _, ring = told.detail.partition(" ")
    assert (told.kind, told.page, name) == ("seal", 3, "宁波恒达机械有限公司")
    assert seal_print_of(ring) is not None and 0.3 < told.box.left < 0.7
    assert not list(seals_on_page(Look(np.full((400, 400, 3), 240, np.uint8)), 1, engines()))
