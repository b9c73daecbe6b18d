"""Firms that invoice each other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents.invoice import BUYER_NAME, INVOICE, SELLER_NAME, TOTAL_AMOUNT
from extractors.model import Document
from extractors.values.money import yuan
from extractors.values.party_name import folded_name
from graphs.model import Pattern
from verify.arithmetic.assignment import assign
from verify.case_file import RuleView
from verify.ledger.accounts import total
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="PRA08",
    title="Invoices do not run back",
    title_zh="对开发票",
    severity="medium",
    group="invoice_ring",
    reads=(INVOICE,),
    cross=True,
    zh=Page(
        why="两家互相开票，金额相近而没有货物、运输与仓储，是虚增收入的常见做法；每张发票查验都是真的。",
        example="甲向乙开票 320 万，乙向甲开票 316 万。",
        innocent="互为上下游的真实购销（委托加工、以货易货）；集团内部交易并已披露。",
        ask="与该企业互相开票的业务背景？货物如何交付？",
        paper="购销合同、运输单据、出入库单、水电费单据",
    ),
    en=Page(
        why=(
            "Two firms that invoice each other with like amounts and no goods moved, "
            "inflate revenue; every single invoice verifies."
        ),
        example="A invoices B 3.20m, B invoices A 3.16m.",
        innocent="True trade both ways (contract work, barter); disclosed trade within a group.",
        ask="What is the business behind, and how were the goods delivered?",
        paper="Contracts, freight papers, stock records, power bills",
    ),
)
def mirrored_invoices(case: RuleView) -> Iterator[Result]:
    me = case.applicant.key
    sold: dict[str, list[Document]] = {}
    bought: dict[str, list[Document]] = {}
    for document in case.invoices():
        seller, buyer = case.get(SELLER_NAME, document), case.get(BUYER_NAME, document)
        if seller and buyer and me == seller.value.key != buyer.value.key:
            sold.setdefault(buyer.value.key, []).append(document)
        elif seller and buyer and me == buyer.value.key:
            bought.setdefault(seller.value.key, []).append(document)
    if not sold:
        yield NotApplicable(
            BilingualText("没有申请人开具的发票", "no invoice issued by the applicant")
        )
        return
    both = [p for p in sold if p in bought]
    for party in both:
        yield _mirrored(case, sold[party], bought[party])
    elsewhere = [
        each
        for each in case.context.rings.patterns
        if len(each.members) == 2 and case.is_member(each) and not _names(case, each) & set(both)
    ]
    for pattern in elsewhere[:3]:
        yield _in_other_papers(case, pattern)
    if not both and not elsewhere:
        yield Clear(BilingualText("没有对开发票", "no invoices run back"))


def _names(case: RuleView, pattern: Pattern) -> set[str]:
    return {
        folded_name(name)
        for member in pattern.members
        for name in case.graph.entities[member].names
    }


def _in_other_papers(case: RuleView, pattern: Pattern) -> Result:
    """An invoice back that only another application holds."""
    foreign = sum(
        all(place.packet != case.packet_id for place in relation.places)
        for relation in pattern.relations
    )
    names, low = case.graph.names(pattern.members), Decimal(pattern.figures["amount"])
    say = BilingualText(
        f"“{names[0]}”与“{names[1]}”互相开票，金额相近（{yuan(low)}），其中 {foreign} 张见于其他申请材料",
        (
            f"“{names[0]}” and “{names[1]}” invoice each other for like amounts "
            f"({yuan(low)}); {foreign} of the invoices in other applications"
        ),
    )
    evidence = tuple(
        case.at_place(place) for relation in pattern.relations for place in relation.places[:1]
    )
    return Hit(say=say, evidence=evidence, observed=pattern.figures["amount"], confidence=0.75)


def _mirrored(case: RuleView, out: list[Document], back: list[Document]) -> Result:
    sent = [t.value for document in out if (t := case.get(TOTAL_AMOUNT, document))]
    got = [t.value for document in back if (t := case.get(TOTAL_AMOUNT, document))]
    given, taken = total(sent), total(got)
    name = case.get(BUYER_NAME, out[0])
    party = name.value if name else ""
    pairs = assign(
        sent,
        got,
        lambda a, b: float(abs(a - b)) if _alike(a, b, case.limit("pair_share")) else None,
    )
    paired = total(sent[i] for i in pairs)
    # Of few invoices two may well be about as large by chance; to a few per cent they are not.
    several = len(sent) >= 2 and len(got) >= 2
    alike = _alike(given, taken, case.limit("share" if several else "pair_share")) or (
        len(pairs) >= 2 and paired * 2 >= min(given, taken)
    )
    say = BilingualText(
        f"与“{party}”互相开票：开出 {yuan(given)}，收到 {yuan(taken)}",
        f"the applicant and “{party}” invoice each other: {yuan(given)} out, {yuan(taken)} back",
    )
    evidence = tuple(
        case.at_field(document, found)
        for document in (*out[:2], *back[:2])
        if (found := document.fields.get("total_amount"))
    )
    severity = Severity.MEDIUM if alike else Severity.LOW
    return Hit(
        say=say,
        evidence=evidence,
        expected=f"{given:.2f}",
        observed=f"{taken:.2f}",
        confidence=0.8,
        severity=severity,
    )


def _alike(one: Decimal, other: Decimal, share: Decimal) -> bool:
    return one > 0 and other > 0 and abs(one - other) <= max(one, other) * share
