"""QR codes of a rendered page."""

from __future__ import annotations

import pypdfium2 as pdfium

from extractors.model import Box


def qr_codes(page: pdfium.PdfPage, scale: float = 2.0) -> list[tuple[str, Box]]:
    """Texts of the QR codes on a page with their places; an empty list where there is none."""
    import zxingcpp

    bitmap = page.render(scale=scale, grayscale=True)
    try:
        height, width = bitmap.height, bitmap.width
        found = zxingcpp.read_barcodes(bitmap.to_numpy().reshape(height, width, -1)[:, :, 0], formats=zxingcpp.BarcodeFormat.QRCode)
        return [(code.text, _box(code.position, width, height)) for code in found if code.text]
    finally:
        bitmap.close()


def _box(position: object, width: int, height: int) -> Box:
    corners = [getattr(position, name) for name in ("top_left", "top_right", "bottom_left", "bottom_right")]
    xs, ys = [c.x / width for c in corners], [c.y / height for c in corners]
    return Box(max(min(xs), 0.0), max(min(ys), 0.0), min(max(xs), 1.0), min(max(ys), 1.0))
