"""The table of a shareholder register: which column holds names, shares and subscribed amounts.

Columns get their roles from heading and content together: shares add up to 100 per cent, and each
is the shareholder's part of the amounts. So a table with paid-in amounts and voting shares beside
the subscribed ones is read right, and a heading that nobody knows is no obstacle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from extractors.documents.shareholder_aligned import aligned_table
from extractors.documents.shareholder_amounts import amount_unit, is_share_count, registered_capital
from extractors.documents.shareholder_grid import (
    NUMBER,
    Table,
    holder_name,
    looks_like_name,
    ruled_tables,
)
from extractors.layout.lines import lines_of
from extractors.layout.page import Page
from extractors.model import Shareholder
from extractors.values.glyphs import squeeze
from extractors.values.money import parse_money

HUNDRED = Decimal(100)
_FRACTION_DIGITS = Decimal("0.0001")  # per cent, to which a fraction is rounded
SUM_SLACK = Decimal("0.05")  # per cent that rounding may take from each share
_PART_SLACK = Decimal("0.6")  # per cent by which a rounded share may miss the part of the amounts

# What a heading says about a column, in log-odds; content adds the rest.
_NAME_HEADING = (
    (r"股东|出资人|投资人|发起人|投资者", 3.0),
    (r"姓名|名称", 2.0),
    (r"shareholder|name", 3.0),
)
_SHARE_HEADING = (
    (r"比例|占比|股比|百分比|%|share", 3.0),
    (r"认缴|持股|股权|出资|股份", 1.0),
    (r"表决|分红|实缴|实际", -2.5),
)
_AMOUNT_HEADING = (
    (r"出资额|认缴|金额|出资数|股本|注册资本|出资|投资额|amount|subscribed", 2.5),
    (r"认缴|subscribed", 1.0),
    (r"实缴|实际|实收|paid", -2.5),
    (r"比例|占比|日期|时间|方式|期限|编号|号码|序号", -4.0),
)
_HOLDERS = re.compile(r"股东|出资人|投资人|发起人")
_SUBSCRIBED = re.compile(r"认缴|出资|持股|股权|股份|股比")
# Tables of shareholders that are made for another purpose: dividends, transfers, meetings.
_OTHER_USE = re.compile(r"分红|分配|股利|红利|转让|受让|质押|表决|签到|出席|参会|验资|实收资本")
_KNOWN_OTHER = re.compile(
    r"比例|占比|股比|日期|时间|期限|编号|号码|序号|电话|年龄|实缴|实际|实收|paid", re.IGNORECASE
)
# Paid in so far: never the amount that a shareholder subscribed. 认缴/实缴 over one column is open.
_PAID_IN = re.compile(r"实缴|已缴|实到|paid", re.IGNORECASE)
_RATIO = re.compile(r"%$|^\d+/\d+$|^百分之")
_MONEY_HEADING = re.compile(r"元|金额|额$|资本|股数|万股|数量")
_ADDS_UP = 2.5  # a column of shares that adds up to 100
_IS_PART = 2.5  # shares that are the parts of the amounts
_SAYS_SHARE = 2.0  # a heading that names a share, so that a sum other than 100 may stand
_CLEAR = 0.9  # log-odds by which a choice of columns must beat one with another column
_IMPOSSIBLE = -99.0


@dataclass(frozen=True, slots=True)
class _Columns:
    name: int
    share: int | None
    amount: int | None
    odds: float


def find_table(page: Page) -> Table | None:
    """Return the table of shareholders of a page, from its ruled cells or from aligned text."""
    tables = [
        table
        for table in (*ruled_tables(page), aligned_table(page))
        if table is not None and table.rows
    ]
    return max(tables, key=_best_odds, default=None)


def has_whole_table(page: Page) -> bool:
    """Return whether a page has a table of names with shares that make a whole."""
    table = find_table(page)
    return table is not None and adds_up(holders_of(table))


def is_register_page(page: Page) -> bool:
    """Return whether a page has a whole table of shareholders with subscribed shares or amounts."""
    body = "".join(squeeze(line.text) for line in lines_of(page))
    if not _HOLDERS.search(body) or _OTHER_USE.search(body):
        return False
    table = find_table(page)
    columns = _columns(table) if table is not None else None
    if table is None or columns is None or not _HOLDERS.search(table.headings[columns.name]):
        return False
    said = [table.headings[i] for i in (columns.share, columns.amount) if i is not None]
    if not any(_SUBSCRIBED.search(heading) for heading in said):
        return False
    holders = holders_of(table)
    return adds_up(holders) or totals_agree(table, holders)


def holders_of(table: Table) -> tuple[Shareholder, ...]:
    """Return the shareholders of a table with share in percent and subscribed amount in yuan."""
    columns = _columns(table)
    if columns is None:
        return ()
    unit = _unit(table, columns)
    scale = _scale(table, columns)
    found = []
    for row, words in zip(table.rows, table.words, strict=True):
        share = _number(row[columns.share]) if columns.share is not None else None
        amount = _number(row[columns.amount]) if columns.amount is not None else None
        found.append(
            Shareholder(
                name=holder_name(row[columns.name]),
                share=share * scale if share is not None else None,
                amount=amount * unit if amount is not None and unit is not None else None,
                page=table.page.number,
                box=table.page.box_of(words),
            )
        )
    return tuple(found)


def adds_up(holders: Sequence[Shareholder]) -> bool:
    """Return whether the shares make a whole, so that no shareholder is missing."""
    shares = [holder.share for holder in holders if holder.share is not None]
    if len(shares) < len(holders) or not shares:
        return False
    return abs(sum(shares, Decimal(0)) - HUNDRED) <= SUM_SLACK * len(shares) + SUM_SLACK


def amounts_open(table: Table) -> bool:
    """Return whether the table has a column of money that was not taken: unit or column unclear."""
    columns = _columns(table)
    if columns is None or _unit(table, columns) is not None:
        return False
    others = {columns.name, columns.share}
    numeric = [i for i in range(len(table.headings)) if i not in others and _is_numeric(table, i)]
    return any(_may_be_money(table, i) for i in numeric)


def _may_be_money(table: Table, column: int) -> bool:
    cells = [squeeze(row[column]) for row in table.rows]
    heading = table.headings[column]
    if any(_RATIO.search(cell) for cell in cells) or is_share_count(heading, cells):
        return False
    return _heading_odds(heading, _AMOUNT_HEADING) > 0 or not _KNOWN_OTHER.search(heading)


def totals_agree(table: Table, holders: Sequence[Shareholder]) -> bool:
    """Return whether the printed total or the registered capital equals the sum of the amounts."""
    columns = _columns(table)
    amounts = [holder.amount for holder in holders]
    unit = _unit(table, columns) if columns is not None else None
    if columns is None or columns.amount is None or unit is None or None in amounts:
        return False
    total = sum((amount for amount in amounts if amount is not None), Decimal(0))
    printed = [_number(row[columns.amount]) for row in table.totals]
    return registered_capital(table) == total or any(
        p is not None and p * unit == total for p in printed
    )


def _best_odds(table: Table) -> float:
    columns = _columns(table)
    return (columns.odds if columns else -99.0) + 0.5 * len(table.rows)


def _columns(table: Table) -> _Columns | None:
    """Return the columns of name, share and amount that heading and content make likeliest."""
    width = len(table.headings)
    names = [(i, odds) for i in range(width) if (odds := _name_odds(table, i)) > 0]
    numeric = [i for i in range(width) if _is_numeric(table, i)]
    if not names or not numeric:
        return None
    choices = [*_choices(table, names, numeric)]
    best = max(choices, key=lambda each: each.odds)
    return _without_rivals(table, best, choices) if best.odds > _IMPOSSIBLE / 2 else None


def _choices(
    table: Table, names: Sequence[tuple[int, float]], numeric: Sequence[int]
) -> Iterator[_Columns]:
    """Yield every way in which columns may hold names, shares and amounts, with its odds."""
    options = [None, *numeric]
    for (name, odds), share, amount in product(names, options, options):
        if name in (share, amount) or share == amount:
            continue
        yield _Columns(name, share, amount, odds + _numbers_odds(table, share, amount))


def _without_rivals(table: Table, best: _Columns, choices: Sequence[_Columns]) -> _Columns:
    """Leave a column open where another one is as likely to hold the same thing."""
    near = [
        choice
        for choice in choices
        if choice.name == best.name and best.odds - choice.odds < _CLEAR
    ]
    share = best.share if _is_alone(table, best.share, {c.share for c in near}) else None
    amount = best.amount if _is_alone(table, best.amount, {c.amount for c in near}) else None
    return _Columns(best.name, share, amount, best.odds)


def _is_alone(table: Table, column: int | None, near: set[int | None]) -> bool:
    """Return whether no other likely column holds other numbers."""
    own = _numbers(table, column)
    return all(_numbers(table, other) == own for other in near - {None})


def _name_odds(table: Table, column: int) -> float:
    texts = [squeeze(row[column]) for row in table.rows]
    fitting = sum(min(1.0, looks_like_name(row[column])) for row in table.rows)
    content = 3.0 * fitting / len(texts) - 1.5
    different = 0.5 if len(set(texts)) == len(texts) else -1.5
    return content + different + _heading_odds(table.headings[column], _NAME_HEADING)


def _numbers_odds(table: Table, share: int | None, amount: int | None) -> float:
    odds = 0.0
    shares = _numbers(table, share)
    amounts = _numbers(table, amount)
    if share is not None:
        if any(n > HUNDRED for n in shares) or not _may_be_share(table, share, shares, amounts):
            return _IMPOSSIBLE
        odds += _heading_odds(table.headings[share], _SHARE_HEADING) - 1.5
        odds += _ADDS_UP if _is_whole(shares) else -1.0
        odds += 1.5 if all("%" in row[share] for row in table.rows) else 0.0
    if amount is not None:
        if _PAID_IN.search(table.headings[amount]):
            return _IMPOSSIBLE
        odds += _heading_odds(table.headings[amount], _AMOUNT_HEADING) - 1.5
        odds -= 3.0 if any("%" in row[amount] for row in table.rows) else 0.0
    if shares and amounts:
        odds += _IS_PART if _are_parts(shares, amounts) else -1.0
    return odds


def _may_be_share(
    table: Table, column: int, shares: Sequence[Decimal], amounts: Sequence[Decimal]
) -> bool:
    """Return whether a column can hold shares in per cent, and not the amounts once more."""
    heading = table.headings[column]
    if all(_RATIO.search(squeeze(row[column])) for row in table.rows):
        return True
    if _heading_odds(heading, _SHARE_HEADING) >= _SAYS_SHARE:
        return True
    if _MONEY_HEADING.search(heading):
        return False  # 70 and 30 are per cent by their sum alone, and may be 万元 as well
    if not _is_whole(shares):
        return False
    return not amounts or _are_parts(shares, amounts)


def _heading_odds(heading: str, weights: Sequence[tuple[str, float]]) -> float:
    return sum(w for pattern, w in weights if re.search(pattern, heading, re.IGNORECASE))


def _is_numeric(table: Table, column: int) -> bool:
    texts = [squeeze(row[column]) for row in table.rows]
    numbers = [text for text in texts if NUMBER.match(text)]
    long = any(len(re.sub(r"\D", "", t.partition(".")[0])) > 12 for t in numbers)
    ordinals = [str(i) for i in range(1, len(texts) + 1)]
    in_order = [text.lstrip("0") for text in texts] == ordinals and len(texts) > 1
    return bool(numbers) and len(numbers) >= 0.6 * len(texts) and not long and not in_order


def _numbers(table: Table, column: int | None) -> list[Decimal]:
    if column is None:
        return []
    return [n for row in table.rows if (n := _number(row[column])) is not None]


def _number(text: str) -> Decimal | None:
    plain = squeeze(text)
    parts = re.fullmatch(r"(\d{1,6})/(\d{1,6})", plain)
    if parts:
        return _fraction(int(parts[1]), int(parts[2]))
    return parse_money(re.sub(r"[%]|万?股$", "", plain))


def _fraction(part: int, whole: int) -> Decimal | None:
    """Return 7/10 as 70 per cent."""
    if not 0 < part <= whole:
        return None
    return (HUNDRED * part / whole).quantize(_FRACTION_DIGITS).normalize() + 0


def _is_whole(shares: Sequence[Decimal]) -> bool:
    total = sum(shares, Decimal(0))
    slack = SUM_SLACK * (len(shares) + 1)
    return abs(total - HUNDRED) <= slack or abs(total - 1) <= slack / HUNDRED


def _are_parts(shares: Sequence[Decimal], amounts: Sequence[Decimal]) -> bool:
    total, whole = sum(amounts, Decimal(0)), sum(shares, Decimal(0))
    if len(shares) != len(amounts) or not total or not whole:
        return False
    pairs = zip(shares, amounts, strict=True)
    return all(abs(s / whole - a / total) * HUNDRED <= _PART_SLACK for s, a in pairs)


def _scale(table: Table, columns: _Columns) -> Decimal:
    """Return 100 where shares are written as parts of one."""
    shares = _numbers(table, columns.share)
    total = sum(shares, Decimal(0))
    return HUNDRED if shares and abs(total - 1) <= SUM_SLACK / HUNDRED * len(shares) else Decimal(1)


def _unit(table: Table, columns: _Columns) -> Decimal | None:
    """Return the unit of the amounts; None where heading and table leave it open."""
    if columns.amount is None:
        return None
    cells = [squeeze(row[columns.amount]) for row in table.rows]
    sums = _numbers(table, columns.amount)
    return amount_unit(table, table.headings[columns.amount], cells, sums)
