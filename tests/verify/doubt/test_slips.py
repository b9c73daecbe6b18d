"""For every slip of reading: the honest misreading is doubted, and its forged twin is still found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from conftest import honest_packet
from readings import (
    CLEAR,
    WEAK,
    changed,
    document_of,
    field,
    inner_row,
    line,
    pictured,
    proven,
    row,
    run_of,
    slips_of,
    unproven,
    with_document,
    without_field,
    without_row,
)

from extractors.model import Document, Packet, ProofKind
from verify.model import Outcome


def _total() -> Decimal:
    return Decimal(document_of(honest_packet(), "invoice").fields["total_amount"].value)


def _one_digit_off(value: Decimal) -> str:
    """The amount with its first digit read as another one."""
    text = f"{value:.2f}"
    other = "7" if text[0] != "7" else "1"
    return other + text[1:]


# A weak digit


def test_a_weak_digit_of_a_picture_is_doubted() -> None:
    misread = field("total_amount", _one_digit_off(_total()), confidence=WEAK)
    run = run_of(changed("invoice", pictured(), misread), "ARI15")
    assert run.outcome is Outcome.READING_IN_DOUBT
    assert slips_of(run) == {"weak_character"}
    assert not run.findings


@pytest.mark.parametrize("confidence", [CLEAR, 0.96])
def test_a_digit_changed_in_clear_print_is_found(confidence: float) -> None:
    altered = field("total_amount", _one_digit_off(_total()), confidence=confidence)
    run = run_of(changed("invoice", pictured(), altered), "ARI15")
    assert run.outcome is Outcome.HIT


def test_a_digit_changed_in_text_is_found() -> None:
    run = run_of(changed("invoice", field("total_amount", _one_digit_off(_total()))), "ARI15")
    assert run.outcome is Outcome.HIT


def test_a_factor_of_ten_in_clear_print_is_found() -> None:
    raised = field("total_amount", f"{_total() * 10:.2f}", confidence=CLEAR)
    assert run_of(changed("invoice", pictured(), raised), "ARI15").outcome is Outcome.HIT


def test_a_lost_decimal_point_of_a_weak_picture_is_doubted() -> None:
    misread = field("total_amount", f"{_total() * 100:.2f}", confidence=WEAK)
    run = run_of(changed("invoice", pictured(), misread), "ARI15")
    assert run.outcome is Outcome.READING_IN_DOUBT


# Cents and characters that were not read


def test_cents_that_a_picture_lost_are_doubted_however_clear() -> None:
    lost = field("total_words", f"{_total() - Decimal('0.04'):.2f}", confidence=CLEAR)
    run = run_of(changed("invoice", pictured(), lost), "ARI15")
    assert run.outcome is Outcome.READING_IN_DOUBT
    assert "cents" in slips_of(run)


def test_cents_that_differ_in_text_are_found() -> None:
    other = field("total_words", f"{_total() - Decimal('0.04'):.2f}")
    assert run_of(changed("invoice", other), "ARI15").outcome is Outcome.HIT


# A row, a flag, a day


def _without_a_row(*, closed_up: bool, ink: bool | None = None) -> Packet:
    index = inner_row(document_of(honest_packet(), "bank_statement"))
    changes = [without_row(index, closed_up=closed_up), unproven]
    if ink is not None:
        changes.append(proven(ProofKind.INK_LEDGER, ink))
    return changed("bank_statement", *changes)


def test_a_row_that_was_not_read_is_doubted() -> None:
    run = run_of(_without_a_row(closed_up=False), "ARI17")
    assert run.outcome is Outcome.READING_IN_DOUBT
    assert slips_of(run) == {"row_not_read"}


def test_a_row_that_was_taken_out_is_found() -> None:
    assert run_of(_without_a_row(closed_up=True), "ARI17").outcome is Outcome.HIT


def test_a_row_that_was_painted_over_is_found_where_all_ink_is_accounted_for() -> None:
    packet = _without_a_row(closed_up=False, ink=True)
    assert run_of(packet, "ARI17").outcome is Outcome.HIT


def test_a_picture_has_room_for_a_row_that_was_not_even_found() -> None:
    """All lines that were found are accounted for; this one was not found."""
    index = inner_row(document_of(honest_packet(), "bank_statement"))
    changes = (pictured(), without_row(index, closed_up=False), proven(ProofKind.INK_LEDGER))
    assert run_of(changed("bank_statement", *changes), "ARI17").outcome is Outcome.READING_IN_DOUBT


def test_a_row_taken_out_of_a_picture_is_found_where_the_others_close_up() -> None:
    index = inner_row(document_of(honest_packet(), "bank_statement"))
    changes = (pictured(), without_row(index, closed_up=True), proven(ProofKind.INK_LEDGER))
    assert run_of(changed("bank_statement", *changes), "ARI17").outcome is Outcome.HIT


def test_a_line_that_no_region_explains_makes_a_break_doubtful() -> None:
    packet = _without_a_row(closed_up=True, ink=False)
    assert run_of(packet, "ARI17").outcome is Outcome.READING_IN_DOUBT


def _turned(confidence: float) -> Packet:
    statement = document_of(honest_packet(), "bank_statement")
    index = inner_row(statement)
    old = statement.rows[index]
    return changed(
        "bank_statement", row(index, debit=old.credit, credit=old.debit, confidence=confidence)
    )


def test_a_flag_that_was_not_read_for_sure_is_doubted() -> None:
    run = run_of(_turned(0.5), "ARI17")
    assert run.outcome is Outcome.READING_IN_DOUBT
    assert slips_of(run) == {"flag_turned"}


def test_a_side_that_was_changed_in_text_is_found() -> None:
    assert run_of(_turned(CLEAR), "ARI17").outcome is Outcome.HIT


def _two_statements(second_is_picture: bool) -> Packet:
    """The account's statement handed in twice, with another day for one row of the second."""
    packet = honest_packet()
    statement = document_of(packet, "bank_statement")
    index = inner_row(statement)
    later = statement.rows[index].day + timedelta(days=1)
    twin = row(index, day=later)(replace(statement, file="second.pdf", sha256="e" * 64))
    if second_is_picture:
        twin = pictured()(twin)
    return replace(packet, documents=(*packet.documents, twin))


def test_a_day_that_a_picture_shows_differently_is_doubted() -> None:
    run = run_of(_two_statements(second_is_picture=True), "DUP05")
    assert run.outcome is Outcome.READING_IN_DOUBT
    assert slips_of(run) == {"day_misread"}


def test_a_day_that_was_changed_in_text_is_found() -> None:
    assert run_of(_two_statements(second_is_picture=False), "DUP05").outcome is Outcome.HIT


def _a_copy_without_a_row(is_whole: bool) -> Packet:
    """The account's statement handed in twice; the second lacks one row."""
    packet = honest_packet()
    statement = document_of(packet, "bank_statement")
    index = inner_row(statement)
    rows = (*statement.rows[:index], *statement.rows[index + 1 :])
    twin = replace(statement, file="second.pdf", sha256="e" * 64, rows=rows)
    twin = proven(ProofKind.INK_LEDGER, is_whole)(unproven(twin))
    return replace(packet, documents=(*packet.documents, twin))


def test_a_row_that_a_copy_lost_in_reading_tells_nothing() -> None:
    assert run_of(_a_copy_without_a_row(is_whole=False), "DUP05").outcome is Outcome.NOT_CHECKED


def test_a_row_that_was_taken_out_of_a_copy_is_found() -> None:
    assert run_of(_a_copy_without_a_row(is_whole=True), "DUP05").outcome is Outcome.HIT


# Units, periods, holders


def _revenue(factor: Decimal) -> Packet:
    statement = document_of(honest_packet(), "income_statement")
    revenue = statement.lines["营业收入"].columns["value"].value
    return changed("income_statement", line("营业收入", "value", revenue * factor))


@pytest.mark.parametrize("factor", ["10000", "0.0001", "1000"])
def test_a_missed_unit_is_doubted(factor: str) -> None:
    run = run_of(_revenue(Decimal(factor)), "CON02")
    assert run.outcome is Outcome.READING_IN_DOUBT
    assert slips_of(run) == {"unit_missed"}


@pytest.mark.parametrize("factor", ["10", "1.5", "100"])
def test_inflated_revenue_is_found(factor: str) -> None:
    assert run_of(_revenue(Decimal(factor)), "CON02").outcome is Outcome.HIT


def test_a_period_that_ends_within_a_month_is_doubted() -> None:
    packet = changed("income_statement", field("period_end", "2025-01-12"))
    run = run_of(packet, "CON04")
    assert run.outcome is Outcome.READING_IN_DOUBT
    assert slips_of(run) == {"period_misread"}


def test_revenue_without_receipts_is_found_where_the_period_is_clear() -> None:
    assert run_of(_revenue(Decimal(20)), "CON04").outcome is Outcome.HIT


def _strangers_sheet(confidence: float) -> Packet:
    """A balance sheet in the applicant's packet with another name on it and other capital."""
    return changed(
        "balance_sheet",
        pictured(),
        field("company", "某某贸易有限公司", confidence=confidence),
        line("实收资本", "ending", Decimal("98000000.00")),
    )


def test_a_name_that_was_not_read_clearly_is_doubted() -> None:
    run = run_of(_strangers_sheet(WEAK), "CON27")
    assert run.outcome is Outcome.READING_IN_DOUBT
    assert slips_of(run) == {"other_holder"}


def test_capital_that_differs_under_a_clear_name_is_found() -> None:
    packet = changed(
        "balance_sheet", pictured(), line("实收资本", "ending", Decimal("98000000.00"))
    )
    assert run_of(packet, "CON27").outcome is Outcome.HIT


# Whole documents


def _all_balances(document: Document) -> Document:
    """Every balance of a statement replaced by the amount beside it, as a shifted column reads."""
    rows = tuple(replace(r, balance=r.debit or r.credit) for r in document.rows)
    return replace(document, rows=rows)


def test_a_statement_whose_every_balance_breaks_is_doubted() -> None:
    run = run_of(changed("bank_statement", _all_balances), "ARI17")
    assert run.outcome is Outcome.READING_IN_DOUBT
    assert slips_of(run) == {"whole_document"}


def test_one_changed_balance_is_found() -> None:
    statement = document_of(honest_packet(), "bank_statement")
    index = inner_row(statement)
    balance = statement.rows[index].balance or Decimal(0)
    packet = changed("bank_statement", row(index, balance=balance + 88650))
    assert run_of(packet, "ARI17").outcome is Outcome.HIT


def _columns_swapped(document: Document) -> Document:
    """Every line's amount replaced by one that fits no sum, as a mistaken column reads."""
    for number, name in enumerate(document.lines):
        for column in document.lines[name].columns:
            document = line(name, column, Decimal(1000 + number * number * 37))(document)
    return document


def test_a_sheet_of_which_no_sum_holds_is_doubted() -> None:
    packet = changed("balance_sheet", _columns_swapped)
    run = run_of(packet, "ARI01")
    assert run.outcome is Outcome.READING_IN_DOUBT
    assert slips_of(run) == {"whole_document"}


def test_a_sheet_with_one_raised_total_is_found() -> None:
    sheet = document_of(honest_packet(), "balance_sheet")
    total = sheet.lines["资产总计"].columns["ending"].value
    packet = changed("balance_sheet", line("资产总计", "ending", total + 500000))
    assert run_of(packet, "ARI01").outcome is Outcome.HIT


# Lone readings


def test_words_that_stand_alone_on_a_picture_are_doubted() -> None:
    misread = field("total_words", f"{_total() + 3000:.2f}")
    run = run_of(changed("invoice", pictured(), misread), "ARI15")
    assert run.outcome is Outcome.READING_IN_DOUBT
    assert slips_of(run) == {"stands_alone"}


def test_a_figure_that_stands_alone_in_clear_print_is_found() -> None:
    raised = field("total_amount", f"{_total() + 30000:.2f}")
    assert run_of(changed("invoice", pictured(), raised), "ARI15").outcome is Outcome.HIT


def test_a_net_amount_that_reads_like_the_total_is_doubted() -> None:
    shifted = field("net_amount", f"{_total():.2f}")
    run = run_of(changed("invoice", shifted), "ARI14")
    assert run.outcome is Outcome.READING_IN_DOUBT
    assert "column_shifted" in slips_of(run)


def test_a_net_amount_of_its_own_is_found() -> None:
    raised = field("net_amount", f"{_total() + 5000:.2f}")
    assert run_of(changed("invoice", raised), "ARI14").outcome is Outcome.HIT


def test_an_unsure_reading_is_doubted() -> None:
    packet = changed("invoice", pictured(0.7), field("total_amount", f"{_total() + 31717:.2f}"))
    run = run_of(packet, "ARI15")
    assert run.outcome is Outcome.READING_IN_DOUBT


# Values that other documents decided


def test_a_value_chosen_by_another_document_neither_confirms_nor_refutes_it() -> None:
    packet = honest_packet()
    slip = document_of(packet, "bank_slip")
    statement = document_of(packet, "bank_statement")
    old = slip.fields["amount"]
    at = replace(old.at, method="packet", derived_from=(statement.id,))
    other = replace(old, value="1.00", at=at)
    changed_slip = replace(slip, fields={**slip.fields, "amount": other})
    run = run_of(with_document(packet, slip, changed_slip), "CON23")
    assert run.outcome in (Outcome.NOT_CHECKED, Outcome.READING_IN_DOUBT)
    assert not run.findings


# Pages


def _page_again(*, with_balances_of_its_own: bool) -> Packet:
    """A page's rows a second time: as scanned twice, or put in to raise the turnover."""
    statement = document_of(honest_packet(), "bank_statement")
    page = statement.rows[len(statement.rows) // 2].page
    rows = [replace(r, page=max(statement.pages) + 1) for r in statement.rows if r.page == page]
    if with_balances_of_its_own:
        rows = [replace(r, balance=(r.balance or Decimal(0)) + 1000) for r in rows]

    def change(document: Document) -> Document:
        together = sorted((*document.rows, *rows), key=lambda r: r.day)
        return replace(document, rows=tuple(together))

    return changed("bank_statement", change, proven(ProofKind.INK_LEDGER))


def test_a_page_scanned_twice_is_doubted() -> None:
    run = run_of(_page_again(with_balances_of_its_own=False), "ARI17")
    assert run.outcome is Outcome.READING_IN_DOUBT
    assert slips_of(run) == {"page_twice"}


def test_rows_put_in_with_balances_of_their_own_are_found() -> None:
    run = run_of(_page_again(with_balances_of_its_own=True), "ARI17")
    assert run.outcome is Outcome.HIT


def _without_last_page(*, read_past_it: bool) -> Packet:
    """The rows of the last page are gone: passed over in reading, or the page is not in the file."""

    def change(document: Document) -> Document:
        last = document.rows[-1].page
        rows = tuple(r for r in document.rows if r.page != last)
        pages = document.pages if read_past_it else tuple(p for p in document.pages if p != last)
        return replace(document, rows=rows, pages=pages)

    return changed("bank_statement", change, _printing_its_closing, proven(ProofKind.INK_LEDGER))


def _printing_its_closing(document: Document) -> Document:
    """The closing balance of the whole statement as its head prints it."""
    whole = document_of(honest_packet(), "bank_statement")
    balance = whole.rows[-1].balance or Decimal(0)
    old = document.fields["closing_balance"]
    opening = document.fields["opening_balance"]
    at = replace(old.at, method="text", box=opening.at.box)
    new = replace(old, value=f"{balance:.2f}", raw=f"{balance:.2f}", at=at)
    return replace(document, fields={**document.fields, "closing_balance": new}, proofs=())


def test_a_page_that_was_passed_over_is_doubted() -> None:
    run = run_of(_without_last_page(read_past_it=True), "ARI18")
    assert run.outcome is Outcome.READING_IN_DOUBT
    assert slips_of(run) == {"row_not_read"}


def test_a_page_that_was_taken_out_is_found() -> None:
    assert run_of(_without_last_page(read_past_it=False), "ARI18").outcome is Outcome.HIT


def test_totals_over_rows_that_were_not_read_for_sure_are_doubted() -> None:
    index = inner_row(document_of(honest_packet(), "bank_statement"))
    packet = changed(
        "bank_statement", row(index, confidence=0.5, credit=Decimal("77")), _printing_its_closing
    )
    assert run_of(packet, "ARI18").outcome is Outcome.READING_IN_DOUBT


# Currency


def _interest_at_another_rate(*changes: Callable[[Document], Document]) -> Packet:
    """A statement whose interest is a third of what its balances earn."""

    def lower(document: Document) -> Document:
        rows = tuple(
            replace(r, credit=(r.credit / 3).quantize(Decimal("0.01")))
            if "结息" in r.description
            else r
            for r in document.rows
        )
        return replace(document, rows=rows)

    return changed("bank_statement", lower, *changes)


def test_interest_of_an_account_in_an_unread_currency_is_doubted() -> None:
    run = run_of(_interest_at_another_rate(without_field("currency"), pictured()), "BNK03")
    assert not run.findings
    assert slips_of(run) == {"currency_unread"}


def test_interest_that_fits_no_balance_is_found() -> None:
    currency = replace(
        document_of(honest_packet(), "bank_statement").fields["account_number"],
        name="currency",
        value="CNY",
        raw="人民币",
    )

    def in_yuan(document: Document) -> Document:
        return replace(document, fields={**document.fields, "currency": currency})

    assert run_of(_interest_at_another_rate(in_yuan, pictured()), "BNK03").findings
    assert run_of(_interest_at_another_rate(without_field("currency")), "BNK03").findings


def test_totals_that_a_clear_break_explains_are_found_beside_a_page_of_totals_alone() -> None:
    """Rows of one page closed up over a removed one, and the last page holds nothing but totals."""
    statement = document_of(honest_packet(), "bank_statement")
    index = inner_row(statement)

    def totals_page(document: Document) -> Document:
        return replace(document, pages=(*document.pages, max(document.pages) + 1))

    packet = changed(
        "bank_statement",
        without_row(index, closed_up=True),
        _printing_its_closing,
        proven(ProofKind.INK_LEDGER),
        totals_page,
    )
    assert run_of(packet, "ARI17").outcome is Outcome.HIT
    assert run_of(packet, "ARI18").outcome is Outcome.HIT


# The day of printing


def _printed_on(day: str) -> Packet:
    statement = document_of(honest_packet(), "bank_statement")
    end = statement.fields["period_end"]
    printed = replace(end, name="printed_at", value=day, raw=day)
    fields = {**statement.fields, "printed_at": printed}
    return changed("bank_statement", lambda d: replace(d, fields=fields))


def test_a_day_of_printing_before_nearly_all_rows_is_doubted() -> None:
    first = document_of(honest_packet(), "bank_statement").rows[0].day
    run = run_of(_printed_on(first.isoformat()), "BNK07")
    assert run.outcome is Outcome.READING_IN_DOUBT
    assert slips_of(run) == {"print_day_misread"}


def test_rows_added_after_the_day_of_printing_are_found() -> None:
    rows = document_of(honest_packet(), "bank_statement").rows
    run = run_of(_printed_on(rows[len(rows) // 2].day.isoformat()), "BNK07")
    assert run.outcome is Outcome.HIT


# Columns of the month and of the year


def _with_columns_turned(names: tuple[str, ...] | None) -> Packet:
    """A return whose year and month stand in each other's place, in all lines or in some."""
    document = document_of(honest_packet(), "vat_return")
    lines = {}
    for name, old in document.lines.items():
        columns = dict(old.columns)
        if {"value", "month"} <= columns.keys() and (names is None or name in names):
            columns["value"], columns["month"] = columns["month"], columns["value"]
        lines[name] = replace(old, columns=columns)
    sales = str(lines["销售额"].columns["value"].value)
    turned = lambda d: replace(d, lines=lines)  # noqa: E731 - one change among others
    return changed("vat_return", turned, field("sales", sales))


def test_columns_that_were_taken_for_each_other_are_doubted() -> None:
    run = run_of(_with_columns_turned(None), "CON02")
    assert run.outcome is Outcome.READING_IN_DOUBT
    assert slips_of(run) == {"columns_swapped"}


def test_sales_of_one_line_that_are_too_low_are_found() -> None:
    assert run_of(_with_columns_turned(("销售额",)), "CON02").outcome is Outcome.HIT
