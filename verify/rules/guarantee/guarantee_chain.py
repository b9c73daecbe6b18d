"""The applicant stands at the end of a chain of guarantees."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.guarantee_contract import GUARANTEE_CONTRACT
from graphs.model import RelationKind
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="GUA03",
    title="Guarantees do not hang in a chain",
    title_zh="担保链",
    severity="low",
    group="guarantee_structure",
    reads=(GUARANTEE_CONTRACT,),
    zh=Page(
        why="甲保乙、乙保丙、丙保丁：链条末端的保障依赖前面每一家都不出事，任何一环断开都会传导。链条本身不代表材料虚假。",
        example="甲→乙→丙→本申请人，共三段。",
        innocent="上下游企业正常的逐级担保。",
        ask="链条上各家的对外担保总额是多少？",
        paper="各保证人的对外担保清单、征信报告",
    ),
    en=Page(
        why=(
            "A stands behind B, B behind C, C behind D: the end holds only as long as "
            "every link does. A chain alone is no false paper."
        ),
        example="A → B → C → the applicant, three guarantees.",
        innocent="Guarantees along a line of trade.",
        ask="How much does each firm of the chain guarantee in all?",
        paper="Each guarantor's list of guarantees given, credit reports",
    ),
)
def guarantee_chain(case: RuleView) -> Iterator[Result]:
    mine = [p for p in case.context.chains if case.is_member(p)]
    for pattern in mine[:3]:
        path = " → ".join(case.graph.names(pattern.members))
        say = BilingualText(
            f"担保链（{pattern.figures['depth']} 段）：{path}",
            f"chain of {pattern.figures['depth']} guarantees: {path}",
        )
        yield Hit(
            say=say,
            evidence=tuple(
                case.at_place(place)
                for relation in pattern.relations
                for place in relation.places[:1]
            ),
            observed=path,
            confidence=0.9,
        )
    if not mine:
        yield (
            Clear(BilingualText("未见三段以上的担保链", "no chain of three guarantees"))
            if case.graph.of_kind(RelationKind.GUARANTEES)
            else NotApplicable(BilingualText("没有担保关系", "no guarantees"))
        )
