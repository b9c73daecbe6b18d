"""The table of a shareholder register: which column holds names, shares and subscribed amounts.

Columns get their roles from heading and content together: shares add up to 100 per cent, and each is
the shareholder's part of the amounts. So a table with paid-in amounts and voting shares beside the
subscribed ones is read right, and a heading that nobody knows is no obstacle.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from extractors.documents.shareholder_grid import (
    NOT_A_NAME,
    NUMBER,
    PERSON,
    Table,
    aligned_table,
    ruled_table,
)
from extractors.layout.lines import lines_of
from extractors.layout.page import Page
from extractors.model import Shareholder
from extractors.values.glyphs import squeeze, tidy
from extractors.values.money import UNITS, parse_money
from extractors.values.party_name import is_company

HUNDRED = Decimal(100)
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
_ADDS_UP = 2.5  # a column of shares that adds up to 100
_IS_PART = 2.5  # shares that are the parts of the amounts
_SAYS_SHARE = 2.0  # a heading that names a share, so that a sum other than 100 may stand
_IMPOSSIBLE = -99.0


@dataclass(frozen=True, slots=True)
class _Columns:
    name: int
    share: int | None
    amount: int | None
    odds: float


def find_table(page: Page) -> Table | None:
    """Return the table of shareholders of a page, from its ruled cells or from aligned text."""
    tables = [t for t in (ruled_table(page), aligned_table(page)) if t is not None and t.rows]
    return max(tables, key=_best_odds, default=None)


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
                name=tidy(row[columns.name]),
                share=share * scale if share is not None else None,
                amount=amount * unit if amount is not None and unit is not None else None,
                page=table.page.number,
                box=table.page.box_of(words),
            )
        )
    return tuple(found)


def adds_up(holders: Sequence[Shareholder]) -> bool:
    """Return whether the shares make a whole, so that no shareholder is missing."""
    shares = [h.share for h in holders if h.share is not None]
    if len(shares) < len(holders) or not shares:
        return False
    return abs(sum(shares, Decimal(0)) - HUNDRED) <= SUM_SLACK * len(shares) + SUM_SLACK


def totals_agree(table: Table, holders: Sequence[Shareholder]) -> bool:
    """Return whether the printed total equals the sum of the amounts read."""
    columns = _columns(table)
    amounts = [h.amount for h in holders]
    unit = _unit(table, columns) if columns is not None else None
    if columns is None or columns.amount is None or unit is None or None in amounts:
        return False
    total = sum((a for a in amounts if a is not None), Decimal(0))
    printed = [_number(row[columns.amount]) for row in table.totals]
    return any(p is not None and p * unit == total for p in printed)


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
    options = [None, *numeric]
    best: _Columns | None = None
    for (name, odds), share, amount in product(names, options, options):
        if name in (share, amount) or (share == amount):
            continue
        total = odds + _numbers_odds(table, share, amount)
        if best is None or total > best.odds:
            best = _Columns(name, share, amount, total)
    return best


def _name_odds(table: Table, column: int) -> float:
    texts = [squeeze(row[column]) for row in table.rows]
    fitting = sum(is_company(t) or bool(PERSON.match(t)) for t in texts if not NOT_A_NAME.match(t))
    content = 3.0 * fitting / len(texts) - 1.5
    different = 0.5 if len(set(texts)) == len(texts) else -1.5
    return content + different + _heading_odds(table.headings[column], _NAME_HEADING)


def _numbers_odds(table: Table, share: int | None, amount: int | None) -> float:
    odds = 0.0
    shares = _numbers(table, share)
    amounts = _numbers(table, amount)
    if share is not None:
        if any(n > HUNDRED for n in shares):
            return _IMPOSSIBLE
        said = _heading_odds(table.headings[share], _SHARE_HEADING) >= _SAYS_SHARE
        if not said and not _is_whole(shares):
            return _IMPOSSIBLE
        odds += _heading_odds(table.headings[share], _SHARE_HEADING) - 1.5
        odds += _ADDS_UP if _is_whole(shares) else -1.0
        odds += 1.5 if all("%" in row[share] for row in table.rows) else 0.0
    if amount is not None:
        odds += _heading_odds(table.headings[amount], _AMOUNT_HEADING) - 1.5
        odds -= 3.0 if any("%" in row[amount] for row in table.rows) else 0.0
    if shares and amounts:
        odds += _IS_PART if _are_parts(shares, amounts) else -1.0
    return odds


def _heading_odds(heading: str, weights: Sequence[tuple[str, float]]) -> float:
    return sum(w for pattern, w in weights if re.search(pattern, heading, re.IGNORECASE))


def _is_numeric(table: Table, column: int) -> bool:
    texts = [squeeze(row[column]) for row in table.rows]
    numbers = [t for t in texts if NUMBER.match(t)]
    long = any(len(re.sub(r"\D", "", t.partition(".")[0])) > 12 for t in numbers)
    ordinals = [str(i) for i in range(1, len(texts) + 1)]
    in_order = [t.lstrip("0") for t in texts] == ordinals and len(texts) > 1
    return bool(numbers) and len(numbers) >= 0.6 * len(texts) and not long and not in_order


def _numbers(table: Table, column: int | None) -> list[Decimal]:
    if column is None:
        return []
    return [n for row in table.rows if (n := _number(row[column])) is not None]


def _number(text: str) -> Decimal | None:
    plain = re.sub(r"[%]|万?股$", "", squeeze(text))
    return parse_money(plain)


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
    if any("万" in row[columns.amount] for row in table.rows):
        return Decimal(1)  # each amount carries its own unit
    if "万" in table.headings[columns.amount]:
        return UNITS["万元"]
    if re.search(r"元", table.headings[columns.amount]):
        return Decimal(1)
    above = "".join(squeeze(x.text) for x in lines_of(table.page) if x.top < table.top)
    if re.search(r"单位[:]?(?:人民币)?[(]?万元", above):
        return UNITS["万元"]
    known = _heading_odds(table.headings[columns.amount], _AMOUNT_HEADING) > 0
    return Decimal(1) if known or re.search(r"单位[:]?(?:人民币)?[(]?元", above) else None
