"""Each invoice finds its payment: single, part, batch and third-party payments, by the best
assignment of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from extractors.documents import bank_statement, invoice
from extractors.documents.declare import Reading
from extractors.model import Document
from extractors.values.party_name import PartyName
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import Entry, by_party, total
from verify.ledger.invoice_settlement import Bill, Settled, Terms, settle
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule

_KINDS = {
    "single": BilingualText("一笔付清", "paid in one amount"),
    "parts": BilingualText("分笔付清", "paid in parts"),
    "batch": BilingualText("与其他发票合并付款", "paid together with other invoices"),
    "third_party": BilingualText("第三方代付", "paid by a third party"),
}


@dataclass(frozen=True, slots=True)
class _Open:
    """An invoice with what settling needs."""

    document: Document
    partner: Reading[PartyName]
    amount: Reading[Decimal]
    day: date

    @property
    def bill(self) -> Bill:
        return Bill(self.partner.value.key, self.amount.value, self.day)


@dataclass(frozen=True, slots=True)
class _Account:
    """A partner on a running account: paid without an invoice of the same amount, and owed."""

    paid: Decimal
    owed: Decimal


@rule(
    id="CON06",
    title="Invoices find their payments",
    title_zh="发票与收付款匹配",
    severity="medium",
    group="invoice_paid",
    reads=(bank_statement.BANK_STATEMENT, invoice.INVOICE),
    cross=True,
    stands_on_all=(Part.HOLDER, Part.ROWS, Part.PARTIES),
    zh=Page(
        why="发票开出后一段时间内应有该客户的回款（采购发票应有付款）；开票已久而流水里从未出现对方，交易可能并不存在。匹配时考虑分笔、合并与第三方代付。",
        example="三月开票 61,051.44 元，全年没有该客户的任何款项。",
        innocent="现金、票据或其他账户收款；第三方代付（同额的已识别）；客户拖欠。",
        ask="该发票的货款通过什么方式结算？",
        paper="收付款凭证、承兑汇票复印件、代付协议",
    ),
    en=Page(
        why=(
            "An invoice is paid after some time; one issued long ago to a firm that never "
            "appears in the account may have no deal behind it. Parts, batches and "
            "third-party payments are tried."
        ),
        example="61,051.44 invoiced in March, and no money from that customer all year.",
        innocent=(
            "Paid in cash, by bill or another account; paid by a third party (recognised "
            "where the amount is equal); a late payer."
        ),
        ask="How was this invoice settled?",
        paper="Proof of payment, a copy of the bill, the agreement on third-party payment",
    ),
)
def invoice_paid(case: RuleView) -> Iterator[Result]:
    rows = case.entries()
    if not rows:
        yield NotApplicable(BilingualText("没有收付明细", "no rows"))
        return
    if not any(entry.party for entry in rows):
        yield NotChecked(
            BilingualText(
                "流水没有对方户名，不能匹配", "the statements name no counterparties to match with"
            )
        )
        return
    looked = False
    for selling in (True, False):
        some = list(_open(case, selling))
        side = [entry for entry in rows if (entry.amount > 0) == selling and entry.amount]
        if not some or not side:
            continue
        looked = True
        found = {
            i: settled
            for settled in settle([o.bill for o in some], side, Terms.of(case.limits))
            for i in settled.bills
        }
        accounts = _running(some, side, found)
        for index, each in enumerate(some):
            yield _one(case, each, found.get(index), accounts.get(each.bill.party), selling)
    if not looked:
        yield NotApplicable(
            BilingualText("没有可与流水匹配的发票", "no invoices to match with the account")
        )


def _running(
    some: Sequence[_Open], side: Sequence[Entry], found: dict[int, Settled]
) -> dict[str, _Account]:
    """What each partner paid beside what settles an invoice by itself, and what it still owes on
    the other invoices together.
    """
    used = {j for s in found.values() for j in s.rows}
    rest = by_party(entry for j, entry in enumerate(side) if entry.party and j not in used)
    out = {
        p: _Account(total(abs(entry.amount) for entry in rest.get(p, ())), Decimal(0))
        for p in {entry.party for entry in side if entry.party}
    }
    for index, each in enumerate(some):
        account = out.get(each.bill.party)
        if index not in found and account is not None:
            out[each.bill.party] = _Account(account.paid, account.owed + each.amount.value)
    return out


def _open(case: RuleView, selling: bool) -> Iterator[_Open]:
    """The applicant's sales (or purchase) invoices, each number once; cancelled and red-letter ones
    left out.
    """
    mine, theirs = (
        (invoice.SELLER_NAME, invoice.BUYER_NAME)
        if selling
        else (invoice.BUYER_NAME, invoice.SELLER_NAME)
    )
    for document in case.invoices():
        me, partner = case.get(mine, document), case.get(theirs, document)
        amount, day = (
            case.get(invoice.TOTAL_AMOUNT, document),
            case.get(invoice.ISSUE_DATE, document),
        )
        if (
            me
            and partner
            and amount
            and day
            and case.applicant.is_named(me.value)
            and amount.value > 0
        ):
            yield _Open(document, partner, amount, day.value)


def _one(
    case: RuleView, each: _Open, settled: Settled | None, account: _Account | None, selling: bool
) -> Result:
    if settled is not None:
        return Clear(_KINDS[settled.kind])
    rows = case.entries()
    if (
        each.day + timedelta(days=int(case.limit("days"))) > rows[-1].row.day
        or each.day < rows[0].row.day
    ):
        return NotChecked(
            BilingualText(
                "开票时间接近对账单边界，尚不能判断", "issued too near to the edge of the statement"
            )
        )
    if account is not None and account.paid >= account.owed:
        return Clear(
            BilingualText(
                "该往来方有足额收付（滚动结算）",
                "this partner paid or was paid enough on a running account",
            )
        )
    severity = Severity.LOW if account is not None or not selling else Severity.MEDIUM
    zh, en = ("开给", "to") if selling else ("收自", "by")
    say = BilingualText(
        (
            f"{each.day} {zh}“{each.partner.value}”的发票 {each.amount.field.raw} "
            f"未见足额{'回款' if selling else '付款'}"
        ),
        (
            f"no full payment was seen for {each.amount.field.raw} invoiced {en} "
            f"“{each.partner.value}” on {each.day}"
        ),
    )
    return Hit(
        say=say,
        evidence=(
            case.at_field(each.document, each.amount.field),
            case.at_field(each.document, each.partner.field),
        ),
        expected=f"{each.amount.value:.2f}",
        observed=f"{account.paid if account else Decimal(0):.2f}",
        confidence=0.6,
        severity=severity,
    )
