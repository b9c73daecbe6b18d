"""Goods bought and sold on for about the same amount are paid for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.documents.invoice import BUYER_NAME, INVOICE, ISSUE_DATE, SELLER_NAME, TOTAL_AMOUNT
from extractors.model import Document
from extractors.values.money import yuan
from extractors.values.party_name import folded_name
from verify.arithmetic.assignment import assign
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import total
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="PRA16",
    title="Goods passed on are paid for",
    title_zh="同批货物一进一出且均有结算",
    severity="medium",
    group="invoice_ring",
    since="0.2",
    reads=(INVOICE, BANK_STATEMENT),
    cross=True,
    stands_on_all=(Part.HOLDER, Part.ROWS, Part.PARTIES),
    zh=Page(
        why="几家企业把同一批货物轮流开票、互相抵账，收入都上去了，却没有钱、也没有货动。单看一家：几天内买进又卖出同样的货，金额几乎一样，两头都没有收付款。",
        example="6 月 3 日开出钢材 678,817.51 元，6 月 5 日收到同品名发票 677,008.06 元，全年与两家都没有收付。",
        innocent="贸易商背靠背交易且按期结算（不提示）；近期开票尚未到期（不计）；以票据或抵账协议结算。",
        ask="这批货从哪里发往哪里？与上下家如何结算？",
        paper="购销合同、运输与出入库单、抵账协议或票据",
    ),
    en=Page(
        why="Several firms invoice one lot of goods round and set the debts off: everybody's revenue grows, no money and no goods move. Seen from one firm: like goods bought and sold within days for almost one amount, and neither side paid.",
        example="678,817.51 of steel sold on 3 June, 677,008.06 of it bought on 5 June, and no money with either firm all year.",
        innocent="Back-to-back trade settled in time (silent); invoices not due yet (not counted); settled by bills or by agreement.",
        ask="From where to where did the goods go, and how was each side settled?",
        paper="Contracts of purchase and sale, freight and stock papers, the agreement to set off or the bills",
    ),
)
def passed_invoices(case: RuleView) -> Iterator[Result]:
    rows = case.entries()
    last = rows[-1].row.day if rows else None
    papers = [_traded(case, paper) for paper in case.invoices()]
    traded = [t for t in papers if t is not None and last and t.day <= last - _due(case)]
    sold, bought = [t for t in traded if t.is_sale], [t for t in traded if not t.is_sale]
    if not sold or not bought:
        yield NotApplicable(
            BilingualText("没有可比较的进项与销项发票", "no invoices of both sides that are due")
        )
        return
    pairs = assign(sold, bought, lambda a, b: _apart(case, a, b))
    hits = 0
    for i, j in pairs.items():
        if _is_unpaid(case, sold[i]) and _is_unpaid(case, bought[j]):
            hits += 1
            yield _hit(case, sold[i], bought[j])
    if not hits:
        yield Clear(
            BilingualText("没有同额一进一出而均未结算的发票", "no goods passed on without payment")
        )


@dataclass(frozen=True, slots=True)
class _Traded:
    """An invoice of the applicant's trade."""

    paper: Document
    is_sale: bool
    partner: str
    day: date
    amount: Decimal
    goods: frozenset[str]


def _due(case: RuleView) -> timedelta:
    return timedelta(days=int(case.limit("due_days")))


def _traded(case: RuleView, paper: Document) -> _Traded | None:
    seller, buyer = case.get(SELLER_NAME, paper), case.get(BUYER_NAME, paper)
    day, amount = case.get(ISSUE_DATE, paper), case.get(TOTAL_AMOUNT, paper)
    if seller is None or buyer is None or day is None or amount is None:
        return None
    selling, buying = case.applicant.is_named(seller.value), case.applicant.is_named(buyer.value)
    if selling == buying or amount.value <= 0:
        return None
    partner = folded_name((buyer if selling else seller).value)
    goods = frozenset(_kind_of_goods(item.name) for item in paper.items)
    return _Traded(paper, selling, partner, day.value, amount.value, goods - {""})


def _kind_of_goods(name: str) -> str:
    """The tax office's class of goods that an item prints between asterisks."""
    match = re.match(r"\*([^*]+)\*", name.strip())
    return match[1] if match else ""


def _apart(case: RuleView, sale: _Traded, purchase: _Traded) -> float | None:
    """Days between a sale and a purchase for almost one amount: closer where the papers name goods of
    other classes, as those of a set-off may.
    """
    apart = abs((sale.day - purchase.day).days)
    gap = abs(sale.amount - purchase.amount) / sale.amount
    most = case.limit("share" if sale.goods & purchase.goods else "other_goods_share")
    if sale.partner == purchase.partner or apart > case.limit("days") or gap > most:
        return None
    return float(apart) + float(gap)


def _is_unpaid(case: RuleView, traded: _Traded) -> bool:
    """Whether less than half of the invoice moved with that partner in any way."""
    moved = total(
        abs(e.amount)
        for e in case.entries()
        if e.party == traded.partner and (e.amount > 0) == traded.is_sale
    )
    return moved < traded.amount * case.limit("paid_share")


def _hit(case: RuleView, sale: _Traded, purchase: _Traded) -> Hit:
    goods = "、".join(sorted(sale.goods | purchase.goods)) or "—"
    buyer, seller = case.get(BUYER_NAME, sale.paper), case.get(SELLER_NAME, purchase.paper)
    to, by = buyer.value if buyer else "", seller.value if seller else ""
    say = BilingualText(
        f"“{goods}”{purchase.day} 购自“{by}”{yuan(purchase.amount)}，{sale.day} 售予“{to}”{yuan(sale.amount)}，两边均未见结算",
        f"{goods}: {yuan(purchase.amount)} bought of {by} on {purchase.day}, {yuan(sale.amount)} sold to {to} on {sale.day}, neither paid",
    )
    fields = ((t.paper, t.paper.fields["total_amount"]) for t in (sale, purchase))
    return Hit(
        say=say,
        evidence=tuple(case.at_field(paper, field) for paper, field in fields),
        expected=f"{purchase.amount:.2f}",
        observed=f"{sale.amount:.2f}",
        confidence=0.8,
        severity=Severity.MEDIUM,
    )
