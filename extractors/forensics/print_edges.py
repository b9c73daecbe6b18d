"""Print whose edges are sharper than its neighbours': a scanner or lens softens all print alike, a program that writes on the picture does not.

The measure is the ratio of second to first differences along edges; a plane over the page takes out what the lens does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from extractors.forensics.print_places import Grey, Print, apart, contrast
from extractors.layout.page import Page
from extractors.model import Signal

_EDGE = 0.08  # of the contrast is the least step that counts as an edge
_LEAST_PEERS, _LEAST_SPREAD = 5, 0.05
_APART, _ABOVE = 2.6, 1.10  # spreads from the rest, and times the sharpest other print
_ALIKE = 1.25  # times its height: print much larger or smaller is sharp in another way


def sharper_print(page: Page, grey: Grey, found: Sequence[Print]) -> Iterator[Signal]:
    """One signal a word: "1831115.56: 2.48; others at most 1.94". Figures are compared with figures, Chinese with Chinese."""
    across = cv2.filter2D(grey, -1, np.array([[-0.5, 0, 0.5]], np.float32))
    down = cv2.filter2D(grey, -1, np.array([[-0.5], [0], [0.5]], np.float32))
    slope = across**2 + down**2
    bend = cv2.Laplacian(grey, cv2.CV_32F) ** 2
    for alike in ([p for p in found if p.is_figure], [p for p in found if p.is_writing]):
        measured = [(p, v) for p in alike if (v := _sharpness(p, grey, slope, bend)) > 0]
        if len(measured) <= _LEAST_PEERS:
            continue
        top = max(measured, key=lambda m: m[1])
        measured = [m for m in measured if _ALIKE**-1 < m[0].word.height / max(top[0].word.height, 0.1) < _ALIKE]
        if len(measured) <= _LEAST_PEERS:
            continue
        values = [v for _, v in measured]
        far = apart(values, [(p.word.cx / page.width, p.word.mid / page.height) for p, _ in measured], _LEAST_SPREAD)
        first, second = sorted(values, reverse=True)[:2]
        if far[values.index(first)] > _APART and first > _ABOVE * second:
            word = top[0].word
            yield Signal(
                kind="sharper_print", detail=f"{word.text}: {first:.2f}; others at most {second:.2f}", page=page.number, box=page.box_of([word])
            )


def _sharpness(of: Print, grey: Grey, slope: Grey, bend: Grey) -> float:
    """The median over its characters; 0 where there is too little to measure."""
    values = []
    for mark in of.marks:
        strong = contrast(mark.of(grey))
        if not strong:
            continue
        steps = mark.of(slope)
        edge = steps > (_EDGE * strong) ** 2
        if edge.sum() > 6:
            values.append(float(np.sqrt(mark.of(bend)[edge].mean() / steps[edge].mean())))
    return float(np.median(values)) if len(values) >= 3 else 0.0
