"""企业所得税年度纳税申报表（A类）: the main table A100000, with A101010 and A102010 where they
follow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.documents.declare import DATE, PARTY, TEXT, Maker, Recognise, document_type
from extractors.documents.parts import Parts
from extractors.documents.tax_form import TAX_HEAD, read_tax_form
from extractors.documents.tax_lines import CORPORATE_TAX_LINES
from extractors.layout.page import Page

CORPORATE_TAX_RETURN = document_type(
    id="corporate_tax_return",
    title="Corporate income tax annual return",
    title_zh="企业所得税年度纳税申报表",
    recognise=Recognise(
        titles=re.compile(
            r"企业所得税年度纳税申报(?:主)?表|企业所得税年度汇算清缴申报表|一般企业收入明细表|一般企业成本支出明细表"
        ),
        cues=(
            "纳税调整增加额",
            "纳税调整减少额",
            "纳税调整后所得",
            "弥补以前年度亏损",
            "应纳税所得额",
            "减免所得税额",
            "境外所得",
            "实际应纳所得税额",
            "A10[0-7]\\d{3}",
            "免税、减计收入及加计扣除",
            "税款所属",
        ),
        never=re.compile(r"价税合计|对账单|预缴纳税申报表"),
        continues=True,
    ),
    vocabulary=TAX_HEAD,
    required=("lines",),
    made_by=Maker.PARTIES,
    owner="company",
    system_issued=True,
    single_run=True,
)
COMPANY = CORPORATE_TAX_RETURN.field("company", PARTY, label_zh="纳税人名称")
TAX_ID = CORPORATE_TAX_RETURN.field("tax_id", TEXT, label_zh="纳税人识别号")
PERIOD_START = CORPORATE_TAX_RETURN.field("period_start", DATE, label_zh="税款所属期起")
PERIOD_END = CORPORATE_TAX_RETURN.field("period_end", DATE, label_zh="税款所属期止")
_WANTED = (
    ("company", "纳税人名称", "taxpayer"),
    ("period_end", "税款所属期", "tax period"),
    ("营业收入", "营业收入", "revenue"),
    ("利润总额", "利润总额", "profit before tax"),
)


@CORPORATE_TAX_RETURN.reader
def read(pages: Sequence[Page]) -> Parts:
    """Lines of the main table and of the tables of income and cost that follow it."""
    return read_tax_form(CORPORATE_TAX_RETURN, pages, CORPORATE_TAX_LINES, _WANTED)
