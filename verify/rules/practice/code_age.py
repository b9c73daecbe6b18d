"""Credit codes of the MA series belong to firms registered since October 2015."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extractors.documents.business_licence import BUSINESS_LICENCE, ESTABLISHED, USCC
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotChecked, Page, Result, rule

# From this day on licences bear the unified code; older papers cannot.
_SINCE = date(2015, 10, 1)


@rule(
    id="PRA02",
    title="Credit code fits the date of founding",
    title_zh="信用代码号段与成立日期",
    severity="low",
    group="identity",
    reads=(BUSINESS_LICENCE,),
    zh=Page(
        why="2015 年 10 月“三证合一”后新设企业的主体标识码以 MA 开头，此前设立的沿用原组织机构代码；两者不符，成立日期或代码可能被改。",
        example="成立日期 2009 年，代码为 91…MA0421914F。",
        innocent="迁移登记机关、换发代码或由个体户转企业的，号段与成立日期可能不对应。",
        ask="企业是否迁移过登记机关或变更过信用代码？",
        paper="登记机关的档案查询单",
    ),
    en=Page(
        why=(
            "Firms registered since October 2015 bear codes whose organisation part begins "
            "with MA; older ones keep their organisation code. A mismatch may mean a "
            "changed date or code."
        ),
        example="Founded in 2009 with the code 91…MA0421914F.",
        innocent=(
            "Firms that moved to another registry, were given a new code, or grew out of a "
            "one-man business."
        ),
        ask="Did the firm move its seat or change its code?",
        paper="The registry's file",
    ),
)
def code_age(case: RuleView) -> Iterator[Result]:
    for licence in case.papers(BUSINESS_LICENCE):
        code, founded = case.get(USCC, licence), case.get(ESTABLISHED, licence)
        if code is None or founded is None or len(code.value) != 18:
            yield NotChecked(
                BilingualText("未读到信用代码或成立日期", "code or date of founding were not read")
            )
            continue
        new = code.value[8:10] == "MA"
        # Registries were slow to change over, so a firm of the months after may bear an old code;
        # an MA code before is odd.
        odd = (new and founded.value < _SINCE) or (not new and founded.value >= date(2018, 1, 1))
        if not odd:
            yield Clear(BilingualText("号段与成立日期相符", "the code fits the date"))
            continue
        say = BilingualText(
            f"成立日期 {founded.value}，信用代码 {code.value} 属于{'2015 年 10 月后' if new else '2015 年以前'}的号段",
            (
                f"founded on {founded.value}, yet the code {code.value} is of the series "
                f"{'since' if new else 'before'} October 2015"
            ),
        )
        evidence = (case.at_field(licence, founded.field), case.at_field(licence, code.field))
        confidence = 0.8 * min(code.field.confidence, founded.field.confidence)
        yield Hit(
            say=say,
            evidence=evidence,
            observed=code.value,
            confidence=confidence,
            severity=Severity.LOW,
        )
