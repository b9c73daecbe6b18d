"""企业所得税月（季）度预缴纳税申报表（A类）, A200000."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.documents.declare import DATE, PARTY, TEXT, Maker, Recognise, document_type
from extractors.documents.parts import Parts
from extractors.documents.tax_form import TAX_HEAD, read_tax_form
from extractors.documents.tax_lines import CORPORATE_TAX_LINES
from extractors.layout.page import Page

CORPORATE_TAX_PREPAYMENT = document_type(
    id="corporate_tax_prepayment",
    title="Corporate income tax prepayment return",
    title_zh="企业所得税预缴纳税申报表",
    recognise=Recognise(
        titles=re.compile(r"企业所得税[月季].{0,6}预缴.{0,8}申报表|A200000"),
        cues=(
            "A200000",
            "预缴",
            "实际利润额",
            "减免所得税额",
            "不征税收入",
            "特定业务",
            "弥补以前年度亏损",
            "从业人数",
            "小型微利企业",
            "税款所属",
            "免税收入、减计收入",
        ),
        never=re.compile(r"价税合计|对账单"),
        continues=True,
    ),
    vocabulary=TAX_HEAD,
    required=("lines",),
    made_by=Maker.PARTIES,
    owner="company",
    system_issued=True,
    single_run=True,
)
COMPANY = CORPORATE_TAX_PREPAYMENT.field("company", PARTY, label_zh="纳税人名称")
TAX_ID = CORPORATE_TAX_PREPAYMENT.field("tax_id", TEXT, label_zh="纳税人识别号")
PERIOD_START = CORPORATE_TAX_PREPAYMENT.field("period_start", DATE, label_zh="税款所属期起")
PERIOD_END = CORPORATE_TAX_PREPAYMENT.field("period_end", DATE, label_zh="税款所属期止")
_WANTED = (
    ("company", "纳税人名称", "taxpayer"),
    ("period_end", "税款所属期", "tax period"),
    ("营业收入", "营业收入", "revenue"),
    ("利润总额", "利润总额", "profit before tax"),
)


@CORPORATE_TAX_PREPAYMENT.reader
def read(pages: Sequence[Page]) -> Parts:
    """Lines, year to date."""
    return read_tax_form(CORPORATE_TAX_PREPAYMENT, pages, CORPORATE_TAX_LINES, _WANTED)
