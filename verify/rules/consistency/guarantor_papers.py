"""The guarantor named in the contract is the firm whose papers lie beside it, and one contract
names one set of parties.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents import business_licence
from extractors.documents.guarantee_contract import (
    CONTRACT_NUMBER,
    CREDITOR,
    DEBTOR,
    GUARANTEE_CONTRACT,
    GUARANTOR,
    GUARANTOR_CODE,
    GUARANTOR_SIGNED,
)
from extractors.model import Document
from extractors.values.party_name import folded_name, is_company, near_party, same_party
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="CON26",
    title="Guarantee contracts name their parties alike",
    title_zh="担保合同当事人一致",
    severity="high",
    group="guarantor",
    reads=(GUARANTEE_CONTRACT, business_licence.BUSINESS_LICENCE),
    needs=("guarantee_contract",),
    cross=True,
    zh=Page(
        why="担保合同的保证人应与所附保证人执照、以及同一编号合同的其他文本一致；替换保证人名称会在这些地方对不上。",
        example="保证合同写“昆明恒丰阀门有限公司”，所附保证人执照为“昆明恒峰阀门有限公司”。",
        innocent="企业更名；一份合同有多个保证人、分别签署；所附执照属于抵押人等其他主体。",
        ask="实际签署保证合同的是哪一家？",
        paper="保证人签署页原件、保证人营业执照和股东会决议",
    ),
    en=Page(
        why=(
            "The guarantor of a contract is the firm whose licence lies beside it, and "
            "copies of one contract name the same parties; a guarantor exchanged on paper "
            "differs somewhere."
        ),
        example=(
            "The contract names one firm, the guarantor's licence beside it another of "
            "almost that name."
        ),
        innocent="A change of name; several guarantors who sign apart; a licence of a mortgagor.",
        ask="Which firm signed the guarantee?",
        paper="The signed page, the guarantor's licence and resolution",
    ),
)
def guarantor_papers(case: RuleView) -> Iterator[Result]:
    contracts = case.papers(GUARANTEE_CONTRACT)
    results = [
        r for look in (_signed, _code, _copies, _licences, _sides) for r in look(case, contracts)
    ]
    yield from results
    if not results:
        yield NotApplicable(
            BilingualText(
                "没有可与担保合同比较的材料", "nothing to compare the guarantee contracts with"
            )
        )


def _signed(case: RuleView, contracts: tuple[Document, ...]) -> Iterator[Result]:
    """The name at the seal is one of the guarantors that the contract names at its head."""
    for contract in contracts:
        heads, signed = contract.parties.get("guarantor", ()), case.get(GUARANTOR_SIGNED, contract)
        if not heads or signed is None:
            continue
        if not is_company(heads[0].value) or not is_company(signed.value):
            continue  # a person signs for a firm, or for himself
        if any(same_party(head.value, signed.value) for head in heads):
            yield Clear(
                BilingualText(
                    "签章处与首部的保证人一致", "the guarantor signs under the name at the head"
                )
            )
            continue
        sure = min(heads[0].confidence, signed.field.confidence)
        if sure < float(case.shared("trust_floor")):
            yield NotChecked(
                BilingualText(
                    "保证人名称识别置信度不足", "the guarantor's name was read doubtfully"
                )
            )
            continue
        near = near_party(heads[0].value, signed.value)
        say = BilingualText(
            f"合同首部的保证人为“{heads[0].value}”，签章处为“{signed.value}”",
            f"the guarantor is “{heads[0].value}” at the head and “{signed.value}” at the seal",
        )
        evidence = (case.at_field(contract, heads[0]), case.at_field(contract, signed.field))
        severity = Severity.MEDIUM if near else Severity.HIGH
        yield Hit(
            say=say,
            evidence=evidence,
            expected=signed.value,
            observed=heads[0].value,
            confidence=0.95 * sure,
            severity=severity,
        )


def _code(case: RuleView, contracts: tuple[Document, ...]) -> Iterator[Result]:
    """The code printed under the guarantor's name is that of the same firm in other papers and
    applications.
    """
    for contract in contracts:
        name, code = case.get(GUARANTOR, contract), case.get(GUARANTOR_CODE, contract)
        if name is None or code is None:
            continue
        known = [
            fact
            for fact in case.context.facts.get(("code", code.value), ())
            if fact.document != contract.id
        ]
        same = {fact.packet for fact in known if same_party(fact.text, name.value)}
        other = next((f for f in known if not same_party(f.text, name.value)), None)
        others = {fact.packet for fact in known if not same_party(fact.text, name.value)}
        if other is None:
            yield from (
                [
                    Clear(
                        BilingualText(
                            "保证人的信用代码与其他材料一致",
                            "the guarantor's code agrees with other papers",
                        )
                    )
                ]
                if known
                else []
            )
            continue
        # Most applications against this paper: it is in doubt. As many or more with it: the other
        # one is, or the firm changed its name.
        doubted = len(others) > len(same) and not near_party(name.value, other.text)
        say = BilingualText(
            f"保证人“{name.value}”的信用代码 {code.value} 在其他材料中属于“{other.text}”",
            (
                f"the code {code.value} of the guarantor “{name.value}” belongs to "
                f"“{other.text}” in another paper"
            ),
        )
        yield Hit(
            say=say,
            evidence=(case.at_field(contract, name.field), case.at_field(contract, code.field)),
            against=(other.evidence,),
            expected=other.text,
            observed=name.value,
            confidence=0.9 * min(name.field.confidence, code.field.confidence),
            severity=Severity.HIGH
            if doubted and len(others) >= 2
            else Severity.MEDIUM
            if doubted
            else Severity.LOW,
        )


def _copies(case: RuleView, contracts: tuple[Document, ...]) -> Iterator[Result]:
    """Copies of one contract number, in this packet: parties and amount agree, or are several
    guarantors of one debt.
    """
    for index, first in enumerate(contracts):
        for second in contracts[index + 1 :]:
            number, other = case.get(CONTRACT_NUMBER, first), case.get(CONTRACT_NUMBER, second)
            if not (number and other) or folded_name(number.value) != folded_name(other.value):
                continue
            for spec, zh in ((GUARANTOR, "保证人"), (DEBTOR, "债务人"), (CREDITOR, "债权人")):
                a, b = case.get(spec, first), case.get(spec, second)
                if a and b and not same_party(a.value, b.value):
                    several = spec is GUARANTOR and not near_party(a.value, b.value)
                    say = BilingualText(
                        f"同一编号 {number.value} 的两份合同，{zh}分别为“{a.value}”和“{b.value}”",
                        (
                            f"two copies of contract {number.value} name “{a.value}” and "
                            f"“{b.value}” as {spec.name}"
                        ),
                    )
                    evidence = (case.at_field(first, a.field), case.at_field(second, b.field))
                    severity = Severity.LOW if several else Severity.HIGH
                    yield Hit(
                        say=say,
                        evidence=evidence,
                        expected=a.value,
                        observed=b.value,
                        confidence=0.9,
                        severity=severity,
                    )
            yield Clear(BilingualText("同一编号合同已比较", "copies of one contract were compared"))


def _licences(case: RuleView, contracts: tuple[Document, ...]) -> Iterator[Result]:
    """Licences of other firms in the packet: one whose name is almost the guarantor's is a misspelt
    or exchanged guarantor.
    """
    names = [
        (document, n)
        for document in case.papers(business_licence.BUSINESS_LICENCE)
        if (n := case.get(business_licence.NAME, document))
    ]
    others = [
        (document, new_correction)
        for document, new_correction in names
        if not case.applicant.is_named(new_correction.value)
    ]
    for contract in contracts:
        for party in contract.parties.get("guarantor", ()) or (contract.fields.get("guarantor"),):
            if party is None or not others or not is_company(party.value):
                continue
            if any(same_party(party.value, new_correction.value) for _, new_correction in others):
                yield Clear(
                    BilingualText(
                        "保证人与所附执照一致", "the guarantor is the firm of the licence"
                    )
                )
                continue
            near = next(
                (
                    (document, new_correction)
                    for document, new_correction in others
                    if near_party(party.value, new_correction.value)
                ),
                None,
            )
            if near:
                say = BilingualText(
                    f"合同保证人为“{party.value}”，所附执照为“{near[1].value}”",
                    f"the contract names “{party.value}”, the licence is of “{near[1].value}”",
                )
                evidence = (case.at_field(contract, party),)
                against = (case.at_field(near[0], near[1].field),)
                yield Hit(
                    say=say,
                    evidence=evidence,
                    against=against,
                    expected=near[1].value,
                    observed=party.value,
                    confidence=0.85,
                )


def _sides(case: RuleView, contracts: tuple[Document, ...]) -> Iterator[Result]:
    """Nobody guarantees a debt of his own or to himself."""
    for contract in contracts:
        debtor, creditor = case.get(DEBTOR, contract), case.get(CREDITOR, contract)
        for party in contract.parties.get("guarantor", ()):
            for role, other in (("债务人", debtor), ("债权人", creditor)):
                if other and same_party(party.value, other.value):
                    say = BilingualText(
                        f"合同的保证人与{role}是同一家：“{party.value}”",
                        f"guarantor and {other.field.name} are one firm: “{party.value}”",
                    )
                    evidence = (
                        case.at_field(contract, party),
                        case.at_field(contract, other.field),
                    )
                    yield Hit(say=say, evidence=evidence, observed=party.value, confidence=0.9)
        if debtor and creditor and contract.parties.get("guarantor"):
            yield Clear(
                BilingualText(
                    "保证人、债务人、债权人各不相同", "guarantor, debtor and creditor differ"
                )
            )
