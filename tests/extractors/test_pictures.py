"""Papers read from pictures: the same values as from text, whatever way the paper lies and the file
is packed.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from decimal import Decimal

import cv2
import numpy as np
import other_layouts as other
import pytest
from conftest import honest_files
from degrade import Picture, jpeg, page_picture, perspective, seal, skew
from firm import make_firm
from PIL import Image
from statement_layouts import LAYOUTS

from extractors.intake.limits import Limits
from extractors.model import Document
from extractors.read import read_file
from extractors.sandbox.parent import Sandbox

FIRM, FILES = honest_files(7, "ruled.pdf")
DICE = np.random.default_rng(7)


def read(data: bytes) -> tuple[Document, ...]:
    return read_file("f", data, Limits()).documents


def values(document: Document) -> dict[str, object]:
    """All that a reader of the paper would copy out of it; letters of a code that print alike
    apart.
    """
    fields = {k: f.value for k, f in document.fields.items() if k not in ("qr", "title")}
    lines = {
        f"{n} {c}": a.value for n, line in document.lines.items() for c, a in line.columns.items()
    }
    rows = [(r.day, r.debit, r.credit, r.balance, r.counterparty_account) for r in document.rows]
    return fields | lines | {"rows": rows, "items": [(i.net, i.tax) for i in document.items]}


def as_png(picture: Picture) -> bytes:
    return bytes(cv2.imencode(".png", picture)[1].tobytes())


def scanned_pdf(*pictures: Picture) -> bytes:
    pages = [Image.fromarray(p[:, :, ::-1]) for p in pictures]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return out.getvalue()


@pytest.mark.parametrize("name", [n for n in sorted(FILES) if not n.startswith(("流水", "回单"))])
def test_every_type_of_paper_reads_from_a_picture_as_from_text(name: str) -> None:
    (text,) = read(FILES[name])
    (seen,) = read(jpeg(page_picture(FILES[name])))
    assert seen.type == text.type
    assert values(seen) == values(text)
    assert all(
        f.at.method in ("ocr", "qr") and f.at.engine
        for f in seen.fields.values()
        if f.at.method != "qr"
    )


@pytest.mark.parametrize("layout", ["ruled.pdf", "unruled.pdf", "newest.pdf"])
def test_tables_ruled_or_not_give_the_same_rows(layout: str) -> None:
    firm = make_firm(11)
    firm.rows = firm.rows[:26]
    data = LAYOUTS[layout](firm)
    (text,) = read(data)
    (seen,) = read(jpeg(page_picture(data)))
    assert values(seen)["rows"] == values(text)["rows"]
    assert min(r.confidence for r in seen.rows) > 0.9


def _turned(times: int) -> Callable[[Picture], Picture]:
    return lambda p: np.ascontiguousarray(np.rot90(p, times))


@pytest.mark.parametrize(
    "change",
    [
        _turned(1),
        _turned(2),
        _turned(3),
        lambda p: skew(p, 3, DICE),
        lambda p: perspective(p, 3, DICE),
        lambda p: seal(p, 3, DICE),
    ],
    ids=["left", "upside down", "right", "skew", "perspective", "seals"],
)
def test_the_way_the_paper_lies_changes_nothing(change: Callable[[Picture], Picture]) -> None:
    (text,) = read(FILES["资产负债表.pdf"])
    (seen,) = read(jpeg(change(page_picture(FILES["资产负债表.pdf"]))))
    assert values(seen) == values(text)


def test_boxes_point_at_the_picture_as_it_came() -> None:
    upright = page_picture(FILES["利润表.pdf"])
    (seen,) = read(jpeg(np.ascontiguousarray(np.rot90(upright))))
    (straight,) = read(jpeg(upright))
    a, b = (d.lines["营业收入"].columns["value"].at.box for d in (seen, straight))
    # turned to the left: what was right is on top, what was on top is left
    assert a.left == pytest.approx(b.top, abs=0.01)
    assert a.top == pytest.approx(1 - b.right, abs=0.01)


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP", "BMP", "GIF"])
def test_formats_of_pictures(kind: str) -> None:
    picture = Image.fromarray(page_picture(FILES["利润表.pdf"])[:, :, ::-1])
    out = io.BytesIO()
    picture.save(out, kind)
    (seen,) = read(out.getvalue())
    assert values(seen) == values(read(FILES["利润表.pdf"])[0])


def test_frames_of_a_tiff_are_pages() -> None:
    frames = [
        Image.fromarray(page_picture(FILES[n])[:, :, ::-1])
        for n in ("利润表.pdf", "资产负债表.pdf")
    ]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    assert [(d.type, d.pages) for d in read(out.getvalue())] == [
        ("income_statement", (1,)),
        ("balance_sheet", (2,)),
    ]


def test_orientation_noted_in_the_file_is_heeded() -> None:
    picture = Image.fromarray(np.rot90(page_picture(FILES["利润表.pdf"])[:, :, ::-1]))
    notes = Image.Exif()
    notes[274] = 6  # to be turned to the right
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=notes, quality=90)
    (seen,) = read(out.getvalue())
    (straight,) = read(jpeg(page_picture(FILES["利润表.pdf"])))
    assert seen.fields["company"].at.box.top == pytest.approx(
        straight.fields["company"].at.box.top, abs=0.01
    )


def test_a_scanned_statement_of_several_pages_is_one_paper() -> None:
    firm = make_firm(11)
    data = LAYOUTS["ruled.pdf"](firm)
    (text,) = read(data)
    (seen,) = read(scanned_pdf(*(page_picture(data, n) for n in text.pages)))
    assert seen.pages == text.pages
    assert values(seen)["rows"] == values(text)["rows"]


def test_text_drawn_as_curves_is_read() -> None:
    """Some programs export print as shapes: the page has neither characters nor a picture."""
    from reportlab.pdfgen.canvas import Canvas

    page = page_picture(FILES["利润表.pdf"], dpi=150)[:, :, 0] < 128
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    scale = 595 / page.shape[1]
    for y, row in enumerate(page):
        edges = np.flatnonzero(np.diff(np.concatenate(([False], row, [False])).astype(int)))
        for a, b in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            canvas.rect(a * scale, 842 - (y + 1) * scale, (b - a) * scale, scale, stroke=0, fill=1)
    canvas.save()
    (seen,) = read(out.getvalue())
    assert values(seen) == values(read(FILES["利润表.pdf"])[0])


def _letter_with(png: bytes) -> bytes:
    from paper import Paper
    from reportlab.lib.utils import ImageReader

    letter = Paper()
    for n in range(12):
        letter.line(
            (
                60,
                f"第{n + 1}条　本公司现将最近一笔货款的银行回单附于下方，请查收，并请于三日内回复。",
            )
        )
    letter.canvas.drawImage(ImageReader(io.BytesIO(png)), 40, 120, 515, 515 * 820 / 1654)
    return letter.bytes()


def test_a_slip_pasted_on_a_page_of_text_is_read_too() -> None:
    slip = page_picture(
        other.paying_in_slip(FIRM, next(r for r in FIRM.rows if r.credit and r.party))
    )[:820]
    found = [d.type for d in read(_letter_with(as_png(slip)))]
    assert "bank_slip" in found


def test_an_invoice_s_qr_code_is_read_from_a_picture() -> None:
    (text,) = read(FILES["发票1.pdf"])
    (seen,) = read(jpeg(skew(page_picture(FILES["发票1.pdf"]), 2, DICE)))
    assert seen.fields["qr"].value == text.fields["qr"].value
    assert seen.fields["qr"].at.method == "qr"


def test_amounts_written_a_digit_a_cell() -> None:
    row = next(r for r in FIRM.rows if r.credit and r.party)
    data = other.paying_in_slip(FIRM, row)
    for paper in (data, jpeg(page_picture(data)), jpeg(skew(page_picture(data), 2, DICE))):
        (slip,) = read(paper)
        assert slip.fields["amount"].value == f"{row.credit:.2f}"


def _desk(*papers: tuple[Picture, int, int, float]) -> Picture:
    desk = np.full((2000, 2600, 3), (70, 80, 95), np.uint8)
    for paper, x, y, angle in papers:
        high, wide = paper.shape[:2]
        matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 0.72)
        matrix[:, 2] += [x - wide / 2, y - high / 2]
        cv2.warpAffine(
            paper,
            matrix,
            (2600, 2000),
            dst=desk,
            flags=cv2.INTER_AREA,
            borderMode=cv2.BORDER_TRANSPARENT,
        )
    return desk


def test_several_papers_on_one_photograph() -> None:
    rows = [r for r in FIRM.rows if r.party and r.account]
    slips = [page_picture(other.slips(FIRM, [r]))[:600] for r in (rows[2], rows[4], rows[6])]
    seen = read(
        jpeg(_desk((slips[0], 660, 350, 4), (slips[1], 1950, 420, -5), (slips[2], 1300, 1300, -2)))
    )
    assert [d.fields["serial_number"].value for d in seen] == [
        rows[2].serial,
        rows[4].serial,
        rows[6].serial,
    ]
    assert seen[1].fields["serial_number"].at.box.left > 0.5


def test_a_spread_of_two_pages_is_two_papers() -> None:
    both = np.hstack([page_picture(FILES["资产负债表.pdf"]), page_picture(FILES["利润表.pdf"])])
    seen = read(jpeg(both))
    assert [d.type for d in seen] == ["balance_sheet", "income_statement"]
    assert values(seen[1]) == values(read(FILES["利润表.pdf"])[0])


def test_two_kinds_of_paper_on_one_scan() -> None:
    row = next(r for r in FIRM.rows if r.credit and r.party)
    both = np.vstack(
        [
            page_picture(FILES["股东名册.pdf"])[:900],
            page_picture(other.paying_in_slip(FIRM, row))[:900],
        ]
    )
    assert [d.type for d in read(jpeg(both))] == ["shareholder_register", "bank_slip"]


def test_pictures_are_read_in_the_sandbox_and_give_the_same() -> None:
    data = jpeg(page_picture(FILES["利润表.pdf"]))
    with Sandbox(jobs=1) as sandbox:
        apart = sandbox.read("f", data)
        crops = sandbox.crops(data, [(1, apart.documents[0].fields["company"].at.box)])
    assert values(apart.documents[0]) == values(read(data)[0])
    assert crops[0] and crops[0].startswith("iVBOR")


def test_two_readings_of_a_picture_are_one_to_the_byte() -> None:
    from extractors.sandbox.handlers import READING

    data = jpeg(skew(page_picture(FILES["利润表.pdf"]), 2, np.random.default_rng(1)))
    one, two = (json.loads(READING.dump_json(read_file("f", data, Limits()))) for _ in range(2))
    assert one == two


def test_money_keeps_its_unit_and_sign() -> None:
    data = other.balance_sheet(FIRM, unit=10000)
    (text,), (seen,) = read(data), read(jpeg(page_picture(data)))
    assert (
        seen.lines["资产总计"].columns["ending"].value
        == text.lines["资产总计"].columns["ending"].value
    )
    assert seen.lines["资产总计"].columns["ending"].value > Decimal(100_000)
