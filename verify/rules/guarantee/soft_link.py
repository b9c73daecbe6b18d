"""The applicant and a firm that stands behind it share telephone, address, account or maker of
files.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.guarantee_contract import GUARANTEE_CONTRACT
from graphs.model import Pattern, RelationKind
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule

_WORDS = {
    "phone": "电话",
    "email": "电子邮箱",
    "account": "账号",
    "address": "地址",
    "author": "文件作者",
    "device": "拍摄设备",
    "file": "文件原件标识",
}


@rule(
    id="GUA09",
    title="Applicant and guarantors share no contacts",
    title_zh="申请人与保证人、圈内企业不共用联系方式",
    severity="medium",
    group="shared_contact",
    reads=(GUARANTEE_CONTRACT,),
    zh=Page(
        why="自称独立的保证人与申请人共用电话、邮箱、账号，或财务报表出自同一人之手，可能是未披露的关联企业。许多企业共用的地址、代账会计的电话说明不了问题，按共用户数降权。",
        example="保证人股东名册的手机号就是申请人的手机号，两家报表的作者也是同一人。",
        innocent="同一家代账公司做账、开票留代账会计电话；集中登记地址；亲属企业并已如实披露。本申请材料已载明持股或任职关系的，不提示。",
        ask="保证人与申请人是什么关系？这些材料由谁制作？",
        paper="关联关系说明、代账协议",
    ),
    en=Page(
        why=(
            "A guarantor that is said to be independent and has the applicant's telephone, "
            "mailbox or account, or whose statements come from the same hand, may be a "
            "relation not told. An address or an accountant's telephone that many firms "
            "share says nothing: contacts count less the more firms share them."
        ),
        example=(
            "The guarantor's register gives the applicant's mobile number, and one author "
            "made both firms' statements."
        ),
        innocent=(
            "One accountant keeps both firms' books and gives its own telephone on their "
            "invoices; a cluster address; a relative's firm that says so. Where this "
            "application's own papers tell who holds or leads whom, the rule is silent."
        ),
        ask="How are guarantor and applicant related, and who made these papers?",
        paper="A statement of related parties, the accountant's agreement",
    ),
)
def soft_link(case: RuleView) -> Iterator[Result]:
    backers = {relation.source for relation in case.guarantees()}
    backers |= {
        member
        for each in (*case.circles.patterns, *case.mutual)
        if case.is_member(each)
        for member in each.members
    }
    backers = {backer for backer in backers if not case.is_applicant(backer)}
    if not backers:
        yield NotApplicable(BilingualText("没有保证人", "no guarantor"))
        return
    known = {
        member
        for each in case.context.controllers
        if case.is_member(each)
        for member in each.members
    }  # GUA07 tells those
    hits = 0
    for pattern in case.context.shared:
        other = next((member for member in pattern.members if member in backers), "")
        if (
            other
            and other not in known
            and not _told_here(case, other)
            and case.is_member(pattern)
            and float(pattern.figures["weight"]) >= float(case.limit("least_weight"))
        ):
            hits += 1
            yield _hit(case, other, pattern)
    if not hits:
        yield Clear(
            BilingualText(
                "未见与保证人、圈内企业共用的联系方式",
                "no telling contact is shared with a guarantor",
            )
        )


def _told_here(case: RuleView, other: str) -> bool:
    """Whether this packet's own papers tell that one holds or leads the other, or one hand both:
    contacts in common are no secret then.
    """
    ties = [
        relation
        for kind in (RelationKind.HOLDS_SHARES, RelationKind.REPRESENTS)
        for relation in case.graph.of_kind(kind)
        if case.is_told_here([relation])
    ]
    mine = {relation.source for relation in ties if case.is_applicant(relation.target)} | {
        relation.target for relation in ties if case.is_applicant(relation.source)
    }
    theirs = {other, *(relation.source for relation in ties if relation.target == other)}
    return bool(mine & theirs)


def _hit(case: RuleView, other: str, pattern: Pattern) -> Hit:
    shared = [case.graph.entities[relation.contract] for relation in pattern.relations]
    say = BilingualText(
        f"申请人与“{case.graph.name(other)}”共用"
        + "、".join(f"{_WORDS[c.kind]} {c.name}" for c in shared),
        f"the applicant and “{case.graph.name(other)}” share "
        + ", ".join(f"{c.kind} {c.name}" for c in shared),
    )
    weight = float(pattern.figures["weight"])
    strong = weight >= float(case.limit("strong_weight")) and len({c.kind for c in shared}) >= int(
        case.limit("several")
    )
    return Hit(
        say=say,
        evidence=tuple(
            case.at_place(place) for relation in pattern.relations for place in relation.places
        )[:6],
        observed=pattern.figures["contacts"],
        confidence=round(0.85 * weight, 3),
        severity=Severity.MEDIUM if strong else Severity.LOW,
    )
