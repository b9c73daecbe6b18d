"""The company register was looked up, as recorded by a reviewer."""

from __future__ import annotations

from collections.abc import Iterator

from verify.case_file import RuleView
from verify.manual import recorded
from verify.rule import Page, Result, rule


@rule(
    id="EXT03",
    title="Company register agrees",
    title_zh="工商登记核对",
    severity="high",
    group="external_company_register",
    reads=(),
    needs=(),
    zh=Page(
        why="名称、代码、法定代表人和注册资本以登记机关公示为准。",
        example="公示的注册资本为 50 万，执照为 500 万。",
        innocent="变更登记尚未公示。",
        ask="执照与公示为何不同？",
        paper="公示系统查询截图",
    ),
    en=Page(
        why="Name, code, representative and capital are as the register says.",
        example="500,000 in the register, 5m on the licence.",
        innocent="A change is not yet published.",
        ask="Why do licence and register differ?",
        paper="A print of the register's entry",
    ),
)
def company_register(case: RuleView) -> Iterator[Result]:
    yield from recorded(case, "company_register")
