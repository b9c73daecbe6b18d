"""科目余额表 (发生额及余额表) of Kingdee, Yonyou and 畅捷通: what stands on each account and what
was posted to it.

Each account is a line, named by its code and name. Columns: opening_debit, opening_credit, debit
and credit of the period, year_debit and year_credit up to its end, ending_debit and ending_credit.
Where the table prints one balance with its direction (借, 贷, 平), the direction names the column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.documents.declare import DATE, PARTY, Maker, Recognise, document_type
from extractors.documents.ledger_head import LEDGER_HEAD, read_ledger_head
from extractors.documents.parts import Parts
from extractors.documents.statement_lines import (
    columns_unclear,
    line_without_name,
    page_unit,
    say_lacking,
)
from extractors.documents.ties import Cell, Tie, line_cell, tie
from extractors.layout.figures import amount_in
from extractors.layout.form_grid import Entry, FormGrid, form_grid
from extractors.layout.lines import join_words
from extractors.layout.page import Page, Word
from extractors.model import Amount, Line, Provenance, ReadMethod
from extractors.values.glyphs import squeeze, tidy
from extractors.values.money import parse_money

TOTAL = "合计"
_SURE = 0.99  # an amount that stands in its row and column
_CODE = re.compile(r"[1-6]\d{3}(?:[\d.\-_]*\d)?")
_CODE_AND_NAME = re.compile(r"^([1-6]\d{3}[\d.\-_]*)\s*(\S.*)$")
_DIRECTIONS = {"借": "debit", "贷": "credit", "平": "debit", "dr": "debit", "cr": "credit"}
_LEVEL_ONE = 4  # digits of an account of the first level (会计科目编号, 财会〔2006〕18号)


def level_one(lines: dict[str, Line]) -> Iterator[Line]:
    """Accounts of the first level; all lines but totals where the table prints no codes."""
    coded = any(_CODE.match(name) for name in lines)
    for name, line in lines.items():
        code = name.split(" ")[0]
        if (not coded and name != TOTAL) or (_CODE.fullmatch(code) and len(code) == _LEVEL_ONE):
            yield line


def _ties(parts: Parts) -> Iterator[Tie]:
    """Tie each account's opening balance and postings to its closing balance."""
    for name in parts.lines:
        cells = [line_cell(parts, name, column) for column in _CHAIN]
        signs = [sign for cell, sign in zip(cells, _CHAIN.values(), strict=True) if cell]
        there: list[Cell] = [cell for cell in cells if cell]
        if len(there) >= 2:
            yield from tie(_balances(tuple(signs)), *there)


# Opening balance and postings less the closing balance, debits counted up: nothing is left.
_CHAIN = {
    "opening_debit": 1,
    "opening_credit": -1,
    "debit": 1,
    "credit": -1,
    "ending_debit": -1,
    "ending_credit": 1,
}


def _balances(signs: tuple[int, ...]):  # type: ignore[no-untyped-def]
    def holds(values: Sequence[Decimal]) -> bool:
        return sum((s * value for s, value in zip(signs, values, strict=True)), Decimal(0)) == 0

    return holds


ACCOUNT_BALANCES = document_type(
    id="account_balances",
    title="Account balance table",
    title_zh="科目余额表",
    recognise=Recognise(
        titles=re.compile(
            r"(?:总账|总分类)?科目(?:汇总)?余额(?:汇总)?表|(?:科目)?发生额(?:及|与)余额表|(?:科目)?试算平衡表|(?i:trialbalance)"
        ),
        cues=(
            "科目编码|科目代码|科目编号",
            "科目名称",
            "期初余额|期初借方|年初余额|期初",
            "本期发生|本期借方|发生额",
            "期末余额|期末借方|期末",
            "借方|贷方|方向",
            "本年累计",
        ),
        never=re.compile(r"价税合计|对账单|凭证字号|凭证号"),
        continues=True,
    ),
    vocabulary=LEDGER_HEAD,
    required=("lines",),
    made_by=Maker.APPLICANT,
    owner="company",
    ties=_ties,
)
COMPANY = ACCOUNT_BALANCES.field("company", PARTY, label_zh="核算单位")
PERIOD_START = ACCOUNT_BALANCES.field("period_start", DATE, label_zh="期间起")
PERIOD_END = ACCOUNT_BALANCES.field("period_end", DATE, label_zh="期间止")
_WANTED = (("company", "核算单位", "company"), ("period_end", "会计期间", "period"))


@ACCOUNT_BALANCES.reader
def read(pages: Sequence[Page]) -> Parts:
    """Every account with its balances and postings."""
    parts = Parts()
    read_ledger_head(ACCOUNT_BALANCES.form(pages[0]), parts)
    unit = page_unit(pages)
    roles: list[str] = []
    for page in pages:
        grid = form_grid(page)
        if grid is None:
            continue
        own = [_role("".join(reversed(band.heading))) for band in grid.bands]
        if any(own):
            roles = own
        if len(roles) != len(grid.bands) or len(set(filter(None, roles))) < 2:
            parts.failures.append(columns_unclear(page))
            continue
        for row in _rows(grid, roles):
            _put(row, roles, unit, parts)
    say_lacking(pages, parts, _WANTED)
    return parts


def _role(heading: str) -> str:
    """code, or a time and a side: opening_debit, credit, year_debit, ending_balance."""
    text = squeeze(heading)
    if re.search(r"编码|代码|编号|科目号", text):
        return "code"
    side = "debit" if "借" in text else "credit" if "贷" in text else ""
    if re.search(r"年初|期初", text):
        return f"opening_{side or 'balance'}"
    if "期末" in text or "余额" in text:
        return f"ending_{side or 'balance'}"
    if "累计" in text:
        return f"year_{side}" if side else ""
    return side


@dataclass(slots=True)
class _Row:
    """One row of the table, its blocks put together."""

    page: Page
    words: list[Word] = field(default_factory=list)  # of its name, and directions
    cells: dict[int, list[Word]] = field(default_factory=dict)


def _rows(grid: FormGrid, roles: Sequence[str]) -> list[_Row]:
    rows: dict[int, _Row] = {}
    for entry in grid.entries():
        row = rows.setdefault(id(entry.row), _Row(entry.row.page))
        _add(row, entry)
    return [row for row in rows.values() if row.cells]


def _add(row: _Row, entry: Entry) -> None:
    row.words.extend(entry.name)
    row.cells.update(entry.cells)


def _put(row: _Row, roles: Sequence[str], unit: Decimal, parts: Parts) -> None:
    directions = [word for word in row.words if squeeze(word.text).lower() in _DIRECTIONS]
    names = [word for word in row.words if not any(word is direction for direction in directions)]
    columns: dict[str, Amount] = {}
    code = ""
    for index, words in sorted(row.cells.items()):
        text, is_dash = amount_in(words)
        role = roles[index]
        if role == "code":
            code = text
        elif role and not is_dash:
            value = parse_money(text)
            if value is not None:
                columns[_sided(role, words[0], directions)] = _amount(
                    row, words, text, value * unit
                )
    name = _name(code, tidy(join_words(names)))
    if not columns:
        return
    if not name:
        parts.failures.append(line_without_name(row.page))
        return
    parts.lines.setdefault(name, Line(name=name, columns=columns))


def _sided(role: str, cell: Word, directions: Sequence[Word]) -> str:
    """The column of a balance by the direction printed nearest left of it."""
    if not role.endswith("_balance"):
        return role
    before = [word for word in directions if word.x0 < cell.x0]
    nearest = max(before, key=lambda w: w.x0, default=None)
    side = _DIRECTIONS[squeeze(nearest.text).lower()] if nearest else "debit"
    return role.replace("balance", side)


def _amount(row: _Row, words: Sequence[Word], text: str, value: Decimal) -> Amount:
    at = Provenance(page=row.page.number, box=row.page.box_of(list(words)), method=ReadMethod.TABLE)
    return Amount(value=value, raw=text, confidence=_SURE, at=at)


def _name(code: str, text: str) -> str:
    """Code and name of an account; 合计 for every way of writing the total."""
    if re.search(r"合计|总计", squeeze(text)) and not code:
        return TOTAL
    both = _CODE_AND_NAME.match(text)
    if not code and both:
        return f"{both[1]} {both[2]}"
    return f"{code} {text}".strip()
