"""A telephone number or address that unrelated applicants share."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.business_licence import ADDRESS, BUSINESS_LICENCE
from extractors.documents.shareholder_register import ADDRESS as REGISTER_ADDRESS
from extractors.documents.shareholder_register import PHONE, SHAREHOLDER_REGISTER
from extractors.values.party_name import folded_name, same_party
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Hit, Page, Result, rule

_PLACES = (
    (BUSINESS_LICENCE, ADDRESS),
    (SHAREHOLDER_REGISTER, REGISTER_ADDRESS),
    (SHAREHOLDER_REGISTER, PHONE),
)


@rule(
    id="DUP07",
    title="Contacts are not shared with other applicants",
    title_zh="联系方式未与其他申请人共用",
    severity="low",
    group="shared_contact",
    reads=(BUSINESS_LICENCE, SHAREHOLDER_REGISTER),
    needs=(),
    cross=True,
    zh=Page(
        why="两家自称无关的企业共用电话或住所，可能由同一人控制或同一中介包装；但许多企业共用的集中登记地址说明不了问题。",
        example="两家申请人的股东名册登记同一手机号。",
        innocent="集群注册、孵化器、写字楼前台电话（多家共用时不提示）；同一控制人的关联企业已如实披露。",
        ask="两家企业是什么关系？",
        paper="关联关系说明",
    ),
    en=Page(
        why=(
            "Two firms that claim to be strangers and share a telephone or seat may have "
            "one master or one fixer; an address that many firms share says nothing."
        ),
        example="The registers of two applicants give one mobile number.",
        innocent=(
            "Cluster addresses, incubators, front desks (silent where many share them); "
            "related firms that say so."
        ),
        ask="How are the two firms related?",
        paper="A statement of related parties",
    ),
)
def shared_contact(case: RuleView) -> Iterator[Result]:
    hits: dict[str, Hit] = {}
    for kind, spec in _PLACES:
        for document in case.papers(kind):
            found = case.get(spec, document)
            if found is None:
                continue
            others = case.context.others("contact", folded_name(found.value), case.packet_id)
            firms = {
                f.applicant: f
                for f in others
                if f.applicant and not same_party(f.applicant, case.applicant.name)
            }
            if not firms or len(firms) > case.limit("many"):
                continue
            names = "、".join(sorted(firms))
            say = BilingualText(
                f"“{found.value}”也是“{names}”的联系方式",
                f"“{found.value}” is a contact of “{names}” too",
            )
            places = tuple(finding.evidence for _, finding in sorted(firms.items()))[:3]
            hits.setdefault(
                folded_name(found.value),
                Hit(
                    say=say,
                    evidence=(case.at_field(document, found.field), *places),
                    observed=found.value,
                    confidence=0.8 / len(firms),
                    severity=Severity.LOW,
                ),
            )
    yield from hits.values()
    if not hits:
        yield case.nothing_shared(
            BilingualText("电话与住所未与其他申请人共用", "telephone and seat are not shared")
        )
