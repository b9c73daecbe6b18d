"""One file or page under two applicants."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Document
from verify.case_file import RuleView
from verify.context.facts import Fact
from verify.forensics.producer import figure_sketch
from verify.model import BilingualText, Severity
from verify.rule import Hit, Page, Result, rule

_SHARED = (
    "guarantee_contract",
    "invoice",
    "bank_slip",
    "business_licence",
    "shareholder_register",
    "unknown",
)


@rule(
    id="DUP03",
    title="Files belong to one applicant",
    title_zh="材料未被不同申请人共用",
    severity="high",
    group="duplicate_file",
    reads=(),
    needs=(),
    cross=True,
    zh=Page(
        why="报表、对账单属于一家企业；同一文件出现在两家申请人的材料中，需要核实是否借用了他人的材料。",
        example="同一份对账单 PDF 出现在两家企业的申请中；或重新扫描、改了户名，数字几乎全部相同；同一张店铺照片压缩、缩小后用于两家。",
        innocent="保证合同、双方往来的发票和回单、担保人的执照可由双方各自提交（不提示或降级）；关联企业同在一处经营，拍的是同一张照片。",
        ask="该文件为何也出现在另一家企业的申请中？",
        paper="由出具机构重新出具的原件",
    ),
    en=Page(
        why=(
            "Statements belong to one firm; the same file in two firms' applications asks "
            "whether one of them borrowed it."
        ),
        example=(
            "One statement file in the applications of two firms; or scanned anew under "
            "another name, its figures nearly all the same; one photo of a shop, made "
            "smaller, for two firms."
        ),
        innocent=(
            "Guarantee contracts, invoices and slips between two firms, a guarantor's "
            "licence may come from both (silent or lower); related firms at one place hand "
            "in one photo of it."
        ),
        ask="Why is this file in another firm's application too?",
        paper="The original, issued again",
    ),
)
def same_file(case: RuleView) -> Iterator[Result]:
    for document in case.all_papers():
        files = [
            fact
            for fact in case.context.others("file", document.sha256, case.packet_id)
            if not case.applicant.is_named(fact.applicant)
        ]
        pictures = [] if files else _pictures(case, document)
        found = files or pictures or _pages(case, document)
        if not found or document.type == "guarantee_contract":
            continue
        owner = found[0].applicant or found[0].packet
        zh, en = (
            ("文件", "file") if files else ("图片", "picture") if pictures else ("页面", "page")
        )
        say = BilingualText(
            f"该{zh}也出现在“{owner}”的申请中",
            f"this {en} stands in the application of “{owner}” too",
        )
        evidence = (case.at_file(document), *(finding.evidence for finding in found[:4]))
        severity = (
            Severity.LOW if document.type in _SHARED or not case.is_own(document) else Severity.HIGH
        )
        if severity is Severity.LOW and any(
            signal.kind == "picture_sketch" for signal in document.signals
        ):
            severity = Severity.MEDIUM  # a photograph of a place or goods belongs to one firm
        yield Hit(
            say=say,
            evidence=evidence,
            observed=document.sha256[:16],
            confidence=0.9,
            severity=severity,
        )
    yield case.nothing_shared(
        BilingualText("没有与其他申请共用的文件", "no file is shared with another application")
    )


def _pictures(case: RuleView, document: Document) -> list[Fact]:
    """Photographs in other firms' applications that are the same picture, whatever they were saved
    as.
    """
    most, own = (
        int(case.limit("picture_bits")),
        [int(signal.detail, 16) for signal in document.signals if signal.kind == "picture_sketch"],
    )
    others = [
        f
        for f in case.context.by_kind.get("picture", ())
        if f.packet != case.packet_id and not case.applicant.is_named(f.applicant)
    ]
    return [
        fact
        for fact in others
        if any((int(fact.key, 16) ^ mine).bit_count() <= most for mine in own)
    ]


def _pages(case: RuleView, document: Document) -> list[Fact]:
    """The same page in another firm's application, or a paper with nearly all the same figures
    (scanned or saved anew, renamed); for papers that belong to one firm alone.
    """
    if document.type in _SHARED:
        return []
    same = [
        f
        for each in document.page_hashes
        for f in case.context.others("page", each, case.packet_id)
    ]
    shared: dict[str, list[Fact]] = {}
    for digest in figure_sketch(document):
        for fact in case.context.others("sketch", digest, case.packet_id):
            shared.setdefault(fact.document, []).append(fact)
    same += [facts[0] for facts in shared.values() if len(facts) >= case.limit("least_shared")]
    return [
        each
        for each in same
        if not case.applicant.is_named(each.applicant) and each.type == document.type
    ]
