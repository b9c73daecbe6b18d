"""Regular equal payments to lenders that are no banks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.documents import balance_sheet
from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.model import Document
from extractors.values.money import yuan
from verify.arithmetic.form_totals import LOANS, amount
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import Entry, by_party, month_of, total
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotChecked, Page, Result, rule

_LENDER = re.compile(
    r"小额贷款|小贷|融资租赁|典当|消费金融|担保有限|投资担保|民间借贷|保理|网络借贷|普惠金融|金融信息服务|汽车金融|金融租赁"
)


@rule(
    id="PRA10",
    title="Debts to lenders are declared",
    title_zh="非银机构定期还款",
    severity="high",
    group="hidden_debt",
    reads=(BANK_STATEMENT, balance_sheet.BALANCE_SHEET),
    needs=("bank_statement",),
    stands_on_all=(Part.HOLDER,),
    zh=Page(
        why="每月等额付给小贷、租赁、典当等机构的款项多半是还款；报表没有相应负债就是隐性负债。",
        example="每月 15 日付“××融资租赁”48,600 元，报表长期应付款为 0。",
        innocent="设备租金；保费；已在长期应付款列示（已核对）。",
        ask="这些定期付款对应什么合同？余额多少？",
        paper="融资租赁或借款合同、还款计划表、企业征信报告",
    ),
    en=Page(
        why=(
            "Equal monthly payments to micro-lenders, lessors or pawnshops are mostly "
            "repayments; without a debt on the sheet the debt is hidden."
        ),
        example="48,600 to a leasing firm on the 15th of each month, long-term payables of 0.",
        innocent="Rent of equipment; premiums; shown under long-term payables (looked for).",
        ask="Which contract are these payments for, and what is still owed?",
        paper="The lease or loan contract, the repayment plan, the credit report",
    ),
)
def undeclared_lenders(case: RuleView) -> Iterator[Result]:
    rows = case.entries()
    if not any(entry.party for entry in rows):
        yield NotChecked(BilingualText("没有带对方户名的明细", "no rows that name counterparties"))
        return
    found = [
        same
        for same in by_party(entry for entry in rows if entry.amount < 0 and _lends(entry)).values()
        if _regular(case, same)
    ]
    for same in found:
        paid = total(entry.row.debit for entry in same)
        sheets = [
            sheet
            for sheet in case.own_papers(balance_sheet.BALANCE_SHEET)
            if (day := case.get(balance_sheet.PERIOD_END, sheet)) and day.value >= same[0].row.day
        ]
        shown = _ending(sheets, ("长期应付款", "租赁负债"))
        owed = shown or _ending(sheets, LOANS)
        name = same[0].row.counterparty_name
        say = BilingualText(
            f"向“{name}”定期付款 {len(same)} 期共 {yuan(paid)}",
            f"{len(same)} regular payments to “{name}”, {yuan(paid)} in all",
        )
        severity = (
            Severity.LOW
            if shown > 0
            else Severity.MEDIUM
            if owed > 0 or not sheets
            else Severity.HIGH
        )
        evidence = tuple(case.at_entry(entry) for entry in same[-6:])
        yield Hit(
            say=say, evidence=evidence, observed=f"{paid:.2f}", confidence=0.85, severity=severity
        )
    if not found:
        yield Clear(BilingualText("未见向非银机构的定期还款", "no regular payments to lenders"))


def _lends(entry: Entry) -> bool:
    """A lender that is no bank; the fee of a guarantee company is no repayment."""
    name = entry.row.counterparty_name
    return (
        bool(_LENDER.search(name))
        and not re.search(r"银行|信用社", name)
        and not ("担保" in name and "费" in entry.row.description)
    )


def _ending(sheets: Sequence[Document], names: Sequence[str]) -> Decimal:
    return sum(
        (
            found.value
            for sheet in sheets
            for name in names
            if (found := amount(sheet, name, "ending"))
        ),
        Decimal(0),
    )


def _regular(case: RuleView, rows: list[Entry]) -> bool:
    """Payments in at least so many months, most of about one amount."""
    months = {month_of(entry.row.day) for entry in rows}
    middle = sorted(entry.row.debit for entry in rows)[len(rows) // 2]
    alike = sum(
        abs(entry.row.debit - middle) <= middle * case.limit("amount_share") for entry in rows
    )
    return len(months) >= case.limit("periods") and alike >= case.limit("periods")
