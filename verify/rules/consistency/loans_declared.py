"""Loan interest is paid, yet no loan stands on the balance sheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from extractors.documents import balance_sheet, bank_statement
from extractors.values.money import yuan
from verify.arithmetic.form_totals import BANK_LOANS
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.transaction_kinds import loan_interest, loan_repaid
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


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
        why="账户按月支付贷款利息，而资产负债表没有任何借款，说明有负债未列示。",
        example="每月 21 日扣“贷款利息”3,120 元，短期、长期借款均为 0。",
        innocent="贷款在报表日前已还清（已查找还本记录）；股东个人贷款由公司代付利息；票据贴现利息。",
        ask="这些利息对应哪一笔借款？为何报表没有列示？",
        paper="企业征信报告、借款合同、还款凭证",
    ),
    en=Page(
        why="The account pays loan interest month by month while the balance sheet shows no loan: a debt is left out.",
        example="3,120 of 'loan interest' on the 21st of each month; no loans on the sheet.",
        innocent="The loan was repaid before the date (repayments are looked for); the owner's own loan; interest on discounted bills.",
        ask="Which loan is this interest for, and why is it not on the balance sheet?",
        paper="The credit report, loan contract, proof of repayment",
    ),
)
def loans_declared(case: RuleView) -> Iterator[Result]:
    for sheet in case.own_papers(balance_sheet.BALANCE_SHEET):
        day = case.get(balance_sheet.PERIOD_END, sheet)
        loans = [
            a
            for n in BANK_LOANS
            if n in sheet.lines and (a := sheet.lines[n].columns.get("ending"))
        ]
        if day is None or not sheet.lines:
            yield NotChecked(BilingualText("未读到报表日", "the date was not read"))
            continue
        since = day.value - timedelta(days=int(case.limit("recent_days")))
        paid = [
            (d, r)
            for d in case.own_papers(bank_statement.BANK_STATEMENT)
            for r in d.rows
            if since <= r.day <= day.value and loan_interest(r)
        ]
        repaid = any(
            loan_repaid(r)
            for d in case.own_papers(bank_statement.BANK_STATEMENT)
            for r in d.rows
            if since <= r.day <= day.value
        )
        if len(paid) < case.limit("least_payments"):
            yield NotApplicable(
                BilingualText(
                    "报表日前三个月没有贷款利息支出",
                    "no loan interest in the three months before the date",
                )
            )
        elif sum((a.value for a in loans), Decimal(0)) > 0:
            yield Clear(BilingualText("报表列有借款", "loans stand on the balance sheet"))
        elif repaid:
            yield NotChecked(
                BilingualText(
                    "报表日前有还本记录，需结合征信核对",
                    "principal was repaid before the date; compare with the credit report",
                )
            )
        else:
            total = sum((r.debit for _, r in paid), Decimal(0))
            evidence = (
                *(case.at_amount(sheet, a) for a in loans),
                *(case.at_row(d, r) for d, r in paid[-6:]),
            )
            say = BilingualText(
                f"报表日前三个月支付贷款利息 {len(paid)} 笔共 {yuan(total)}，报表借款为 0",
                f"{len(paid)} payments of loan interest, {yuan(total)} in all, in three months; the sheet shows no loan",
            )
            yield Hit(
                say=say,
                evidence=evidence or (case.at_file(sheet),),
                expected="> 0",
                observed="0.00",
                confidence=0.9,
            )
