"""Customers that appeared in the last months, whose money leaves on the same day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.documents.business_licence import BUSINESS_LICENCE
from extractors.documents.shareholder_register import SHAREHOLDER_REGISTER
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import Entry, RowRef, by_party, total, within
from verify.ledger.transaction_kinds import overhead, own_transfer
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="PRA12",
    title="New customers are real",
    title_zh="临近申请的新客户与刷流水",
    severity="high",
    group="round_trip",
    reads=(BANK_STATEMENT, SHAREHOLDER_REGISTER, BUSINESS_LICENCE),
    needs=("bank_statement",),
    stands_on_all=(Part.HOLDER, Part.ROWS, Part.PARTIES),
    zh=Page(
        why="申请前突击刷流水：最后三个月冒出的新客户贡献大部分进账，钱到账当天又原额转走。",
        example="四季度新增 3 家“客户”进账 640 万，占同期 71%，当日全部转出。",
        innocent="新签大客户（回款不会当日转走）；季节性业务；更换结算账户。",
        ask="新客户的合同、发货与发票？到账当日转出的用途？",
        paper="新客户的合同、发票、送货单",
    ),
    en=Page(
        why=(
            "Turnover made for the application: customers that appear in the last three "
            "months bring most of the money, and it leaves the same day."
        ),
        example=(
            "Three new “customers” of the last quarter brought 6.4m, 71 % of it, all gone "
            "the same day."
        ),
        innocent=(
            "A large new customer (its money does not leave that day); seasonal trade; a "
            "new settlement account."
        ),
        ask=(
            "Where are contracts, deliveries and invoices of the new customers, and why "
            "did the money leave?"
        ),
        paper="Contracts, invoices and delivery notes of the new customers",
    ),
)
def new_customers(case: RuleView) -> Iterator[Result]:
    sales = sorted(
        [
            *(entry for entry in case.receipts().sales if entry.party),
            *(trip.came for trip in case.trips()),
        ],
        key=lambda e: e.row.day,
    )
    if not sales:
        yield NotApplicable(
            BilingualText("没有带对方户名的回款", "no receipts with a counterparty")
        )
        return
    rows = case.entries()
    last = rows[-1].row.day
    since = last - timedelta(days=int(case.limit("recent_days")))
    if (since - rows[0].row.day).days < case.limit("days_before"):
        yield NotApplicable(
            BilingualText(
                "流水期间太短，分不出新老客户",
                "the period is too short to tell new customers from old",
            )
        )
        return
    fresh = {p: es for p, es in by_party(sales).items() if es[0].row.day > since}
    brought = total(entry.amount for es in fresh.values() for entry in es)
    recent = total(entry.amount for entry in sales if entry.row.day > since)
    gone = _gone(case, rows, [entry for es in fresh.values() for entry in es])
    share, left = (
        (brought / recent if recent else Decimal(0)),
        (gone / brought if brought else Decimal(0)),
    )
    if (
        share < case.limit("share")
        or left < case.limit("gone_share")
        or brought < case.limit("least_amount")
    ):
        yield Clear(
            BilingualText(
                f"新客户回款占近期 {share:.0%}，当日转出 {left:.0%}",
                f"new customers bring {share:.0%} of late, {left:.0%} leaves at once",
            )
        )
        return
    say = BilingualText(
        f"最近三个月新出现的 {len(fresh)} 家对手进账 {yuan(brought)}（占同期 {share:.0%}），其中 {left:.0%} 当日或次日转出",
        (
            f"{len(fresh)} new parties of the last three months brought {yuan(brought)} "
            f"({share:.0%} of it), {left:.0%} left the same or the next day"
        ),
    )
    shown = sorted((entry for es in fresh.values() for entry in es), key=lambda e: -e.amount)[:5]
    severity = (
        Severity.HIGH
        if left >= case.limit("most_gone") and share >= case.limit("most_share")
        else Severity.MEDIUM
    )
    yield Hit(
        say=say,
        evidence=tuple(case.at_entry(entry) for entry in shown),
        observed=f"{share:.0%}",
        confidence=0.85,
        severity=severity,
    )


def _gone(case: RuleView, rows: Sequence[Entry], fresh: Sequence[Entry]) -> Decimal:
    """How much of these receipts left on the day or the next to others, in one amount or several,
    each payment counted once.
    """
    used: set[RowRef] = set()
    gone = Decimal(0)
    for entry in sorted(fresh, key=lambda e: (e.row.day, -e.amount)):
        after = within(rows, entry.row.day, entry.row.day + timedelta(days=1))
        paid = [
            each
            for each in after
            if each.amount < 0
            and each.ref not in used
            and not (overhead(each.row) or own_transfer(each.row, case.applicant.name))
        ]
        left = entry.amount
        for other in sorted(paid, key=lambda e: (abs(e.amount + entry.amount), e.row.day)):
            if -other.amount <= left * (1 + case.limit("amount_share")):
                used.add(other.ref)
                left += other.amount
        if left <= entry.amount * case.limit("rest"):
            gone += entry.amount
    return gone
