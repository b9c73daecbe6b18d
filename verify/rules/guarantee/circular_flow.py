"""Money that came home through other applicants' accounts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="GUA10",
    title="Money does not come home through other firms",
    title_zh="资金未经多家企业回流",
    severity="high",
    group="circular_flow",
    reads=(BANK_STATEMENT,),
    cross=True,
    zh=Page(
        why="一笔钱几天内经几家企业转一圈又回到原处，金额基本不变，没有真实交易能这样走；常用来做大各家的流水。需要多家的对账单才能看见。",
        example="甲 3 月 2 日付乙 50 万，乙 3 日付丙 49.8 万，丙 4 日付甲 49.8 万。",
        innocent="同一日内先后次序不明的往来（为中）；集团资金归集与下拨。",
        ask="这几笔款项各自对应什么交易？",
        paper="每一笔的合同、发票和出入库单",
    ),
    en=Page(
        why=(
            "Money that goes round several firms within days and returns in about the same "
            "amount follows no real trade; it is used to swell every firm's turnover. Only "
            "several firms' statements together show it."
        ),
        example=(
            "A pays B 500,000 on 2 March, B pays C 498,000 on the 3rd, C pays A 498,000 on the 4th."
        ),
        innocent="Payments of one day whose order is unknown (medium); a group's cash pool.",
        ask="Which deal stands behind each of these payments?",
        paper="Contract, invoice and stock record of each",
    ),
)
def circular_flow(case: RuleView) -> Iterator[Result]:
    if not case.papers(BANK_STATEMENT):
        yield NotApplicable(BilingualText("没有对账单", "no bank statement"))
        return
    least = case.limit("least_amount")
    mine = [
        each
        for each in case.context.flows.patterns
        if any(case.applicant.is_named(member) for member in each.members)
    ]
    mine = [
        each
        for each in mine
        if len(each.members) >= case.limit("least_hops")
        and Decimal(each.figures["amount"]) >= least
    ]
    for pattern in mine[:5]:
        path = " → ".join((*pattern.members, pattern.members[0]))
        first, last, amount = (
            pattern.figures["first"],
            pattern.figures["last"],
            yuan(Decimal(pattern.figures["amount"])),
        )
        say = BilingualText(
            f"{first} 至 {last}，约 {amount} 经 {path} 回到原处",
            f"from {first} to {last} about {amount} went round {path}",
        )
        evidence = tuple(
            case.at_place(place) for relation in pattern.relations for place in relation.places[:1]
        )
        severity = Severity.HIGH if pattern.figures["order"] == "known" else Severity.MEDIUM
        yield Hit(say=say, evidence=evidence, observed=amount, confidence=0.85, severity=severity)
    if not mine and case.context.flows.cut:
        yield NotChecked(
            BilingualText(
                "转账过多，未能查完全部路径", "there are too many transfers to follow every way"
            )
        )
    elif not mine and case.context.packets - {case.packet_id}:
        yield Clear(
            BilingualText("未见经其他企业回流的资金", "no money came home through other firms")
        )
    elif not mine:
        yield NotChecked(
            BilingualText(
                "没有其他企业的对账单可比对", "there is no other firm's statement to compare with"
            )
        )
