"""One photograph, or one seal, in the applications of two firms."""

from __future__ import annotations

from typing import Any

from conftest import honest_packet, report_on
from rule_examples import apply

from verify.model import Severity

_NAMES = ("business_licence.fields.name", "vat_return.fields.company", "bank_statement.fields.account_name", "balance_sheet.fields.company")
_OTHER_FIRM: list[dict[str, Any]] = [
    {"set": place, "to": "乙公司"} for place in (*_NAMES, "income_statement.fields.company", "shareholder_register.fields.company")
]


def test_one_shop_for_two_firms_is_asked_about() -> None:
    for sketch, found in (("f" * 64, True), ("0f" * 32, False)):
        seen = {"signals": [{"kind": "picture_sketch", "detail": "f" * 62 + "f7"}], "of": "unknown"}
        paper = {"paper": "unknown"}
        other = [
            *_OTHER_FIRM,
            {"drop": "unknown"},
            paper,
            {"set": "unknown.sha256", "to": "e" * 64},
            seen | {"signals": [{"kind": "picture_sketch", "detail": sketch}]},
        ]
        packet, others, as_of = apply(honest_packet(), [paper, seen, {"other": other}])
        report = report_on(packet, *others, as_of=as_of)
        told = [f for f in report.findings if f.rule == "DUP03" and "picture" in f.message.en]
        assert bool(told) == found and all(f.severity is Severity.MEDIUM for f in told)
