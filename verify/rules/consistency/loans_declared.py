"""Loan interest is paid, yet no loan stands on the balance sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from extractors.documents import balance_sheet, bank_statement
from extractors.model import Amount, Document, Transaction
from extractors.values.money import yuan
from verify.arithmetic.form_totals import BANK_LOANS
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import is_foreign, total
from verify.ledger.transaction_kinds import loan_disbursed, loan_interest, loan_repaid
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule

_Row = tuple[Document, Transaction]


@rule(
    id="CON10",
    title="Loans whose interest is paid are declared",
    title_zh="付息贷款已在报表列示",
    severity="high",
    group="hidden_debt",
    reads=(balance_sheet.BALANCE_SHEET, bank_statement.BANK_STATEMENT),
    cross=True,
    stands_on_all=(Part.HOLDER,),
    zh=Page(
        why="账户按月支付贷款利息，而资产负债表没有任何借款，说明有负债未列示。过桥还款后银行又放款、利息照付的，贷款并没有还清。",
        example="每月 21 日扣“贷款利息”3,120 元，短期、长期借款均为 0。",
        innocent="贷款在报表日前已还清（还本以后不再付息的不提示）；股东个人贷款由公司代付利息；票据贴现利息。",
        ask="这些利息对应哪一笔借款？为何报表没有列示？",
        paper="企业征信报告、借款合同、还款凭证",
    ),
    en=Page(
        why=(
            "The account pays loan interest month by month while the balance sheet shows "
            "no loan: a debt is left out. Where the bank lent again after a bridge, or "
            "interest goes on after the repayment, the loan was not repaid."
        ),
        example="3,120 of 'loan interest' on the 21st of each month; no loans on the sheet.",
        innocent=(
            "The loan was repaid before the date (silent where no interest follows the "
            "repayment); the owner's own loan; interest on discounted bills."
        ),
        ask="Which loan is this interest for, and why is it not on the balance sheet?",
        paper="The credit report, loan contract, proof of repayment",
    ),
)
def loans_declared(case: RuleView) -> Iterator[Result]:
    statements = case.own_papers(bank_statement.BANK_STATEMENT)
    rows = [
        (document, row)
        for document in statements
        if not is_foreign(document)
        for row in document.rows
    ]
    for sheet in case.own_papers(balance_sheet.BALANCE_SHEET):
        day = case.get(balance_sheet.PERIOD_END, sheet)
        if day is None or not sheet.lines:
            yield NotChecked(BilingualText("未读到报表日", "the date was not read"))
            continue
        since = day.value - timedelta(days=int(case.limit("recent_days")))
        yield _judged(
            case,
            sheet,
            [(document, row) for document, row in rows if since <= row.day <= day.value],
        )


def _judged(case: RuleView, sheet: Document, recent: Sequence[_Row]) -> Result:
    """Whether loans whose interest is paid before the sheet's date stand on the sheet."""
    loans = _loans(sheet)
    paid = [(document, row) for document, row in recent if loan_interest(row)]
    if len(paid) < case.limit("least_payments"):
        return NotApplicable(
            BilingualText(
                "报表日前三个月没有贷款利息支出",
                "no loan interest in the three months before the date",
            )
        )
    if total(amount.value for amount in loans) > 0:
        return Clear(BilingualText("报表列有借款", "loans stand on the balance sheet"))
    repaid = max((row.day for _, row in recent if loan_repaid(row)), default=None)
    after = _still_owed(recent, repaid, int(case.limit("settling_days")))
    if repaid is not None and not after:
        return NotChecked(
            BilingualText(
                "报表日前有还本记录，需结合征信核对",
                "principal was repaid before the date; compare with the credit report",
            )
        )
    return _hit(case, sheet, loans, after if repaid else paid, repaid)


def _loans(sheet: Document) -> list[Amount]:
    lines = (sheet.lines[name] for name in BANK_LOANS if name in sheet.lines)
    return [found for line in lines if (found := line.columns.get("ending"))]


def _still_owed(recent: Sequence[_Row], repaid: date | None, settling: int) -> list[_Row]:
    """Rows after the last repayment that show that a loan is owed: it was drawn again, as after a
    bridge, or its interest goes on.

    The last interest of a loan that was repaid is settled within days.
    """
    if repaid is None:
        return []
    drawn = [
        (document, row) for document, row in recent if loan_disbursed(row) and row.day >= repaid
    ]
    settled = repaid + timedelta(days=settling)
    paid = [(document, row) for document, row in recent if loan_interest(row) and row.day > settled]
    return [*drawn, *paid]


def _hit(
    case: RuleView,
    sheet: Document,
    loans: Sequence[Amount],
    shown: Sequence[_Row],
    repaid: date | None,
) -> Hit:
    amount = total(row.debit for _, row in shown if loan_interest(row))
    drawn = total(row.credit for _, row in shown)
    since_zh = f"{repaid} 还本之后又" if repaid else "报表日前三个月"
    since_en = f"after the repayment of {repaid}" if repaid else "in three months"
    drawn_zh = f"，并放款 {yuan(drawn)}" if drawn else ""
    drawn_en = f", {yuan(drawn)} were drawn" if drawn else ""
    count = sum(loan_interest(row) for _, row in shown)
    say = BilingualText(
        f"{since_zh}支付贷款利息 {count} 笔共 {yuan(amount)}{drawn_zh}，报表借款为 0",
        (
            f"{count} payments of loan interest, {yuan(amount)} in all, "
            f"{since_en}{drawn_en}; the sheet shows no loan"
        ),
    )
    evidence = (
        *(case.at_amount(sheet, a) for a in loans),
        *(case.at_row(document, row) for document, row in shown[-6:]),
    )
    return Hit(say=say, evidence=evidence, expected="> 0", observed="0.00", confidence=0.9)
