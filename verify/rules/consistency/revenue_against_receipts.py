"""Revenue against the money that came in, receivables and tax counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from extractors.documents import balance_sheet, bank_statement, income_statement
from extractors.documents.business_licence import BUSINESS_LICENCE
from extractors.documents.shareholder_register import SHAREHOLDER_REGISTER
from extractors.model import Amount, Document
from extractors.values.money import yuan
from verify.arithmetic.form_totals import amount, grown
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import months_between, total
from verify.ledger.receipts import REASONS
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule

# Revenue that customers still owe has not reached the account.
_OWED = ("应收账款", "应收票据", "应收票据及应收账款", "应收款项融资", "合同资产")
# Advances reached the account before they became revenue.
_ADVANCE = ("预收账款", "预收款项", "合同负债")


@dataclass(frozen=True, slots=True)
class _Year:
    """Revenue of a year and the receipts that it should bring."""

    paper: Document
    revenue: Amount
    expected: Decimal


@rule(
    id="CON04",
    title="Revenue is matched by receipts",
    title_zh="营业收入与银行回款",
    severity="high",
    group="revenue_receipts",
    reads=(
        income_statement.INCOME_STATEMENT,
        balance_sheet.BALANCE_SHEET,
        bank_statement.BANK_STATEMENT,
        SHAREHOLDER_REGISTER,
        BUSINESS_LICENCE,
    ),
    needs=("income_statement", "bank_statement"),
    cross=True,
    stands_on_all=(Part.HOLDER, Part.PERIOD, Part.ROWS),
    zh=Page(
        why="收入加税、减应收增加，就是应当收到的钱；剔除互转、关联往来、贷款、退款和当日往返后，回款远低于此，收入可能虚增，远高于此，可能有体外收入或流水注水。",
        example="报表收入 980 万，应收增加 20 万，全年有效回款只有 310 万。",
        innocent="还有未提交的账户；现金、票据结算；客户代付货款抵账；个人账户收款（应补充提交）。",
        ask="其余货款通过哪些账户或方式收取？",
        paper="其他账户流水、票据台账、现金日记账",
    ),
    en=Page(
        why=(
            "Revenue with tax, less the growth of receivables, is the money that should "
            "come in. Receipts far below (own transfers, related parties, loans, refunds, "
            "round trips left out) cast doubt on revenue, far above on the account."
        ),
        example="Revenue of 9.8m, receivables up 0.2m, and receipts of 3.1m.",
        innocent=(
            "Accounts that were not handed in; cash and bills; set-off; money collected on "
            "personal accounts."
        ),
        ask="Through which accounts or means were the other sales paid?",
        paper="Statements of the other accounts, the bill register, the cash book",
    ),
)
def revenue_against_receipts(case: RuleView) -> Iterator[Result]:
    looked = False
    for paper in case.own_papers(income_statement.INCOME_STATEMENT):
        end, revenue = (
            case.get(income_statement.PERIOD_END, paper),
            amount(paper, "营业收入", "value"),
        )
        if end is None or revenue is None:
            yield NotChecked(
                BilingualText("未读到营业收入或期间", "revenue or period were not read")
            )
            continue
        rows = [
            entry
            for entry in case.entries()
            if entry.row.day.year == end.value.year and entry.row.day <= end.value
        ]
        months = {(entry.row.day.year, entry.row.day.month) for entry in rows}
        if (
            len(months) < len(months_between(end.value.replace(month=1, day=1), end.value))
            or revenue.value <= 0
        ):
            yield NotApplicable(
                BilingualText(
                    "对账单没有覆盖利润表的整个期间", "the statements do not cover the whole period"
                )
            )
            continue
        looked = True
        yield _compared(case, _expected(case, paper, revenue, end.value.year), end.value)
    if not looked:
        yield NotApplicable(
            BilingualText("没有可与流水比较的收入", "no revenue to set against the account")
        )


def _expected(case: RuleView, paper: Document, revenue: Amount, year: int) -> _Year:
    """Receipts that revenue should bring: with the mean tax of sales, less the growth of what
    customers owe.
    """
    change = Decimal(0)
    for sheet in case.own_papers(balance_sheet.BALANCE_SHEET):
        day = case.get(balance_sheet.PERIOD_END, sheet)
        if day is None or day.value.year != year or day.value.month != 12:
            continue
        for names, sign in ((_OWED, -1), (_ADVANCE, 1)):
            change += sign * sum((grown(sheet, name) for name in names), Decimal(0))
        break
    return _Year(paper, revenue, max(revenue.value * (1 + case.limit("tax")) + change, Decimal(0)))


def _compared(case: RuleView, year: _Year, end: date) -> Result:
    which, found = end.year, case.receipts()
    received = total(
        entry.row.credit
        for entry in found.sales
        if entry.row.day.year == which and entry.row.day <= end
    )
    reasons = found.reasons(end)
    ratio = received / year.expected if year.expected else Decimal(1)
    low, high = case.limit("low"), case.limit("high")
    # Sales may bear any rate from nothing to the highest, so the upper edge is set against revenue
    # without tax.
    over = received / max(year.revenue.value, Decimal(1))
    if low <= ratio and (ratio <= high or over <= high):
        return Clear(
            BilingualText(
                f"有效回款为应收款项的 {ratio:.0%}",
                f"receipts are {ratio:.0%} of what revenue should bring",
            )
        )
    left = "、".join(f"{REASONS[key][0]} {yuan(value)}" for key, value in reasons.items()) or "无"
    left_en = (
        ", ".join(f"{REASONS[key][1]} {yuan(value)}" for key, value in reasons.items()) or "none"
    )
    say = BilingualText(
        (
            f"{which} 年营业收入 {yuan(year.revenue.value)}，应回款约 {yuan(year.expected)}，有效回款 "
            f"{yuan(received)}（{ratio:.0%}；已剔除：{left}）"
        ),
        (
            f"revenue of {which} is {yuan(year.revenue.value)}, about {yuan(year.expected)} "
            f"should come in, {yuan(received)} did ({ratio:.0%}; left out: {left_en})"
        ),
    )
    far = ratio < case.limit("far_low") or ratio > case.limit("far_high")
    several = tuple({entry.document.id: entry.document for entry in case.entries()}.values())
    return Hit(
        say=say,
        evidence=(
            case.at_amount(year.paper, year.revenue),
            *(case.at_file(document) for document in several),
        ),
        expected=f"{year.expected:.2f}",
        observed=f"{received:.2f}",
        difference=f"{received - year.expected:.2f}",
        confidence=0.8 * year.revenue.confidence,
        severity=Severity.MEDIUM if far else Severity.LOW,
    )
