"""Operating profit follows from the lines above it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from extractors.documents.income_statement import INCOME_STATEMENT
from extractors.model import Amount
from verify.arithmetic.rounding import rounding
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Page, Result, rule

_FIXED = (
    ("营业成本", -1),
    ("税金及附加", -1),
    ("销售费用", -1),
    ("管理费用", -1),
    ("财务费用", -1),
    ("投资收益", 1),
    ("其他收益", 1),
    ("公允价值变动收益", 1),
    ("资产处置收益", 1),
    ("净敞口套期收益", 1),
    ("勘探费用", -1),
)
# Research is within administration in one form and a line of its own in the other; impairments are
# printed with either sign.
_OPEN = (("研发费用", (-1, 0)), ("信用减值损失", (1, -1)), ("资产减值损失", (-1, 1)))


@rule(
    id="ARI04",
    title="Operating profit follows from its lines",
    title_zh="营业利润勾稽",
    severity="medium",
    group="income_statement",
    reads=(INCOME_STATEMENT,),
    zh=Page(
        why="营业利润＝营业收入－营业成本－税金及附加－期间费用＋投资收益等；改动收入或成本而未重算利润会露出差额。",
        example="营业收入由 524 万改为 824 万，营业利润仍为 123 万。",
        innocent="企业会计准则与小企业会计准则的行次不同；研发费用列示方式不同（两种均已尝试）。",
        ask="营业利润与各项之差从何而来？",
        paper="利润表对应的科目余额表",
    ),
    en=Page(
        why=(
            "Operating profit is revenue less cost, taxes and expenses plus investment "
            "income; a changed revenue that was not carried down leaves a gap."
        ),
        example="Revenue is changed from 5.24m to 8.24m while operating profit stays at 1.23m.",
        innocent=(
            "The two accounting standards have different lines; research shown within "
            "administration or beside it (both tried)."
        ),
        ask="Where does the difference between operating profit and its lines come from?",
        paper="The trial balance of the year",
    ),
)
def operating_profit(case: RuleView) -> Iterator[Result]:
    for paper in case.papers(INCOME_STATEMENT):
        for column, zh, en in (
            ("value", "本年累计", "year to date"),
            ("month", "本期", "period"),
            ("prior", "上年", "prior year"),
        ):
            lines = {
                name: x.columns[column] for name, x in paper.lines.items() if column in x.columns
            }
            if not {"营业收入", "营业成本", "营业利润"} <= set(lines):
                continue
            used = [lines[name] for name, _ in (("营业收入", 1), *_FIXED) if name in lines]
            evidence = tuple(
                case.at_amount(paper, a)
                for a in (lines["营业利润"], *[amount for amount in used if amount.value])
            )
            what = BilingualText(
                f"{zh}营业利润与上列各项", f"{en} operating profit and the lines above it"
            )
            expected = _closest(lines)
            yield case.compare(
                what,
                expected,
                lines["营业利润"].value,
                rounding(used, case.limit("cents")),
                evidence,
                min(amount.confidence for amount in used),
            )


def _closest(lines: dict[str, Amount]) -> Decimal:
    """The sum nearest to the printed profit over the ways in which open lines may count."""
    base = lines["营业收入"].value + sum(
        (s * lines[name].value for name, s in _FIXED if name in lines), Decimal(0)
    )
    choices = [
        [sign * lines[name].value for sign in signs] for name, signs in _OPEN if name in lines
    ]
    sums = [base + sum(c, Decimal(0)) for c in product(*choices)]
    return min(sums, key=lambda s: abs(s - lines["营业利润"].value))
