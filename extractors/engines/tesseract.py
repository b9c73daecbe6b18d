"""Tesseract by pytesseract: a reader of another make for amounts on which the first readers are not
agreed or not sure.

It reads digits only, from cells without ruling lines, all cells of one call on one picture, one
below the other.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.engines.model import Picture

_CELL = 40  # pixels of height that a cell is brought to; Tesseract's manual: capitals of about 30
_BAND = 72  # pixels from one cell to the next
_SIGNS = "0123456789.,-"


def path() -> str:
    """The program's place; empty where it is not installed."""
    return shutil.which("tesseract", path="/usr/bin:/bin:/usr/local/bin") or ""


class Tesseract:
    """Reads amounts. Raises nothing: where Tesseract fails or is stopped, every text is empty."""

    def __init__(self) -> None:
        import pytesseract

        self._run = pytesseract.image_to_boxes
        self._error = (
            pytesseract.TesseractError,
            pytesseract.TesseractNotFoundError,
            OSError,
            RuntimeError,
        )
        self.name = f"Tesseract {pytesseract.get_tesseract_version()}"

    def amounts(self, cells: Sequence[Picture]) -> list[str]:
        if not cells:
            return []
        sheet = _sheet(cells)
        try:
            answer = self._run(
                sheet, lang="eng", config=f"--psm 6 -c tessedit_char_whitelist={_SIGNS}"
            )
        except self._error:
            return [""] * len(cells)
        texts = [""] * len(cells)
        for row in answer.splitlines():
            parts = row.split(" ")
            if len(parts) >= 5 and parts[0] in _SIGNS:
                middle = (
                    len(sheet) - (int(parts[2]) + int(parts[4])) / 2
                )  # Tesseract counts from the bottom
                index = int(middle // _BAND)
                if 0 <= index < len(texts):
                    texts[index] += parts[0]
        return texts


def _sheet(cells: Sequence[Picture]) -> Picture:
    """The cells below each other on white, as grey, all of one height."""
    import cv2
    import numpy as np

    scaled = []
    for cell in cells:
        factor = _CELL / max(cell.shape[0], 1)
        grey = cv2.cvtColor(cell, cv2.COLOR_BGR2GRAY)
        scaled.append(
            cv2.resize(
                grey, (max(8, round(cell.shape[1] * factor)), _CELL), interpolation=cv2.INTER_CUBIC
            )
        )
    sheet = np.full((_BAND * len(cells), max(c.shape[1] for c in scaled) + 40), 255, np.uint8)
    for index, grey in enumerate(scaled):
        light = max(float(np.percentile(grey, 90)), 1.0)
        top = index * _BAND + (_BAND - _CELL) // 2
        sheet[top : top + _CELL, 20 : 20 + grey.shape[1]] = np.minimum(
            grey * (255.0 / light), 255
        ).astype(np.uint8)
    return sheet
