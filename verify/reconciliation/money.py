"""Taxes, wages, debts, interest and cash, by every source."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.documents import balance_sheet, bank_statement
from extractors.values.account_number import same_account
from extractors.values.money import yuan
from verify.arithmetic.form_totals import BANK_LOANS, amount
from verify.ledger.accounts import total
from verify.ledger.deposit_interest import Settlement, daily_of, listed_rates, settlements
from verify.ledger.transaction_kinds import (
    loan_disbursed,
    loan_interest,
    loan_repaid,
    social,
    tax,
    wages,
)
from verify.model import BilingualText, Reconciled, Source
from verify.reconciliation.sheet import YearSheet, of_rows, reconciled, source

_INCOME_TAX = re.compile(r"企业所得税")


def value_added_tax(sheet: YearSheet) -> Reconciled:
    out: list[Source] = []
    if found := sheet.line("vat_return", "应纳税额"):
        out.append(source("vat_return", found[1].value, found[0].id, "应纳增值税", "VAT due"))
    paid = [
        entry
        for entry in sheet.rows
        if tax(entry.row) and not _INCOME_TAX.search(entry.row.description)
    ]
    out += of_rows(
        "bank_tax_payments", paid, "账户缴纳的税款（不含企业所得税）", "taxes paid but income tax"
    )
    return reconciled(
        BilingualText(f"{sheet.year} 年增值税及附加", f"VAT and surcharges {sheet.year}"),
        out,
        Decimal("0.5"),
        {"vat_return", "bank_tax_payments"},
    )


def income_tax(sheet: YearSheet) -> Reconciled:
    """Booked against paid: prepaid by quarter and settled in the next year, so the tolerance is
    wide.
    """
    out: list[Source] = []
    if found := sheet.line("income_statement", "所得税费用"):
        out.append(
            source(
                "income_statement", found[1].value, found[0].id, "所得税费用", "income tax expense"
            )
        )
    paid = [
        entry
        for entry in sheet.rows
        if tax(entry.row) and _INCOME_TAX.search(entry.row.description)
    ]
    out += of_rows("bank_tax_payments", paid, "账户缴纳的企业所得税", "income tax paid")
    return reconciled(
        BilingualText(f"{sheet.year} 年企业所得税", f"income tax {sheet.year}"),
        out,
        Decimal("0.6"),
        {"income_statement", "bank_tax_payments"},
    )


def payroll(sheet: YearSheet) -> Reconciled:
    out: list[Source] = []
    if found := sheet.line("cash_flow_statement", "支付的职工薪酬"):
        out.append(
            source(
                "cash_flow_statement",
                found[1].value,
                found[0].id,
                "支付的职工薪酬",
                "paid to employees",
            )
        )
    pay, insurance = (
        [entry for entry in sheet.rows if wages(entry.row)],
        [entry for entry in sheet.rows if social(entry.row)],
    )
    out += of_rows("bank_wages", pay, "工资", "wages")
    if insurance and pay:
        share = total(entry.row.debit for entry in insurance) / total(
            entry.row.debit for entry in pay
        )
        out += of_rows(
            "bank_insurance",
            insurance,
            f"社保、公积金，为工资的 {share:.0%}",
            f"insurance and housing fund, {share:.0%} of wages",
        )
    return reconciled(
        BilingualText(f"{sheet.year} 年薪酬", f"payroll {sheet.year}"),
        out,
        Decimal("0.4"),
        {"cash_flow_statement", "bank_wages"},
    )


def debt(sheet: YearSheet) -> Reconciled:
    """Loans on the sheet at the year's end against its opening plus what came in less what was
    repaid.
    """
    out: list[Source] = []
    opening = None
    for document in sheet.papers("balance_sheet"):
        closing = [
            found.value for name in BANK_LOANS if (found := amount(document, name, "ending"))
        ]
        before = [
            found.value for name in BANK_LOANS if (found := amount(document, name, "opening"))
        ]
        if closing:
            out.append(
                source("balance_sheet", total(closing), document.id, "期末借款", "loans at the end")
            )
            opening = total(before)
        break
    came, went = (
        [entry for entry in sheet.rows if loan_disbursed(entry.row)],
        [entry for entry in sheet.rows if loan_repaid(entry.row)],
    )
    if opening is not None and sheet.rows and not sheet.note_of_months().zh:
        rolled = (
            opening + total(entry.amount for entry in came) + total(entry.amount for entry in went)
        )
        zh = f"年初 {yuan(opening)}，放款 {len(came)} 笔，还本 {len(went)} 笔"
        out.append(
            source(
                "bank_loans",
                rolled,
                sheet.rows[0].document.id,
                zh,
                f"{yuan(opening)} at the start, {len(came)} disbursed, {len(went)} repaid",
            )
        )
    figure = BilingualText(f"{sheet.year} 年末借款", f"loans at the end of {sheet.year}")
    return reconciled(
        figure, out, Decimal("0.05"), {"balance_sheet", "bank_loans"}, slack=Decimal(1000)
    )


def interest(sheet: YearSheet) -> Reconciled:
    out: list[Source] = []
    if found := sheet.line("income_statement", "财务费用"):
        out.append(
            source("income_statement", found[1].value, found[0].id, "财务费用", "finance cost")
        )
    out += of_rows(
        "bank_interest",
        [entry for entry in sheet.rows if loan_interest(entry.row)],
        "贷款利息支出",
        "loan interest paid",
    )
    share = sheet.case.policy.limit("CON11", "share")
    figure = BilingualText(f"{sheet.year} 年利息", f"interest {sheet.year}")
    return reconciled(
        figure,
        out,
        share,
        {"income_statement", "bank_interest"},
        slack=sheet.case.policy.limit("CON11", "least"),
    )


def cash(sheet: YearSheet) -> Reconciled:
    out: list[Source] = []
    day = None
    for document in sheet.papers("balance_sheet"):
        found, end = amount(document, "货币资金", "ending"), balance_sheet.PERIOD_END.of(document)
        if found and end:
            day = end.value
            out.append(source("balance_sheet", found.value, document.id, f"{day}", f"{day}"))
            break
    seen: list[str] = []
    for document in {
        entry.document.id: entry.document for entry in sheet.case.entries
    }.values():  # the applicant's own accounts in yuan
        daily, number = daily_of(document), bank_statement.ACCOUNT_NUMBER.of(document)
        account = number.value if number else document.id
        if (
            daily
            and day
            and daily.covers(day, day)
            and not any(same_account(a, account) for a in seen)
        ):
            seen.append(account)
            tail = number.value[-4:] if number else ""
            out.append(
                source(
                    "bank_statement", daily.on(day), document.id, f"尾号 {tail}", f"account …{tail}"
                )
            )
    limit = sheet.case.policy.limits["CON09"]
    figure = BilingualText(
        f"{sheet.year} 年报表日货币资金", f"cash on the sheet's date {sheet.year}"
    )
    return reconciled(
        figure, out, limit["share"], {"balance_sheet", "bank_statement"}, slack=limit["petty_cash"]
    )


def balances_paid_on(sheet: YearSheet) -> list[Reconciled]:
    """For each interest payment: the average balance that the statement shows, and the one that the
    bank paid on.
    """
    limit = sheet.case.policy.limits["BNK03"]
    out = []
    for document in sheet.case.packet.of_type("bank_statement"):
        paid = [
            settlement
            for settlement in settlements(document)
            if settlement.row.credit >= limit["least_payment"] and settlement.product > 0
        ]
        usual = _usual_ratio(paid, limit["share"])
        for each in (s for s in paid if s.last.year == sheet.year):
            listed = listed_rates(each.first, each.last)
            # Where the listed rate changed within the quarter, any rate between the old and the new
            # may have been paid.
            rate = min(max(each.rate, min(listed) * usual), max(listed) * usual)
            counted = each.paid_average(rate).quantize(Decimal("0.01"))
            zh = (
                f"利息 {yuan(each.row.credit)} ÷ {each.days} 天，年利率按 {rate:.3%} 计；对账单隐含 "
                f"{each.rate:.3%}"
            )
            en = (
                f"interest {yuan(each.row.credit)} for {each.days} days at {rate:.3%}; the "
                f"rows imply {each.rate:.3%}"
            )
            sources = [
                source(
                    "bank_statement",
                    each.average.quantize(Decimal("0.01")),
                    document.id,
                    "逐日余额平均",
                    "mean of daily balances",
                ),
                source("deposit_interest", counted, document.id, zh, en),
            ]
            figure = BilingualText(
                f"{each.first} 至 {each.last} 日均余额",
                f"average balance {each.first} to {each.last}",
            )
            out.append(
                reconciled(figure, sources, limit["share"], {"bank_statement", "deposit_interest"})
            )
    return out


def _usual_ratio(paid: list[Settlement], share: Decimal) -> Decimal:
    """What this bank pays against the lowest listed rate: its own ratio where all payments share
    one, else the listed rate itself.
    """
    ratios = sorted(
        settlement.rate / min(listed_rates(settlement.first, settlement.last))
        for settlement in paid
    )
    own = len(ratios) >= 3 and ratios[-1] <= ratios[0] * (1 + share)
    return ratios[len(ratios) // 2] if own else Decimal(1)
