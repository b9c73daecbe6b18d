"""One invoice in two applications, or twice in one."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.invoice import CODE, INVOICE, NUMBER
from verify.case_file import RuleView
from verify.context.facts import Fact, invoice_key
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotChecked, Page, Result, rule


@rule(
    id="DUP01",
    title="Invoice is used once",
    title_zh="发票未重复使用",
    severity="high",
    group="duplicate_invoice",
    reads=(NUMBER, CODE),
    needs=("invoice",),
    cross=True,
    zh=Page(
        why="同一张发票支持两笔融资，是重复融资的直接证据。",
        example="同一发票号码出现在两家申请人的材料中，两家都称自己是销售方。",
        innocent="买卖双方各自提交同一张发票（自动识别为正常）；同一申请人续贷或补件时再次提交。",
        ask="这张发票是否已用于其他融资？",
        paper="中登网应收账款转让登记查询结果",
    ),
    en=Page(
        why="One invoice behind two loans is direct evidence of double financing.",
        example="One number in the papers of two applicants who both claim to be the seller.",
        innocent=(
            "Seller and buyer both hand in the same invoice (recognised as normal); the "
            "applicant hands it in again for a renewal."
        ),
        ask="Was this invoice used for other financing?",
        paper="The search result of the receivables register (中登网)",
    ),
)
def invoice_used_twice(case: RuleView) -> Iterator[Result]:
    own: dict[str, dict[str, set[str]]] = {}
    for invoice in case.papers(INVOICE):
        number, key = case.get(NUMBER, invoice), invoice_key(invoice)
        case.get(CODE, invoice)
        if number is None:
            yield NotChecked(BilingualText("没有读到发票号码", "no invoice number was read"))
            continue
        own.setdefault(key, {}).setdefault(invoice.kind, set()).add(invoice.sha256)
        me = next(
            (
                fact
                for fact in case.context.facts.get(("invoice", key), ())
                if fact.packet == case.packet_id
            ),
            None,
        )
        clash = [
            fact
            for fact in case.context.others("invoice", key, case.packet_id)
            if not case.applicant.is_named(fact.applicant) and not _both_sides(me, fact)
        ]
        if clash:
            say = BilingualText(
                f"发票 {number.value} 也出现在“{clash[0].applicant}”的申请中",
                f"invoice {number.value} stands in the application of “{clash[0].applicant}” too",
            )
            evidence = (
                case.at_field(invoice, number.field),
                *(finding.evidence for finding in clash[:4]),
            )
            yield Hit(
                say=say,
                evidence=evidence,
                observed=number.value,
                confidence=0.95 * number.field.confidence,
            )
        else:
            yield Clear(BilingualText("发票只在本申请中使用", "the invoice is used here alone"))
    for invoice in case.papers(INVOICE):
        key = invoice_key(invoice)
        if any(
            len(files) > 1 for files in own.pop(key, {}).values()
        ):  # its data, OFD and PDF beside each other are usual
            number = case.get(NUMBER, invoice)
            say = BilingualText(
                "同一发票在本申请中以不同文件提交多次",
                "one invoice was handed in as several different files",
            )
            yield Hit(
                say=say,
                evidence=(case.at_field(invoice, number.field),)
                if number
                else (case.at_file(invoice),),
                confidence=0.6,
                severity=Severity.LOW,
            )


def _both_sides(me: Fact | None, other: Fact) -> bool:
    """Seller and buyer of one invoice, each in an application of their own."""
    return me is not None and {me.text, other.text} == {"seller", "buyer"}
