"""Pictures of evidence: what the sandbox answers is taken only as a PNG of a sane size."""

from __future__ import annotations

import base64

from sample_report import forged, png

from api.reports.crops import place_key, png_of


def test_every_place_that_can_be_drawn_has_its_picture() -> None:
    report, crops = forged()
    keys = {place_key(p) for f in report["findings"] for p in (*f["evidence"], *f["against"])}
    assert crops and set(crops) <= keys and all(c.startswith(b"\x89PNG") for c in crops.values())


def test_anything_else_than_a_png_is_refused() -> None:
    good = png()
    huge = good[:16] + (100_000).to_bytes(4) * 2 + good[24:]
    assert png_of(base64.b64encode(good).decode()) == good
    for body in (b"", b"GIF89a", good[:20], huge, b"<svg/>", good[:16] + b"\0" * 8 + good[24:]):
        assert png_of(base64.b64encode(body).decode()) is None
    assert png_of("no base64") is None and png_of("é") is None
