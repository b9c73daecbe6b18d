"""What the income tax forms share: their heads, the names of their lines, and how they are read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from extractors.documents.declare import DocumentType
from extractors.documents.form_columns import flow_roles
from extractors.documents.form_head import HEAD, period_of, read_head
from extractors.documents.form_names import FormNames
from extractors.documents.line_names import clean
from extractors.documents.parts import Parts
from extractors.documents.statement_lines import Wanted, read_lines, say_lacking
from extractors.layout.page import Page

TAX_HEAD = HEAD | {
    "company": (*HEAD["company"], "被投资单位名称", "纳税人名称(盖章)"),
    "taxpayer": ("纳税人姓名", "姓名", "投资者姓名"),
}
# The same line in forms of different years.
_SAME = {
    "营业税金及附加": "税金及附加",
    "应补/退税额": "应补退税额",
    "应补税额": "应补退税额",
    "本年应补退的所得税额": "本年应补退所得税额",
    "本期应补退所得税额/税务机关确定的本期应纳所得税额": "本期应补退所得税额",
    "减征免征企业所得税额": "减免所得税额",
    "减免企业所得税额": "减免所得税额",
    "本年实际已缴纳所得税额": "本年累计实际已缴纳的所得税额",
    "本年累计已预缴所得税额": "本年累计预缴所得税额",
    "实际已缴纳所得税额": "本年累计实际已缴纳的所得税额",
    "免税收入、减计收入、加计扣除": "免税收入、减计收入、加计扣除",
    "免税收入、减计收入、所得减免等优惠金额": "免税收入、减计收入、加计扣除",
    "固定资产加速折旧调减额": "资产加速折旧、摊销调减额",
    "资产加速折旧、摊销调减额": "资产加速折旧、摊销调减额",
    "实际利润额按照上一纳税年度应纳税所得额平均额确定的应纳税所得额": "实际利润额",
    "实际利润额/按照上一纳税年度应纳税所得额平均额确定的应纳税所得额": "实际利润额",
    "弥补企业亏损": "弥补以前年度亏损",
    "允许扣除的其他费用": "允许扣除的个人费用及其他扣除",
}


def tax_line_name(text: str) -> str:
    """The common name of a line of an income tax form, or the line's own."""
    name = clean(text).replace("／", "/").replace("\\", "/")
    return _SAME.get(name, name)


def read_tax_form(
    kind: DocumentType, pages: Sequence[Page], lines: frozenset[str], wanted: Sequence[Wanted]
) -> Parts:
    """Lines in yuan, with the taxpayer and the tax period."""
    parts = Parts()
    read_head(kind.form(pages[0]), parts, yearly=True)
    # Income tax forms count from the start of the year, whatever quarter they are for.
    roles = partial(flow_roles, period=(None, period_of(parts)[1]))
    read_lines(pages, parts, FormNames(tax_line_name, lines), roles)
    say_lacking(pages, parts, wanted)
    return parts
