"""How much of the money that came in is supported by invoices."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents import bank_statement, invoice
from extractors.values.money import yuan
from extractors.values.party_name import folded_name
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.transaction_kinds import not_trade
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="CON05",
    title="Receipts are supported by invoices",
    title_zh="回款有发票支持的比例",
    severity="medium",
    group="revenue",
    reads=(bank_statement.BANK_STATEMENT, invoice.INVOICE),
    cross=True,
    stands_on_all=(Part.HOLDER, Part.ROWS, Part.PARTIES),
    zh=Page(
        why="销售回款大多应有对应客户的发票；提交了全部发票而多数回款找不到发票，回款可能不是货款。",
        example="提交全年发票 52 张，仍有七成回款的付款方没有开过票。",
        innocent="只提交了部分发票（此时不作判断）；零售和未开票收入；代付。",
        ask="没有发票的回款属于什么业务？",
        paper="发票汇总表、销售合同、出库单",
    ),
    en=Page(
        why=(
            "Most receipts from customers have an invoice; when all invoices are handed in "
            "and most receipts have none, they may be no sales."
        ),
        example=(
            "All 52 invoices of the year, and still seven tenths of receipts from firms "
            "that were never invoiced."
        ),
        innocent=(
            "Only some invoices were handed in (not judged then); retail and uninvoiced "
            "sales; payment by a third party."
        ),
        ask="What business stands behind receipts without invoices?",
        paper="The invoice summary, contracts, delivery notes",
    ),
)
def invoiced_share_of_receipts(case: RuleView) -> Iterator[Result]:
    sales = [
        (n.value, t.value)
        for document in case.invoices()
        if (seller := case.get(invoice.SELLER_NAME, document))
        and case.applicant.is_named(seller.value)
        and (n := case.get(invoice.BUYER_NAME, document))
        and (t := case.get(invoice.TOTAL_AMOUNT, document))
    ]
    if not sales:
        yield NotApplicable(
            BilingualText("没有申请人开具的销项发票", "no invoice issued by the applicant")
        )
        return
    receipts: dict[str, Decimal] = {}
    for statement in case.papers(bank_statement.BANK_STATEMENT):
        for row in statement.rows:
            if row.credit > 0 and row.counterparty_name and not not_trade(row, case.applicant.name):
                key = row.counterparty_key
                receipts[key] = receipts.get(key, Decimal(0)) + row.credit
    total, invoiced = sum(receipts.values(), Decimal(0)), sum((t for _, t in sales), Decimal(0))
    if not total or invoiced < case.limit("complete_share") * total:
        yield NotChecked(
            BilingualText(
                "只提交了部分发票，不足以判断",
                "only some invoices were handed in, too few to judge",
            )
        )
        return
    share = (
        sum(
            (receipts.get(each, Decimal(0)) for each in {folded_name(name) for name, _ in sales}),
            Decimal(0),
        )
        / total
    )
    if share >= case.limit("least_share"):
        yield Clear(
            BilingualText(
                f"回款中 {share:.0%} 有对应客户的发票",
                f"{share:.0%} of receipts come from invoiced customers",
            )
        )
        return
    say = BilingualText(
        f"回款 {yuan(total)} 中只有 {share:.0%} 来自开过票的客户",
        f"only {share:.0%} of receipts of {yuan(total)} come from invoiced customers",
    )
    yield Hit(
        say=say,
        evidence=tuple(
            case.at_file(document) for document in case.papers(bank_statement.BANK_STATEMENT)
        ),
        expected=f">= {case.limit('least_share'):.0%}",
        observed=f"{share:.0%}",
        confidence=0.7,
    )
