"""The HTML report of a picture: heat maps stand under the finding about its print, and nowhere
else.
"""

from __future__ import annotations

import hashlib
import random

import forge_pdf
import forge_picture as forge
import numpy as np
import other_layouts
from conftest import read_packet, report_on
from degrade import jpeg, page_picture
from firm import make_firm

from api.reports.heat import heat_maps_of
from api.reports.html import report_html
from extractors.sandbox.parent import Sandbox
from verify.report import report_json


def test_heat_maps_stand_under_a_finding_about_print() -> None:
    data = other_layouts.invoice(make_firm(11).sales[2])
    spot = random.Random(11).choice(
        [s for s in forge_pdf.figures(data) if not s.text.startswith("¥")]
    )
    page = page_picture(data)
    left, bottom, right, top = (v * 200 / 72 for v in spot.box)
    place = (
        round(left) - 2,
        round(page.shape[0] - top) - 3,
        round(right) + 2,
        round(page.shape[0] - bottom) + 3,
    )
    scan = forge.scanned(page, np.random.default_rng(11))
    files = {
        "changed.jpg": jpeg(
            forge.retyped(scan, place, forge_pdf.another(spot.text, random.Random(11))), 90
        ),
        "honest.jpg": jpeg(scan, 90),
    }
    for name, marks in (("changed.jpg", True), ("honest.jpg", False)):
        report = report_json(report_on(read_packet({name: files[name]})))
        with Sandbox(jobs=1) as sandbox:
            heat = heat_maps_of(
                report, {hashlib.sha256(files[name]).hexdigest(): files[name]}, sandbox
            )
        text = report_html(report, {}, "en", heat)
        assert ("Heat maps" in text and 'alt="Compression' in text) == marks
