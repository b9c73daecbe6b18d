"""What a company's own books say of a line of its statements: from the account balance table or the
journal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from extractors.documents.account_balances import level_one
from extractors.model import Amount, Document, JournalEntry

# Lines that one group of accounts makes up, with nothing moved between lines at the year's end, as
# receivables with a
# credit balance are. Accounts: 财会〔2006〕18号 and 财会〔2011〕17号.
BALANCE_LINES: dict[str, tuple[str, ...]] = {
    "货币资金": ("库存现金", "现金", "银行存款", "其他货币资金", "备用金"),
    "短期借款": ("短期借款",),
    "长期借款": ("长期借款",),
    "实收资本": ("实收资本", "股本"),
    "固定资产原价": ("固定资产",),
    "累计折旧": ("累计折旧",),
}
_OWED = frozenset({"短期借款", "长期借款", "实收资本", "累计折旧"})  # credit balances
REVENUE_ACCOUNTS = ("主营业务收入", "其他业务收入")


@dataclass(frozen=True, slots=True)
class AccountTotal:
    """A line's amount by the books, with the cells that it is the sum of."""

    value: Decimal
    cells: tuple[Amount, ...]


def _bare(name: str) -> str:
    """An account's name without its code and brackets."""
    return re.sub(r"^[\d.\-_]+\s*|[(（].*", "", name)


def closing_balance(table: Document, line: str) -> AccountTotal | None:
    """The accounts' closing balances that make a line of the balance sheet; None where none is in
    the table.
    """
    sign = -1 if line in _OWED else 1
    total = Decimal(0)
    cells: list[Amount] = []
    for account in level_one(table.lines):
        if _bare(account.name) not in BALANCE_LINES[line]:
            continue
        for column, side in (("ending_debit", 1), ("ending_credit", -1)):
            amount = account.columns.get(column)
            if amount is not None:
                total += sign * side * amount.value
                cells.append(amount)
    return AccountTotal(total, tuple(cells)) if cells else None


def posted_revenue(table: Document, *, whole_period: bool) -> AccountTotal | None:
    """Credits to the revenue accounts up to the table's end; `whole_period`: its period starts with
    the year.
    """
    column = "credit" if whole_period else "year_credit"
    cells = [
        amount
        for account in level_one(table.lines)
        if _bare(account.name) in REVENUE_ACCOUNTS
        and (amount := account.columns.get("year_credit") or account.columns.get(column))
    ]
    return (
        AccountTotal(sum((cell.value for cell in cells), Decimal(0)), tuple(cells))
        if cells
        else None
    )


def journal_revenue(entries: Iterable[JournalEntry]) -> list[JournalEntry]:
    """Entries that credit a revenue account; closing entries debit it and are left out."""
    return [
        entry
        for entry in entries
        if entry.credit and _bare(entry.account).startswith(REVENUE_ACCOUNTS)
    ]
