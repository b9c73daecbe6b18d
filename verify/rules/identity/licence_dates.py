"""The licence's dates are in order, its term runs, its capital is one amount."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.business_licence import BUSINESS_LICENCE, ESTABLISHED, ISSUED, TERM_END
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotChecked, Page, Result, rule


@rule(
    id="IDE13",
    title="Licence dates are in order",
    title_zh="营业执照日期有效",
    severity="medium",
    group="licence",
    reads=(ESTABLISHED, ISSUED, TERM_END),
    zh=Page(
        why="成立日期不晚于发照日期，发照日期不晚于今天，营业期限未届满。",
        example="成立日期 2026-05-01，核查日 2026-01-31。",
        innocent="期限已续但未换照。",
        ask="营业期限或日期为何异常？",
        paper="公示系统查询截图、换发的营业执照",
    ),
    en=Page(
        why=(
            "A firm is founded before its licence is issued, both before today, and its "
            "term has not run out."
        ),
        example="Founded on 2026-05-01 as of 2026-01-31.",
        innocent="The term was prolonged and the licence not yet exchanged.",
        ask="Why are the dates out of order?",
        paper="The register's entry, the new licence",
    ),
)
def licence_dates(case: RuleView) -> Iterator[Result]:
    for licence in case.papers(BUSINESS_LICENCE):
        founded, issued, term = (case.get(s, licence) for s in (ESTABLISHED, ISSUED, TERM_END))
        if founded is None:
            yield NotChecked(BilingualText("没有读到成立日期", "no date of founding was read"))
            continue
        wrong = False
        for later, name in ((issued, BilingualText("发照日期", "date of issue")),):
            if later and later.value < founded.value:
                wrong = True
                say = BilingualText(
                    f"{name.zh} {later.value} 早于成立日期 {founded.value}",
                    f"{name.en} {later.value} is before founding on {founded.value}",
                )
                yield Hit(
                    say=say,
                    evidence=(
                        case.at_field(licence, later.field),
                        case.at_field(licence, founded.field),
                    ),
                    confidence=0.85,
                )
        for day in (founded, issued):
            if day and day.value > case.as_of:
                wrong = True
                say = BilingualText(
                    f"执照日期 {day.value} 晚于核查日 {case.as_of}",
                    f"a date on the licence, {day.value}, is after {case.as_of}",
                )
                yield Hit(say=say, evidence=(case.at_field(licence, day.field),), confidence=0.9)
        if term and term.value < case.as_of:
            wrong = True
            say = BilingualText(
                f"营业期限已于 {term.value} 届满", f"the term ran out on {term.value}"
            )
            yield Hit(
                say=say,
                evidence=(case.at_field(licence, term.field),),
                confidence=0.85,
                severity=Severity.LOW,
            )
        if not wrong:
            yield Clear(BilingualText("执照日期有效", "the licence's dates are in order"))
