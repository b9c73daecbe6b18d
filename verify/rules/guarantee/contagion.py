"""Whom the applicant would take down with it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents.guarantee_contract import GUARANTEE_CONTRACT
from extractors.values.money import yuan
from graphs.measures.contagion import Spread, spread
from graphs.model import RelationKind
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="GUA12",
    title="Applicant's failure does not travel along guarantees",
    title_zh="申请人违约不会沿担保链传导",
    severity="low",
    group="guarantee_structure",
    reads=(GUARANTEE_CONTRACT,),
    zh=Page(
        why="申请人违约时保证人代偿；代偿超过净资产的保证人随之违约，又轮到为它担保的企业。这里逐轮推算。这是信用风险的传导，不是材料虚假；净资产未知的企业不计入违约。",
        example="申请人违约 → 乙代偿 500 万而净资产 300 万 → 为乙担保的丙代偿 400 万而净资产 350 万。",
        innocent="圈外另有足值抵押；担保即将到期。",
        ask="各保证人可动用的资产有多少？主债权有无抵押物？",
        paper="各保证人最近一期报表、抵押物清单",
    ),
    en=Page(
        why=(
            "Where the applicant fails its guarantors are called; one that is called for "
            "more than its net assets fails too, and then those behind it. Worked out "
            "round by round. This is contagion of credit risk, not a false paper; a firm "
            "whose net assets are not known does not fail here."
        ),
        example=(
            "The applicant fails → B is called for 5m with net assets of 3m → C behind B "
            "is called for 4m with 3.5m."
        ),
        innocent="A pledge besides; guarantees that end soon.",
        ask="What can each guarantor pay, and is the debt secured by a pledge?",
        paper="Each guarantor's latest statements, the list of pledges",
    ),
)
def contagion(case: RuleView) -> Iterator[Result]:
    given = case.guarantees()
    if not given:
        yield NotApplicable(
            BilingualText("没有为申请人提供的保证", "nobody guarantees for the applicant")
        )
        return
    capacity = {entity: _can_pay(case, entity) for entity in case.graph.entities}
    found = spread([given[0].target], case.context.contracts, capacity, case.limit("loss"))
    if len(found.rounds) > case.limit("least_rounds"):
        yield _hit(case, found)
    elif all(capacity[relation.source].is_infinite() for relation in given):
        yield NotChecked(
            BilingualText(
                "没有保证人的报表，无法推算",
                "no statement of a guarantor, so it cannot be worked out",
            )
        )
    else:
        yield Clear(
            BilingualText(
                "申请人违约不会使保证人之外的企业违约",
                "no firm beyond the guarantors would fail with the applicant",
            )
        )


def _can_pay(case: RuleView, entity: str) -> Decimal:
    worth = case.context.worth_of(entity)
    known = worth is not None and worth.confidence >= float(case.shared("trust_floor"))
    return max(worth.value, Decimal(0)) if worth and known else Decimal("Infinity")


def _hit(case: RuleView, found: Spread) -> Hit:
    rounds = ["、".join(case.graph.names(ring)) for ring in found.rounds]
    failed = [firm for ring in found.rounds[1:] for firm in ring]
    called = sum((found.calls.get(f, Decimal(0)) for f in failed), Decimal(0))
    say = BilingualText(
        f"申请人违约将使 {len(failed)} 家企业在 {len(rounds) - 1} 轮内随之违约，代偿合计 {yuan(called)}："
        + " → ".join(rounds[: int(case.limit("most_named"))]),
        (
            f"{len(failed)} firms would fail with the applicant in {len(rounds) - 1} "
            f"rounds, called for {yuan(called)}: "
        )
        + " → ".join(rounds[: int(case.limit("most_named"))]),
    )
    inside = {*failed, *found.rounds[0]}
    calls = [
        relation
        for relation in case.graph.of_kind(RelationKind.GUARANTEES)
        if relation.source in inside and relation.target in inside
    ]
    worths = tuple(case.at_place(w.place) for f in failed if (w := case.context.worth_of(f)))
    evidence = tuple(case.at_place(place) for relation in calls for place in relation.places[:1])[
        :6
    ]
    return Hit(
        say=say, evidence=evidence, against=worths[:6], observed=str(len(failed)), confidence=0.8
    )
