"""Small PDFs of Huoyan's own: text in whatever Chinese font the machine has, which PDFium then
draws.
"""

from __future__ import annotations

import pikepdf


def chinese_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """A font of `pdf` that it does not carry (ISO 32000-1 9.7.5.2), its text in UTF-16; characters
    beyond the basic plane are not drawn.
    """
    name = pikepdf.Name
    system = pikepdf.Dictionary(
        Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("GB1"), Supplement=2
    )
    describes = pikepdf.Dictionary(
        Type=name.FontDescriptor, FontName=name("/STSong-Light"), Flags=4, StemV=93, ItalicAngle=0
    )
    describes.FontBBox, describes.Ascent, describes.Descent, describes.CapHeight = (
        pikepdf.Array([-25, -254, 1000, 880]),
        880,
        -120,
        880,
    )
    below = pikepdf.Dictionary(
        Type=name.Font,
        Subtype=name.CIDFontType0,
        BaseFont=name("/STSong-Light"),
        CIDSystemInfo=system,
    )
    below.FontDescriptor = pdf.make_indirect(describes)
    font = pikepdf.Dictionary(
        Type=name.Font,
        Subtype=name.Type0,
        BaseFont=name("/STSong-Light"),
        Encoding=name("/UniGB-UCS2-H"),
    )
    font.DescendantFonts = pikepdf.Array([pdf.make_indirect(below)])
    return pdf.make_indirect(font)


def shown(text: str, x: float, y: float, size: float) -> bytes:
    """The content that draws text from a point of the page, in font /F1."""
    return b"BT /F1 %.2f Tf %.2f %.2f Td <%s> Tj ET\n" % (
        size,
        x,
        y,
        text.encode("utf-16-be").hex().encode(),
    )
