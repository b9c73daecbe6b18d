"""Fixed assets at cost less depreciation are their net value; depreciation shrinks only with a
disposal.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.balance_sheet import BALANCE_SHEET
from extractors.model import Document
from extractors.values.money import yuan
from verify.arithmetic.form_totals import COLUMNS, amount, line_sums
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="ARI10",
    title="Fixed assets: cost less depreciation",
    title_zh="固定资产原价、折旧与净值勾稽",
    severity="medium",
    group="balance_sheet",
    reads=(BALANCE_SHEET,),
    zh=Page(
        why="原价减累计折旧等于账面价值；原价没有减少时累计折旧只会增加。虚增固定资产时常只改一处。",
        example="原价 156 万、累计折旧 67 万，账面价值却为 189 万。",
        innocent="企业会计准则报表另减减值准备（已考虑）；处置资产使折旧减少。",
        ask="固定资产净值与原价、折旧为何不一致？",
        paper="固定资产卡片账、折旧计算表",
    ),
    en=Page(
        why=(
            "Cost less depreciation is the net value, and depreciation only grows while "
            "cost does not shrink. Who inflates assets often changes one line."
        ),
        example="Cost of 1.56m and depreciation of 0.67m, yet a net value of 1.89m.",
        innocent=(
            "Impairment printed as a line of its own (counted); a disposal that takes "
            "depreciation away."
        ),
        ask="Why do cost, depreciation and net value not agree?",
        paper="The asset ledger and the depreciation schedule",
    ),
)
def fixed_assets(case: RuleView) -> Iterator[Result]:
    found = False
    for sheet in case.papers(BALANCE_SHEET):
        for each in line_sums(sheet):
            if each.total != "固定资产账面价值":
                continue
            found = True
            zh, en = COLUMNS[each.column]
            what = BilingualText(
                f"{zh}固定资产账面价值与原价减折旧",
                f"{en} net fixed assets and cost less depreciation",
            )
            yield case.compare_sum(what, sheet, each)
        yield from _grows(case, sheet)
    if not found:
        yield NotApplicable(
            BilingualText(
                "没有同时列示原价、折旧与净值",
                "cost, depreciation and net value are not all printed",
            )
        )


def _grows(case: RuleView, sheet: Document) -> Iterator[Result]:
    worn, before = amount(sheet, "累计折旧", "ending"), amount(sheet, "累计折旧", "opening")
    cost, cost_before = (
        amount(sheet, "固定资产原价", "ending"),
        amount(sheet, "固定资产原价", "opening"),
    )
    if not (worn and before and cost and cost_before) or cost.value < cost_before.value:
        return
    if abs(worn.value) >= abs(before.value):
        yield Clear(BilingualText("累计折旧随时间增加", "depreciation grows"))
        return
    say = BilingualText(
        f"固定资产原价未减少，累计折旧却由 {yuan(before.value)} 降为 {yuan(worn.value)}",
        (
            f"cost did not shrink, yet depreciation fell from {yuan(before.value)} to "
            f"{yuan(worn.value)}"
        ),
    )
    yield Hit(
        say=say,
        evidence=(case.at_amount(sheet, worn), case.at_amount(sheet, before)),
        expected=f">= {before.value:.2f}",
        observed=f"{worn.value:.2f}",
        confidence=0.8 * min(worn.confidence, before.confidence),
        severity=Severity.LOW,
    )
