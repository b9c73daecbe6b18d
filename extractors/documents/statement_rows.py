"""Rows of a bank statement, whatever its shape: two amount columns, one signed amount, amount with flag; either order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import takewhile

from extractors.layout.columns import Header, Row, find_header, rows_below
from extractors.layout.page import Page, Word
from extractors.model import Box, Field, PrintedTotal, Provenance, Transaction
from extractors.values.account_number import FIND as ACCOUNT
from extractors.values.glyphs import fold, squeeze, tidy
from extractors.values.money import money_text, parse_money
from extractors.values.period import parse_date, parse_time

ROLES = {
    "date": re.compile(
        r"(?:交易|记账|入账|会计|业务|账务|凭证|发生)?(?:日期|日)(?:/?时间)?|(?:transaction|value|posting)?date"
    ),
    "time": re.compile(r"(?:交易|记账|入账)?时间(?:戳)?|time"),
    "debit": re.compile(
        r"(?:本次|本期)?(?:借方|支出|付款|转出|取款|借记|付出|支取|借)(?:发生额|交易额|金额|额|/支出|/付款|支出)?|(?:debits?|withdrawals?|paidout|moneyout)(?:amount)?|发生额借方|交易金额(?:借方|支出)|支出/借方"
    ),
    "credit": re.compile(
        r"(?:本次|本期)?(?:贷方|收入|收款|转入|存入|贷记|存款|贷)(?:发生额|交易额|金额|额|/收入|/收款|收入)?|(?:credits?|deposits?|paidin|moneyin)(?:amount)?|发生额贷方|交易金额(?:贷方|收入)|收入/贷方"
    ),
    "flag": re.compile(
        r"借贷(?:标志|标识|方向|别)?|收支(?:标志|类型|方向)?|收付(?:标志|方向)?|借/贷|收/支|方向|交易方向|d/?c|dr/cr"
    ),
    "amount": re.compile(r"(?:本次)?(?:交易|发生|收支)?(?:金额|额)|transactionamount|amount"),
    "balance": re.compile(
        r"(?:本次|账户|帐户|联机|可用|当前|交易后|账面)?(?:余额|结余)|(?:running|account|closing)?balance"
    ),
    "counterparty_account": re.compile(
        r"(?:对方|交易对手|对手|收/?付款?(?:方|人)|对手方)(?:账号|账户|帐号|卡号|账户号|账号/卡号)|counterpartyaccount"
    ),
    "counterparty": re.compile(
        r"(?:对方|交易对手)(?:账号|账户|户名|名称)?[/与及和、]?(?:户名|名称|账号|账户名称|信息)|对方户名账号|对方信息|对方账户信息"
    ),
    "counterparty_name": re.compile(
        r"(?:对方|交易对手|对手|对手方)(?:户名|单位|名称|账户名|账户名称|姓名|单位名称|行名户名)?|收/?付款?(?:方|人)(?:名称|户名)?|往来单位|counterparty(?:name)?|payee/payer|payer/payee"
    ),
    "counterparty_bank": re.compile(
        r"(?:对方|交易对手|对手)(?:开户行|行名|银行|开户机构|行号)(?:名称)?"
    ),
    "serial_number": re.compile(
        r"(?:交易|核心|柜员|业务|银行|主机)?(?:流水)(?:号|编号|号码)?|凭证(?:号|号码|编号)|交易(?:序号|编号)|日志号|回单编号|reference(?:no\.?)?|ref\.?"
    ),
    "index": re.compile(r"序号|编号|no\.?|#|行号"),
    "description": re.compile(
        r"(?:交易|业务|凭证)?(?:摘要|用途|附言|备注|说明|类型|种类)|摘要(?:及|/)?(?:用途|附言|备注)|交易(?:名称|描述|渠道|地点|场所)|description|narrative|particulars|details|remarks|purpose|summary"
    ),
}
_OPENING = re.compile(
    r"^(?:承前|上页|期初|上期|昨日|上月|上日|年初|起初)(?:页)?(?:余额|结余|结转)?|承前页|^openingbalance|balanceb/?f|broughtforward"
)
_CARRIED = re.compile(r"过次页|转下页|承上页|carriedforward|balancec/?f|结转下页")
_TOTAL = re.compile(
    r"合计|小计|总计|累计|^本页|^本月合|期末余额|本期余额|共计|^total|closingbalance"
)
_OUT = re.compile(r"^(?:借|支|付|出|d|dr|debit|转出|支出|取|-|往)", re.I)
_IN = re.compile(r"^(?:贷|收|入|c|cr|credit|转入|收入|存|\+|来)", re.I)


@dataclass(slots=True)
class _Printed:
    """A row as printed, before direction and order are settled."""

    day: date
    time: str
    debit: Decimal
    credit: Decimal
    unsigned: bool
    balance: Decimal | None
    texts: dict[str, str]
    page: int
    box: Box
    confidence: float


@dataclass(slots=True)
class Rows:
    """What a statement's tables hold."""

    transactions: tuple[Transaction, ...] = ()
    totals: list[PrintedTotal] = field(default_factory=list)
    opening: Field | None = None
    body_top: float = float("inf")


def accepts(roles: set[str]) -> bool:
    """Whether these columns make a statement: a date, a balance or both sides, and an amount."""
    dated = "date" in roles or "time" in roles
    money = {"debit", "credit"} <= roles or "amount" in roles
    return dated and money and len(roles) >= 4


def read_rows(pages: Sequence[Page]) -> Rows:
    """Transactions in time order, with printed totals and an opening row."""
    result = Rows()
    printed: list[_Printed] = []
    header: Header | None = None
    fullest: tuple[int, Header | None] = (0, None)
    for page in pages:
        headers = _headers(page)
        if headers and header is None:
            result.body_top = headers[0].top
        if not headers and header is not None:
            headers = [Header(header.columns, -2.0, -1.0, header.separators, header.ruled)]
        for index, each in enumerate(headers):
            if fullest[1] is not None and _stands_alike(each, fullest[1]):
                each.separators = fullest[
                    1
                ].separators  # a page of few rows says little about where its columns part
            before = len(printed)
            _page_rows(
                page,
                each,
                printed,
                result,
                headers[index + 1].top if index + 1 < len(headers) else float("inf"),
            )
            header = each
            fullest = max(fullest, (len(printed) - before, each), key=lambda x: x[0])
    result.transactions = _settle(printed, result)
    return result


def _stands_alike(one: Header, other: Header) -> bool:
    """The same header at the same place of two unruled pages, to two points."""
    pairs = list(zip(one.columns, other.columns, strict=False))
    alike = all(
        a.role == b.role and abs(a.x0 - b.x0) <= 2 and abs(a.x1 - b.x1) <= 2 for a, b in pairs
    )
    return alike and len(one.columns) == len(other.columns) and not one.ruled and not other.ruled


def _headers(page: Page) -> list[Header]:
    """Every table header of a page; a sheet has one unless months are stacked in it."""
    found: list[Header] = []
    after = -1.0
    while len(found) < 12:
        header = find_header(page, ROLES, accepts, after=after)
        if header is None:
            break
        found.append(header)
        after = header.bottom
        if page.is_sheet:
            break
    return found


def _columns(header: Header) -> dict[str, list[int]]:
    columns: dict[str, list[int]] = {}
    for index, column in enumerate(header.columns):
        if column.role:
            columns.setdefault(column.role, []).append(index)
    if "date" not in columns:
        columns["date"] = columns.get("time", [])
    return columns


def _page_rows(
    page: Page, header: Header, printed: list[_Printed], result: Rows, until: float
) -> None:
    columns = _columns(header)
    money = [i for role in ("debit", "credit", "amount", "balance") for i in columns.get(role, [])]

    def is_anchor(cells: dict[int, list[Word]]) -> bool:
        dated = any(
            i in cells and parse_date(" ".join(w.text for w in cells[i]))
            for i in columns["date"][:1]
        )
        amounts = sum(
            1
            for i in money
            if i in cells and parse_money("".join(w.text for w in cells[i])) is not None
        )
        return (dated and amounts >= 1) or amounts >= 2

    for row in rows_below(page, header, is_anchor, until):
        _one_row(row, header, columns, printed, result)


def _value(row: Row, indexes: list[int]) -> Decimal | None:
    for index in indexes:
        value = parse_money(row.text(index))
        if value is not None:
            return value
    return None


def _one_row(
    row: Row, header: Header, columns: dict[str, list[int]], printed: list[_Printed], result: Rows
) -> None:
    if not row.cells:
        return
    whole = row.whole.lower()
    day = next((d for i in columns["date"] if (d := parse_date(_spaced(row, i)))), None)
    amounts = {
        role: _value(row, columns.get(role, []))
        for role in ("debit", "credit", "amount", "balance")
    }
    texts = [squeeze(row.text(i)) for i in sorted(row.cells)]
    label = next((t for t in texts if t and not parse_money(t) and not parse_date(t)), "")
    if _OPENING.search(label.lower()) and amounts["debit"] is None and amounts["credit"] is None:
        _opening(row, amounts["balance"], printed, result)
        return
    if any(
        _TOTAL.search(t.lower()) or _CARRIED.search(t.lower()) for t in texts if len(t) < 24
    ) and (day is None or not _moves(amounts)):
        _total(row, whole, amounts, printed, result)
        return
    if day is None and printed and _moves(amounts) and amounts["balance"] is not None:
        day = printed[-1].day
    if day is None or not _moves(amounts):
        return
    printed.append(_printed(row, day, columns, amounts))


def _moves(amounts: dict[str, Decimal | None]) -> bool:
    return any(amounts[role] is not None for role in ("debit", "credit", "amount"))


def _spaced(row: Row, index: int) -> str:
    return " ".join(
        w.text for w in sorted(row.cells.get(index, []), key=lambda w: (round(w.top), w.x0))
    )


def _printed(
    row: Row, day: date, columns: dict[str, list[int]], amounts: dict[str, Decimal | None]
) -> _Printed:
    texts = {
        role: tidy(" ".join(filter(None, (row.text(i) for i in columns.get(role, [])))))
        for role in (
            "description",
            "counterparty",
            "counterparty_name",
            "counterparty_account",
            "serial_number",
            "flag",
        )
    }
    debit, credit = amounts["debit"] or Decimal(0), amounts["credit"] or Decimal(0)
    unsigned, sure = False, 0.99
    amount = amounts["amount"]
    if amount is not None and amounts["debit"] is None and amounts["credit"] is None:
        flag = squeeze(texts["flag"])
        if _OUT.match(flag):
            debit = abs(amount) if amount < 0 and not texts["flag"].startswith("-") else amount
        elif _IN.match(flag):
            credit = amount
        elif amount < 0:
            debit = -amount
        else:
            credit, unsigned = amount, True
            sure = (
                0.99 if "flag" not in columns else 0.5
            )  # the paper has a place for the direction, and it was not read
    day_text = " ".join(_spaced(row, i) for role in ("time", "date") for i in columns.get(role, []))
    return _Printed(
        day,
        parse_time(day_text),
        debit,
        credit,
        unsigned,
        amounts["balance"],
        texts,
        row.page.number,
        row.page.box_of(row.words),
        sure,
    )


def _opening(row: Row, balance: Decimal | None, printed: list[_Printed], result: Rows) -> None:
    if balance is None:
        balance = next(
            (
                v
                for i in sorted(row.cells, reverse=True)
                if (v := parse_money(row.text(i))) is not None
            ),
            None,
        )
    if balance is None:
        return
    box = row.page.box_of(row.words)
    if not printed and result.opening is None:
        at = Provenance(page=row.page.number, box=box, method="table")
        result.opening = Field(
            name="opening_balance",
            value=money_text(balance),
            raw=money_text(balance),
            confidence=0.98,
            at=at,
        )
    else:
        result.totals.append(
            PrintedTotal(
                kind="carried",
                debit=None,
                credit=None,
                balance=balance,
                after_row=len(printed),
                page=row.page.number,
                box=box,
            )
        )


def _total(
    row: Row, whole: str, amounts: dict[str, Decimal | None], printed: list[_Printed], result: Rows
) -> None:
    if _CARRIED.search(whole):
        kind = "carried"
    elif "累计" in whole:
        kind = "running_total"  # since the year began, which may be before the statement
    elif "总计" in whole or whole.startswith("合计") or "total" in whole:
        kind = "total"
    else:
        kind = (
            "page_total"
            if re.search(r"本页|小计|页", whole)
            else "month_total"
            if "月" in whole
            else "total"
        )
    if all(v is None for v in amounts.values()):
        return
    result.totals.append(
        PrintedTotal(
            kind=kind,
            debit=amounts["debit"],
            credit=amounts["credit"],
            balance=amounts["balance"] if kind == "carried" else None,
            after_row=len(printed),
            page=row.page.number,
            box=row.page.box_of(row.words),
        )
    )


def _agreements(rows: list[_Printed], sign: int, step: int) -> int:
    """How many neighbours satisfy balance = earlier balance + sign * (credit - debit); step -1 for newest first."""
    count = 0
    for index in range(1, len(rows)):
        later, earlier = (
            (rows[index], rows[index - 1]) if step > 0 else (rows[index - 1], rows[index])
        )
        if later.balance is None or earlier.balance is None:
            continue
        net = later.credit - later.debit
        delta = later.balance - earlier.balance
        count += delta == sign * net or (later.unsigned and abs(delta) == abs(net))
    return count


def _settle(rows: list[_Printed], result: Rows) -> tuple[Transaction, ...]:
    """Order by the chain of balances (dates where it does not tell) and direction where the paper uses the firm's view."""
    if not rows:
        return ()
    newest_first = sum(a.day > b.day for a, b in zip(rows, rows[1:], strict=False)) > sum(
        a.day < b.day for a, b in zip(rows, rows[1:], strict=False)
    )
    tries = {(s, t): _agreements(rows, s, t) for s in (1, -1) for t in (1, -1)}
    (sign, step), best = max(
        tries.items(),
        key=lambda item: (item[1], item[0] == (1, -1 if newest_first else 1), item[0][0]),
    )
    if best < 0.5 * max(len(rows) - 1, 1):
        sign, step = 1, -1 if newest_first else 1
    ordered = rows if step > 0 else rows[::-1]
    if step < 0:
        result.totals = []
    if sign > 0:
        ordered = _chained(ordered)
    before: _Printed | None = None
    told: set[int] = set()  # rows whose direction the balances tell
    for row in ordered:
        if (
            row.unsigned
            and before is not None
            and before.balance is not None
            and row.balance is not None
        ):
            if abs(row.balance - before.balance) == row.credit:
                row.confidence = 0.99
                told.add(id(row))
            if row.balance - before.balance == -row.credit:
                row.debit, row.credit = row.credit, Decimal(0)
        elif sign < 0:
            row.debit, row.credit = row.credit, row.debit
        before = row
    if any(
        row.unsigned and row.debit for row in ordered
    ):  # amounts stand here without their direction
        for row in ordered:
            row.confidence = 0.5 if row.unsigned and id(row) not in told else row.confidence
    return tuple(_transaction(row) for row in ordered)


def _chained(rows: list[_Printed]) -> list[_Printed]:
    """Rows of one day in the order in which their balances follow each other; some banks sort by date alone."""
    out: list[_Printed] = []
    left = list(rows)
    while left:
        row = left[0]
        if out and not _follows(out[-1], row):
            same_day = takewhile(lambda r, day=row.day: r.day == day, left)  # type: ignore[misc]
            row = next((r for r in same_day if _follows(out[-1], r)), row)
        left.remove(row)
        out.append(row)
    return out


def _follows(before: _Printed, row: _Printed) -> bool:
    if before.balance is None or row.balance is None:
        return True
    delta = row.balance - before.balance
    return delta == row.credit - row.debit or (
        row.unsigned and abs(delta) == abs(row.credit - row.debit)
    )


def _transaction(row: _Printed) -> Transaction:
    name, account = row.texts["counterparty_name"], row.texts["counterparty_account"]
    if row.texts["counterparty"] or (not account and ACCOUNT.search(fold(name))):
        both = row.texts["counterparty"] or name
        match = ACCOUNT.search(fold(both))
        account = match[0] if match else account
        name = (both[: match.start()] + both[match.end() :] if match else both).strip(" /|-,;：:")
    return Transaction(
        day=row.day,
        time=row.time,
        description=row.texts["description"],
        debit=row.debit,
        credit=row.credit,
        balance=row.balance,
        counterparty_name=name.strip(),
        counterparty_account=re.sub(r"[ -]", "", account),
        serial_number=row.texts["serial_number"].replace(" ", ""),
        page=row.page,
        box=row.box,
        confidence=row.confidence,
    )
