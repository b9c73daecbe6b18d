"""Cash on the balance sheet against the statements' balances on that day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from extractors.documents import balance_sheet, bank_statement
from extractors.model import Document, ReadMethod
from extractors.values.account_number import same_account
from extractors.values.money import yuan
from verify.arithmetic.rounding import rounding
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import is_foreign
from verify.ledger.daily_balance import DailyBalance
from verify.ledger.deposit_interest import daily_of
from verify.model import BilingualText, Evidence, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="CON09",
    title="Cash agrees with bank balances",
    title_zh="货币资金与银行余额一致",
    severity="high",
    group="cash",
    reads=(balance_sheet.BALANCE_SHEET, bank_statement.BANK_STATEMENT),
    cross=True,
    stands_on_all=(Part.HOLDER, Part.ROWS),
    zh=Page(
        why="报表日的货币资金等于各账户余额加库存现金；虚增存款的报表在对账单上找不到这笔钱。",
        example="报表货币资金 588 万，各对账单合计 188 万。",
        innocent="还有未提交的账户；库存现金；票据保证金；未达账项。",
        ask="除已提交的账户外，其余货币资金存放在哪里？",
        paper="全部账户清单（已开立银行结算账户清单）及余额证明",
    ),
    en=Page(
        why=(
            "Cash on the balance sheet is the sum of bank balances and petty cash; "
            "inflated cash is not found in the statements."
        ),
        example="5.88m of cash, 1.88m in all statements.",
        innocent="Accounts not handed in; petty cash; deposits for bills; items in transit.",
        ask="Where is the cash that is not in these accounts?",
        paper="The official list of accounts and balance certificates",
    ),
)
def cash_against_bank(case: RuleView) -> Iterator[Result]:
    for sheet in case.own_papers(balance_sheet.BALANCE_SHEET):
        day = case.get(balance_sheet.PERIOD_END, sheet)
        cash = sheet.lines["货币资金"].columns.get("ending") if "货币资金" in sheet.lines else None
        if day is None or cash is None:
            yield NotChecked(BilingualText("未读到报表日或货币资金", "date or cash was not read"))
            continue
        total, evidence, uncovered = _balances(case, day.value)
        if not evidence:
            yield NotApplicable(
                BilingualText(
                    "没有覆盖报表日的对账单", "no statement covers the date of the balance sheet"
                )
            )
            continue
        if uncovered:
            yield NotChecked(
                BilingualText(
                    f"{uncovered} 个本企业账户的对账单未覆盖报表日",
                    f"{uncovered} own account(s) have no statement on the sheet's date",
                )
            )
            continue
        gap, allowed = (
            cash.value - total,
            abs(total) * case.limit("share") + rounding((cash,), Decimal(0)),
        )
        if -allowed <= gap <= allowed + case.limit("petty_cash"):
            yield Clear(
                BilingualText("货币资金与对账单余额一致", "cash agrees with the statements")
            )
            continue
        large = abs(gap) > case.limit("large_share") * max(abs(total), abs(cash.value))
        # Books below the bank are mostly receipts booked in the new year; books above it claim
        # money that is not there.
        severity = Severity.MEDIUM if large else Severity.LOW
        count = len(evidence)
        say = BilingualText(
            f"货币资金 {yuan(cash.value)}，{count} 个账户当日余额合计 {yuan(total)}，相差 {yuan(gap)}",
            (
                f"cash {yuan(cash.value)}, balances of {count} account(s) {yuan(total)}, "
                f"difference {yuan(gap)}"
            ),
        )
        yield Hit(
            say=say,
            evidence=(case.at_amount(sheet, cash), *evidence),
            expected=f"{total:.2f}",
            observed=f"{cash.value:.2f}",
            difference=f"{gap:.2f}",
            confidence=0.85,
            severity=severity,
        )


def _balances(case: RuleView, day: date) -> tuple[Decimal, list[Evidence], int]:
    """Sum of the applicant's balances at the end of a day, one account once, with the rows that
    show them; and accounts not covered.
    """
    total, evidence = Decimal(0), []
    accounts: dict[str, bool] = {}
    for statement in case.own_papers(bank_statement.BANK_STATEMENT):
        holder, number = (
            case.get(bank_statement.ACCOUNT_NAME, statement),
            case.get(bank_statement.ACCOUNT_NUMBER, statement),
        )
        daily = daily_of(statement)
        account = next(
            (each for each in accounts if number and same_account(each, number.value)),
            number.value if number else statement.id,
        )
        if (holder is not None and not case.applicant.is_named(holder.value)) or accounts.get(
            account
        ):
            continue
        if is_foreign(statement):
            accounts[account] = False  # its value in yuan on that day is not known here
            continue
        accounts[account] = daily is not None and _covers(case, statement, daily, day)
        if daily is None or not accounts[account]:
            continue
        total += daily.on(day)
        before = [row for row in statement.rows if row.day <= day]
        evidence.append(case.at_row(statement, before[-1]) if before else case.at_file(statement))
    return total, evidence, sum(not covered for covered in accounts.values())


def _covers(case: RuleView, statement: Document, daily: DailyBalance, day: date) -> bool:
    """Whether the balance at the end of a day is known.

    An export without a printed period lists days with rows alone.
    """
    end = case.get(bank_statement.PERIOD_END, statement)
    implied = end is not None and end.field.at.method == ReadMethod.TABLE
    return daily.covers(day, day) or (implied and 0 <= (day - daily.end).days <= case.limit("days"))
