"""Registers in layouts of public templates: recognised, and read with the right values."""

from __future__ import annotations

from decimal import Decimal

import pytest
from register_layouts import CODE, COMPANY, FIRM, LAYOUTS, PERSON

from extractors.classification.papers import papers_of
from extractors.documents.shareholder_register import read

SURE = 0.85
WITHOUT_SHARES = {"publicity system"}
WITHOUT_AMOUNTS = {"shares of stock"}  # 万股 is a number of shares, not a sum of money
WITH_CODE = {"aligned, fractions, totals", "publicity system"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_register_is_recognised(layout: str) -> None:
    papers = papers_of([LAYOUTS[layout]()])
    assert [p.kind.id for p in papers if p.kind] == ["shareholder_register"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_company_and_holders_are_right(layout: str) -> None:
    parts = read([LAYOUTS[layout]()])
    assert parts.fields["company"].value == COMPANY
    assert parts.fields["company"].confidence >= SURE
    found = [(h.name, h.share, h.amount) for h in parts.shareholders]
    shares = (None, None) if layout in WITHOUT_SHARES else (Decimal(70), Decimal(30))
    stock = layout in WITHOUT_AMOUNTS
    amounts = (None, None) if stock else (Decimal(3_500_000), Decimal(1_500_000))
    assert found == list(zip((PERSON, FIRM), shares, amounts, strict=True))
    assert ("uscc" in parts.fields) == (layout in WITH_CODE)
    if layout in WITH_CODE:
        assert parts.fields["uscc"].value == CODE
    assert not parts.failures
