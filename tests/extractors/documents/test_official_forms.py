"""Official forms in full length, ruled, unruled and as sheets: every figure under its own line and
column.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest
from conftest import read_packet
from official_forms import OFFICIAL_FORMS, OfficialForm, as_pdf, as_sheet

from extractors.documents.form_lines import BALANCE_SHEET_LINES, CASH_FLOW_LINES, INCOME_LINES
from extractors.documents.tax_lines import BUSINESS_INCOME_TAX_LINES, CORPORATE_TAX_LINES, VAT_LINES
from extractors.model import Document
from extractors.values.money import parse_money

MEDIA = ("ruled", "unruled", "sheet")
KNOWN = {
    "balance_sheet": BALANCE_SHEET_LINES,
    "income_statement": INCOME_LINES,
    "cash_flow_statement": CASH_FLOW_LINES,
    "vat_return": VAT_LINES,
    "corporate_tax_return": CORPORATE_TAX_LINES,
    "corporate_tax_prepayment": CORPORATE_TAX_LINES,
    "business_income_tax": BUSINESS_INCOME_TAX_LINES,
}
# The type, the period, and the role of each column of figures.
WANTED = {
    "small_balance": ("balance_sheet", "", "2025-12-31", ["ending", "opening"] * 2),
    "small_balance_stacked": ("balance_sheet", "", "2025-12-31", ["ending", "opening"]),
    "small_income_month": ("income_statement", "2025-11-01", "2025-11-30", ["value", "month"]),
    "small_income_quarter": ("income_statement", "2025-10-01", "2025-12-31", ["value", "month"]),
    "small_income_year": ("income_statement", "2025-01-01", "2025-12-31", ["value", "prior"]),
    "small_cash": ("cash_flow_statement", "2025-12-01", "2025-12-31", ["value", "month"]),
    "general_balance": ("balance_sheet", "", "2025-12-31", ["ending", "opening"] * 2),
    "general_balance_days": ("balance_sheet", "", "2025-12-31", ["ending", "opening"]),
    "general_income_year": ("income_statement", "2025-01-01", "2025-12-31", ["value", "prior"]),
    "general_income_years": ("income_statement", "2025-01-01", "2025-12-31", ["value", "prior"]),
    "general_cash": ("cash_flow_statement", "2025-01-01", "2025-12-31", ["value", "prior"]),
    "system_balance": ("balance_sheet", "", "2025-12-31", ["ending", "opening"] * 2),
    "system_income": ("income_statement", "2025-12-01", "2025-12-31", ["month", "value"]),
    "vat_general": ("vat_return", "2025-12-01", "2025-12-31", ["month", "value"] * 2),
    "vat_small": ("vat_return", "2025-10-01", "2025-12-31", ["month", "month", "value", "value"]),
    "corporate_tax_2017": ("corporate_tax_return", "2025-01-01", "2025-12-31", ["value"]),
    "corporate_tax_2025": ("corporate_tax_return", "2025-01-01", "2025-12-31", ["value"]),
    "prepayment": ("corporate_tax_prepayment", "2025-10-01", "2025-12-31", ["value"]),
    "business_tax_a": ("business_income_tax", "2025-10-01", "2025-12-31", ["value"]),
    "business_tax_b": ("business_income_tax", "2025-01-01", "2025-12-31", ["value"]),
}


@cache
def read(name: str, medium: str) -> Document:
    form = OFFICIAL_FORMS[name]()
    if medium == "sheet":
        files = {"form.xlsx": as_sheet(form)}
    else:
        files = {"form.pdf": as_pdf(form, ruled=medium == "ruled")}
    (document,) = read_packet(files).documents
    return document


def printed(form: OfficialForm, roles: list[str]) -> list[dict[str, Decimal]]:
    """The figures of each printed line by role; columns of one role on one line are one sum."""
    blocks = 2 if roles == ["ending", "opening"] * 2 and len(form.rows[0]) == 8 else 1
    width = len(form.rows[0]) // blocks
    found = []
    for row in form.rows:
        for block in range(blocks):
            cells = row[block * width : (block + 1) * width][-len(roles) // blocks :]
            sums: dict[str, Decimal] = {}
            for role, text in zip(roles, cells, strict=False):
                value = parse_money(text)
                if value is not None:
                    sums[role] = sums.get(role, Decimal(0)) + value
            if sums:
                found.append(sums)
    return found


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("name", WANTED)
def test_every_figure_of_an_official_form(name: str, medium: str) -> None:
    kind, start, end, roles = WANTED[name]
    document = read(name, medium)
    assert (document.type, document.status, document.failures) == (kind, "read", ())
    assert document.fields["period_end"].value == end
    assert "period_start" not in document.fields or document.fields["period_start"].value == start
    want = printed(OFFICIAL_FORMS[name](), roles)
    got = [
        {role: amount.value for role, amount in line.columns.items()}
        for line in document.lines.values()
        if line.columns
    ]
    if medium == "sheet" and name == "system_balance":
        got = [g for n, g in enumerate(got) if g not in got[:n]]
    key = repr
    unread = [w for w in want if w not in got]
    assert not unread
    assert len({key(sorted(g.items())) for g in got}) == len(want)


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("name", WANTED)
def test_every_line_has_a_name_of_its_form(name: str, medium: str) -> None:
    document = read(name, medium)
    known = KNOWN[document.type]
    strange = [n for n in document.lines if n.split("：")[-1] not in known]
    assert not strange
