"""Whether a page shows the table of an account statement: by its headings, or by balances that
follow.
"""

from __future__ import annotations

import re

from extractors.layout.lines import TextLine
from extractors.layout.page import Page
from extractors.layouts.declare import Role
from extractors.layouts.headings import role_of_heading
from extractors.statements.by_content import is_row
from extractors.statements.dates import looks_dated
from extractors.statements.head import period_in, year_in
from extractors.statements.heads import (
    AMOUNT,
    heading_block,
    heading_columns,
    page_lines,
)
from extractors.statements.tables import tables_of

_SHEET_ROWS = 60  # rows of a sheet in which its heading stands
_ROWS_LOOKED_AT = 6  # lines below a heading of which one has to be a row
_FEWEST_ROWS = 4  # rows whose balances follow, where no heading is known
_PROVED = 0.9  # share of their balances that follow
_LEDGER = re.compile(r"科目|凭证字|凭证字号|总账|序时账|日记账|会计期间|发票号码|税率|价税合计")
_OF_ACCOUNTS = {
    Role.BALANCE,
    Role.FLAG,
    Role.COUNTERPARTY,
    Role.COUNTERPARTY_NAME,
    Role.COUNTERPARTY_ACCOUNT,
    Role.PAYER_ACCOUNT,
    Role.PAYEE_ACCOUNT,
}


def shows_statement(page: Page) -> bool:
    """Whether a page shows the table of an account statement, whatever its title says.

    A company's own ledger has the same columns; its words tell it from the bank's.
    """
    lines = page_lines(page)
    for index in range(min(_SHEET_ROWS, len(lines))):
        block = heading_block(page, lines, index)
        if block is not None:
            return _is_bank_table(lines, block, index)
    return _balances_follow(page, lines)


def _is_bank_table(lines: list[TextLine], block: list[int], index: int) -> bool:
    columns = heading_columns([lines[i] for i in block])
    text = "".join(c.text for c in columns) + "".join(x.text for x in lines[:index])
    roles = {role_of_heading(c.text) for c in columns}
    below = lines[block[-1] + 1 :][:_ROWS_LOOKED_AT]
    rows = sum(looks_dated(x.text) or len(AMOUNT.findall(x.text)) >= 2 for x in below)
    return bool(roles & _OF_ACCOUNTS) and rows > 0 and not _LEDGER.search(text)


def _balances_follow(page: Page, lines: list[TextLine]) -> bool:
    """A table without known headings whose balances follow from its amounts is an account's."""
    rows = [x for x in lines if is_row(x)]
    if len(rows) < _FEWEST_ROWS or any(_LEDGER.search(x.text) for x in lines):
        return False
    period = period_in([page])
    fits = [
        table.roles.fit for table in tables_of([page], period[0] if period else year_in([page]))
    ]
    return any(
        fit is not None and fit.compared >= _FEWEST_ROWS - 1 and fit.share >= _PROVED
        for fit in fits
    )
