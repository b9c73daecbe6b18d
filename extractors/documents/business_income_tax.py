"""个人所得税经营所得纳税申报表: table A (prepayment), B (annual) and C (several businesses
together).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.documents.declare import DATE, PARTY, TEXT, Maker, Recognise, document_type
from extractors.documents.parts import Parts
from extractors.documents.statement_lines import say_lacking
from extractors.documents.tax_form import TAX_HEAD, read_tax_form
from extractors.documents.tax_lines import BUSINESS_INCOME_TAX_LINES
from extractors.layout.page import Page
from extractors.values.glyphs import tidy

BUSINESS_INCOME_TAX = document_type(
    id="business_income_tax",
    title="Individual income tax return on business income",
    title_zh="个人所得税经营所得纳税申报表",
    recognise=Recognise(
        titles=re.compile(
            r"个人所得税经营所得.{0,4}纳税申报表|个人所得税.{0,4}生产经营所得.{0,6}申报表"
        ),
        cues=(
            "经营所得",
            "收入总额",
            "投资者减除费用",
            "被投资单位",
            "合伙企业个人合伙人分配比例",
            "专项扣除",
            "速算扣除数",
            "弥补以前年度亏损",
            "税款所属",
            "应补.{0,2}退.{0,2}税额",
        ),
        never=re.compile(r"价税合计|对账单|企业所得税"),
        continues=True,
    ),
    vocabulary=TAX_HEAD,
    required=("lines",),
    made_by=Maker.PARTIES,
    owner="company",
    system_issued=True,
    single_run=True,
)
COMPANY = BUSINESS_INCOME_TAX.field("company", PARTY, label_zh="被投资单位名称")
TAXPAYER = BUSINESS_INCOME_TAX.field("taxpayer", PARTY, label_zh="纳税人姓名")
TAX_ID = BUSINESS_INCOME_TAX.field("tax_id", TEXT, label_zh="纳税人识别号")
PERIOD_START = BUSINESS_INCOME_TAX.field("period_start", DATE, label_zh="税款所属期起")
PERIOD_END = BUSINESS_INCOME_TAX.field("period_end", DATE, label_zh="税款所属期止")
_WANTED = (
    ("taxpayer", "纳税人姓名", "taxpayer"),
    ("period_end", "税款所属期", "tax period"),
    ("收入总额", "收入总额", "gross income"),
    ("应纳税所得额", "应纳税所得额", "taxable income"),
)
_LONGEST_NAME = 30  # characters; the names of ethnic minorities and of foreigners are the longest


@BUSINESS_INCOME_TAX.reader
def read(pages: Sequence[Page]) -> Parts:
    """Lines, with the person taxed and the business."""
    parts = read_tax_form(BUSINESS_INCOME_TAX, pages, BUSINESS_INCOME_TAX_LINES, ())
    parts.put(BUSINESS_INCOME_TAX.form(pages[0]).field("taxpayer", _person))
    say_lacking(pages, parts, _WANTED)
    return parts


def _person(text: str) -> str | None:
    name = tidy(text)
    known = re.fullmatch(r"[\u4e00-\u9fff·]{2,}|[A-Za-z .·]{3,}", name)
    return name if known and len(name) <= _LONGEST_NAME else None
