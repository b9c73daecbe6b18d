"""增值税纳税申报表 / 增值税及附加税费申报表."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from extractors.documents.declare import DATE, MONEY, PARTY, TEXT, Maker, Recognise, document_type
from extractors.documents.form_columns import flow_roles
from extractors.documents.form_guess import year_is_larger
from extractors.documents.form_head import HEAD, period_of, read_head
from extractors.documents.form_names import FormNames
from extractors.documents.line_names import vat_name
from extractors.documents.parts import Parts
from extractors.documents.statement_lines import read_lines, say_lacking
from extractors.documents.tax_lines import VAT_LINES
from extractors.documents.ties import Tie, adds_up, line_cell, tie
from extractors.layout.page import Page
from extractors.model import Field
from extractors.values.money import money_text


def _ties(parts: Parts) -> Iterator[Tie]:
    """Tie output tax to tax due and what was deducted: line 11 is lines 18 and 19 together."""
    deducted = "实际抵扣税额" if "实际抵扣税额" in parts.lines else "进项税额"
    for column in ("value", "month"):
        names = ("销项税额", "应纳税额", deducted)
        yield from tie(adds_up, *(line_cell(parts, name, column) for name in names))


VAT_RETURN = document_type(
    id="vat_return",
    title="VAT return",
    title_zh="增值税纳税申报表",
    recognise=Recognise(
        titles=re.compile(r"增值税.{0,12}申报(?:表|情况)|(?i:vatreturn)"),
        cues=(
            "销项税额",
            "进项税额",
            "应纳税额",
            "留抵税额",
            "税款所属",
            "纳税人识别号",
            "一般纳税人|小规模纳税人",
            "计税销售额|不含税销售额",
        ),
        never=re.compile(r"价税合计|对账单|开票日期"),
        essential=("销项税额|应纳税额|进项税额|征收率", "税款所属|纳税人识别号", "申报|税额"),
        ends=re.compile(r"(?:申报表?|表|(?i:return))$"),
        continues=True,
    ),
    vocabulary=HEAD,
    required=("lines",),
    made_by=Maker.PARTIES,
    owner="company",
    system_issued=True,
    single_run=True,
    ties=_ties,
)
COMPANY = VAT_RETURN.field("company", PARTY, label_zh="纳税人名称")
TAX_ID = VAT_RETURN.field("tax_id", TEXT, label_zh="纳税人识别号")
PERIOD_START = VAT_RETURN.field("period_start", DATE, label_zh="税款所属期起")
PERIOD_END = VAT_RETURN.field("period_end", DATE, label_zh="税款所属期止")
DECLARED_SALES = VAT_RETURN.field("sales", MONEY, label_zh="各类销售额合计（本年累计）")
# General taxpayers: lines 1, 5, 7 and 8. Small-scale taxpayers: lines 1, 4, 7, 9 and 13.
_SALES = (
    "销售额",
    "按简易办法计税销售额",
    "免抵退办法出口销售额",
    "免税销售额",
    "5%征收率销售额",
    "销售使用过的固定资产销售额",
    "出口免税销售额",
)
_NAMES = FormNames(vat_name, VAT_LINES)
_WANTED = (
    ("company", "纳税人名称", "taxpayer"),
    ("period_end", "税款所属期", "tax period"),
    ("销售额", "销售额", "sales"),
)


@VAT_RETURN.reader
def read(pages: Sequence[Page]) -> Parts:
    """Lines with year-to-date and month amounts, and `sales`, the sum of all kinds of sales, year
    to date.
    """
    parts = Parts()
    read_head(VAT_RETURN.form(pages[0]), parts, yearly=True)
    period = period_of(parts)
    roles = partial(flow_roles, period=period)
    guess = partial(year_is_larger, period=period)
    read_lines(pages, parts, _NAMES, roles, adds=True, guess=guess)
    _put_sales(parts)
    say_lacking(pages, parts, _WANTED)
    return parts


def _put_sales(parts: Parts) -> None:
    lines = [parts.lines[name] for name in _SALES if name in parts.lines]
    found = [line.columns["value"] for line in lines if "value" in line.columns]
    if not found:
        return
    total = sum((amount.value for amount in found), Decimal(0))
    parts.put(
        Field(
            name="sales",
            value=money_text(total),
            raw=found[0].raw,
            confidence=min(amount.confidence for amount in found),
            at=found[0].at,
        )
    )
