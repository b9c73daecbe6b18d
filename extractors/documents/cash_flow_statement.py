"""现金流量表 (小企业会计准则 and 企业会计准则)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from extractors.documents.declare import DATE, PARTY, Maker, Recognise, document_type
from extractors.documents.form_columns import flow_roles
from extractors.documents.form_guess import year_is_larger
from extractors.documents.form_head import HEAD, period_of, read_head
from extractors.documents.form_lines import CASH_FLOW_LINES
from extractors.documents.form_names import FormNames
from extractors.documents.line_names import statement_name
from extractors.documents.parts import Parts
from extractors.documents.statement_lines import read_lines, say_lacking
from extractors.layout.page import Page

CASH_FLOW_STATEMENT = document_type(
    id="cash_flow_statement",
    title="Cash-flow statement",
    title_zh="现金流量表",
    recognise=Recognise(
        titles=re.compile(r"现金流量表|(?i:cashflowstatement|statementofcashflows)"),
        cues=(
            "经营活动产生的现金流量",
            "投资活动产生的现金流量",
            "筹资活动产生的现金流量",
            "期末现金",
            "支付的.*税费",
            "本年累计|本期金额|本月",
        ),
        never=re.compile(r"价税合计|对账单"),
        essential=("现金|(?i:cash)", "活动|(?i:activities)"),
        ends=re.compile(r"(?:表|(?i:statement|flows?))$"),
        continues=True,
    ),
    vocabulary=HEAD,
    required=("lines",),
    made_by=Maker.APPLICANT,
    owner="company",
    bears_own_seal=True,
)
COMPANY = CASH_FLOW_STATEMENT.field("company", PARTY, label_zh="编制单位")
PERIOD_START = CASH_FLOW_STATEMENT.field("period_start", DATE, label_zh="期间起")
PERIOD_END = CASH_FLOW_STATEMENT.field("period_end", DATE, label_zh="期间止")


_NAMES = FormNames(statement_name, CASH_FLOW_LINES)
_WANTED = (
    ("company", "编制单位", "company"),
    ("period_end", "所属期", "period"),
    (
        "经营活动产生的现金流量净额",
        "经营活动产生的现金流量净额",
        "net cash from operating activities",
    ),
)


@CASH_FLOW_STATEMENT.reader
def read(pages: Sequence[Page]) -> Parts:
    """Lines with year-to-date amounts, and month and prior where printed."""
    parts = Parts()
    read_head(CASH_FLOW_STATEMENT.form(pages[0]), parts, yearly=True)
    period = period_of(parts)
    roles = partial(flow_roles, period=period)
    read_lines(pages, parts, _NAMES, roles, guess=partial(year_is_larger, period=period))
    say_lacking(pages, parts, _WANTED)
    return parts
