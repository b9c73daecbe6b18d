"""Each sales invoice finds its receipt, part and batch payments included."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from extractors.documents import bank_statement, invoice
from extractors.model import Document, Transaction
from extractors.values.party_name import same_party
from verify.case_file import View
from verify.matching import assign
from verify.model import Say, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="CON06",
    title="Sales invoices find their receipts",
    title_zh="销项发票与回款匹配",
    severity="medium",
    group="invoice_paid",
    reads=(bank_statement.BANK_STATEMENT, invoice.INVOICE),
    cross=True,
    zh=Page(
        why="发票开出后一段时间内应有该客户的回款；开票已久而对账单里从未出现该客户，交易可能并不存在。",
        example="三月开票 61,051.44 元，全年没有该客户的任何款项。",
        innocent="现金、票据或其他账户收款；第三方代付；客户拖欠。",
        ask="该发票的货款通过什么方式收取？",
        paper="收款凭证、承兑汇票复印件、代付协议",
    ),
    en=Page(
        why="An invoice is paid after some time; one issued long ago to a customer that never appears in the account may have no sale behind it.",
        example="61,051.44 invoiced in March, and no money from that customer all year.",
        innocent="Paid in cash, by bill or into another account; paid by a third party; a late payer.",
        ask="How was this invoice paid?",
        paper="Proof of payment, a copy of the bill, the agreement on third-party payment",
    ),
)
def invoice_paid(case: View) -> Iterator[Result]:
    statements = [d for d in case.papers(bank_statement.BANK_STATEMENT) if d.rows]
    rows = [(d, r) for d in statements for r in d.rows if r.credit > 0]
    sold = [d for d in case.papers(invoice.INVOICE) if (s := case.get(invoice.SELLER_NAME, d)) and case.applicant.is_named(s.value)]
    if not sold or not rows:
        yield NotApplicable(Say("没有销项发票或收款明细", "no sales invoice or no receipts"))
        return
    pairs = assign(sold, rows, lambda d, pair: _cost(case, d, pair[1]))
    last = max(r.day for _, r in rows)
    first = min(r.day for _, r in rows)
    for index, document in enumerate(sold):
        yield _one(case, document, index in pairs, [r for _, r in rows], first, last)


def _cost(case: View, document: Document, row: Transaction) -> float | None:
    """Days between issue and receipt when customer and amount agree; a receipt up to a quarter before is an advance."""
    buyer, total, issued = (case.get(s, document) for s in (invoice.BUYER_NAME, invoice.TOTAL_AMOUNT, invoice.ISSUE_DATE))
    if buyer is None or total is None or issued is None or not row.counterparty_name or not same_party(row.counterparty_name, buyer.value):
        return None
    days = (row.day - issued.value).days
    tolerance = max(case.limit("amount"), total.value * case.limit("amount_share"))
    if not -case.limit("days_before") <= days <= case.limit("days") or abs(row.credit - total.value) > tolerance:
        return None
    return float(abs(days)) + 1.0


def _one(case: View, document: Document, paid: bool, rows: list[Transaction], first: date, last: date) -> Result:
    buyer, total, issued = (case.get(s, document) for s in (invoice.BUYER_NAME, invoice.TOTAL_AMOUNT, invoice.ISSUE_DATE))
    if buyer is None or total is None or issued is None:
        return NotChecked(Say("发票要素未读全", "the invoice was not read whole"))
    if paid:
        return Clear(Say("发票有对应回款", "the invoice was paid"))
    if total.value <= 0 or issued.value + timedelta(days=int(case.limit("days"))) > last or issued.value < first:
        return NotChecked(Say("开票时间接近对账单边界，尚不能判断", "issued too near to the edge of the statement"))
    same = [r for r in rows if r.counterparty_name and same_party(r.counterparty_name, buyer.value)]
    if sum((r.credit for r in same), Decimal(0)) >= total.value:
        return Clear(Say("该客户有足额回款（分笔或合并）", "the customer paid enough, in parts or in batches"))
    severity = Severity.LOW if same else Severity.MEDIUM
    say = Say(
        f"{issued.value} 开给“{buyer.value}”的发票 {total.field.raw} 未见足额回款",
        f"no full payment was seen for {total.field.raw} invoiced to “{buyer.value}” on {issued.value}",
    )
    evidence = (case.at_field(document, total.field), case.at_field(document, buyer.field))
    return Hit(
        say=say,
        evidence=evidence,
        expected=f"{total.value:.2f}",
        observed=f"{sum((r.credit for r in same), Decimal(0)):.2f}",
        confidence=0.6,
        severity=severity,
    )
