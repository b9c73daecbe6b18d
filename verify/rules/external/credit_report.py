"""The credit report was read, as recorded by a reviewer."""

from __future__ import annotations

from collections.abc import Iterator

from verify.case_file import RuleView
from verify.manual import recorded
from verify.rule import Page, Result, rule


@rule(
    id="EXT02",
    title="Credit report agrees",
    title_zh="征信报告核对",
    severity="high",
    group="external_credit_report",
    reads=(),
    needs=(),
    zh=Page(
        why="未披露的贷款和对外担保只有征信报告能看到。",
        example="征信显示贷款 300 万，报表为 0。",
        innocent="征信更新滞后。",
        ask="征信与报表为何不同？",
        paper="企业信用报告",
    ),
    en=Page(
        why="Debts and guarantees that are not disclosed stand in the credit report.",
        example="3m of loans in the report, none on the sheet.",
        innocent="The report lags behind.",
        ask="Why do report and statements differ?",
        paper="The credit report",
    ),
)
def credit_report(case: RuleView) -> Iterator[Result]:
    yield from recorded(case, "credit_report")
