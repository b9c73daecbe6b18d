"""All figures of the reconciliation table, by year, the last two years that papers speak of."""

from __future__ import annotations

from verify.case_file import CaseFile
from verify.model import Reconciled
from verify.reconciliation.money import balances_paid_on, cash, debt, income_tax, interest, payroll, value_added_tax
from verify.reconciliation.sheet import YearSheet
from verify.reconciliation.trade import invoices_paid, purchases, revenue

_FIGURES = (revenue, invoices_paid, purchases, value_added_tax, income_tax, payroll, interest, debt, cash)
_YEARS = 2


def reconcile(case: CaseFile) -> tuple[Reconciled, ...]:
    """Figures that at least one source states."""
    years = {int(d.fields["period_end"].value[:4]) for d in case.packet.documents if "period_end" in d.fields}
    sheets = [YearSheet(case, y) for y in sorted(years, reverse=True)[:_YEARS]]
    return tuple(r for s in sheets for r in (*(figure(s) for figure in _FIGURES), *balances_paid_on(s)) if r.sources)
