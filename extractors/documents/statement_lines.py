"""Statements and returns as named lines with amounts: one-sided or two-sided, any column order, printed unit applied."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from extractors.documents.parts import Parts
from extractors.layout.columns import Header, Row, find_header, rows_below
from extractors.layout.labels import Form
from extractors.layout.lines import cells_of, join_words, lines_of
from extractors.layout.page import Page, Word
from extractors.model import Amount, Field, Line, Provenance
from extractors.values.glyphs import squeeze, tidy
from extractors.values.money import parse_money, printed_unit
from extractors.values.period import parse_date, parse_period

_DAY = r"(?:(?:19|20)\d{2}[年./-]\d{1,2}[月./-]\d{1,2}日?)?"
ROLES = {
    "ending": re.compile(
        _DAY
        + r"(?:期末|年末|本期末|月末)(?:余额|数|金额)?|(?:closing|ending)(?:balance)?|endofperiod"
    ),
    "opening": re.compile(
        _DAY
        + r"(?:年初|期初|上年年末|上年末|上年期末|上期末)(?:余额|数|金额)?|(?:opening|beginning)(?:balance)?|beginningofyear"
    ),
    "prior": re.compile(
        r"(?:上年|上期|去年)(?:同期)?(?:累计)?(?:金额|数|发生额|累计数|累计金额|实际数)?|上年同期|prior(?:year|period)"
    ),
    "value": re.compile(
        r"本年(?:度)?(?:累计)?(?:金额|数|发生额|实际数)?|本年累计|累计(?:金额|数)|(?:currentyear|yeartodate|ytd|amount)|(?:19|20)\d{2}年度?"
    ),
    "month": re.compile(
        r"(?:本月|本期|当月|本季)(?:金额|数|发生额|实际数)?|currentmonth|currentperiod"
    ),
    "line_no": re.compile(r"行次|行号|栏次|行|no\.?|lineno\.?"),
    "item": re.compile(
        r"(?:项目|资产|负债(?:和|及|与)(?:所有者|股东)权益|所有者权益|负债|科目|报表项目|损益表项目|资产类|项目名称|栏目|assets|liabilitiesand(?:owners'|shareholders')?equity|items?)"
    ),
    "note": re.compile(r"附注(?:号|编号)?|注释(?:号)?|notes?"),
}
AMOUNTS = ("ending", "opening", "value", "month", "prior")


def read_lines(
    pages: Sequence[Page],
    parts: Parts,
    name_of: Callable[[str], str],
    accept: Callable[[set[str]], bool],
) -> None:
    """Fills `parts.lines`; later pages continue the table of earlier ones."""
    header: Header | None = None
    unit = next(
        (
            u
            for page in pages
            for line in lines_of(page)[:12]
            if (u := printed_unit(line.text)) != 1
        ),
        Decimal(1),
    )
    for page in pages:
        found = find_header(page, ROLES, accept)
        if found is None and header is not None:
            found = Header(header.columns, -2.0, -1.0, header.separators, header.ruled)
        if found is None:
            continue
        header = found
        blocks = _blocks(header)
        ruled = header.ruled
        # Without rules every line is a row of its own: a line of dashes must not join its neighbour.
        belongs = partial(_is_row, ruled, blocks)
        for row in rows_below(page, header, belongs):
            for item, amounts in blocks:
                _one(row, item, amounts, unit, name_of, parts)


def _blocks(header: Header) -> list[tuple[int, list[tuple[str, int]]]]:
    """Item column with the amount columns right of it; two blocks on a two-sided balance sheet."""
    blocks: list[tuple[int, list[tuple[str, int]]]] = []
    for index, column in enumerate(header.columns):
        if column.role == "item" or (
            index == 0 and column.role not in AMOUNTS and column.role != "line_no"
        ):
            blocks.append((index, []))
        elif column.role in AMOUNTS and blocks:
            blocks[-1][1].append((column.role, index))
    roles = [r for _, amounts in blocks for r, _ in amounts]
    only_month = "month" in roles and "value" not in roles and "ending" not in roles
    if only_month:
        blocks = [
            (item, [("value" if r == "month" else r, i) for r, i in amounts])
            for item, amounts in blocks
        ]
    return [(item, amounts) for item, amounts in blocks if amounts]


def _is_row(
    ruled: bool,
    blocks: list[tuple[int, list[tuple[str, int]]]],
    cells: dict[int, list[Word]],
) -> bool:
    return not ruled or _has_amount(cells, blocks)


def _has_amount(
    cells: dict[int, list[Word]], blocks: list[tuple[int, list[tuple[str, int]]]]
) -> bool:
    return any(
        parse_money("".join(w.text for w in cells[i])) is not None
        for _, amounts in blocks
        for _, i in amounts
        if i in cells
    )


def _one(
    row: Row,
    item: int,
    amounts: list[tuple[str, int]],
    unit: Decimal,
    name_of: Callable[[str], str],
    parts: Parts,
) -> None:
    name = name_of(row.text(item))
    if not name or parse_money(name) is not None:
        return
    columns: dict[str, Amount] = {}
    for role, index in amounts:
        words = row.cells.get(index, [])
        raw = join_words(words)
        value = parse_money(raw.replace(" ", ""))
        if value is not None and role not in columns:
            at = Provenance(page=row.page.number, box=row.page.box_of(words), method="table")
            columns[role] = Amount(value=value * unit, raw=raw, confidence=0.99, at=at)
    if columns:
        parts.lines.setdefault(name, Line(name=name, columns=columns))


def read_head(form: Form, parts: Parts, *, yearly: bool) -> None:
    """Company, tax number and period of a statement or return."""
    parts.put(form.field("company", _company))
    parts.put(form.field("tax_id", _tax_id))
    found = form.first("period", parse_period)
    if found:
        _put_period(
            parts,
            found[0],
            found[1].text,
            Provenance(page=found[1].page, box=found[1].box, method="text"),
        )
    day = form.first("period", parse_date)
    if "period_end" not in parts.fields and day:
        at = Provenance(page=day[1].page, box=day[1].box, method="text")
        parts.put(
            Field(
                name="period_end",
                value=day[0].isoformat(),
                raw=day[1].text,
                confidence=day[1].confidence,
                at=at,
            )
        )
    if "period_end" not in parts.fields:
        _loose_period(form, parts, yearly=yearly)


def _loose_period(form: Form, parts: Parts, *, yearly: bool) -> None:
    """A date or year that stands alone near the title."""
    for line in lines_of(form.page, cells_of(form.page))[:8]:
        for chunk in line.text.split("\t"):
            at = Provenance(page=form.page.number, box=form.page.box_of(line.words), method="text")
            period = parse_period(chunk) if yearly else None
            if period:
                _put_period(parts, period, chunk, at)
                return
            day = parse_date(chunk)
            if day:
                parts.put(
                    Field(
                        name="period_end", value=day.isoformat(), raw=chunk, confidence=0.93, at=at
                    )
                )
                return
            if not yearly and (period := parse_period(chunk)):
                parts.put(
                    Field(
                        name="period_end",
                        value=period[1].isoformat(),
                        raw=chunk,
                        confidence=0.9,
                        at=at,
                    )
                )
                return


def _put_period(parts: Parts, period: tuple[object, object], raw: str, at: Provenance) -> None:
    for name, day in zip(("period_start", "period_end"), period, strict=True):
        parts.put(Field(name=name, value=str(day), raw=raw, confidence=0.97, at=at))


def _company(text: str) -> str | None:
    name = re.split(r"\s{2,}|(?:19|20)\d{2}年", tidy(text))[0].strip()
    return name if len(name) >= 2 and not name[0].isdigit() and "单位" not in name[:2] else None


def _tax_id(text: str) -> str | None:
    match = re.match(r"[0-9A-Z]{15,20}", squeeze(text).upper())
    return match[0] if match else None


HEAD = {
    "company": (
        "编制单位",
        "纳税人名称",
        "单位名称",
        "企业名称",
        "公司名称",
        "填报单位",
        "会计主体",
        "核算单位",
        "报送单位",
        "Company",
        "Prepared by",
    ),
    "tax_id": (
        "纳税人识别号(统一社会信用代码)",
        "纳税人识别号",
        "统一社会信用代码",
        "税号",
        "统一社会信用代码/纳税人识别号",
    ),
    "period": (
        "报表日期",
        "所属时期",
        "税款所属时间",
        "税款所属期",
        "所属期间",
        "会计期间",
        "所属期",
        "报表期间",
        "期间",
        "日期",
        "时间",
        "编制日期",
        "税款所属期间",
        "报告期",
        "截止日期",
        "Period",
        "As at",
    ),
    "unit": ("金额单位", "单位", "货币单位"),
    "other": (
        "填表日期",
        "申报日期",
        "纳税人所属行业",
        "法定代表人姓名",
        "单位负责人",
        "会计负责人",
        "制表人",
        "制表",
    ),
}
