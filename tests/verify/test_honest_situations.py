"""Situations of honest firms that look odd: none may raise a finding above low."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from conftest import honest_packet, read_packet, report_on
from firm import make_firm
from make_packets import honest
from rule_examples import apply

from extractors.model import Packet
from verify.model import Finding, Severity

WEIGHTY = (Severity.MEDIUM, Severity.HIGH)
HOLDER = honest_packet().of_type("shareholder_register")[0].shareholders[0].name
ME = honest_packet().of_type("business_licence")[0].fields["name"].value
SLIP = honest_packet().of_type("bank_slip")[0]


def _weighty(packet: Packet, *others: Packet) -> list[Finding]:
    return [f for f in report_on(packet, *others).findings if f.severity in WEIGHTY]


SITUATIONS: dict[str, list[dict[str, Any]]] = {
    "a slip handed in on paper and as a photo": [{"copy": "bank_slip"}],
    "a slip booked after a holiday": [{"set": "bank_slip.fields.date", "to": "2025-01-01"}],
    "shareholder's advances called what they are": [
        {
            "rows": [
                [f"2025-{m:02d}-{d}", t, a, HOLDER]
                for m in (3, 6, 9)
                for d, t, a in (("07", "股东借款", 200000), ("14", "归还股东借款", -200000))
            ]
        }
    ],
    "a payment institution that settles every day": [
        {
            "rows": [
                [f"2025-04-{d:02d}", "平台结算", 20000 + 137 * d, "财付通支付科技有限公司"]
                for d in range(1, 29)
            ]
        },
        {
            "rows": [
                [f"2025-04-{d:02d}", "采购", -(20000 + 137 * d), "支付宝（中国）网络技术有限公司"]
                for d in range(1, 29)
            ]
        },
    ],
    "a loan drawn at the month's end and paid out in trust": [
        {
            "rows": [
                ["2025-06-30", "贷款发放", 3000000, "某银行"],
                ["2025-07-03", "受托支付货款", -3000000, "某某设备有限公司"],
            ]
        },
        {"set": "balance_sheet.lines.短期借款.ending", "to": 3000000},
        {"drop": "balance_sheet.lines.货币资金"},
        {"drop": "balance_sheet.lines.负债合计"},
        {"drop": "balance_sheet.lines.流动负债合计"},
    ],
    "a renewal bridged by a shareholder in part": [
        {
            "rows": [
                ["2025-05-06", "股东借款", 1500000, HOLDER],
                ["2025-05-07", "归还贷款本金", -2000000, "某银行"],
                ["2025-05-12", "贷款发放", 2000000, "某银行"],
                ["2025-05-13", "归还股东借款", -1500000, HOLDER],
            ]
        },
    ],
    "tax by assessment, one round amount a month": [
        {"set": "bank_statement.rows.缴税.debit", "to": 600}
    ],
    "wages of several people in one batch": [
        {"rows": [["2025-06-10", "代发工资", -6000 - n, f"员工{n}号", "990001"] for n in range(4)]},
    ],
}


@pytest.mark.parametrize("name", sorted(SITUATIONS))
def test_an_honest_situation_is_no_weighty_finding(name: str) -> None:
    packet, _, _ = apply(honest_packet(), SITUATIONS[name])
    broken = (
        "ARI",
        "CON09",
        "CON04",
        "CON02",
        "CON12",
        "ARI08",
        "BNK02",
        "BNK03",
    )  # what the change itself unties
    found = [f for f in _weighty(packet) if not f.rule.startswith(broken)]
    assert not found, [(f.rule, f.message.en) for f in found]


def test_a_guarantor_s_papers_are_not_judged_as_the_applicant_s() -> None:
    mine = honest_packet()
    guarantor = make_firm(91)
    files = honest(guarantor)
    theirs = read_packet(
        {n: files[n] for n in ("营业执照.pdf", "资产负债表.pdf", "利润表.pdf", "流水_ruled.pdf")},
        "g",
    )
    named, _, _ = apply(
        mine, [{"set": "guarantee_contract.parties.guarantor", "to": [guarantor.name]}]
    )
    named, _, _ = apply(
        named, [{"set": "guarantee_contract.fields.guarantor", "to": guarantor.name}]
    )
    both = replace(named, documents=(*named.documents, *theirs.documents))
    assert not _weighty(both), [(f.rule, f.message.en) for f in _weighty(both)]


def test_one_firm_in_two_spellings_is_no_stranger() -> None:
    packet = honest_packet()
    spelt = f"{ME[:2]}（集团）{ME[2:]}"
    papers = (
        "business_licence.fields.name",
        "vat_return.fields.company",
        "bank_statement.fields.account_name",
        "balance_sheet.fields.company",
    )
    every = (*papers, "income_statement.fields.company", "shareholder_register.fields.company")
    first, _, _ = apply(packet, [{"set": p, "to": spelt} for p in every])
    second, _, _ = apply(
        packet, [{"set": p, "to": spelt.replace("（", "(").replace("）", ")")} for p in every]
    )
    found = [f for f in _weighty(first, replace(second, id="renewal")) if f.rule.startswith("DUP")]
    assert not found, [(f.rule, f.message.en) for f in found]


def test_a_statement_that_ends_before_wages_lacks_no_row() -> None:
    packet = honest_packet()
    paper = packet.of_type("bank_statement")[0]
    kept = tuple(r for r in paper.rows if (r.day.month, r.day.day) <= (12, 8))
    cut = replace(paper, rows=kept, totals=())
    changed = replace(packet, documents=tuple(cut if d is paper else d for d in packet.documents))
    assert not [f for f in report_on(changed).findings if f.rule == "PRA11"]


def test_an_account_once_masked_and_once_whole_counts_once() -> None:
    packet = honest_packet()
    paper = packet.of_type("bank_statement")[0]
    number = paper.fields["account_number"]
    masked = replace(number, value=number.value[:4] + "****" + number.value[-4:])
    twin = replace(
        paper, file="again.pdf", sha256="e" * 64, fields={**paper.fields, "account_number": masked}
    )
    found = [
        f
        for f in _weighty(replace(packet, documents=(*packet.documents, twin)))
        if f.rule in ("CON04", "CON09", "BNK09")
    ]
    assert not found, [(f.rule, f.message.en) for f in found]
