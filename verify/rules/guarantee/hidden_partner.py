"""Customers and suppliers behind which the applicant's own people stand, though its papers call
them strangers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.documents.business_licence import BUSINESS_LICENCE
from extractors.documents.invoice import BUYER_NAME, INVOICE, SELLER_NAME
from extractors.documents.shareholder_register import SHAREHOLDER_REGISTER
from graphs.measures.common_owner import firms_under_one_hand
from graphs.model import Pattern
from verify.case_file import RuleView
from verify.ledger.accounts import total
from verify.model import BilingualText, Evidence, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="GUA08",
    title="No hand stands behind applicant and trade partner",
    title_zh="交易对手与申请人背后不是同一人",
    severity="medium",
    group="related_trade",
    reads=(BANK_STATEMENT, INVOICE, BUSINESS_LICENCE, SHAREHOLDER_REGISTER),
    needs=(),
    zh=Page(
        why="背后是同一人的企业之间的购销可以随意安排，收入和流水因此不能说明经营。本申请的材料没有披露、由别家的股东名册或执照才能看出的关联，尤其要问；对方也在申请贷款时更是如此。",
        example="第一大客户的股东与申请人的股东同为一人，该客户进账占 35%。",
        innocent="集团内真实购销并已在申请书中披露；同名不同人（须核对身份证号）。",
        ask="与该企业是什么关系？购销价格与货物交付如何证明？",
        paper="关联方清单、购销合同、运输单据",
    ),
    en=Page(
        why=(
            "Trade between firms of one hand can be arranged at will, so that sales and "
            "turnover prove no business. A relation that only another firm's register or "
            "licence tells asks for a reason, the more where that firm applies for a loan "
            "too."
        ),
        example="The largest customer, 35 % of receipts, has the applicant's own shareholder.",
        innocent=(
            "True trade within a group that the application discloses; two people of one "
            "name (compare identity numbers)."
        ),
        ask="How are the two firms related, and what proves prices and deliveries?",
        paper="The list of related parties, contracts, freight papers",
    ),
)
def hidden_partner(case: RuleView) -> Iterator[Result]:
    me = case.context.party_of(case.applicant.name, case.applicant.code)
    if not me:
        yield NotApplicable(
            BilingualText(
                "没有申请人的股权或法定代表人材料", "no paper tells who owns or leads the applicant"
            )
        )
        return
    declared, guarantors = case.related(), {relation.source for relation in case.guarantees()}
    hits = 0
    for pattern in firms_under_one_hand(me, case.graph, case.context.held, case.limit("at_least")):
        other = pattern.members[-1]
        names = case.graph.entities[other].keys
        if names & declared or other in guarantors or case.is_told_here(pattern.relations):
            continue  # its own papers say so, or GUA07 asks
        share, places = _trade(case, names)
        if places:
            hits += 1
            yield _hit(case, pattern, share, places)
    if not hits:
        yield Clear(
            BilingualText(
                "就现有材料，交易对手与申请人背后不是同一人",
                "by the papers at hand nobody stands behind both applicant and trade partner",
            )
        )


def _trade(case: RuleView, names: Collection[str]) -> tuple[Decimal, list[Evidence]]:
    """The partner's share of money in or out, whichever is larger, and the largest dealings."""
    share, places = Decimal(0), []
    for sign in (1, -1):
        rows = [entry for entry in case.entries() if entry.amount * sign > 0]
        theirs = sorted(
            (entry for entry in rows if entry.party in names), key=lambda e: -abs(e.amount)
        )
        if theirs:
            share = max(
                share,
                abs(
                    total(entry.amount for entry in theirs) / total(entry.amount for entry in rows)
                ),
            )
            places += [case.at_entry(entry) for entry in theirs[:2]]
    for document in case.invoices():
        for spec in (SELLER_NAME, BUYER_NAME):
            found = case.get(spec, document)
            if found and found.value.key in names:
                places.append(case.at_field(document, found.field))
    return share, places[:6]


def _hit(case: RuleView, pattern: Pattern, share: Decimal, places: list[Evidence]) -> Hit:
    hand, other = case.graph.name(pattern.members[0]), case.graph.name(pattern.members[-1])
    by_shares = pattern.figures["by"] == "shares"
    how = (
        BilingualText(
            f"持有双方 {pattern.figures['share']}% 与 {pattern.figures['other_share']}%",
            f"holds {pattern.figures['share']} % and {pattern.figures['other_share']} %",
        )
        if by_shares
        else BilingualText("任双方法定代表人", "is the legal representative of both")
    )
    say = BilingualText(
        f"交易对手“{other}”与申请人背后同为“{hand}”（{how.zh}），本申请材料未披露；收付占比最高 {share:.0%}",
        (
            f"“{hand}” stands behind the trade partner “{other}” and the applicant and "
            f"{how.en}; this application does not tell it; {share:.0%} of money in or out"
        ),
    )
    weighty = by_shares and share >= case.limit("share")
    sure = case.graph.entities[pattern.members[0]].kind == "company"  # people of one name are many
    return Hit(
        say=say,
        evidence=tuple(places),
        against=tuple(
            case.at_place(place) for relation in pattern.relations for place in relation.places[:1]
        )[:6],
        observed=f"{share:.0%}",
        confidence=0.8 if sure else 0.65 if by_shares else 0.5,
        severity=Severity.MEDIUM if weighty else Severity.LOW,
    )
