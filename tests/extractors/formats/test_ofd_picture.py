"""Pages of an OFD drawn for evidence: what they say stands at its place, and a finding's crop comes
out of the sandbox.
"""

from __future__ import annotations

import base64
import io

import forge_ofd
import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from extractors.formats.ofd_picture import ofd_as_pdf
from extractors.intake.limits import Limits
from extractors.read import read_file
from extractors.sandbox.parent import Sandbox

DATA = forge_ofd.make(7)["signed"]


def test_text_stands_where_it_was_read() -> None:
    field = read_file("a.ofd", DATA, Limits()).documents[0].fields["seller_name"]
    page = pdfium.PdfDocument(ofd_as_pdf(DATA, {1}))[0]
    width, height = page.get_size()
    box = field.at.box
    text = page.get_textpage().get_text_bounded(
        box.left * width - 1,
        (1 - box.bottom) * height - 2,
        box.right * width + 1,
        (1 - box.top) * height + 2,
    )
    assert field.raw in text.replace("\r\n", "")


def test_pages_that_nobody_asked_for_stay_empty() -> None:
    document = pdfium.PdfDocument(ofd_as_pdf(DATA, {2}))
    assert len(document) <= 2 and not (
        document[0].get_textpage().get_text_range() if len(document) else ""
    )


def test_a_crop_shows_the_text_of_its_box() -> None:
    box = read_file("a.ofd", DATA, Limits()).documents[0].fields["total_amount"].at.box
    with Sandbox(jobs=1) as sandbox:
        (crop,) = sandbox.crops(DATA, [(1, box)])
        assert sandbox.crops(b"PK\x03\x04 no package", [(1, box)]) == [None]
    assert crop is not None
    picture = np.asarray(Image.open(io.BytesIO(base64.b64decode(crop))).convert("L"))
    assert float((picture < 100).mean()) > 0.002
