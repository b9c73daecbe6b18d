"""The code's first two characters and the kind of firm on the licence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.documents.business_licence import BUSINESS_LICENCE, KIND, NAME, USCC
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule

_KINDS = (
    ("92", re.compile(r"个体")),
    ("93", re.compile(r"专业合作")),
    ("91", re.compile(r"公司|企业|合伙|独资")),
)


@rule(
    id="IDE03",
    title="Credit code fits the kind of firm",
    title_zh="信用代码与主体类型一致",
    severity="medium",
    group="credit_code",
    reads=(USCC, KIND, NAME),
    zh=Page(
        why="91 为企业，92 为个体工商户，93 为农民专业合作社；类型与代码不符说明执照内容被改动或拼接。",
        example="类型为有限责任公司，代码以 92 开头。",
        innocent="“个转企”后沿用的旧执照；识别错误。",
        ask="主体类型与代码为何不符？",
        paper="公示系统查询截图、变更登记通知书",
    ),
    en=Page(
        why=(
            "91 is a company, 92 an individual trader, 93 a farmers' cooperative; a "
            "mismatch speaks of a changed or pasted licence."
        ),
        example="A limited company whose code starts with 92.",
        innocent="A trader that became a company and shows its old licence; a misreading.",
        ask="Why do kind and code differ?",
        paper="The register's entry, the notice of change",
    ),
)
def credit_code_kind(case: RuleView) -> Iterator[Result]:
    for licence in case.papers(BUSINESS_LICENCE):
        code, kind, name = case.get(USCC, licence), case.get(KIND, licence), case.get(NAME, licence)
        text = (kind.value if kind else "") or (name.value if name else "")
        expected = next((prefix for prefix, pattern in _KINDS if pattern.search(text)), None)
        if code is None or expected is None:
            yield NotApplicable(
                BilingualText("没有读到代码或主体类型", "no code or kind of firm was read")
            )
        elif code.value.startswith(expected) or not code.value.startswith("9"):
            yield Clear(BilingualText("代码与主体类型一致", "code and kind agree"))
        else:
            evidence = (
                case.at_field(licence, code.field),
                *([case.at_field(licence, kind.field)] if kind else []),
            )
            say = BilingualText(
                f"“{text}”的代码应以 {expected} 开头，实为 {code.value[:2]}",
                f"a code of “{text}” starts with {expected}, this one with {code.value[:2]}",
            )
            yield Hit(
                say=say,
                evidence=evidence,
                expected=expected,
                observed=code.value[:2],
                confidence=0.85 * code.field.confidence,
            )
