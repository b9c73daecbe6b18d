"""The head of a form: whose it is, and for what period."""

from __future__ import annotations

import re
from datetime import date

from extractors.documents.parts import Parts
from extractors.layout.labels import Form
from extractors.layout.lines import cells_of, lines_of
from extractors.model import Field, Provenance
from extractors.values.glyphs import squeeze, tidy
from extractors.values.period import parse_date, parse_period


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


def period_of(parts: Parts) -> tuple[date | None, date | None]:
    """First and last day of the form's period, as far as they were read."""
    start, end = (parts.fields.get(name) for name in ("period_start", "period_end"))
    return (
        date.fromisoformat(start.value) if start else None,
        date.fromisoformat(end.value) if end else None,
    )
