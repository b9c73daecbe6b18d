"""The head of a form: whose it is, and for what period."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

from extractors.documents.parts import Parts
from extractors.layout.labels import Form, make_field
from extractors.layout.lines import cells_of, lines_of, pieces_of
from extractors.model import Field, Provenance, ReadMethod
from extractors.values.credit_code import FIND as CREDIT_CODE
from extractors.values.credit_code import check_holds
from extractors.values.glyphs import squeeze, tidy
from extractors.values.party_name import is_company
from extractors.values.period import excel_date, month_end, parse_date, parse_period
from extractors.values.stamp_text import is_placeholder, without_stamp


def read_head(form: Form, parts: Parts, *, yearly: bool) -> None:
    """Company, tax number and period of a statement or return."""
    parts.put(form.field("company", _company))
    if "company" not in parts.fields:
        _company_by_title(form, parts)
    parts.put(form.field("tax_id", _tax_id))
    if "tax_id" not in parts.fields:
        _tax_id_by_form(form, parts)
    year = form.first("year", _year)
    period = partial(parse_period, year=year[0] if year else None)
    found = form.first("period", period)
    if found:
        at = Provenance(page=found[1].page, box=found[1].box, method=ReadMethod.TEXT)
        _put_period(parts, found[0], found[1].text, at)
    day = form.first("period", _closing_day_of_sheet if form.page.is_sheet else _closing_day)
    if "period_end" not in parts.fields and day:
        parts.put(make_field("period_end", day[0].isoformat(), day[1]))
    if "period_end" not in parts.fields:
        _loose_period(form, parts, yearly=yearly)


def _company_by_title(form: Form, parts: Parts) -> None:
    """Put the one company named among the first lines; behind an unknown label it is in doubt."""
    named: dict[str, Field] = {}
    for line in lines_of(form.page, cells_of(form.page))[:_HEAD_LINES]:
        for piece in pieces_of(line):
            label, _, behind = piece.text.rpartition(":")
            text = without_stamp(behind)
            if not is_company(text) or len(text) > _LONGEST_NAME or _OF_ANOTHER.search(label):
                continue
            alone = not label and "\t" not in line.text
            at = Provenance(
                page=form.page.number, box=form.page.box_of([piece]), method=ReadMethod.TEXT
            )
            named[squeeze(text)] = Field(
                name="company",
                value=tidy(text),
                raw=text,
                confidence=_NAME_ALONE if alone else _NAME_BEHIND,
                at=at,
            )
    if len(named) == 1:
        parts.put(next(iter(named.values())))


def _tax_id_by_form(form: Form, parts: Parts) -> None:
    """Put the one credit code in the head whose check character holds."""
    found: dict[str, Field] = {}
    for line in lines_of(form.page, cells_of(form.page))[:_HEAD_LINES]:
        for match in CREDIT_CODE.finditer(line.text.upper()):
            if not check_holds(match[0]):
                continue
            at = Provenance(
                page=form.page.number, box=form.page.box_of(line.words), method=ReadMethod.TEXT
            )
            found[match[0]] = Field(
                name="tax_id", value=match[0], raw=match[0], confidence=_CODE_ALONE, at=at
            )
    if len(found) == 1:
        parts.put(next(iter(found.values())))


def _year(text: str) -> int | None:
    """A year that stands in a place of its own (会计年度：2025)."""
    match = re.match(r"((?:19|20)\d{2})(?:年度?)?$", squeeze(text))
    return int(match[1]) if match else None


def _closing_day(text: str) -> date | None:
    """The day at which a period closes: the end of a month.

    Days of printing and filing are none.
    """
    day = parse_date(text)
    return day if day and day == month_end(day.year, day.month) else None


def _closing_day_of_sheet(text: str) -> date | None:
    """The same in a sheet, where a day may have lost its format."""
    day = excel_date(text)
    return _closing_day(text if day is None else day.isoformat())


_HEAD_LINES = 8  # lines of a page among which its period stands
_OTHER_DAYS = re.compile(r"打印|填表|申报日|申报时间|受理|制表|导出|编制日|报送日")
_LONGEST_NAME = 40  # characters of a company's name
_NAME_BEHIND = 0.8  # the only company named in a form's head, behind a label nobody knows
_OF_ANOTHER = re.compile(r"银行|开户|机关|推荐|技术|服务|代理|受理|主管|机构|支持|审计|事务所")
_CODE_ALONE = 0.9  # a credit code whose check character holds, without a known label
_NAME_ALONE = 0.9  # a company's name near the title, without a label
_DAY_ALONE = 0.93  # a day near the title, without a label
_MONTH_ALONE = 0.9  # a month near the title, of which the last day is meant


def _loose_period(form: Form, parts: Parts, *, yearly: bool) -> None:
    """A date or year that stands alone near the title."""
    for line in lines_of(form.page, cells_of(form.page))[:_HEAD_LINES]:
        at = Provenance(
            page=form.page.number, box=form.page.box_of(line.words), method=ReadMethod.TEXT
        )
        for chunk in line.text.split("\t"):
            if not _OTHER_DAYS.search(chunk) and _put_loose(chunk, at, parts, yearly=yearly):
                return


def _put_loose(chunk: str, at: Provenance, parts: Parts, *, yearly: bool) -> bool:
    """Keep the period or closing day that a piece of the head names; say whether it names one."""
    period = parse_period(chunk)
    if period and yearly:
        _put_period(parts, period, chunk, at)
        return True
    day = _closing_day(chunk)
    if day is None and period is None:
        return False
    end = day or (period[1] if period else None)
    assert end is not None  # one of both was found
    sure = _DAY_ALONE if day else _MONTH_ALONE
    return parts.put(
        Field(name="period_end", value=end.isoformat(), raw=chunk, confidence=sure, at=at)
    )


def _put_period(parts: Parts, period: tuple[object, object], raw: str, at: Provenance) -> None:
    for name, day in zip(("period_start", "period_end"), period, strict=True):
        parts.put(Field(name=name, value=str(day), raw=raw, confidence=0.97, at=at))


def _company(text: str) -> str | None:
    name = re.split(r"\s{2,}|(?:19|20)\d{2}[-年./]", tidy(text))[0]
    name = without_stamp(name)
    if len(name) < 2 or name[0].isdigit() or "单位" in name[:2] or is_placeholder(name):
        return None
    return name


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
    "year": ("会计年度", "所属年度", "年份"),
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


def period_of(parts: Parts) -> tuple[date | None, date | None]:
    """First and last day of the form's period, as far as they were read."""
    start, end = (parts.fields.get(name) for name in ("period_start", "period_end"))
    return (
        date.fromisoformat(start.value) if start else None,
        date.fromisoformat(end.value) if end else None,
    )
