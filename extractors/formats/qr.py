"""QR codes of a picture, or of a rendered page."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from extractors.model import Box


def qr_codes(picture: npt.NDArray[np.uint8]) -> list[tuple[str, Box]]:
    """Texts of the QR codes on a picture (grey or colour) with their places; an empty list where
    there is none.
    """
    import zxingcpp

    height, width = picture.shape[:2]
    grey = np.ascontiguousarray(picture if picture.ndim == 2 else picture[:, :, 1])
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode)
    return [(code.text, _box(code.position, width, height)) for code in found if code.text]


def qr_codes_of_page(page: pdfium.PdfPage, scale: float = 2.0) -> list[tuple[str, Box]]:
    """Texts of the QR codes on a PDF page with their places."""
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        return qr_codes(bitmap.to_numpy().reshape(bitmap.height, bitmap.width, -1)[:, :, 0])
    finally:
        bitmap.close()


def _box(position: object, width: int, height: int) -> Box:
    corners = [
        getattr(position, name) for name in ("top_left", "top_right", "bottom_left", "bottom_right")
    ]
    xs, ys = [corner.x / width for corner in corners], [corner.y / height for corner in corners]
    return Box(max(min(xs), 0.0), max(min(ys), 0.0), min(max(xs), 1.0), min(max(ys), 1.0))
