"""One contract number names one set of parties over all applications."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents.guarantee_contract import AMOUNT, DEBTOR, GUARANTEE_CONTRACT, GUARANTOR
from extractors.model import Document
from extractors.values.party_name import near_party, same_party
from verify.case_file import RuleView
from verify.context.facts import Fact, contract_key
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="DUP02",
    title="A contract reads the same in every application",
    title_zh="同一合同在各申请中一致",
    severity="high",
    group="guarantor",
    reads=(GUARANTEE_CONTRACT,),
    cross=True,
    zh=Page(
        why="同一债权人、同一编号的担保合同只有一份内容；两家申请提交的文本当事人或金额不同，需要核实以哪一份为准。",
        example="编号 BZ-2026-0031 在本申请中保证人为甲，在另一申请中为乙。",
        innocent="一份主合同下多个保证人各签一份同号合同；补充协议变更了金额；合同编号只在支行内唯一。",
        ask="以债权人留存的哪一份为准？",
        paper="向债权银行核实的合同原件",
    ),
    en=Page(
        why=(
            "One creditor and one number mean one contract; where two applications hold "
            "texts with other parties or amounts, it must be asked which one counts."
        ),
        example="Number BZ-2026-0031 names A as guarantor here and B in another application.",
        innocent=(
            "Several guarantors of one loan, each with a copy of that number; an "
            "amendment; numbers unique within a branch only."
        ),
        ask="Which copy is the creditor's?",
        paper="The contract as the creditor keeps it",
    ),
)
def contract_reused(case: RuleView) -> Iterator[Result]:
    looked = False
    for contract in case.papers(GUARANTEE_CONTRACT):
        for fact in case.context.others("contract", contract_key(contract), case.packet_id):
            looked = True
            yield _compared(case, contract, fact)
    if not looked:
        yield NotApplicable(
            BilingualText("其他申请中没有同一合同", "no other application holds the same contract")
        )


def _compared(case: RuleView, contract: Document, fact: Fact) -> Result:
    guarantor, debtor, amount = (
        case.get(GUARANTOR, contract),
        case.get(DEBTOR, contract),
        case.get(AMOUNT, contract),
    )
    other = fact.text.split("|")
    if guarantor and not same_party(guarantor.value, other[0]):
        field, mine, theirs, what = (
            guarantor.field,
            str(guarantor.value),
            other[0],
            BilingualText("保证人", "guarantor"),
        )
    elif debtor and not same_party(debtor.value, other[1]):
        field, mine, theirs, what = (
            debtor.field,
            str(debtor.value),
            other[1],
            BilingualText("债务人", "debtor"),
        )
    elif amount and amount.value != Decimal(other[2]):
        field, mine, theirs, what = (
            amount.field,
            f"{amount.value:.2f}",
            other[2],
            BilingualText("金额", "amount"),
        )
    else:
        return Clear(
            BilingualText("与其他申请中的同一合同一致", "agrees with the same contract elsewhere")
        )
    near = what.en != "amount" and near_party(mine, theirs)
    say = BilingualText(
        f"同一编号的合同，{what.zh}在本申请中为“{mine}”，在“{fact.applicant}”的申请中为“{theirs}”",
        (
            f"one contract number: the {what.en} is “{mine}” here and “{theirs}” in the "
            f"application of “{fact.applicant}”"
        ),
    )
    severity = Severity.MEDIUM if near or what.en == "guarantor" else Severity.HIGH
    confidence = 0.85 * field.confidence
    return Hit(
        say=say,
        evidence=(case.at_field(contract, field),),
        against=(fact.evidence,),
        expected=theirs,
        observed=mine,
        confidence=confidence,
        severity=severity,
    )
