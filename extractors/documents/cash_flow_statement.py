"""现金流量表 (小企业会计准则 and 企业会计准则)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.documents.declare import DATE, TEXT, Parts, Recognise, document_type
from extractors.documents.line_names import statement_name
from extractors.documents.statement_lines import HEAD, read_head, read_lines
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
)
COMPANY = CASH_FLOW_STATEMENT.field("company", TEXT, label_zh="编制单位")
PERIOD_START = CASH_FLOW_STATEMENT.field("period_start", DATE, label_zh="期间起")
PERIOD_END = CASH_FLOW_STATEMENT.field("period_end", DATE, label_zh="期间止")


@CASH_FLOW_STATEMENT.reader
def read(pages: Sequence[Page]) -> Parts:
    """Lines with year-to-date amounts, and month and prior where printed."""
    parts = Parts()
    read_head(CASH_FLOW_STATEMENT.form(pages[0]), parts, yearly=True)
    read_lines(pages, parts, statement_name, lambda roles: bool({"value", "month"} & roles))
    return parts
