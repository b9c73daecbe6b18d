"""Purchases: what cost of sales needs, and what was paid to suppliers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents import balance_sheet, bank_statement, income_statement
from extractors.model import Amount, Document
from extractors.values.money import yuan
from verify.arithmetic.form_totals import STOCK_AND_PAYABLES, amount, grown
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import months_between, total
from verify.ledger.receipts import supplier_payments
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="CON07",
    title="Cost of sales is matched by purchases",
    title_zh="营业成本与采购付款",
    severity="low",
    group="purchases",
    reads=(
        income_statement.INCOME_STATEMENT,
        balance_sheet.BALANCE_SHEET,
        bank_statement.BANK_STATEMENT,
    ),
    needs=("income_statement", "bank_statement"),
    cross=True,
    stands_on_all=(Part.HOLDER, Part.ROWS),
    zh=Page(
        why="卖出去的东西要先买进来：营业成本加存货增加、减应付增加，大致等于付给供应商的钱；几乎没有采购付款的高收入值得追问。",
        example="营业成本 730 万，全年付给供应商只有 40 万。",
        innocent="服务业成本以人工为主；采购由其他账户支付；商业汇票结算；欠供应商货款。",
        ask="采购货款从哪个账户、以什么方式支付？",
        paper="采购合同、进项发票、其他账户流水",
    ),
    en=Page(
        why=(
            "What is sold was bought: cost of sales plus the growth of stock less the "
            "growth of payables is about what suppliers were paid. High sales with hardly "
            "a purchase ask for an answer."
        ),
        example="Cost of sales of 7.3m, 0.4m paid to suppliers all year.",
        innocent=(
            "Services cost mostly wages; purchases paid from another account or by bill; "
            "suppliers still owed."
        ),
        ask="From which account and by what means were purchases paid?",
        paper="Purchase contracts and invoices, statements of other accounts",
    ),
)
def purchases(case: RuleView) -> Iterator[Result]:
    looked = False
    for paper in case.own_papers(income_statement.INCOME_STATEMENT):
        end, cost = case.get(income_statement.PERIOD_END, paper), amount(paper, "营业成本", "value")
        if end is None or cost is None or cost.value < case.limit("least_cost"):
            continue
        rows = [
            entry
            for entry in case.entries()
            if entry.row.day.year == end.value.year and entry.row.day <= end.value
        ]
        if len({(entry.row.day.year, entry.row.day.month) for entry in rows}) < len(
            months_between(end.value.replace(month=1, day=1), end.value)
        ):
            continue
        looked = True
        paid = supplier_payments(rows, case.applicant.name, case.trips())
        yield _compared(
            case,
            paper,
            cost,
            _needed(case, cost.value, end.value.year),
            -total(entry.amount for entry in paid),
        )
    if not looked:
        yield NotApplicable(
            BilingualText(
                "没有覆盖全期的流水可与营业成本比较",
                "no statements over the whole period of cost of sales",
            )
        )


def _needed(case: RuleView, cost: Decimal, year: int) -> Decimal:
    for sheet in case.own_papers(balance_sheet.BALANCE_SHEET):
        day = case.get(balance_sheet.PERIOD_END, sheet)
        if day is not None and day.value.year == year and day.value.month == 12:
            cost += sum(
                (sign * grown(sheet, name) for name, sign in STOCK_AND_PAYABLES), Decimal(0)
            )
            break
    return cost


def _compared(
    case: RuleView, paper: Document, cost: Amount, needed: Decimal, paid: Decimal
) -> Result:
    if needed <= 0 or paid >= needed * case.limit("low"):
        return Clear(
            BilingualText(
                "采购付款与营业成本规模相当",
                "payments to suppliers are of the size of cost of sales",
            )
        )
    say = BilingualText(
        f"营业成本 {yuan(cost.value)}，约需采购 {yuan(needed)}，账户付给供应商 {yuan(paid)}",
        (
            f"cost of sales is {yuan(cost.value)}, purchases of about {yuan(needed)} are "
            f"needed, {yuan(paid)} was paid to suppliers"
        ),
    )
    several = tuple({entry.document.id: entry.document for entry in case.entries()}.values())
    return Hit(
        say=say,
        evidence=(case.at_amount(paper, cost), *(case.at_file(document) for document in several)),
        expected=f">= {needed * case.limit('low'):.2f}",
        observed=f"{paid:.2f}",
        confidence=0.7,
    )
