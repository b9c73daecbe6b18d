"""Region and organisation code within a credit code."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.business_licence import BUSINESS_LICENCE, USCC
from extractors.values.credit_code import PROVINCES, organisation_check_holds, well_formed
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotChecked, Page, Result, rule


@rule(
    id="IDE02",
    title="Region and organisation code are valid",
    title_zh="信用代码的行政区划与主体标识码",
    severity="medium",
    group="credit_code",
    reads=(USCC,),
    zh=Page(
        why="第 3–8 位为登记机关行政区划码，第 9–17 位为组织机构代码，自带校验位（GB 11714）；凑出第 18 位的人往往漏掉这一位。",
        example="第 9–17 位 712390035 的校验位应为 6。",
        innocent="识别错误；个体工商户的早期代码。",
        ask="请核对营业执照上的代码。",
        paper="国家企业信用信息公示系统查询截图",
    ),
    en=Page(
        why=(
            "Characters 3-8 are the region, 9-17 the organisation code with a check digit "
            "of its own (GB 11714), which those who fit the 18th character tend to miss."
        ),
        example="712390035 in places 9-17 where 6 is due at the end.",
        innocent="A misreading; early codes of individual traders.",
        ask="Please compare the code with the licence.",
        paper="A print of the company register's entry",
    ),
)
def credit_code_parts(case: RuleView) -> Iterator[Result]:
    for licence in case.papers(BUSINESS_LICENCE):
        code = case.get(USCC, licence)
        if code is None or not well_formed(code.value):
            yield NotChecked(
                BilingualText("没有读到格式正确的信用代码", "no well-formed credit code was read")
            )
            continue
        evidence = (case.at_field(licence, code.field),)
        if code.value[2:4] not in PROVINCES and code.value[2:8] != "100000":
            say = BilingualText(
                f"行政区划码 {code.value[2:8]} 不存在", f"region {code.value[2:8]} does not exist"
            )
            yield Hit(
                say=say,
                evidence=evidence,
                observed=code.value[2:8],
                confidence=0.9 * code.field.confidence,
            )
        if not organisation_check_holds(code.value):
            say = BilingualText(
                f"主体标识码 {code.value[8:17]} 校验不符",
                f"organisation code {code.value[8:17]} fails its check",
            )
            yield Hit(
                say=say,
                evidence=evidence,
                observed=code.value[8:17],
                confidence=0.85 * code.field.confidence,
                severity=Severity.LOW,
            )
        else:
            yield Clear(
                BilingualText("行政区划与主体标识码有效", "region and organisation code are valid")
            )
