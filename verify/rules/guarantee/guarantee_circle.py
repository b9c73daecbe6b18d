"""The applicant stands in a circle of guarantees."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.guarantee_contract import GUARANTEE_CONTRACT
from graphs.model import RelationKind
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="GUA02",
    title="Applicant is in no guarantee circle",
    title_zh="担保圈",
    severity="low",
    group="guarantee_structure",
    reads=(GUARANTEE_CONTRACT,),
    zh=Page(
        why="三家以上企业首尾相接地担保，资金最终由圈内自己担保自己；一家出险会沿圈传导。圈本身不代表材料虚假。",
        example="甲→乙→丙→甲。",
        innocent="同行或商会成员互相支持；圈外另有足值担保。",
        ask="圈内企业是否存在未披露的关联关系？有无圈外担保？",
        paper="对外担保清单、各家征信报告、股权结构图",
    ),
    en=Page(
        why=(
            "Three or more firms that guarantee each other in a ring stand behind "
            "themselves; one failure travels round. A circle alone is no false paper."
        ),
        example="A → B → C → A.",
        innocent="Members of one trade help each other; good support from outside.",
        ask="Are firms of the circle related without saying so? Is there support from outside?",
        paper="Lists of guarantees given, credit reports, ownership charts",
    ),
)
def guarantee_circle(case: RuleView) -> Iterator[Result]:
    if not case.graph.of_kind(RelationKind.GUARANTEES):
        yield NotApplicable(BilingualText("没有担保关系", "no guarantees"))
        return
    mine = [each for each in case.circles.patterns if case.is_member(each)]
    for pattern in mine[:10]:
        names = case.graph.names(pattern.members)
        path = " → ".join((*names, names[0]))
        say = BilingualText(
            f"担保圈：{path}；圈外担保合计 {pattern.figures['external_support']} 元",
            (
                f"guarantee circle: {path}; support from outside "
                f"{pattern.figures['external_support']} yuan"
            ),
        )
        yield Hit(
            say=say,
            evidence=tuple(
                case.at_place(place)
                for relation in pattern.relations
                for place in relation.places[:1]
            ),
            observed=path,
            confidence=0.95,
        )
    if not mine:
        yield Clear(
            BilingualText(
                f"未见长度 {case.circles.complete_to_length} 以内的担保圈",
                f"no circle up to length {case.circles.complete_to_length}",
            )
        )
