"""A guarantor whose sales depend on the applicant."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents.guarantee_contract import GUARANTEE_CONTRACT
from extractors.values.money import yuan
from extractors.values.party_name import folded_name
from graphs.measures.trade_dependence import sold_to
from graphs.model import RelationKind
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="GUA16",
    title="Guarantor does not live on the applicant",
    title_zh="保证人收入不依赖申请人",
    severity="low",
    group="self_support",
    reads=(GUARANTEE_CONTRACT,),
    zh=Page(
        why="保证人的销售大半卖给申请人时，申请人出险，保证人的收入随之断掉，代偿能力正好在需要时消失。",
        example="保证人年收入 800 万元，其中 600 万元开票给申请人。",
        innocent="长期供应商为大客户担保，另有资产可供代偿。",
        ask="保证人除申请人外还有哪些客户？可代偿的资产有哪些？",
        paper="保证人的销售明细、资产清单",
    ),
    en=Page(
        why=(
            "Where most of a guarantor's sales go to the applicant, its income ends when "
            "the applicant fails: it cannot pay just when it must."
        ),
        example="Of the guarantor's yearly sales of 8m, 6m are invoiced to the applicant.",
        innocent=(
            "A supplier of many years that stands behind its large customer and has other assets."
        ),
        ask="Who else buys from the guarantor, and what assets could it pay from?",
        paper="The guarantor's sales ledger and list of assets",
    ),
)
def lives_on_applicant(case: RuleView) -> Iterator[Result]:
    given = [
        relation
        for relation in case.guarantees()
        if case.graph.entities[relation.source].kind == "company"
    ]
    if not given:
        yield NotApplicable(
            BilingualText("没有企业为申请人提供保证", "no firm guarantees for the applicant")
        )
    for guarantor, target in dict.fromkeys(
        (relation.source, relation.target) for relation in given
    ):
        yield _one(case, guarantor, target)


def _one(case: RuleView, guarantor: str, applicant: str) -> Result:
    name = case.graph.name(guarantor)
    revenue = max(
        (
            value
            for each in case.graph.entities[guarantor].names
            if (value := case.context.revenue.get(folded_name(each)))
        ),
        default=None,
    )
    if not revenue or revenue <= 0:
        return NotChecked(
            BilingualText(
                f"没有保证人“{name}”的利润表", f"no income statement of the guarantor “{name}”"
            )
        )
    sold = sold_to(guarantor, applicant, case.graph, case.context.moved)
    share = min(sold / (revenue * (1 + case.limit("tax"))), Decimal(1))
    if share < case.limit("share"):
        return Clear(
            BilingualText(
                f"保证人对申请人的销售占其收入 {share:.0%}",
                f"{share:.0%} of the guarantor's sales go to the applicant",
            )
        )
    say = BilingualText(
        f"保证人“{name}”年收入 {yuan(revenue)}，现有材料中一年内最多售予申请人（含税）{yuan(sold)}，约 {share:.0%}",
        (
            f"“{name}” has yearly sales of {yuan(revenue)} and by the papers at hand sold "
            f"at most {yuan(sold)} with tax to the applicant in one year, about {share:.0%}"
        ),
    )
    dealings = [
        relation
        for relation in case.graph.of_kind(RelationKind.INVOICES)
        if (relation.source, relation.target) == (guarantor, applicant)
    ]
    contracts = [relation for relation in case.guarantees() if relation.source == guarantor]
    return Hit(
        say=say,
        evidence=tuple(
            case.at_place(place) for relation in contracts for place in relation.places[:1]
        ),
        against=tuple(
            case.at_place(place) for relation in dealings[:5] for place in relation.places[:1]
        ),
        observed=f"{share:.0%}",
        confidence=0.8,
    )
