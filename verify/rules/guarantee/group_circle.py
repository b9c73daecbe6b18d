"""A guarantee circle that lies within one group of firms."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.business_licence import BUSINESS_LICENCE
from extractors.documents.guarantee_contract import GUARANTEE_CONTRACT
from extractors.documents.shareholder_register import SHAREHOLDER_REGISTER
from graphs.measures.common_owner import firms_under_one_hand
from graphs.model import Pattern
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="GUA05",
    title="Guarantee circle does not lie within one group",
    title_zh="担保圈不在同一集团之内",
    severity="high",
    group="self_support",
    reads=(GUARANTEE_CONTRACT, BUSINESS_LICENCE, SHAREHOLDER_REGISTER),
    zh=Page(
        why="担保圈成员同受一人控制时，圈内担保等于自己为自己担保，表面上的多家保证其实只有一家。控制关系只能从别家材料看出、本申请未披露，且圈外无人担保的，最值得追问。",
        example="甲、乙、丙首尾相接地担保，丁持有三家各 60% 以上股权。",
        innocent="集团内互保并已披露，另有圈外足值担保；同名不同人（须核对身份证号）。",
        ask="圈内企业的实际控制人是谁？关联关系在哪份材料中披露？",
        paper="各家股权结构图、关联关系声明、集团授信资料",
    ),
    en=Page(
        why=(
            "Where one hand controls the members of a circle, they stand behind "
            "themselves: many guarantors on paper are one. It weighs most where the "
            "control shows only in other firms' papers and nobody outside stands behind "
            "the circle."
        ),
        example="A, B and C guarantee each other in a ring, and D holds more than 60 % of each.",
        innocent=(
            "Guarantees within a group that says so, with good support from outside; two "
            "people of one name (compare identity numbers)."
        ),
        ask="Who controls the firms of the circle, and in which paper was the relation told?",
        paper="Ownership charts, a statement of related parties, the group's credit file",
    ),
)
def group_circle(case: RuleView) -> Iterator[Result]:
    mine = [
        pattern for pattern in (*case.circles.patterns, *case.mutual) if case.is_member(pattern)
    ]
    if not mine:
        yield NotApplicable(
            BilingualText(
                "申请人不在担保圈或互保中", "the applicant is in no circle and no mutual guarantee"
            )
        )
        return
    me = next(member for pattern in mine for member in pattern.members if case.is_applicant(member))
    family = {
        pattern.members[-1]: pattern
        for pattern in firms_under_one_hand(
            me, case.graph, case.context.held, case.limit("at_least")
        )
    }
    hits = [
        _hit(case, me, circle, family)
        for circle in mine
        if all(member == me or member in family for member in circle.members)
    ]
    yield from hits[:5]
    if not hits:
        yield Clear(
            BilingualText(
                "就现有材料，担保圈成员不同受一人控制",
                "by the papers at hand no hand controls the whole circle",
            )
        )


def _hit(case: RuleView, me: str, circle: Pattern, family: dict[str, Pattern]) -> Hit:
    ties = [family[member] for member in circle.members if member != me]
    hands = "、".join(dict.fromkeys(case.graph.name(pattern.members[0]) for pattern in ties))
    names = case.graph.names(circle.members)
    path = " → ".join((*names, names[0]))
    proofs = [relation for pattern in ties for relation in pattern.relations]
    undisclosed, alone = not case.is_told_here(proofs), circle.figures["external_support"] == "0.00"
    say = BilingualText(
        f"担保圈 {path} 的成员同受“{hands}”控制"
        + ("，控制关系未见于本申请材料" if undisclosed else "")
        + ("，圈外没有担保" if alone else ""),
        f"the circle {path} stands under one hand, “{hands}”"
        + ("; this application's papers do not tell it" if undisclosed else "")
        + ("; nobody outside stands behind it" if alone else ""),
    )
    by_shares = all(pattern.figures["by"] == "shares" for pattern in ties)
    severity = (
        (Severity.HIGH if undisclosed and alone else Severity.MEDIUM) if by_shares else Severity.LOW
    )  # names of people are often shared
    return Hit(
        say=say,
        evidence=tuple(
            case.at_place(place) for relation in circle.relations for place in relation.places[:1]
        )[:6],
        against=tuple(
            dict.fromkeys(
                case.at_place(place) for relation in proofs for place in relation.places[:1]
            )
        )[:8],
        observed=path,
        confidence=0.8,
        severity=severity,
    )
