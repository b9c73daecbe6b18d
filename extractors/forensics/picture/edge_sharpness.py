"""Print whose edges are sharper than its neighbours': a scanner or lens softens all print alike, a
program that writes on the picture does not.

The measure is the ratio of second to first differences along edges; a plane over the page takes out
what the lens does. A word is told where two views agree: as a whole it lies far from the page's
words, and most of its own characters are sharper than nearly all others. An odd word whose median a
few characters carry (a fold, glare, a box set a character off) passes the first and not the second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from extractors.forensics.picture.print_places import Grey, Print, apart, contrast
from extractors.layout.page import Page, Word
from extractors.model import Signal

_EDGE = 0.08  # of the contrast is the least step that counts as an edge
_LEAST_PEERS = 5
_LEAST_CHARACTERS = 3
_LEAST_SPREAD = 0.05
# Spreads from the rest, and times the sharpest other print
_APART = 4.2
_ABOVE = 1.10
# The per cent of its characters that may be ordinary, and share of all others that the rest are
# sharper than
_WEAKER = 25
_OF_OTHERS = 0.97
_ALIKE = 1.25  # times its height: print much larger or smaller is sharp in another way


@dataclass(frozen=True, slots=True)
class _Edges:
    """The edges of a word's characters; `of_its_kind` those of a figure's digits, or of the Chinese
    characters and digits of writing.
    """

    word: Word
    values: tuple[float, ...]
    of_its_kind: tuple[float, ...]

    @property
    def whole(self) -> float:
        return float(np.median(self.values))


def sharper_print(page: Page, grey: Grey, found: Sequence[Print]) -> Iterator[Signal]:
    """One signal a word: "1831115.56: 2.48; others at most 1.94".

    Figures are compared with figures, Chinese with Chinese.
    """
    across = cv2.filter2D(grey, -1, np.array([[-0.5, 0, 0.5]], np.float32))
    down = cv2.filter2D(grey, -1, np.array([[-0.5], [0], [0.5]], np.float32))
    slope = across**2 + down**2
    bend = cv2.Laplacian(grey, cv2.CV_32F) ** 2
    for alike in (
        [each for each in found if each.is_figure],
        [each for each in found if each.is_writing],
    ):
        measured = [
            m
            for p in alike
            if len((m := _measured(p, grey, slope, bend)).of_its_kind) >= _LEAST_CHARACTERS
        ]
        if len(measured) <= _LEAST_PEERS:
            continue
        tall = max(measured, key=lambda m: m.whole).word.height
        measured = [
            mark for mark in measured if _ALIKE**-1 < mark.word.height / max(tall, 0.1) < _ALIKE
        ]
        if len(measured) > _LEAST_PEERS:
            yield from _sharpest(page, measured)


def _sharpest(page: Page, measured: Sequence[_Edges]) -> Iterator[Signal]:
    """The sharpest of several words, where it stands apart by both views."""
    values = [m.whole for m in measured]
    far = apart(
        values,
        [(mark.word.cx / page.width, mark.word.mid / page.height) for mark in measured],
        _LEAST_SPREAD,
    )
    first, second = sorted(values, reverse=True)[:2]
    index = values.index(first)
    others = np.array(
        [value for n, m in enumerate(measured) if n != index for value in m.of_its_kind]
    )
    ahead = float((others < np.percentile(measured[index].of_its_kind, _WEAKER)).mean())
    if far[index] > _APART and first > _ABOVE * second and ahead > _OF_OTHERS:
        word = measured[index].word
        told = f"{word.text}: {first:.2f}; others at most {second:.2f}"
        yield Signal(kind="sharper_print", detail=told, page=page.number, box=page.box_of([word]))


def _measured(of: Print, grey: Grey, slope: Grey, bend: Grey) -> _Edges:
    """Every character that has edges enough to be measured."""
    values, proper = [], []
    for mark in of.marks:
        strong = contrast(mark.of(grey))
        if not strong:
            continue
        steps = mark.of(slope)
        edge = steps > (_EDGE * strong) ** 2
        if edge.sum() > 6:
            values.append(float(np.sqrt(mark.of(bend)[edge].mean() / steps[edge].mean())))
            proper.append(
                mark.char.isdigit() or ("\u4e00" <= mark.char <= "\u9fff" and not of.is_figure)
            )
    return _Edges(
        of.word,
        tuple(values),
        tuple(value for value, own in zip(values, proper, strict=True) if own),
    )
