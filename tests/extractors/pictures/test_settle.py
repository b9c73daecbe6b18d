"""Arithmetic helps reading where the picture leaves a figure open, and never where it is clear."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from conftest import honest_files
from degrade import Picture, jpeg, page_picture
from firm import Firm, make_firm
from hypothesis import given, settings
from hypothesis import strategies as st
from statement_layouts import LAYOUTS

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.documents.business_licence import BUSINESS_LICENCE
from extractors.documents.invoice import INVOICE
from extractors.documents.ties import Cell, Tie
from extractors.engines.installed import engines
from extractors.engines.model import Engines, Glyph, text_of
from extractors.intake.limits import Limits
from extractors.layout.page import Page, ReadLine, Scan, Word
from extractors.model import WHOLE_PAGE, Document
from extractors.pictures.agreement import agree
from extractors.pictures.look import Look
from extractors.pictures.page_reader import read_picture
from extractors.pictures.settle import settle
from extractors.read import read_file


def _firm() -> Firm:
    firm = make_firm(21)
    firm.rows = firm.rows[:20]
    return firm


def _read(picture: Picture) -> Document:
    (document,) = read_file("f", jpeg(picture), Limits()).documents
    return document


@pytest.mark.parametrize("layout", ["ruled.pdf", "unruled.pdf", "newest.pdf"])
@pytest.mark.parametrize(
    ("row", "part", "place"),
    [(4, "amount", 0), (9, "balance", 2), (13, "amount", -1), (17, "balance", -4)],
)
def test_a_clearly_printed_changed_digit_stays(
    layout: str, row: int, part: str, place: int
) -> None:
    """One digit of one cell printed otherwise: the sums break, every digit is clear, and the
    reading says what stands there.
    """
    firm = _firm()
    target = firm.rows[row]
    name = "balance" if part == "balance" else ("debit" if target.debit else "credit")
    digits = list(f"{getattr(target, name):.2f}")
    digits[place] = str((int(digits[place]) + 4) % 9 + 1)
    setattr(target, name, Decimal("".join(digits)))
    seen = _read(page_picture(LAYOUTS[layout](firm)))
    same = [
        r
        for r in seen.rows
        if (r.debit, r.credit, r.balance) == (target.debit, target.credit, target.balance)
    ]
    assert same
    assert same[0].confidence >= 0.85, (
        "a figure that all readers see must be able to count against the paper"
    )
    assert any(not t.holds for t in BANK_STATEMENT.ties(_parts_of(seen)))


def _parts_of(document: Document):  # type: ignore[no-untyped-def]
    from extractors.documents.parts import Parts

    return Parts(fields=dict(document.fields), rows=document.rows)


def test_an_invoice_total_that_was_raised_stays() -> None:
    import other_layouts as other

    firm, _ = honest_files(7, "ruled.pdf")
    one = firm.sales[8]
    whole = (one.net + one.tax) * 10
    seen = _read(page_picture(other.invoice(one, total=whole)))
    assert seen.fields["total_amount"].value == f"{whole:.2f}"
    assert seen.fields["total_amount"].confidence >= 0.85


def _smudged(
    picture: Picture, box: tuple[float, float, float, float], part: tuple[float, float]
) -> Picture:
    """Part of a cell rubbed out until its digit is hard to tell."""
    high, wide = picture.shape[:2]
    left, right = box[0] * wide, box[2] * wide
    a, b = int(left + part[0] * (right - left)), int(left + part[1] * (right - left))
    top, bottom = int(box[1] * high), int(box[3] * high)
    out = picture.copy()
    dice = np.random.default_rng(3)
    piece = out[top:bottom, a:b].astype(float)
    out[top:bottom, a:b] = np.clip(
        255 - (255 - piece) * 0.35 + dice.normal(0, 26, piece.shape), 0, 255
    ).astype(np.uint8)
    return out


def test_smudged_digits_are_never_taken_for_sure_when_wrong() -> None:
    """Digits of twelve balances rubbed: each is read right, or not at all, or said to be in doubt."""
    firm = _firm()
    data = LAYOUTS["ruled.pdf"](firm)
    truth = {r.serial: r.balance for r in firm.rows}
    picture = page_picture(data)
    page = read_picture(Look(picture), 1, engines())
    cells = {f"{r.balance:,.2f}": r.serial for r in firm.rows}
    for word in [w for w in page.words if w.text in cells][2:14]:
        box = page.box(word.x0, word.top, word.x1, word.bottom)
        picture = _smudged(picture, (box.left, box.top, box.right, box.bottom), (0.25, 0.5))
    seen = _read(picture)
    wrong = [
        r for r in seen.rows if r.balance is not None and truth.get(r.serial_number) != r.balance
    ]
    assert len(seen.rows) >= 15
    assert all(r.confidence < 0.85 for r in wrong)


class _Nothing:
    """Engines that see no more than was seen: what settling may do with the candidates alone."""

    name = "nothing"

    def find(self, picture: Picture) -> np.ndarray:
        return np.zeros((0, 4, 2), np.float32)

    def read(self, lines):  # type: ignore[no-untyped-def]
        return [() for _ in lines]

    def amounts(self, cells):  # type: ignore[no-untyped-def]
        return ["" for _ in cells]


def _glyphs(
    text: str, sure: float = 0.999, doubtful: int = -1, others: tuple[tuple[str, float], ...] = ()
) -> tuple[Glyph, ...]:
    return tuple(
        Glyph(
            c,
            0.6 if i == doubtful else sure,
            (i + 0.5) / len(text),
            others if i == doubtful else (),
        )
        for i, c in enumerate(text)
    )


def _statement(cells: list[list[tuple[Glyph, ...]]]) -> Page:
    """A page with a header and rows of glyphs, each cell a line of its own."""
    scan = Scan(np.diag([1 / 600, 1 / 800, 1.0]), [])
    page = Page(1, 600, 800, [], scan=scan)
    table = [[_glyphs(t) for t in ("日期", "摘要", "支出", "收入", "余额")], *cells]
    for n, row in enumerate(table):
        for x, glyphs in zip((40, 140, 240, 340, 440), row, strict=True):
            text = text_of(glyphs)
            if text:
                top, wide = 100 + 20 * n, 7.0 * len(text)
                word = Word(text, x, top, x + wide, top + 12, glyphs)
                quad = np.array(
                    [[x, top], [x + wide, top], [x + wide, top + 12], [x, top + 12]], float
                )
                scan.lines.append(
                    ReadLine(
                        np.full((48, 96, 3), 255, np.uint8),
                        quad,
                        {"first": glyphs},
                        glyphs,
                        words=[word],
                    )
                )
                page.words.append(word)
    return page


def _settled(doubtful: int, others: tuple[tuple[str, float], ...], misread: str):  # type: ignore[no-untyped-def]
    rows = [
        ["2025-01-02", "货款", "", "1,000.00", "5,000.00"],
        ["2025-01-03", "货款", "", "2,000.00", misread],
        ["2025-01-04", "货款", "500.00", "", "6,500.00"],
    ]
    cells = [[_glyphs(t) for t in row] for row in rows]
    cells[1][4] = _glyphs(misread, doubtful=doubtful, others=others)
    page = _statement(cells)
    assert BANK_STATEMENT.read is not None
    none = _Nothing()
    return settle(
        BANK_STATEMENT, [page], BANK_STATEMENT.read([page]), Engines(none, none, none, none)
    )


def test_a_doubtful_digit_is_read_as_the_sums_say() -> None:
    parts = _settled(0, (("7", 0.38),), "1,000.00")
    assert [r.balance for r in parts.rows] == [Decimal(5000), Decimal(7000), Decimal(6500)]


def test_a_doubtful_digit_is_left_when_the_sums_ask_for_what_the_picture_does_not_show() -> None:
    parts = _settled(0, (("4", 0.38),), "1,000.00")
    assert parts.rows[1].balance == Decimal(1000)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 9), st.integers(0, 7))
def test_clear_digits_are_never_changed(digit: int, place: int) -> None:
    text = "7,000.00"
    if text[place] in ",." or text[place] == str(digit):
        return
    forged = text[:place] + str(digit) + text[place + 1 :]
    rows = [
        ["2025-01-02", "货款", "", "1,000.00", "5,000.00"],
        ["2025-01-03", "货款", "", "2,000.00", forged],
    ]
    page = _statement([[_glyphs(t, 0.99) for t in row] for row in rows])
    assert BANK_STATEMENT.read is not None
    none = _Nothing()
    parts = settle(
        BANK_STATEMENT, [page], BANK_STATEMENT.read([page]), Engines(none, none, none, none)
    )
    assert {r.balance for r in parts.rows} == {Decimal(5000), Decimal(forged.replace(",", ""))}


def test_two_readers_that_agree_are_surer_and_that_differ_are_not_sure() -> None:
    one, two = _glyphs("1,234.56", 0.9), _glyphs("1,284.56", 0.95)
    both = agree(one, _glyphs("1,234.56", 0.95))
    assert text_of(both) == "1,234.56" and min(g.sure for g in both) > 0.95
    apart = agree(one, two)
    assert text_of(apart) == "1,284.56"
    assert [g.sure <= 0.5 for g in apart] == [False, False, False, True, False, False, False, False]
    assert apart[3].others[0][0] == "3"


def test_a_tie_without_all_its_cells_is_none() -> None:
    from extractors.documents.parts import Parts

    assert list(INVOICE.ties(Parts())) == []
    assert list(BUSINESS_LICENCE.ties(Parts())) == []
    cell = Cell(1, WHOLE_PAGE, Decimal(3))
    assert Tie((cell, cell), lambda v: v[0] == v[1]).holds
