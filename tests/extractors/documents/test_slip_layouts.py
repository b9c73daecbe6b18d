"""Bank slips in layouts of public templates: recognised, and every value on its own side."""

from __future__ import annotations

import pytest
from slip_layouts import FROM, LAYOUTS, PAYEE, PAYER, PURPOSE, SERIAL, TO

from extractors.classification.papers import papers_of
from extractors.documents.bank_slip import read

SURE = 0.85
WANTED = {
    "payer_name": PAYER,
    "payer_account": FROM,
    "payee_name": PAYEE,
    "payee_account": TO,
    "amount": "45000.00",
    "amount_words": "45000.00",
    "date": "2025-12-01",
    "serial_number": SERIAL,
    "purpose": PURPOSE,
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_slip_is_recognised(layout: str) -> None:
    papers = papers_of([LAYOUTS[layout]()])
    assert [p.kind.id for p in papers if p.kind] == ["bank_slip"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_values_are_right(layout: str) -> None:
    parts = read([LAYOUTS[layout]()])
    found = {name: field.value for name, field in parts.fields.items()}
    assert found == WANTED
    doubtful = {name for name, field in parts.fields.items() if field.confidence < SURE}
    assert doubtful == ({"purpose"} if layout == "payment platform" else set())  # a mere remark
    assert not parts.failures
