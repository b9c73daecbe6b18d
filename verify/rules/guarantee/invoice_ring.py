"""Invoices of about one amount that run round and come back to the applicant."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents.invoice import INVOICE
from extractors.values.money import yuan
from graphs.model import Pattern
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="GUA11",
    title="Invoices do not run round",
    title_zh="环开发票",
    severity="medium",
    group="invoice_ring",
    reads=(INVOICE,),
    zh=Page(
        why="几家首尾相接地开票，金额相近而没有货物、运输与仓储，是虚增收入的常见做法；每张发票查验都是真的，只有把各家的发票连起来才看得见。",
        example="甲 3 月 2 日向乙开票 113 万，乙 3 月 9 日向丙开票 112 万，丙 3 月 15 日向甲开票 112.5 万。",
        innocent="上下游之间委托加工、以货易货，金额相近只是巧合；集团内部交易并已披露。",
        ask="这几笔购销的货物是什么，分别如何交付？",
        paper="购销合同、运输单据、出入库单",
    ),
    en=Page(
        why=(
            "Firms that invoice each other in a ring, with like amounts and no goods "
            "moved, inflate revenue. Every single invoice verifies; only the invoices of "
            "all firms together show the ring."
        ),
        example=(
            "A invoices B 1.13m on 2 March, B invoices C 1.12m on the 9th, C invoices A "
            "1.125m on the 15th."
        ),
        innocent=(
            "Contract work or barter along a line of trade with like amounts by chance; "
            "disclosed trade within a group."
        ),
        ask="What was sold in each of these deals, and how was it delivered?",
        paper="Contracts, freight papers, stock records",
    ),
)
def invoice_ring(case: RuleView) -> Iterator[Result]:
    if not case.invoices():
        yield NotApplicable(BilingualText("没有发票", "no invoices"))
        return
    rings = [
        each
        for each in case.context.rings.patterns
        if len(each.members) >= 3 and case.is_member(each)
    ]  # PRA08 asks about two firms
    mine = [each for each in rings if Decimal(each.figures["amount"]) >= case.limit("least_amount")]
    for pattern in mine[:5]:
        yield _hit(case, pattern)
    if not mine and case.context.rings.cut:
        yield NotChecked(
            BilingualText(
                "发票过多，未能查完全部路径", "there are too many invoices to follow every way"
            )
        )
    elif not mine:
        yield Clear(BilingualText("没有环开发票", "no invoices run round"))


def _hit(case: RuleView, pattern: Pattern) -> Hit:
    names = case.graph.names(pattern.members)
    path = " → ".join((*names, names[0]))
    in_time = pattern.figures["order"] != "mixed"
    low, high = (yuan(Decimal(pattern.figures[key])) for key in ("amount", "largest"))
    say = BilingualText(
        f"发票环开：{path}，{pattern.figures['days']} 天内，金额 {low} 至 {high}"
        + ("，时间顺序一致" if in_time else ""),
        f"invoices run round: {path}, within {pattern.figures['days']} days, {low} to {high}"
        + (", in order of time" if in_time else ""),
    )
    places = tuple(place for relation in pattern.relations for place in relation.places[:1])
    own = tuple(case.at_place(place) for place in places if place.packet == case.packet_id)
    others = tuple(case.at_place(place) for place in places if place.packet != case.packet_id)
    return Hit(
        say=say,
        evidence=own or others,
        against=others if own else (),
        observed=path,
        confidence=0.85 if in_time else 0.7,
    )
