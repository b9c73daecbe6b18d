"""The applicant's guarantor stands behind many firms."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents.guarantee_contract import GUARANTEE_CONTRACT
from extractors.values.money import yuan
from graphs.model import RelationKind
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="GUA04",
    title="Guarantor does not stand behind many firms",
    title_zh="保证人对外担保户数",
    severity="medium",
    group="guarantee_capacity",
    reads=(GUARANTEE_CONTRACT,),
    zh=Page(
        why="一家企业为许多家担保，任何一家出险都要它代偿，对本笔贷款的保障就被摊薄；担保总额超过净资产的，保障基本落空。",
        example="保证人同时为 7 家企业担保，合计 4,200 万元，净资产 1,500 万元。",
        innocent="担保公司、集团母公司以担保为业或为子公司担保，且净资产充足。",
        ask="保证人目前对外担保共有几户、多少金额？",
        paper="保证人的对外担保清单、征信报告、最近一期财务报表",
    ),
    en=Page(
        why=(
            "A firm that stands behind many has to pay for each that fails, which thins "
            "what it gives to this loan; guarantees above its net assets are hardly worth "
            "anything."
        ),
        example="The guarantor stands behind seven firms for 42m with net assets of 15m.",
        innocent="A guarantee company or a parent behind its subsidiaries, with net assets enough.",
        ask="How many firms does the guarantor stand behind, and for how much?",
        paper="The guarantor's list of guarantees, credit report and latest statements",
    ),
)
def star_guarantor(case: RuleView) -> Iterator[Result]:
    stars = [
        each
        for each in case.context.stars
        if case.is_member(each) and not case.is_applicant(each.members[0])
    ]
    for pattern in stars:
        name = case.graph.name(pattern.members[0])
        total = sum((relation.amount or Decimal(0) for relation in pattern.relations), Decimal(0))
        worth = case.context.worth_of(pattern.members[0])
        over = worth is not None and total > worth.value * case.limit("share")
        say = BilingualText(
            f"保证人“{name}”为 {pattern.figures['debtors']} 家企业担保，合计 {yuan(total)}"
            + (f"，净资产 {yuan(worth.value)}" if worth else ""),
            (
                f"the guarantor “{name}” stands behind {pattern.figures['debtors']} firms "
                f"for {yuan(total)}"
            )
            + (f" with net assets of {yuan(worth.value)}" if worth else ""),
        )
        evidence = tuple(
            case.at_place(place) for relation in pattern.relations for place in relation.places[:1]
        )[:8]
        yield Hit(
            say=say,
            evidence=evidence,
            observed=pattern.figures["debtors"],
            confidence=0.9,
            severity=Severity.MEDIUM if over else Severity.LOW,
        )
    if not stars:
        found = case.graph.of_kind(RelationKind.GUARANTEES)
        yield (
            Clear(BilingualText("保证人没有为许多企业担保", "no guarantor stands behind many"))
            if found
            else NotApplicable(BilingualText("没有担保关系", "no guarantees"))
        )
