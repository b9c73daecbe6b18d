"""资产负债表 (小企业会计准则 and 企业会计准则, one-sided and two-sided)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.documents.declare import DATE, TEXT, Parts, Recognise, document_type
from extractors.documents.line_names import statement_name
from extractors.documents.statement_lines import HEAD, read_head, read_lines
from extractors.layout.page import Page

BALANCE_SHEET = document_type(
    id="balance_sheet",
    title="Balance sheet",
    title_zh="资产负债表",
    recognise=Recognise(
        titles=re.compile(r"资产负债表|(?i:balancesheet|statementoffinancialposition)"),
        cues=(
            "货币资金|(?i)cash",
            "流动资产合计|(?i)totalcurrentassets",
            "资产总计|资产合计|(?i)totalassets",
            "负债合计|(?i)totalliabilities",
            "未分配利润|(?i)retainedearnings",
            "期末余额|期末数|年末余额",
            "年初余额|期初余额|年初数|上年年末余额",
            "实收资本|股本",
        ),
        never=re.compile(r"价税合计|对账单"),
        essential=("流动资产|(?i:currentassets)", "负债|(?i:liabilities)", "权益|(?i:equity)"),
        ends=re.compile(r"(?:表|(?i:sheet|position))$"),
        continues=True,
    ),
    vocabulary=HEAD,
    required=("lines",),
)
COMPANY = BALANCE_SHEET.field("company", TEXT, label_zh="编制单位")
TAX_ID = BALANCE_SHEET.field("tax_id", TEXT, label_zh="纳税人识别号")
PERIOD_END = BALANCE_SHEET.field("period_end", DATE, label_zh="报表日期")


@BALANCE_SHEET.reader
def read(pages: Sequence[Page]) -> Parts:
    """Lines with ending and opening amounts in yuan."""
    parts = Parts()
    read_head(BALANCE_SHEET.form(pages[0]), parts, yearly=False)
    read_lines(pages, parts, statement_name, lambda roles: bool({"ending", "opening"} & roles))
    return parts
