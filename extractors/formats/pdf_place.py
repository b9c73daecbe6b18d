"""Page space of a PDF (origin bottom left) to the frame in which its text is read (origin top
left).
"""

from __future__ import annotations

import pypdfium2 as pdfium


class Placer:
    """Page space (origin bottom left, unrotated) to view space (origin top left, as shown)."""

    def __init__(self, left: float, bottom: float, right: float, top: float, turn: int) -> None:
        self.frame = (left, bottom, right, top)
        self.turn = turn

    @staticmethod
    def of(page: pdfium.PdfPage) -> Placer:
        left, bottom, right, top = page.get_bbox()
        return Placer(left, bottom, right, top, page.get_rotation())

    def __call__(
        self, x0: float, y0: float, x1: float, y1: float
    ) -> tuple[float, float, float, float]:
        left, bottom, right, top = self.frame
        if self.turn == 90:
            return y0 - bottom, x0 - left, y1 - bottom, x1 - left
        if self.turn == 180:
            return right - x1, y0 - bottom, right - x0, y1 - bottom
        if self.turn == 270:
            return top - y1, right - x1, top - y0, right - x0
        return x0 - left, top - y1, x1 - left, top - y0
