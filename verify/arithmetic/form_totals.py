"""What the lines of the forms of 小企业会计准则 and 企业会计准则 add up to: one list for all rules
that use it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractors.model import Amount, Document

CURRENT_ASSETS = (
    "货币资金",
    "短期投资",
    "交易性金融资产",
    "以公允价值计量且其变动计入当期损益的金融资产",
    "衍生金融资产",
    "应收票据",
    "应收账款",
    "应收票据及应收账款",
    "应收款项融资",
    "预付账款",
    "预付款项",
    "其他应收款",
    "存货",
    "合同资产",
    "持有待售资产",
    "一年内到期的非流动资产",
    "其他流动资产",
)
DIVIDENDS = (
    "应收股利",
    "应收利息",
)  # within other receivables in one form, lines of their own in the other
EQUITY = (
    "实收资本",
    "其他权益工具",
    "资本公积",
    "其他综合收益",
    "专项储备",
    "盈余公积",
    "一般风险准备",
    "未分配利润",
    "少数股东权益",
)
LONG_TERM_DEBTS = ("长期借款", "长期应付款", "递延收益", "其他非流动负债", "应付债券", "租赁负债")
BANK_LOANS = ("短期借款", "长期借款", "一年内到期的非流动负债")
LOANS = (*BANK_LOANS, "长期应付款", "应付债券", "租赁负债")
STOCK_AND_PAYABLES = (
    ("存货", 1),
    ("预付账款", 1),
    ("应付账款", -1),
    ("应付票据", -1),
)  # what parts cost of sales from purchases paid
_PROFIT = (
    ("营业成本", -1),
    ("税金及附加", -1),
    ("销售费用", -1),
    ("管理费用", -1),
    ("财务费用", -1),
    ("投资收益", 1),
    ("其他收益", 1),
)

# A total, its parts with their signs, and how many of the parts must be printed for the sum to be
# meant.
Sum = tuple[str, tuple[tuple[str, int], ...], int]
_SHEET: tuple[Sum, ...] = (
    ("资产总计", (("流动资产合计", 1), ("非流动资产合计", 1)), 2),
    ("负债合计", (("流动负债合计", 1), ("非流动负债合计", 1)), 2),
    ("负债和所有者权益总计", (("负债合计", 1), ("所有者权益合计", 1)), 2),
    ("资产总计", (("负债和所有者权益总计", 1),), 1),
    ("固定资产账面价值", (("固定资产原价", 1), ("累计折旧", -1), ("固定资产减值准备", -1)), 2),
    ("流动资产合计", tuple((name, 1) for name in CURRENT_ASSETS), 2),
    ("所有者权益合计", (*((name, 1) for name in EQUITY), ("库存股", -1)), 2),
)
_INCOME: tuple[Sum, ...] = (
    ("营业利润", (("营业收入", 1), *_PROFIT), 4),
    ("利润总额", (("营业利润", 1), ("营业外收入", 1), ("营业外支出", -1)), 1),
    ("净利润", (("利润总额", 1), ("所得税费用", -1)), 1),
)
_CASH: tuple[Sum, ...] = (
    (
        "现金净增加额",
        (
            ("经营活动产生的现金流量净额", 1),
            ("投资活动产生的现金流量净额", 1),
            ("筹资活动产生的现金流量净额", 1),
            ("汇率变动对现金的影响", 1),
        ),
        2,
    ),
    ("期末现金余额", (("期初现金余额", 1), ("现金净增加额", 1)), 2),
)
_SUMS = {"balance_sheet": _SHEET, "income_statement": _INCOME, "cash_flow_statement": _CASH}
COLUMNS = {
    "ending": ("期末", "closing"),
    "opening": ("年初", "opening"),
    "value": ("本年累计", "year to date"),
    "month": ("本期", "period"),
    "prior": ("上年", "prior year"),
}


@dataclass(frozen=True, slots=True)
class LineSum:
    """A printed total and the printed parts that make it, in one column of one paper."""

    total: str
    column: str
    whole: Amount
    parts: tuple[tuple[str, int, Amount], ...]
    # Items of a list that the form may extend: a line that is not known here may be among them
    is_list: bool

    @property
    def expected(self) -> Decimal:
        return sum((sign * a.value for _, sign, a in self.parts), Decimal(0))

    @property
    def gap(self) -> Decimal:
        return self.whole.value - self.expected

    @property
    def amounts(self) -> tuple[Amount, ...]:
        return self.whole, *(a for _, _, a in self.parts)


def amount(document: Document, line: str, column: str) -> Amount | None:
    """A line's cell, or None where the paper has none."""
    return document.lines[line].columns.get(column) if line in document.lines else None


def grown(document: Document, line: str) -> Decimal:
    """How much a line of a balance sheet grew over its year; nothing where either column is not
    printed.
    """
    now, before = amount(document, line, "ending"), amount(document, line, "opening")
    return now.value - before.value if now and before else Decimal(0)


def line_sums(document: Document) -> Iterator[LineSum]:
    """Every sum that the paper prints whole enough to be held to."""
    for column in COLUMNS:
        for total, terms, least in _SUMS.get(document.type, ()):
            whole = amount(document, total, column)
            parts = tuple(
                (name, s, found)
                for name, s in terms
                if (found := amount(document, name, column)) is not None
            )
            if (
                whole is not None
                and len(parts) >= least
                and (len(terms) > 3 or len(parts) >= min(2, len(terms)))
            ):
                yield LineSum(total, column, whole, parts, len(terms) > 3)
