"""Text that was changed after a paper was made: what kind of text, and whether the old value makes
the paper's sums hold again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from extractors.model import Box, Document, Signal
from extractors.values.money import parse_money
from extractors.values.party_name import is_company
from extractors.values.period import find_dates
from verify.arithmetic.equations import Cell, paper_sums
from verify.arithmetic.smallest_edit import holds
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Hit

_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+\.\d{2}(?!\d)|-?\d{2,}")


@dataclass(frozen=True, slots=True)
class Change:
    """Old and new text of one place; `kind` is amount, date, name or other."""

    old: str
    new: str
    kind: str
    page: int
    box: Box

    @property
    def amounts(self) -> tuple[Decimal, Decimal] | None:
        """Old and new amount, where both are one."""
        old, new = _amount(self.old), _amount(self.new)
        return (old, new) if old is not None and new is not None else None


def change_of(signal: Signal) -> Change:
    """The change that a signal "old → new" states."""
    old, _, new = (part.strip() for part in signal.detail.partition(" → "))
    return Change(old, new, _kind(old, new), signal.page, signal.box)


def _kind(old: str, new: str) -> str:
    dated = find_dates(old), find_dates(new)
    if dated[0] and dated[1]:
        return "date" if dated[0][0][0] != dated[1][0][0] else "other"
    amounts = _amount(old), _amount(new)
    if None not in amounts:
        return "amount" if amounts[0] != amounts[1] else "other"
    return "name" if is_company(old) or is_company(new) else "other"


def _amount(text: str) -> Decimal | None:
    found = _NUMBER.findall(text)
    return parse_money(found[-1]) if found else None


def repairs(document: Document, change: Change) -> bool:
    """Whether the paper's sums fail as printed and all hold with the old amount in the place of the
    new one.
    """
    amounts, sums = change.amounts, paper_sums(document)
    if amounts is None or holds(sums.values, sums.equations):
        return False
    old, new = amounts
    for index, cell in enumerate(sums.cells):
        if abs(cell.value) == abs(new) and stands_at(cell, change.page, change.box):
            values = list(sums.values)
            values[index] = abs(old) if cell.value >= 0 else -abs(old)
            if holds(values, sums.equations):
                return True
    return False


def stands_at(cell: Cell, page: int, box: Box) -> bool:
    """Whether a figure stands at a place; a row's box holds all its figures."""
    place = cell.place
    at, own = (place.at.page, place.at.box) if hasattr(place, "at") else (place.page, place.box)
    inside = own.left - 0.01 <= box.right and box.left <= own.right + 0.01
    return (
        at == page and inside and own.top - 0.01 <= (box.top + box.bottom) / 2 <= own.bottom + 0.01
    )


def said_the_same(document: Document, signal: Signal) -> bool:
    """Whether the file itself shows that what stands at a signal's place replaced the very same
    text.
    """
    return any(
        each.kind == "reprinted_text" and each.page == signal.page and overlap(each.box, signal.box)
        for each in document.signals
    )


def overlap(a: Box, b: Box) -> bool:
    return min(a.right, b.right) > max(a.left, b.left) and min(a.bottom, b.bottom) > max(
        a.top, b.top
    )


def changed(
    case: RuleView, document: Document, kind: str, told: Callable[[Change], BilingualText]
) -> list[Hit]:
    """A hit for each signal of a kind whose change is of an amount, a date or a name; the limit
    `most` bounds them.
    """
    found = [
        (signal, c)
        for signal in document.signals
        if signal.kind == kind and (c := change_of(signal)).kind != "other"
    ]
    return [
        _hit(case, document, signal, change, told(change))
        for signal, change in found[: int(case.limit("most"))]
    ]


def _hit(
    case: RuleView, document: Document, signal: Signal, change: Change, say: BilingualText
) -> Hit:
    place = case.at_signal(document, signal, f"{change.old} → {change.new}")
    severity = Severity.HIGH if change.kind in ("amount", "date") else Severity.MEDIUM
    return Hit(
        say=say,
        evidence=(place,),
        expected=change.old,
        observed=change.new,
        confidence=0.95,
        severity=severity,
    )
