"""All figures of the reconciliation table, by year, the last two years that papers speak of."""

from __future__ import annotations

from collections.abc import Callable

from verify.case_file import CaseFile
from verify.model import BilingualText, Reconciled
from verify.reconciliation.money import (
    balances_paid_on,
    cash,
    debt,
    income_tax,
    interest,
    payroll,
    value_added_tax,
)
from verify.reconciliation.sheet import YearSheet
from verify.reconciliation.trade import invoices_paid, purchases, revenue

Figure = Callable[[YearSheet], Reconciled | list[Reconciled]]
_FIGURES: tuple[Figure, ...] = (
    revenue,
    invoices_paid,
    purchases,
    value_added_tax,
    income_tax,
    payroll,
    interest,
    debt,
    cash,
    balances_paid_on,
)
_YEARS = 2  # latest years; older ones no longer bear on a decision


def reconcile(case: CaseFile) -> tuple[Reconciled, ...]:
    """Figures that at least one source states.

    One that cannot be worked out says so and costs no other.
    """
    years = {
        int(document.fields["period_end"].value[:4])
        for document in case.packet.documents
        if "period_end" in document.fields
    }
    sheets = [YearSheet(case, year) for year in sorted(years, reverse=True)[:_YEARS]]
    return tuple(
        reconciled
        for sheet in sheets
        for figure in _FIGURES
        for reconciled in _worked_out(figure, sheet)
        if reconciled.sources or reconciled.outcome == "error"
    )


def _worked_out(figure: Figure, sheet: YearSheet) -> list[Reconciled]:
    try:
        found = figure(sheet)
    except Exception as error:  # noqa: BLE001 - like a rule's, its failure is an outcome of its own
        said = BilingualText(
            f"{sheet.year} 年 {figure.__name__}：{error!r}",
            f"{figure.__name__} {sheet.year}: {error!r}",
        )
        return [Reconciled(figure=said, sources=(), tolerance="", outcome="error")]
    return [found] if isinstance(found, Reconciled) else found
