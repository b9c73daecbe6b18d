"""One seal on the papers of two firms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.model import Document, Signal
from extractors.values.party_name import same_party
from graphs.sources.owner import owner_of
from verify.case_file import RuleView
from verify.context.facts import Fact
from verify.forensics.seals import Seal, names, same_stamp, seals_of
from verify.model import BilingualText
from verify.rule import Hit, NotApplicable, Page, Result, rule

# Those who seal other firms' papers by their trade: auditors, accountants, banks, offices.
_FOR_OTHERS = re.compile(
    r"会计|审计|税务|财税|记账|代账|咨询|银行|信用社|财政|监督|管理局|事务所|担保"
)


@rule(
    id="DUP12",
    title="A firm's papers bear its own seal",
    title_zh="不同企业的材料未盖同一枚印章",
    severity="medium",  # told apart on made-up seals alone: no real ones were at hand
    group="duplicate_file",
    reads=(),
    needs=(),
    cross=True,
    zh=Page(
        why="报表、股东名册由企业自己盖章。两家企业的这类材料盖着同一枚圆章（环上文字逐段相同），说明其中至少一份不是它的名义人盖的。",
        example="甲、乙两家的资产负债表上是同一枚印章，环文为乙公司。",
        innocent="同一会计师事务所、代账公司在多家客户的报表上盖章（读出此类名称或多家共有时不提示）；集团统一用印。",
        ask="两家企业的材料为何盖着同一枚印章？",
        paper="加盖本企业公章的原件，与预留印鉴核对",
    ),
    en=Page(
        why=(
            "A firm stamps its own statements and register of shareholders. One round seal "
            "on such papers of two firms (the print along its ring agrees part by part) "
            "says that at least one of them was not stamped by the firm that it names."
        ),
        example="The balance sheets of A and B bear one seal, and the name along its ring is B's.",
        innocent=(
            "One auditor or accountant stamps the statements of many clients (silent where "
            "such a name is read, or where many firms share the seal); a group with one "
            "seal for all its firms."
        ),
        ask="Why do papers of two firms bear one seal?",
        paper="The originals under each firm's own seal, compared with the specimen at the bank",
    ),
)
def same_seal(case: RuleView) -> Iterator[Result]:
    looked = hits = 0
    for document in case.all_papers():
        owner = owner_of(document)
        for signal, seal in seals_of(document) if owner else ():
            looked += 1
            found = _elsewhere(case, document, owner, seal)
            if found and 1 + len({_owner(f) for f in found}) <= case.limit("most_firms"):
                hits += 1
                yield _hit(case, document, signal, seal, found)
    if not looked:
        yield NotApplicable(BilingualText("没有可比对的圆形印章", "no round seal to compare"))
    elif not hits:
        yield case.nothing_shared(
            BilingualText("印章未见于其他企业的材料", "no seal stands on another firm's paper")
        )


def _elsewhere(case: RuleView, document: Document, owner: str, seal: Seal) -> list[Fact]:
    """The same seal on other firms' papers; none where it is a third party's, whose business that
    may be.
    """
    if _FOR_OTHERS.search(seal.name):
        return []
    out = []
    for fact in case.context.by_kind.get("seal", ()):
        other = Seal(fact.text.partition("|")[2], fact.key)
        name = seal.name or other.name
        read = Seal(name, "")
        third = bool(name) and not names(read, owner) and not names(read, _owner(fact))
        if (
            fact.document == document.id
            or same_party(_owner(fact), owner)
            or third
            or _FOR_OTHERS.search(name)
        ):
            continue
        if same_stamp(seal, other, float(case.limit("alike")), float(case.limit("alike_unread"))):
            out.append(fact)
    return out


def _owner(fact: Fact) -> str:
    return fact.text.partition("|")[0]


def _hit(case: RuleView, document: Document, signal: Signal, seal: Seal, found: list[Fact]) -> Hit:
    other = _owner(found[0])
    named = f"，环文为“{seal.name}”" if seal.name else ""
    say = BilingualText(
        f"与“{other}”材料上的印章为同一枚{named}",
        f"bears the same seal as a paper of “{other}”"
        + (f"; its ring names “{seal.name}”" if seal.name else ""),
    )
    places = (
        case.at_signal(document, signal, seal.name or "seal"),
        *(finding.evidence for finding in found[:3]),
    )
    return Hit(say=say, evidence=places, observed=seal.name, confidence=0.85)
