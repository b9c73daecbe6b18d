"""A bridge that a shareholder gives is told even where the statement does not name the lender."""

from __future__ import annotations

import pytest
from conftest import honest_packet, report_on
from rule_examples import apply

from verify.model import Severity

HOLDER = honest_packet().of_type("shareholder_register")[0].shareholders[0].name


@pytest.mark.parametrize(
    ("came_from", "text", "weighty"),
    [(HOLDER, "股东借款", False), ("", "股东借款", False), ("", "货款", True)],
)
def test_a_loan_drawn_again_repays_the_bridge(came_from: str, text: str, weighty: bool) -> None:
    rows = [
        ["2025-09-08", text, 1700000, came_from],
        ["2025-09-08", "归还贷款本金", -1700000, "某银行"],
        ["2025-09-15", "贷款发放", 1700000, "某银行"],
        ["2025-09-16", "归还股东借款", -1700000, HOLDER],
    ]
    packet, _, _ = apply(honest_packet(), [{"rows": rows}])
    found = [f for f in report_on(packet).findings if f.rule == "BNK20"]
    assert any(f.severity is Severity.MEDIUM for f in found) is weighty
