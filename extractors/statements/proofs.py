"""Proofs of completeness: what a statement itself says about how much there is to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.model import WHOLE_PAGE, Box, Field, PrintedTotal, Proof, ProofKind, Transaction
from extractors.statements.entries import Found


def proofs_of(
    rows: Sequence[Transaction],
    found: Found,
    totals: Sequence[PrintedTotal],
    fields: dict[str, Field],
) -> tuple[Proof, ...]:
    """Every proof that the statement allows; what it does not print proves nothing."""
    proofs = [
        *_chain(rows, fields),
        *_totals(rows, totals),
        *_count(rows, fields),
        *_carried(rows, totals),
        *_pages(fields),
        *_ledger(found, rows),
    ]
    return tuple(proofs)


def _proof(kind: ProofKind, checked: int, failed: Sequence[tuple[int, Box]]) -> Iterator[Proof]:
    if not checked:
        return
    page, box = failed[0] if failed else (1, WHOLE_PAGE)
    yield Proof(kind=kind, holds=not failed, checked=checked, open=len(failed), page=page, box=box)


def _chain(rows: Sequence[Transaction], fields: dict[str, Field]) -> Iterator[Proof]:
    """Each balance follows from the one before it; the first from the printed opening balance.

    Rows without a balance count towards the next one. The last balance equals the printed closing.
    """
    opening, closing = _printed(fields, "opening_balance"), _printed(fields, "closing_balance")
    before = opening
    moved = Decimal(0)
    checked = 0
    failed: list[tuple[int, Box]] = []
    for row in rows:
        moved += row.credit - row.debit
        if row.balance is None:
            continue
        if before is not None:
            checked += 1
            if before + moved != row.balance:
                failed.append((row.page, row.box))
        before, moved = row.balance, Decimal(0)
    if closing is not None and before is not None and rows:
        checked += 1
        if before + moved != closing:
            failed.append((rows[-1].page, rows[-1].box))
    yield from _proof(ProofKind.CHAIN, checked, failed)


def _printed(fields: dict[str, Field], name: str) -> Decimal | None:
    """A balance that the document prints outside its rows; one that the rows imply proves nothing."""
    found = fields.get(name)
    if found is None or not found.raw or found.raw == "row":
        return None
    return Decimal(found.value)


def _totals(rows: Sequence[Transaction], totals: Sequence[PrintedTotal]) -> Iterator[Proof]:
    whole = [total for total in totals if total.kind == "total" and total.after_row == len(rows)]
    debit = sum((row.debit for row in rows), Decimal(0))
    credit = sum((row.credit for row in rows), Decimal(0))
    failed = [
        (t.page, t.box) for t in whole if not (_equal(t.debit, debit) and _equal(t.credit, credit))
    ]
    yield from _proof(ProofKind.PRINTED_TOTALS, len(whole), failed)


def _equal(printed: Decimal | None, summed: Decimal) -> bool:
    return printed is None or abs(printed) == abs(summed)


def _count(rows: Sequence[Transaction], fields: dict[str, Field]) -> Iterator[Proof]:
    found = fields.get("row_count")
    if found is None:
        return
    failed = [] if int(found.value) == len(rows) else [(found.at.page, found.at.box)]
    yield from _proof(ProofKind.PRINTED_COUNT, 1, failed)


def _carried(rows: Sequence[Transaction], totals: Sequence[PrintedTotal]) -> Iterator[Proof]:
    carried = [
        total
        for total in totals
        if total.kind == "carried" and total.balance is not None and total.after_row
    ]
    failed = [
        (total.page, total.box)
        for total in carried
        if total.after_row <= len(rows)
        and rows[total.after_row - 1].balance not in (None, total.balance)
    ]
    yield from _proof(ProofKind.CARRY_OVER, len(carried), failed)


def _pages(fields: dict[str, Field]) -> Iterator[Proof]:
    found = fields.get("page_numbers")
    if found is None:
        return
    marks = [tuple(map(int, re.findall(r"\d+", mark))) for mark in found.value.split(",")]
    total = marks[0][1]
    present = {number for number, _ in marks}
    missing = set(range(1, total + 1)) - present
    failed = [(found.at.page, found.at.box)] if missing else []
    yield from _proof(ProofKind.PAGE_NUMBERS, len(marks), failed)


def _ledger(found: Found, rows: Sequence[Transaction]) -> Iterator[Proof]:
    if rows:
        failed = [(line.page, line.box) for line in found.open_lines]
        yield from _proof(ProofKind.INK_LEDGER, max(found.lines, len(failed)), failed)
