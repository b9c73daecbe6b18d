"""Paper under one word that is not the paper around it: a patch of another brightness, or flat
where the paper is grainy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forensics.picture.print_places import Grey, Print
from extractors.layout.page import Page
from extractors.model import Signal

_STEP = (
    0.8  # grey levels by which the paper within a word's box differs from that around it, at least
)
_TIMES = 3.0  # the usual difference of other words
_LEAST_PEERS = 8
_LEAST_PIXELS = 60
_AWAY = 4  # pixels from ink beyond which a picture's compression leaves the paper alone
# Grey levels of grain that paper shows, and share of it that a patch keeps at most
_GRAINY = 0.8
_FLAT = 0.25


def other_ground(page: Page, grey: Grey, found: Sequence[Print]) -> Iterator[Signal]:
    """One signal a word: "1831115.56: paper 252.0, around it 250.0" or "…: grain 0.1, around it
    1.4".
    """
    dark = (
        grey < cv2.medianBlur(grey.astype(np.uint8), 21).astype(np.float32) - 8
        if min(grey.shape) > 42
        else grey < 0
    )
    away = cv2.distanceTransform((~dark).astype(np.uint8), cv2.DIST_L2, 3) > _AWAY
    fine = grey - cv2.GaussianBlur(grey, (0, 0), 1.5)
    measured = [
        (each, m)
        for each in found
        if len(each.marks) >= 4 and (m := _papers(each, grey, fine, away)) is not None
    ]
    if len(measured) <= _LEAST_PEERS:
        return
    steps = np.array([abs(m[0] - m[1]) for _, m in measured])
    limit = max(_STEP, _TIMES * float(np.percentile(steps, 80)))
    for print_, (inside, around, grain, usual) in (
        measured[int(i)] for i in np.argsort(-steps)[:2]
    ):
        if abs(inside - around) > limit:
            yield _signal(page, print_, f"paper {inside:.1f}, around it {around:.1f}")
        elif usual > _GRAINY and grain < _FLAT * usual:
            yield _signal(page, print_, f"grain {grain:.2f}, around it {usual:.2f}")


def _signal(page: Page, of: Print, told: str) -> Signal:
    return Signal(
        kind="other_ground",
        detail=f"{of.word.text}: {told}",
        page=page.number,
        box=page.box_of([of.word]),
    )


def _papers(
    of: Print, grey: Grey, fine: Grey, away: npt.NDArray[np.bool_]
) -> tuple[float, float, float, float] | None:
    """Brightness within and around a word, and grain within and around; None where too little paper
    shows.
    """
    (left, top), (right, bottom) = of.corners
    margin = bottom - top
    inner = (slice(top, bottom), slice(left, right))
    outer = (
        slice(max(0, top - margin), bottom + margin),
        slice(max(0, left - margin), right + margin),
    )
    within = away[inner]
    ring = away[outer].copy()
    y, x = top - outer[0].start, left - outer[1].start
    ring[max(0, y - 4) : y + bottom - top + 4, max(0, x - 4) : x + right - left + 4] = False
    if within.sum() < _LEAST_PIXELS or ring.sum() < 4 * _LEAST_PIXELS:
        return None
    paper = grey[outer][ring]
    if float(np.percentile(paper, 75) - np.percentile(paper, 25)) > 6:
        return None  # several grounds lie around it: shade, a seal, a tinted cell
    return (
        float(grey[inner][within].mean()),
        float(paper.mean()),
        float(fine[inner][within].std()),
        float(fine[outer][ring].std()),
    )
