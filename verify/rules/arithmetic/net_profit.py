"""Total and net profit follow from operating profit."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.income_statement import INCOME_STATEMENT
from verify.arithmetic.rounding import rounding
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Page, Result, rule

_STEPS = (
    ("利润总额", "营业利润", (("营业外收入", 1), ("营业外支出", -1))),
    ("净利润", "利润总额", (("所得税费用", -1),)),
)


@rule(
    id="ARI05",
    title="Net profit follows from operating profit",
    title_zh="利润总额与净利润勾稽",
    severity="high",
    group="income_statement",
    reads=(INCOME_STATEMENT,),
    proof=True,
    zh=Page(
        why="利润总额＝营业利润＋营业外收入－营业外支出，净利润＝利润总额－所得税费用，是报表的固定公式。",
        example="净利润写为 216.96 万，而利润总额 123.11 万减所得税 6.16 万应为 116.96 万。",
        innocent="打字错误；以万元列示的四舍五入。",
        ask="净利润与利润总额、所得税费用为何不能勾稽？",
        paper="企业所得税年度申报表",
    ),
    en=Page(
        why=(
            "Total profit is operating profit plus non-operating income less expense; net "
            "profit is total profit less income tax. The form fixes both."
        ),
        example="Net profit reads 2.1696m where 1.2311m less 0.0616m of tax is 1.1696m.",
        innocent="A typing error; rounding to 万元.",
        ask="Why does net profit not follow from total profit and income tax?",
        paper="The yearly income tax return",
    ),
)
def net_profit(case: RuleView) -> Iterator[Result]:
    for paper in case.papers(INCOME_STATEMENT):
        for column, zh, en in (
            ("value", "本年累计", "year to date"),
            ("month", "本期", "period"),
            ("prior", "上年", "prior year"),
        ):
            lines = {
                name: x.columns[column] for name, x in paper.lines.items() if column in x.columns
            }
            for result, start, terms in _STEPS:
                if result not in lines or start not in lines:
                    continue
                used = [
                    lines[result],
                    lines[start],
                    *(lines[name] for name, _ in terms if name in lines),
                ]
                expected = lines[start].value + sum(
                    (s * lines[name].value for name, s in terms if name in lines),
                    start=lines[start].value * 0,
                )
                evidence = tuple(case.at_amount(paper, a) for a in used)
                what = BilingualText(f"{zh}{result}与{start}", f"{en} {result} and {start}")
                yield case.compare(
                    what,
                    expected,
                    lines[result].value,
                    rounding(used, case.limit("cents")),
                    evidence,
                    min(amount.confidence for amount in used),
                )
