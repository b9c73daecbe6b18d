"""Edits of PDFs as forgers make them, each beside what honest people do: what every observer says
of both.
"""

from __future__ import annotations

import io
import random

import forge_pdf as forge
import pytest
from conftest import honest_files

from extractors.formats.pdf import read_pdf
from extractors.intake.limits import Limits
from extractors.read import read_file

NAMES = ("发票1.pdf", "流水_ruled.pdf")


def _signals(data: bytes) -> list[tuple[str, str, int]]:
    return [
        (s.kind, s.detail, s.page)
        for d in read_file("a.pdf", data, Limits()).documents
        for s in d.signals
    ]


def _kinds(data: bytes) -> set[str]:
    return {kind for kind, _, _ in _signals(data)}


def _spot(data: bytes, seed: int = 3) -> forge.Spot:
    return random.Random(seed).choice(
        [s for s in forge.figures(data) if not s.text.startswith("¥")]
    )


def test_longer_figures_in_the_page_s_own_font_leave_their_columns() -> None:
    data = honest_files(7, "ruled.pdf")[1]["流水_ruled.pdf"]
    assert "set_apart" not in _kinds(data)
    found = 0
    for seed in range(6):
        spot = _spot(data, seed)
        told = [
            s for s in _signals(forge.same_font(data, spot, "9" + spot.text)) if s[0] == "set_apart"
        ]
        assert all(s[2] == spot.page + 1 and "off its column" in s[1] for s in told)
        found += len(told) == 1
    assert found >= 3  # a column whose figures are all of one width may be set to the left as well


@pytest.mark.parametrize("layout", ["ruled.pdf", "unruled.pdf", "newest.pdf"])
def test_honest_tables_keep_their_columns(layout: str) -> None:
    for seed in (7, 44):
        assert not _kinds(honest_files(seed, layout)[1][f"流水_{layout}"]) & {
            "set_apart",
            "odd_font",
            "other_page",
            "glyph_differs",
            "loose_text",
            "two_papers",
        }


def test_a_text_box_over_a_figure_is_told_and_a_marker_is_not() -> None:
    data = honest_files(7, "ruled.pdf")[1]["发票1.pdf"]
    spot = _spot(data)
    told = [
        s for s in _signals(forge.note_over(data, spot, "99,999.00")) if s[0] == "covering_note"
    ]
    assert told and told[0][1] == f"{spot.text} → 99,999.00"
    assert "covering_note" not in _kinds(forge.note_over(data, spot, "", "/Highlight"))


def test_a_figure_printed_again_on_a_ground_is_told_as_the_same() -> None:
    data = honest_files(7, "ruled.pdf")[1]["发票1.pdf"]
    kinds = _kinds(forge.reprinted(data, _spot(data)))
    assert "reprinted_text" in kinds and "covered_text" not in kinds


@pytest.mark.parametrize("name", NAMES)
def test_digits_that_are_drawn_otherwise_than_they_say(name: str) -> None:
    data = honest_files(7, "ruled.pdf")[1][name]
    for seed in range(6):
        assert "glyph_differs" in _kinds(forge.lying_digits(data, random.Random(seed)))
    assert "glyph_differs" not in _kinds(data)


def test_a_map_that_is_wrong_throughout_is_one_cause() -> None:
    data = forge.shifted_digits(honest_files(7, "ruled.pdf")[1]["发票1.pdf"])
    kinds = _kinds(data)
    assert {"broken_font_map", "text_layer_set_aside"} <= kinds and "glyph_differs" not in kinds


def test_the_only_amount_of_a_form_is_compared_with_its_other_numbers() -> None:
    from reportlab.pdfgen.canvas import Canvas

    from extractors.forensics.pdf.rare_font import odd_fonts

    def slip(font: str) -> bytes:
        buffer = io.BytesIO()
        canvas = Canvas(buffer, invariant=1)
        lines = ("Receipt 250731001522", "Payer 718412540875416057", "Payee 22984269639931539")
        for number, line in enumerate((*lines, "Date 20250731", "Amount CNY")):
            canvas.setFont("Helvetica", 10)
            canvas.drawString(60, 700 - 20 * number, line)
        canvas.setFont(font, 10)
        canvas.drawString(160, 620, "92,603.44")
        canvas.save()
        return buffer.getvalue()

    def told(data: bytes) -> list[str]:
        return [s.detail for s in odd_fonts(read_pdf(data, max_pages=1).pages)]

    assert told(slip("Helvetica")) == []
    assert told(slip("Helvetica-Bold")) == []
    assert [d.partition(":")[0] for d in told(slip("Times-Roman"))] == ["92,603.44"]


def test_content_left_in_the_body_is_drawn_and_compared() -> None:
    data = honest_files(7, "ruled.pdf")[1]["流水_ruled.pdf"]
    spot = _spot(data)
    told = [
        s for s in _signals(forge.left_behind(data, spot, "9" + spot.text)) if s[0] == "loose_text"
    ]
    assert told and spot.text in told[0][1]


def test_one_page_of_another_making_is_told() -> None:
    import paper
    from statement_layouts import LAYOUTS

    firm, files = honest_files(7, "ruled.pdf")
    with paper.in_font("STSong-Light"):
        other = LAYOUTS["ruled.pdf"](firm)
    told = [
        s
        for s in _signals(forge.other_page_in(files["流水_ruled.pdf"], other, 2))
        if s[0] == "other_page"
    ]
    assert [s[2] for s in told] == [3] and "STSong-Light" in told[0][1]


def test_two_programs_that_see_two_papers() -> None:
    """An old file before a new one: PDFium takes the last cross-reference, a reader that repairs
    may take another.
    """
    one, two = (honest_files(seed, "ruled.pdf")[1]["发票1.pdf"] for seed in (7, 44))
    assert "two_papers" not in _kinds(one)
    reading = read_file("a.pdf", two + b"\n" + one, Limits())
    assert reading.documents and reading.documents[0].status in (
        "read",
        "partial",
        "unreadable",
        "unsupported",
    )


@pytest.mark.parametrize("name", NAMES)
def test_saving_anew_changes_no_signal(name: str) -> None:
    import io

    import pikepdf

    data = honest_files(44, "ruled.pdf")[1][name]
    assert _kinds(forge.saved(pikepdf.open(io.BytesIO(data)))) <= _kinds(data) | {"file_id"}


def test_a_figure_of_equal_length_set_anew_is_drawn_after_its_page() -> None:
    data = honest_files(7, "ruled.pdf")[1]["流水_ruled.pdf"]
    found = 0
    for seed in range(4):
        spot = _spot(data, seed)
        found += any(
            s[0] == "set_apart" and "drawn after" in s[1] and s[2] == spot.page + 1
            for s in _signals(forge.set_anew(data, spot, "9" + spot.text[1:]))
        )
    assert found >= 3


def test_a_second_subset_that_draws_one_figure_is_told() -> None:
    data = honest_files(7, "ruled.pdf")[1]["流水_ruled.pdf"]
    spot = _spot(data)
    told = [
        s
        for s in _signals(forge.second_subset(data, spot, "9" + spot.text[1:]))
        if s[0] == "odd_subset"
    ]
    assert (
        len(told) == 1
        and told[0][1].startswith("9" + spot.text[1:])
        and told[0][1].endswith("embedded twice")
        and told[0][2] == spot.page + 1
    )
    assert "odd_subset" not in _kinds(data)


def test_columns_of_one_width_share_their_edge_with_other_pages() -> None:
    data = honest_files(7, "ruled.pdf")[1]["流水_ruled.pdf"]
    spots = [_spot(data, seed) for seed in range(6)]
    assert all(
        "set_apart" in _kinds(forge.same_font(data, spot, "9" + spot.text)) for spot in spots
    )
