"""资产负债表 (小企业会计准则 and 企业会计准则, one-sided and two-sided)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.documents.declare import DATE, PARTY, TEXT, Maker, Recognise, document_type
from extractors.documents.form_columns import balance_roles
from extractors.documents.form_guess import ending_first
from extractors.documents.form_head import HEAD, read_head
from extractors.documents.form_lines import BALANCE_SHEET_LINES
from extractors.documents.form_names import FormNames
from extractors.documents.line_names import statement_name
from extractors.documents.parts import Parts
from extractors.documents.statement_lines import read_lines, say_lacking
from extractors.documents.ties import Tie, adds_up, line_cell, same, tie
from extractors.layout.page import Page

_SUMS = (
    ("资产总计", "流动资产合计", "非流动资产合计"),
    ("负债合计", "流动负债合计", "非流动负债合计"),
    ("负债和所有者权益总计", "负债合计", "所有者权益合计"),
    ("资产总计", "负债和所有者权益总计"),
)


def _ties(parts: Parts) -> Iterator[Tie]:
    """Tie each total to its parts, in both columns."""
    for column in ("ending", "opening"):
        for total, *summed in _SUMS:
            cells = (line_cell(parts, name, column) for name in summed)
            holds = adds_up if len(summed) > 1 else same
            yield from tie(holds, line_cell(parts, total, column), *cells)


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
    made_by=Maker.APPLICANT,
    owner="company",
    bears_own_seal=True,
    ties=_ties,
)
COMPANY = BALANCE_SHEET.field("company", PARTY, label_zh="编制单位")
TAX_ID = BALANCE_SHEET.field("tax_id", TEXT, label_zh="纳税人识别号")
PERIOD_END = BALANCE_SHEET.field("period_end", DATE, label_zh="报表日期")


_NAMES = FormNames(statement_name, BALANCE_SHEET_LINES)
# What a balance sheet must yield: field or line, and what to call it.
_WANTED = (
    ("company", "编制单位", "company"),
    ("period_end", "报表日期", "date"),
    ("资产总计", "资产总计", "total assets"),
    ("负债和所有者权益总计", "负债和所有者权益总计", "total liabilities and equity"),
)


@BALANCE_SHEET.reader
def read(pages: Sequence[Page]) -> Parts:
    """Lines with ending and opening amounts in yuan."""
    parts = Parts()
    read_head(BALANCE_SHEET.form(pages[0]), parts, yearly=False)
    read_lines(pages, parts, _NAMES, balance_roles, guess=ending_first)
    _name_net_fixed_assets(parts)
    say_lacking(pages, parts, _WANTED)
    return parts


def _name_net_fixed_assets(parts: Parts) -> None:
    """Name 固定资产净值 as the forms in force do, where no line after impairment is printed
    (企业会计制度 has both).
    """
    net = parts.lines.get("固定资产净值")
    there = parts.lines.get("固定资产账面价值")
    if net is not None and (there is None or not there.columns):
        parts.lines["固定资产账面价值"] = replace(net, name="固定资产账面价值")
