"""One photograph, or one seal, in the applications of two firms."""

from __future__ import annotations

from typing import Any

import firm_seals
import numpy as np
import other_layouts
from conftest import honest_packet, read_packet, report_on
from degrade import jpeg, page_picture
from firm import Firm, make_firm
from rule_examples import apply

from extractors.model import Packet
from verify.model import Severity

_NAMES = (
    "business_licence.fields.name",
    "vat_return.fields.company",
    "bank_statement.fields.account_name",
    "balance_sheet.fields.company",
)
_OTHER_FIRM: list[dict[str, Any]] = [
    {"set": place, "to": "乙公司"}
    for place in (*_NAMES, "income_statement.fields.company", "shareholder_register.fields.company")
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


def _stamped(firm: Firm, name: str, seed: int) -> Packet:
    """A firm's scanned balance sheet with the seal of `name` on it."""
    dice = np.random.default_rng(seed)
    page = page_picture(other_layouts.balance_sheet(firm), dpi=170)
    centre = (0.75 * page.shape[1], 0.82 * page.shape[0])
    scan = firm_seals.stamped(
        page, firm_seals.drawn(name), centre, 40 / 25.4 * 170, dice, float(dice.uniform(-60, 60))
    )
    return read_packet({f"sheet{seed}.jpg": jpeg(scan, 85)}, f"firm-{seed}")


def test_one_seal_on_the_sheets_of_two_firms() -> None:
    first, second = make_firm(31), make_firm(32)
    own, borrowed, honest = (
        _stamped(first, first.name, 1),
        _stamped(second, first.name, 2),
        _stamped(second, second.name, 3),
    )
    auditor = "平安会计师事务所"
    audited, audited_too = _stamped(first, auditor, 4), _stamped(second, auditor, 5)
    for packet, other, found in (
        (own, borrowed, True),
        (borrowed, own, True),
        (own, honest, False),
        (audited, audited_too, False),
    ):
        told = [f for f in report_on(packet, other).findings if f.rule == "DUP12"]
        assert bool(told) == found
        assert all(
            f.severity is Severity.MEDIUM and f.observed == first.name and len(f.evidence) == 2
            for f in told
        )
