"""Guarantor and applicant stand under one hand."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.business_licence import BUSINESS_LICENCE
from extractors.documents.guarantee_contract import GUARANTEE_CONTRACT
from extractors.documents.shareholder_register import SHAREHOLDER_REGISTER
from graphs.model import Pattern
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="GUA07",
    title="Guarantor is independent of the applicant",
    title_zh="保证人与申请人相互独立",
    severity="medium",
    group="self_support",
    reads=(GUARANTEE_CONTRACT, BUSINESS_LICENCE, SHAREHOLDER_REGISTER),
    cross=True,
    zh=Page(
        why="保证人与申请人由同一人控制时，一方出险另一方往往同时出险，保证等于自己保自己。关联关系未披露的，应当追问。",
        example="申请人与保证人的法定代表人是同一人。",
        innocent="母公司为子公司担保并已披露；同名不同人（须核对身份证号）。",
        ask="保证人与申请人是什么关系？是否已在申请材料中披露？",
        paper="双方股权结构图、关联关系声明",
    ),
    en=Page(
        why=(
            "Where one hand controls both, what ruins the one ruins the other, and the "
            "guarantee is the firm's own word. A relation that was not disclosed asks for "
            "a reason."
        ),
        example="Applicant and guarantor have one legal representative.",
        innocent=(
            "A parent stands behind its subsidiary and says so; two people of one name "
            "(compare their identity numbers)."
        ),
        ask="How are guarantor and applicant related, and where was it disclosed?",
        paper="Ownership charts of both, a statement of related parties",
    ),
)
def one_hand(case: RuleView) -> Iterator[Result]:
    mine = case.guarantees()
    if not mine:
        yield NotApplicable(
            BilingualText("没有为申请人提供的保证", "nobody guarantees for the applicant")
        )
        return
    hits = 0
    for guarantor in dict.fromkeys(relation.source for relation in mine):
        pattern = next(
            (
                each
                for each in case.context.controllers
                if guarantor in each.members[1:] and case.is_member(each)
            ),
            None,
        )
        pattern = pattern or next(
            (
                each
                for each in case.context.controllers
                if guarantor == each.members[0] and case.is_member(each) and _is_firm(case, each)
            ),
            None,
        )
        if pattern is not None:
            hits += 1
            yield _hit(case, guarantor, pattern)
    if not hits:
        yield Clear(
            BilingualText(
                "就现有材料，未见保证人与申请人由同一人控制",
                "by the papers at hand no hand controls both",
            )
        )


def _is_firm(case: RuleView, pattern: Pattern) -> bool:
    return case.graph.entities[pattern.members[0]].kind == "company"


def _hit(case: RuleView, guarantor: str, pattern: Pattern) -> Hit:
    hand, by = case.graph.name(pattern.members[0]), pattern.figures["by"]
    zh = "法定代表人" if by == "representative" else "控股方"
    en = "legal representative" if by == "representative" else "controlling owner"
    name = case.graph.name(guarantor)
    say = BilingualText(
        f"保证人“{name}”与申请人的{zh}同为“{hand}”",
        f"the guarantor “{name}” and the applicant have one {en}: “{hand}”",
    )
    evidence = tuple(
        case.at_place(place) for relation in pattern.relations for place in relation.places[:1]
    )[:6]
    # Names of people alone are often shared; an owner that is a firm, or shares and office
    # together, are not.
    severity = Severity.MEDIUM if by == "shares" else Severity.LOW
    return Hit(say=say, evidence=evidence, observed=hand, confidence=0.8, severity=severity)
