"""Lines of a statement's table to entries, opening rows, printed totals, and what stays
unexplained.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from extractors.layout.lines import TextLine
from extractors.layout.page import Word
from extractors.layout.table import Row
from extractors.layout.table_rows import rows_below
from extractors.layouts.declare import Role
from extractors.model import Box, PrintedTotal
from extractors.statements.cells import (
    CellAmount,
    Direction,
    is_blank,
    looks_printed,
    read_amount,
    read_flag,
)
from extractors.statements.dates import Span, time_of_serial, within
from extractors.statements.row_text import (
    CARRIED,
    clock_in,
    joined,
    kind_of_total,
    last_amount,
    levels_of,
    names_two_accounts,
    row_text,
    spaced,
)
from extractors.statements.tables import Segment, Table
from extractors.values.glyphs import squeeze, tidy
from extractors.values.money import parse_money
from extractors.values.period import parse_date

OPENING = re.compile(
    r"^(?:承前|上页|期初|上期|昨日|上月|上日|年初|起初)(?:页)?(?:余额|结余|结转)?|承前页|^openingbalance"
    r"|balanceb/?f|broughtforward"
)
TOTAL = re.compile(
    r"合计|小计|总计|累计|^本页|^本月合|期末余额|本期余额|共计|合并统计|^total|closingbalance"
)
FURNITURE = re.compile(
    r"以下空白|此页以下|第\d+页|共\d+页|页码|^\d+/\d+$|打印|盖章|印章|电子章|专用章|说明[::]|^注[::]|温馨提示"
    r"|声明|客服|热线|www\.|http|page\d+|本(?:清单|明细|回单|对账单|流水)|验证码|仅供|制表|复核|经办"
    r"|柜员|网点|防伪|银行对账单$|共\d+笔|余额[::]"
)
_FAILED = re.compile(r"交易关闭|支付失败|转账失败|提现失败|充值失败|已关闭|失败|已撤销|已取消")
_TextOf = Callable[[int], str]
_LABELLED = re.compile(r"[::]\s*[¥$]?-?\d[\d,]*\.\d\d(?!\d)")  # a sum behind its label
_OVERSTEP = 3.0  # points by which a text may stand over the edge of its column
_PRINTED = 0.99  # confidence of a row as printed
_OPEN = 0.5  # of one whose money columns neither headings nor balances name
_MIXED = 0.8  # of a row in whose cells the text of another row may stand
_LONGEST_LABEL = 24  # characters of a cell that names a total
_MONEY = (Role.DEBIT, Role.CREDIT, Role.AMOUNT, Role.BALANCE)
_TEXTS = (
    Role.DESCRIPTION,
    Role.COUNTERPARTY,
    Role.COUNTERPARTY_NAME,
    Role.COUNTERPARTY_ACCOUNT,
    Role.PAYER_NAME,
    Role.PAYER_ACCOUNT,
    Role.PAYEE_NAME,
    Role.PAYEE_ACCOUNT,
    Role.SERIAL_NUMBER,
    Role.FLAG,
    Role.STATUS,
    Role.OWN_ACCOUNT,
    Role.OWN_NAME,
)


@dataclass(slots=True, eq=False)
class Entry:
    """A row as printed, before direction and order are settled."""

    day: date
    time: str
    debit: Decimal
    credit: Decimal
    unsigned: bool  # the row does not say whether money came in or went out
    balance: Decimal | None
    texts: dict[Role, str]
    page: int
    box: Box
    confidence: float
    neutral: Decimal = Decimal(0)
    levels: tuple[float, ...] = ()  # heights of its lines of print, from top to bottom


@dataclass(slots=True)
class OpenLine:
    """A line between heading and end whose meaning is not known."""

    text: str
    page: int
    box: Box


@dataclass(slots=True)
class Opening:
    """A printed balance before the first entry."""

    balance: Decimal
    page: int
    box: Box


@dataclass(slots=True)
class Found:
    """All that the lines of the tables say."""

    entries: list[Entry] = field(default_factory=list)
    totals: list[PrintedTotal] = field(default_factory=list)
    opening: Opening | None = None
    open_lines: list[OpenLine] = field(default_factory=list)
    lines: int = 0  # between heading and end
    bottoms: dict[int, float] = field(default_factory=dict)  # of the last row of each page


class _Reader:
    """Reads the rows of one table into what was found."""

    def __init__(self, table: Table, span: Span | None, found: Found) -> None:
        self.columns = table.roles.columns
        self.roles = table.roles
        self.span = span
        self.found = found
        self.edges: list[float] = []
        self.headings = {squeeze(h) for h in table.headings if h}
        self.money = [i for role in _MONEY for i in self.columns.get(role, [])]

    # one line

    def is_anchor(self, cells: dict[int, list[Word]]) -> bool:
        amounts = sum(1 for i in self.money if i in cells and read_amount(joined(cells[i])))
        if amounts >= 2:
            return True
        return amounts >= 1 and self._day(lambda i: spaced(cells.get(i, []))) is not None

    def joins(self, line: TextLine, cells: dict[int, list[Word]]) -> bool:
        """Whether a line without amounts may continue a row: texts below their columns, no note."""
        if FURNITURE.search(squeeze(line.text).lower()) or any(i in cells for i in self.money):
            return False
        if _LABELLED.search(line.text) or self._crosses(cells):
            return False
        return not self._repeats_heading(cells)

    def _crosses(self, cells: dict[int, list[Word]]) -> bool:
        """Whether a text runs over the edge of its column: a sentence, no part of a row."""
        edges = [float("-inf"), *self.edges, float("inf")]
        for index, words in cells.items():
            left, right = edges[index] - _OVERSTEP, edges[index + 1] + _OVERSTEP
            if any(word.x0 < left or word.x1 > right for word in words):
                return True
        return False

    def _repeats_heading(self, cells: dict[int, list[Word]]) -> bool:
        texts = [squeeze(joined(words)) for words in cells.values()]
        return sum(t in self.headings for t in texts) >= max(2, len(texts) // 2 + 1)

    def _day(self, text_of: _TextOf) -> date | None:
        index = self.roles.first(Role.DATE)
        if index is not None:
            read = self.roles.read_day
            text = text_of(index)
            return (read(text) if read else None) or parse_date(text)
        month, day = self.roles.first(Role.MONTH), self.roles.first(Role.DAY)
        if month is None or day is None or self.span is None:
            return None
        numbers = [squeeze(text_of(i)) for i in (month, day)]
        if not all(n.isdigit() for n in numbers):
            return None
        return within(self.span, int(numbers[0]), int(numbers[1]))

    # one row

    def read(self, segment: Segment) -> None:
        self.edges = segment.header.separators
        rows = rows_below(segment.page, segment.header, self.is_anchor, segment.until, self.joins)
        rows = [row for row in rows if row.cells]
        kinds = [self._one(row) for row in rows]
        last = max((i for i, known in enumerate(kinds) if known == "row"), default=-1)
        first = min((i for i, known in enumerate(kinds) if known == "row"), default=len(rows))
        self.found.lines += last + 1
        if last >= 0:
            self.found.bottoms[segment.page.number] = max(w.bottom for w in rows[last].words)
        for index, (row, kind) in enumerate(zip(rows, kinds, strict=True)):
            if kind == "open" and self._matters(row, first < index < last, index > last):
                text = " ".join(row.text(i) for i in sorted(row.cells))
                box = row.page.box_of(row.words)
                self.found.open_lines.append(OpenLine(text, row.page.number, box))

    def _matters(self, row: Row, inside: bool, after: bool) -> bool:
        """Whether a line that is not understood may be a row, or part of one."""
        amounts = [i for i in self.money if read_amount(row.text(i)) is not None]
        dated = self._day(lambda i: row_text(row, i)) is not None
        if amounts and (dated or not after):
            return True
        return inside and (dated or (row.page.scan is None and not _is_furniture(row)))

    def _one(self, row: Row) -> str:
        """What a line is: row, known or open."""
        amounts = {role: self._amount(row, role) for role in _MONEY}
        day = self._day(lambda i: row_text(row, i))
        texts = [squeeze(row.text(i)) for i in sorted(row.cells)]
        moved = any(amounts[r] is not None for r in (Role.DEBIT, Role.CREDIT, Role.AMOUNT))
        label = next((t for t in texts if t and not parse_money(t) and not parse_date(t)), "")
        if OPENING.search(label.lower()) and not moved:
            return self._opening(row, amounts[Role.BALANCE])
        both = all(_moves(amounts[role]) for role in (Role.DEBIT, Role.CREDIT))
        if self._is_total(texts) and (day is None or not moved or both):
            return self._total(row, amounts)
        if self._repeats_heading(row.cells):
            return "known"
        if day is None and moved and self._inherits(row, amounts):
            day = self.found.entries[-1].day
        printed = not row.page.is_sheet  # a sheet may keep whole yuan without decimals
        if printed and amounts[Role.BALANCE] is None and self._is_dated_note(texts):
            return "known"
        if day is None or not moved:
            return "known" if self._is_note(texts) else "open"
        self.found.entries.append(self._entry(row, day, amounts))
        return "row"

    def _inherits(self, row: Row, amounts: dict[Role, CellAmount | None]) -> bool:
        """A row that leaves out its day because it is the day of the row before."""
        dated = [i for r in (Role.DATE, Role.MONTH) for i in self.columns.get(r, [])]
        if any(row_text(row, index).strip() for index in dated):
            return False  # something else stands in its place
        return bool(self.found.entries) and amounts[Role.BALANCE] is not None

    def _is_total(self, texts: list[str]) -> bool:
        short = [t.lower() for t in texts if len(t) < _LONGEST_LABEL]
        return any(TOTAL.search(t) or CARRIED.search(t) for t in short)

    def _is_dated_note(self, texts: list[str]) -> bool:
        """A note with a date and a number, as the time of printing beside a page number."""
        whole = "".join(texts).lower()
        return bool(FURNITURE.search(whole)) and not any(looks_printed(text) for text in texts)

    def _is_note(self, texts: list[str]) -> bool:
        whole = "".join(texts).lower()
        return bool(FURNITURE.search(whole)) or all(is_blank(t) for t in texts)

    def _amount(self, row: Row, role: Role) -> CellAmount | None:
        for index in self.columns.get(role, []):
            found = read_amount(row.text(index)) or read_amount(row.lead_text(index))
            if found is not None:
                turned = index in self.roles.flipped and role is Role.DEBIT
                return CellAmount(-found.value, found.direction) if turned else found
        return None

    def _opening(self, row: Row, balance: CellAmount | None) -> str:
        value = balance.value if balance is not None else last_amount(row)
        if value is None:
            return "open"
        box = row.page.box_of(row.words)
        if not self.found.entries and self.found.opening is None:
            self.found.opening = Opening(value, row.page.number, box)
        else:
            self.found.totals.append(self._printed(row, "carried", None, None, value))
        return "known"

    def _total(self, row: Row, amounts: dict[Role, CellAmount | None]) -> str:
        values = {role: found.value if found else None for role, found in amounts.items()}
        if all(value is None for value in values.values()):
            return "known"
        kind = kind_of_total(row.whole.lower())
        balance = values[Role.BALANCE] if kind == "carried" else None
        self.found.totals.append(
            self._printed(row, kind, values[Role.DEBIT], values[Role.CREDIT], balance)
        )
        return "known"

    def _printed(
        self,
        row: Row,
        kind: str,
        debit: Decimal | None,
        credit: Decimal | None,
        balance: Decimal | None,
    ) -> PrintedTotal:
        return PrintedTotal(
            kind=kind,
            debit=debit,
            credit=credit,
            balance=balance,
            after_row=len(self.found.entries),
            page=row.page.number,
            box=row.page.box_of(row.words),
        )

    def _entry(self, row: Row, day: date, amounts: dict[Role, CellAmount | None]) -> Entry:
        texts = {role: self._text(row, role) for role in _TEXTS}
        balance = amounts[Role.BALANCE]
        entry = Entry(
            day=day,
            time=self._clock(row),
            debit=_value(amounts[Role.DEBIT]),
            credit=_value(amounts[Role.CREDIT]),
            unsigned=False,
            balance=balance.value if balance is not None else None,
            texts=texts,
            page=row.page.number,
            box=row.page.box_of(row.words),
            confidence=_PRINTED if self.roles.sure else _OPEN,
        )
        entry.levels = levels_of(row)
        if names_two_accounts(texts):
            entry.confidence = min(entry.confidence, _MIXED)
        amount = amounts[Role.AMOUNT]
        if amount is not None:
            self._direct(entry, amount)
        if _FAILED.search(texts[Role.STATUS]):
            _make_neutral(entry)
        return entry

    def _direct(self, entry: Entry, amount: CellAmount) -> None:
        """Put one amount on the side that its cell, its flag or its sign names."""
        flag = entry.texts[Role.FLAG]
        direction = amount.direction or read_flag(flag)
        value = amount.value
        if direction is Direction.NEUTRAL:
            entry.credit = abs(value)
            _make_neutral(entry)
        elif direction is Direction.OUT:
            always = self.roles.first(Role.AMOUNT) in self.roles.flipped
            entry.debit = (
                abs(value) if value < 0 and (always or not flag.startswith("-")) else value
            )
        elif direction is Direction.IN:
            entry.credit = value
        elif value < 0:
            entry.debit = -value
        else:
            entry.credit, entry.unsigned = value, True
            if Role.FLAG in self.columns:
                entry.confidence = 0.5  # there is a place for the direction and it was not read

    def _text(self, row: Row, role: Role) -> str:
        texts = [row.text(i) for i in self.columns.get(role, [])]
        kept = [t for t in texts if not is_blank(t)]
        return tidy(" ".join(dict.fromkeys(kept)))

    def _clock(self, row: Row) -> str:
        indexes = [i for r in (Role.TIME, Role.DATE) for i in self.columns.get(r, [])]
        texts = [row_text(row, i) for i in indexes]
        return clock_in(" ".join(texts)) or next(filter(None, map(time_of_serial, texts)), "")


def read_entries(tables: list[Table], span: Span | None) -> Found:
    """Entries, totals and open lines of every table, in the order printed."""
    found = Found()
    for table in tables:
        reader = _Reader(table, span, found)
        for segment in table.segments:
            reader.read(segment)
    return found


def _make_neutral(entry: Entry) -> None:
    """No income and no expenditure: the amount is kept beside both."""
    entry.neutral = entry.debit + entry.credit
    entry.debit = entry.credit = Decimal(0)
    entry.unsigned = False


def _moves(amount: CellAmount | None) -> bool:
    return amount is not None and bool(amount.value)


def _value(amount: CellAmount | None) -> Decimal:
    return amount.value if amount is not None else Decimal(0)


def _is_furniture(row: Row) -> bool:
    return bool(FURNITURE.search(row.whole.lower()) or TOTAL.search(row.whole.lower()))
