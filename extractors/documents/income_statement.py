"""利润表 (小企业会计准则 and 企业会计准则)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from extractors.documents.declare import DATE, PARTY, TEXT, Maker, Recognise, document_type
from extractors.documents.form_columns import flow_roles
from extractors.documents.form_guess import year_is_larger
from extractors.documents.form_head import HEAD, period_of, read_head
from extractors.documents.form_lines import INCOME_LINES
from extractors.documents.form_names import FormNames
from extractors.documents.line_names import statement_name
from extractors.documents.parts import Parts
from extractors.documents.statement_lines import read_lines, say_lacking
from extractors.documents.ties import Tie, adds_up, line_cell, tie
from extractors.layout.page import Page


def _ties(parts: Parts) -> Iterator[Tie]:
    """Tie profit before tax to net profit and income tax."""
    for column in ("value", "month", "prior"):
        names = ("利润总额", "净利润", "所得税费用")
        yield from tie(adds_up, *(line_cell(parts, name, column) for name in names))


INCOME_STATEMENT = document_type(
    id="income_statement",
    title="Income statement",
    title_zh="利润表",
    recognise=Recognise(
        titles=re.compile(
            r"利润表|损益表|利润[及与和]利润分配表|损益[及与和]利润分配表|收益表|(?i:incomestatement|statementofprofit|profitandloss)"
        ),
        cues=(
            "营业收入|主营业务收入|(?i)revenue",
            "营业成本|主营业务成本|(?i)costof",
            "营业利润|(?i)operatingprofit",
            "利润总额|(?i)profitbeforetax|totalprofit",
            "净利润|(?i)netprofit",
            "管理费用",
            "所得税",
            "本年累计|本期金额|本月|上期金额|上年",
        ),
        never=re.compile(r"价税合计|对账单|资产负债表"),
        essential=(
            "收入|(?i:revenue|sales)",
            "成本|费用|(?i:cost|expense)",
            "利润|(?i:profit|income)",
        ),
        ends=re.compile(r"(?:表|(?i:statement|loss|profit))$"),
        continues=True,
    ),
    vocabulary=HEAD,
    required=("lines",),
    made_by=Maker.APPLICANT,
    owner="company",
    bears_own_seal=True,
    ties=_ties,
)
COMPANY = INCOME_STATEMENT.field("company", PARTY, label_zh="编制单位")
TAX_ID = INCOME_STATEMENT.field("tax_id", TEXT, label_zh="纳税人识别号")
PERIOD_START = INCOME_STATEMENT.field("period_start", DATE, label_zh="期间起")
PERIOD_END = INCOME_STATEMENT.field("period_end", DATE, label_zh="期间止")


_NAMES = FormNames(statement_name, INCOME_LINES)
_WANTED = (
    ("company", "编制单位", "company"),
    ("period_end", "所属期", "period"),
    ("营业收入", "营业收入", "revenue"),
    ("利润总额", "利润总额", "profit before tax"),
)


@INCOME_STATEMENT.reader
def read(pages: Sequence[Page]) -> Parts:
    """Lines with year-to-date amounts, and month and prior where printed."""
    parts = Parts()
    read_head(INCOME_STATEMENT.form(pages[0]), parts, yearly=True)
    period = period_of(parts)
    roles = partial(flow_roles, period=period)
    read_lines(pages, parts, _NAMES, roles, guess=partial(year_is_larger, period=period))
    _revenue_of_total(parts)
    say_lacking(pages, parts, _WANTED)
    return parts


def _revenue_of_total(parts: Parts) -> None:
    """Take 营业总收入 for 营业收入 where the statement prints no other: a firm that is no financial
    institution has no other operating income.
    """
    total = parts.lines.get("营业总收入")
    if total is not None and "营业收入" not in parts.lines:
        parts.lines["营业收入"] = replace(total, name="营业收入")
