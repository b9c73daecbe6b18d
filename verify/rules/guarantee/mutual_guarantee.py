"""The applicant and its guarantor guarantee each other."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.guarantee_contract import GUARANTEE_CONTRACT
from graphs.model import RelationKind
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="GUA01",
    title="Guarantor is not guaranteed by the applicant",
    title_zh="互保",
    severity="low",
    group="guarantee_structure",
    reads=(GUARANTEE_CONTRACT,),
    zh=Page(
        why="两家互相担保，一家违约另一家随之受损，担保的实际保障很弱。这是信用风险，不是材料虚假。",
        example="甲为乙担保 100 万，乙为甲担保 80 万。",
        innocent="互保在小企业中很常见，披露清楚即可。",
        ask="双方互保的总额是多少？是否还有圈外担保？",
        paper="对外担保清单、企业征信报告",
    ),
    en=Page(
        why=(
            "Two firms that guarantee each other fall together; the guarantee is worth "
            "little. This is a credit risk, not a false paper."
        ),
        example="A guarantees 1m for B, B 800,000 for A.",
        innocent="Common among small firms, and fine when disclosed.",
        ask="How much do both guarantee for each other, and who outside stands behind them?",
        paper="The list of guarantees given, the credit report",
    ),
)
def mutual_guarantee(case: RuleView) -> Iterator[Result]:
    if not case.graph.of_kind(RelationKind.GUARANTEES):
        yield NotApplicable(BilingualText("没有担保关系", "no guarantees"))
        return
    mine = [p for p in case.mutual if case.is_member(p)]
    for pattern in mine:
        names = case.graph.names(pattern.members)
        say = BilingualText(
            f"“{names[0]}”与“{names[1]}”互相担保",
            f"“{names[0]}” and “{names[1]}” guarantee each other",
        )
        yield Hit(
            say=say,
            evidence=tuple(
                case.at_place(place)
                for relation in pattern.relations
                for place in relation.places[:1]
            ),
            observed=" ↔ ".join(names),
            confidence=0.95,
        )
    if not mine:
        yield Clear(BilingualText("未见互保", "no mutual guarantee was seen"))
