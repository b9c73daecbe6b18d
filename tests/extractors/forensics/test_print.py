"""Print on pictures: what a forger writes stands apart by two observers, what a scanner gives does
not.
"""

from __future__ import annotations

import io
import random

import forge_pdf
import forge_picture as forge
import numpy as np
import other_layouts
import pytest
from conftest import SHARED, read_packet, report_on
from degrade import jpeg, page_picture
from firm import make_firm
from PIL import Image

from extractors.forensics.picture.origin import picture_notes, picture_origin
from extractors.formats.image import frames
from extractors.intake.limits import Limits
from extractors.model import Document
from extractors.read import read_file


def _scan(seed: int) -> tuple[forge.Picture, forge.Place, str]:
    """A scanned invoice, and the place and text of one of its figures."""
    data = other_layouts.invoice(make_firm(seed).sales[2])
    spot = random.Random(seed).choice(
        [s for s in forge_pdf.figures(data) if not s.text.startswith("¥")]
    )
    page = page_picture(data)
    scale = 200 / 72
    left, bottom, right, top = (v * scale for v in spot.box)
    place = (
        round(left) - 2,
        round(page.shape[0] - top) - 3,
        round(right) + 2,
        round(page.shape[0] - bottom) + 3,
    )
    return forge.scanned(page, np.random.default_rng(seed)), place, spot.text


def _read(picture: forge.Picture) -> Document:
    return read_file("scan.jpg", jpeg(picture, 90), Limits()).documents[0]


def _weighty(picture: forge.Picture) -> list[str]:
    report = report_on(read_packet({"scan.jpg": jpeg(picture, 90)}))
    return [
        f.rule
        for f in report.findings
        if f.rule.startswith(("PIC", "FOR19")) and f.severity in ("medium", "high")
    ]


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_a_figure_typed_over_stands_apart(seed: int) -> None:
    scan, place, text = _scan(seed)
    new = forge_pdf.another(text, random.Random(seed))
    assert not _weighty(scan)
    assert _weighty(forge.retyped(scan, place, new))
    told = {
        s.kind for s in _read(forge.retyped(scan, place, new)).signals if s.detail.startswith(new)
    }
    assert len(told & {"sharper_print", "other_shape", "other_ground", "compressed_apart"}) >= 2


def test_a_digit_copied_over_another_is_told_although_saved_since() -> None:
    data = other_layouts.invoice(make_firm(12).sales[2])
    spot = next(s for s in forge_pdf.figures(data) if s.text.startswith("¥"))
    scan = forge.scanned(page_picture(data), np.random.default_rng(12))
    scale, height = 200 / 72, scan.shape[0]
    digits = [
        (
            round(left * scale),
            round(height - top * scale),
            round(right * scale),
            round(height - bottom * scale),
        )
        for left, bottom, right, top in forge_pdf.characters(data, spot)
    ]
    told = [
        s.detail
        for s in _read(forge.spliced(scan, spot.text, digits)).signals
        if s.kind == "copied_digit"
    ]
    assert any(d.rpartition(": ")[0].endswith(spot.text[-4:]) for d in told)
    assert not [s for s in _read(scan).signals if s.kind == "copied_digit"]


def test_a_thumbnail_of_an_earlier_state_is_told_with_its_place() -> None:
    scan, _, _ = _scan(11)
    photo = Image.fromarray(scan[:, :, ::-1].copy())
    small = photo.copy()
    small.thumbnail((160, 160))
    held = io.BytesIO()
    small.save(held, "JPEG", quality=90)
    exif = Image.Exif()
    exif[0x0131] = "Some Editor 1.0"
    block = _with_thumbnail(exif.tobytes(), held.getvalue())

    def saved(pixels: forge.Picture) -> bytes:
        out = io.BytesIO()
        Image.fromarray(pixels[:, :, ::-1].copy()).save(out, "JPEG", quality=90, exif=block)
        return out.getvalue()

    same = saved(scan)
    changed = scan.copy()
    height, width = scan.shape[:2]
    changed[height // 3 : height // 2, width // 3 : width // 2] = 0
    assert dict(picture_notes(same))["Creator"] == "Some Editor 1.0"
    assert not [
        s
        for s in picture_origin(same, next(iter(frames(same, max_pages=1))))
        if s.kind == "thumbnail_differs"
    ]
    (told,) = [
        s
        for s in picture_origin(saved(changed), next(iter(frames(saved(changed), max_pages=1))))
        if s.kind == "thumbnail_differs"
    ]
    assert (
        0.3 < (told.box.top + told.box.bottom) / 2 < 0.55
        and 0.3 < (told.box.left + told.box.right) / 2 < 0.55
    )


def _with_thumbnail(exif: bytes, thumbnail: bytes) -> bytes:
    """An Exif block whose second directory points to a thumbnail (Exif 2.32, 4.6.2)."""
    tiff = exif[6:]
    order = "little" if tiff[:2] == b"II" else "big"
    first = int.from_bytes(tiff[4:8], order)
    count = int.from_bytes(tiff[first : first + 2], order)
    link = first + 2 + 12 * count
    second = len(tiff) + len(tiff) % 2
    start = second + 2 + 24 + 4

    def entry(tag: int, value: int) -> bytes:
        return (
            tag.to_bytes(2, order)
            + (4).to_bytes(2, order)
            + (1).to_bytes(4, order)
            + value.to_bytes(4, order)
        )

    body = tiff[:link] + second.to_bytes(4, order) + tiff[link + 4 :] + b"\0" * (len(tiff) % 2)
    directory = (
        (2).to_bytes(2, order) + entry(0x0201, start) + entry(0x0202, len(thumbnail)) + bytes(4)
    )
    return exif[:6] + body + directory + thumbnail


def test_marks_of_generators() -> None:
    out = io.BytesIO()
    Image.new("RGB", (400, 400), "white").save(out, "PNG")
    data = out.getvalue()
    chunk = b"\0\0\0\x1btEXtparameters\0Stable Diffusion" + bytes(4)
    marked = data[:33] + chunk + data[33:]
    pixels = np.zeros((400, 400, 3), np.uint8)
    assert [s.kind for s in picture_origin(marked, pixels)] == ["generated_picture"]
    assert not list(picture_origin(data, pixels))


@pytest.mark.skipif(not (SHARED / "forgeries").exists(), reason="the shared sample is not here")
@pytest.mark.parametrize(
    "name,changed", [("012.jpg", True), ("014.jpg", False), ("015.jpg", True), ("016.jpg", False)]
)
def test_sample_pictures(name: str, changed: bool) -> None:
    report = report_on(read_packet({name: (SHARED / "forgeries" / name).read_bytes()}))
    assert any(f.rule == "PIC02" for f in report.findings) == changed
