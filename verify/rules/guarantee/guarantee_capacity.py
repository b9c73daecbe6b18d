"""Whether the guarantor can pay what it guarantees."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.guarantee_contract import GUARANTEE_CONTRACT
from extractors.values.money import yuan
from graphs.measures.guarantee_capacity import capacity
from graphs.model import Relation
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="GUA06",
    title="Guarantor can pay what it guarantees",
    title_zh="保证人代偿能力",
    severity="high",
    group="guarantee_capacity",
    reads=(GUARANTEE_CONTRACT,),
    zh=Page(
        why="保证的价值取决于保证人拿得出多少：净资产减去已有的对外担保，应当覆盖本次担保。倍数和比例是银行政策，可在政策文件中调整。",
        example="保证人净资产 300 万，已有担保 500 万，本次担保 200 万。",
        innocent="净资产按账面价值偏低（有未入账的房产）；已有担保即将到期；另有抵押物。",
        ask="保证人现有对外担保余额是多少？有无可供抵押的资产？",
        paper="保证人最近一期报表、征信报告、房产证明",
    ),
    en=Page(
        why=(
            "A guarantee is worth what the guarantor can pay: its net assets less what it "
            "guarantees already should cover this one. Multiple and shares are the bank's "
            "policy and stand in the policy file."
        ),
        example="Net assets of 3m, guarantees of 5m outstanding, 2m more here.",
        innocent=(
            "Net assets low by the books (property not in them); other guarantees end "
            "soon; there is a pledge besides."
        ),
        ask="What does the guarantor guarantee now, and what could it pledge?",
        paper="The guarantor's latest statements, credit report, title deeds",
    ),
)
def guarantee_capacity(case: RuleView) -> Iterator[Result]:
    mine = case.guarantees()
    if not mine:
        yield NotApplicable(
            BilingualText("没有为申请人提供的保证", "nobody guarantees for the applicant")
        )
    for guarantor in dict.fromkeys(relation.source for relation in mine):
        if case.graph.entities[guarantor].kind == "company":
            yield _one(
                case, guarantor, [relation for relation in mine if relation.source == guarantor]
            )


def _one(case: RuleView, guarantor: str, relations: list[Relation]) -> Result:
    names = case.graph.entities[guarantor].names
    worth = case.context.worth_of(guarantor)
    found = capacity(
        guarantor, relations[0].target, case.graph, {guarantor: worth.value} if worth else {}
    )
    if worth is None or found is None or worth.confidence < float(case.shared("trust_floor")):
        return NotChecked(
            BilingualText(
                f"没有保证人“{names[0]}”的报表或担保金额",
                f"no statement of the guarantor “{names[0]}”, or no amount",
            )
        )
    cover = found.cover(case.limit("multiple"))
    if cover >= case.limit("least_cover"):
        return Clear(BilingualText("保证人净资产足以覆盖", "the guarantor's net assets cover it"))
    say = BilingualText(
        (
            f"保证人“{names[0]}”净资产 {yuan(worth.value)}，已知其他担保 {yuan(found.outstanding)}，本次担保 "
            f"{yuan(found.amount)}，覆盖倍数 {cover:.2f}"
        ),
        (
            f"“{names[0]}” has net assets of {yuan(worth.value)}, other known guarantees of "
            f"{yuan(found.outstanding)} and gives {yuan(found.amount)}: covered {cover:.2f} "
            "times"
        ),
    )
    evidence = tuple(
        case.at_place(place) for relation in relations for place in relation.places[:1]
    )
    severity = (
        Severity.HIGH
        if found.share > case.limit("most_share")
        else Severity.MEDIUM
        if cover < case.limit("full_cover")
        else Severity.LOW  # net assets cover it, with less in hand than the bank wants
    )
    return Hit(
        say=say,
        evidence=(*evidence, case.at_place(worth.place)),
        observed=f"{cover:.2f}",
        expected=f">= {case.limit('least_cover')}",
        confidence=0.85,
        severity=severity,
    )
