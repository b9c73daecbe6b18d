"""The register of movables and receivables (中登网) was searched, as recorded by a reviewer."""

from __future__ import annotations

from collections.abc import Iterator

from verify.case_file import RuleView
from verify.manual import recorded
from verify.rule import Page, Result, rule


@rule(
    id="EXT04",
    title="Receivables are not pledged elsewhere",
    title_zh="中登网查询",
    severity="high",
    group="external_receivables_register",
    reads=(),
    needs=(),
    zh=Page(
        why="同一应收账款是否已质押或转让，需在动产融资统一登记系统查询。",
        example="同一应收账款已登记转让给保理公司。",
        innocent="旧登记未及时注销。",
        ask="该应收账款是否已转让或质押？",
        paper="中登网查询证明",
    ),
    en=Page(
        why="Whether a receivable is pledged or sold already is told by the register.",
        example="The receivable is registered as sold to a factor.",
        innocent="An old entry was not cancelled.",
        ask="Was the receivable sold or pledged?",
        paper="The register's search certificate",
    ),
)
def receivables_register(case: RuleView) -> Iterator[Result]:
    yield from recorded(case, "receivables_register")
