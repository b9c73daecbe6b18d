"""A second reader's words are taken where they read the document better, never where they lose it."""

from __future__ import annotations

from dataclasses import replace

import outside_tools as tools
import pytest
from conftest import read_packet, report_on
from firm import make_firm
from statement_layouts import LAYOUTS

FIRM = make_firm(700)
DATA = LAYOUTS["ruled.pdf"](replace(FIRM, rows=FIRM.rows[:30]))


@pytest.mark.skipif(bool(tools.missing("draw")), reason="LibreOffice Draw is not installed")
def test_a_changed_balance_is_told_though_another_reader_sees_no_balances() -> None:
    row = FIRM.rows[14]
    old = f"{row.balance:,.2f}"
    forged = tools.draw(DATA, {old: ("9" if old[0] != "9" else "8") + old[1:]})
    packet = read_packet({"流水.pdf": forged})
    (document,) = packet.documents
    assert all(each.balance is not None for each in document.rows)
    found = {f.rule: f.severity for f in report_on(packet).findings}
    assert found["ARI17"] == "high" and found["FOR04"] == "medium"
