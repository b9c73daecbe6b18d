"""Regular equal payments to lenders that are no banks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.documents import balance_sheet
from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.model import Document, Transaction
from extractors.values.money import yuan
from extractors.values.party_name import folded_name
from verify.case_file import View
from verify.model import Say, Severity
from verify.rule import Clear, Hit, NotChecked, Page, Result, rule
from verify.statement_sums import LOANS, amount

_LENDER = re.compile(r"小额贷款|小贷|融资租赁|典当|消费金融|担保有限|投资担保|民间借贷|保理|网络借贷|普惠金融|金融信息服务|汽车金融|金融租赁")


@rule(
    id="PRA10",
    title="Debts to lenders are declared",
    title_zh="非银机构定期还款",
    severity="high",
    group="hidden_debt",
    reads=(BANK_STATEMENT, balance_sheet.BALANCE_SHEET),
    needs=("bank_statement",),
    zh=Page(
        why="每月等额付给小贷、租赁、典当等机构的款项多半是还款；报表没有相应负债就是隐性负债。",
        example="每月 15 日付“××融资租赁”48,600 元，报表长期应付款为 0。",
        innocent="设备租金；保费；已在长期应付款列示（已核对）。",
        ask="这些定期付款对应什么合同？余额多少？",
        paper="融资租赁或借款合同、还款计划表、企业征信报告",
    ),
    en=Page(
        why="Equal monthly payments to micro-lenders, lessors or pawnshops are mostly repayments; without a debt on the sheet the debt is hidden.",
        example="48,600 to a leasing firm on the 15th of each month, long-term payables of 0.",
        innocent="Rent of equipment; premiums; shown under long-term payables (looked for).",
        ask="Which contract are these payments for, and what is still owed?",
        paper="The lease or loan contract, the repayment plan, the credit report",
    ),
)
def undeclared_lenders(case: View) -> Iterator[Result]:
    sheets = case.own_papers(balance_sheet.BALANCE_SHEET)
    shown = _ending(sheets, ("长期应付款", "租赁负债"))
    owed = shown or _ending(sheets, LOANS)
    for statement in case.own_papers(BANK_STATEMENT):
        if not statement.rows:
            yield NotChecked(Say("没有读到明细", "no rows were read"))
            continue
        found = [rows for rows in _by_lender(statement).values() if _regular(case, rows)]
        for rows in found:
            total = sum((r.debit for r in rows), Decimal(0))
            say = Say(
                f"向“{rows[0].counterparty_name}”定期付款 {len(rows)} 期共 {yuan(total)}",
                f"{len(rows)} regular payments to “{rows[0].counterparty_name}”, {yuan(total)} in all",
            )
            severity = Severity.LOW if shown > 0 else Severity.MEDIUM if owed > 0 or not sheets else Severity.HIGH
            yield Hit(
                say=say, evidence=tuple(case.at_row(statement, r) for r in rows[-6:]), observed=f"{total:.2f}", confidence=0.85, severity=severity
            )
        if not found:
            yield Clear(Say("未见向非银机构的定期还款", "no regular payments to lenders"))


def _ending(sheets: Sequence[Document], names: Sequence[str]) -> Decimal:
    return sum((a.value for s in sheets for n in names if (a := amount(s, n, "ending"))), Decimal(0))


def _by_lender(statement: Document) -> dict[str, list[Transaction]]:
    groups: dict[str, list[Transaction]] = {}
    for row in statement.rows:
        if row.debit > 0 and _LENDER.search(row.counterparty_name):
            groups.setdefault(folded_name(row.counterparty_name), []).append(row)
    return groups


def _regular(case: View, rows: list[Transaction]) -> bool:
    """Payments in at least so many months, most of about one amount."""
    months = {(r.day.year, r.day.month) for r in rows}
    middle = sorted(r.debit for r in rows)[len(rows) // 2]
    alike = sum(abs(r.debit - middle) <= middle * case.limit("amount_share") for r in rows)
    return len(months) >= case.limit("periods") and alike >= case.limit("periods")
