"""Numbers are covered where they stand on a page, whichever way it is turned, and where they were read
when the page has no text of theirs.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from api.reports.masking import PATTERNS
from extractors.intake.limits import Limits
from extractors.model import Box
from extractors.sandbox.cover import Cover, Mark
from extractors.sandbox.covering import places_to_cover
from extractors.sandbox.parent import Sandbox

ACCOUNT = "4400123456789012"
MOBILE = "13912345678"
FIELD = (0.1, 0.1, 0.5, 0.14)
PATTERN_TEXTS = tuple(pattern.pattern for pattern in PATTERNS)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Limits(), jobs=1) as made:
        yield made


def _pdf(*lines: str, turn: int = 0) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 600))
    canvas.setFont("Helvetica", 20)
    for number, line in enumerate(lines):
        canvas.drawString(40, 500 - 60 * number, line)
    canvas.save()
    if not turn:
        return buffer.getvalue()
    document = pdfium.PdfDocument(buffer.getvalue())
    document[0].set_rotation(turn)
    turned = io.BytesIO()
    document.save(turned)
    return turned.getvalue()


def _text(picture: bytes) -> npt.NDArray[np.uint8]:
    return np.asarray(Image.open(io.BytesIO(picture)).convert("L"))


def _covered_share(picture: bytes) -> float:
    """How much of the page is of the colour that covers."""
    return float((_text(picture) == 40).mean())


def _mark(number: str, *, is_row: bool = False, box: Box | None = None) -> Mark:
    edges = (box.left, box.top, box.right, box.bottom) if box else FIELD
    return Mark(1, number, edges, is_row)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_number_is_covered_where_its_text_stands(sandbox: Sandbox, turn: int) -> None:
    data = _pdf(f"A/C {ACCOUNT}", "Balance 100.00", turn=turn)
    shown = _text(sandbox.page(data, 1, 800))
    page = pdfium.PdfDocument(data)[0]
    places = places_to_cover(Cover((_mark(ACCOUNT),), PATTERN_TEXTS), 1, page)
    assert len(places) == len(ACCOUNT) - 4
    height, width = shown.shape
    for left, top, right, bottom in places:
        glyph = shown[
            int(top * height) : int(bottom * height), int(left * width) : int(right * width)
        ]
        assert glyph.min() < 128, "there is a digit under each place"
    cover = Cover((_mark(ACCOUNT),), PATTERN_TEXTS)
    drawn = _text(sandbox.page(data, 1, 800, cover=cover))
    changed = np.argwhere(drawn != shown)
    box = (changed.min(axis=0) / drawn.shape, changed.max(axis=0) / drawn.shape)
    area = np.prod(box[1] - box[0])
    assert 0 < area < 0.05, "the balance and the last four digits stay"


def test_numbers_in_running_text_and_apart_are_covered(sandbox: Sandbox) -> None:
    spaced = "4400 1234 5678 9012"
    data = _pdf(f"call {MOBILE} now", spaced)
    page = pdfium.PdfDocument(data)[0]
    assert len(places_to_cover(Cover((), PATTERN_TEXTS), 1, page)) == 4
    assert len(places_to_cover(Cover((_mark(ACCOUNT),), ()), 1, page)) >= 12


def test_on_a_scan_the_place_is_covered_where_it_was_read(sandbox: Sandbox) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (400, 600), "white").save(buffer, "PNG")
    cell = sandbox.page(buffer.getvalue(), 1, 400, cover=Cover((_mark(ACCOUNT),)))
    row = sandbox.page(buffer.getvalue(), 1, 400, cover=Cover((_mark(ACCOUNT, is_row=True),)))
    assert 0.7 < _covered_share(cell) / _covered_share(row) < 0.8
    assert _covered_share(row) == pytest.approx(0.4 * 0.04, rel=0.15)


def test_a_text_layer_that_hides_the_number_does_not_uncover_it(sandbox: Sandbox) -> None:
    data = _pdf("nothing of it")
    assert _covered_share(sandbox.page(data, 1, 400, cover=Cover((_mark(ACCOUNT),)))) > 0.005


def test_crops_are_covered_too(sandbox: Sandbox) -> None:
    data, whole = _pdf(f"A/C {ACCOUNT}"), [(1, Box(0.05, 0.1, 0.95, 0.2))]
    plain, covered = (
        sandbox.crops(data, whole, cover=cover)[0]
        for cover in (None, Cover((_mark(ACCOUNT),), PATTERN_TEXTS))
    )
    assert plain and covered and plain != covered


def test_without_a_cover_nothing_is_covered(sandbox: Sandbox) -> None:
    assert _covered_share(sandbox.page(_pdf(ACCOUNT), 1, 400)) < 0.001


def test_a_page_is_drawn_while_all_readers_read() -> None:
    with Sandbox(Limits(), jobs=1, contracts=True, draws=True) as busy:
        reading = busy._plain.get()  # as long as it reads, nobody else has it
        assert busy.page(_pdf("at once"), 1, 100).startswith(b"\x89PNG")
        busy._plain.put(reading)
        assert busy.read("a.pdf", _pdf("read")).documents
