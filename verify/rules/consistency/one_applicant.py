"""Name, credit code and legal representative are the same in all papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from extractors.documents import (
    balance_sheet,
    bank_statement,
    business_licence,
    income_statement,
    invoice,
    shareholder_register,
    vat_return,
)
from extractors.documents.declare import Reading
from extractors.model import Document
from extractors.values.party_name import is_company, near_party
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule

_NAMES = (
    (business_licence.BUSINESS_LICENCE, business_licence.NAME),
    (bank_statement.BANK_STATEMENT, bank_statement.ACCOUNT_NAME),
    (balance_sheet.BALANCE_SHEET, balance_sheet.COMPANY),
    (income_statement.INCOME_STATEMENT, income_statement.COMPANY),
    (vat_return.VAT_RETURN, vat_return.COMPANY),
)
_CODES = (
    (business_licence.BUSINESS_LICENCE, business_licence.USCC, business_licence.NAME),
    (vat_return.VAT_RETURN, vat_return.TAX_ID, vat_return.COMPANY),
    (balance_sheet.BALANCE_SHEET, balance_sheet.TAX_ID, balance_sheet.COMPANY),
    (
        shareholder_register.SHAREHOLDER_REGISTER,
        shareholder_register.USCC,
        shareholder_register.COMPANY,
    ),
    (invoice.INVOICE, invoice.SELLER_TAX_ID, invoice.SELLER_NAME),
    (invoice.INVOICE, invoice.BUYER_TAX_ID, invoice.BUYER_NAME),
)


@rule(
    id="CON01",
    title="All papers name one applicant",
    title_zh="各材料主体一致",
    severity="high",
    group="applicant",
    needs=(),
    cross=True,
    reads=(
        *(s for _, s in _NAMES),
        *(s for _, s, _ in _CODES),
        *(n for _, _, n in _CODES),
        business_licence.LEGAL_REPRESENTATIVE,
        shareholder_register.LEGAL_REPRESENTATIVE,
    ),
    zh=Page(
        why="执照、报表、对账单、申报表应属于同一家企业；同一名称出现不同信用代码，说明有材料属于别人或被改动。",
        example="执照代码以 0350 结尾，发票上的本方税号以 0360 结尾。",
        innocent="更名前后的材料；经营者个人账户；集团合并报表；错字。",
        ask="这份材料的主体为何与申请人不同？",
        paper="准予变更登记通知书或情况说明",
    ),
    en=Page(
        why=(
            "Licence, statements, bank statement and return belong to one firm; one name "
            "with two credit codes means that a paper is another's or was changed."
        ),
        example=(
            "The licence's code ends in 0350, the applicant's tax number on an invoice in 0360."
        ),
        innocent=(
            "Papers from before a change of name; the owner's own account; group accounts; "
            "a typing error."
        ),
        ask="Why does this paper name another firm than the applicant?",
        paper="The notice of change, or an explanation",
    ),
)
def one_applicant(case: RuleView) -> Iterator[Result]:
    if not case.applicant.name:
        yield NotApplicable(BilingualText("没有读到申请人名称", "no applicant's name was read"))
        return
    yield from _names(case)
    yield from _codes(case)
    yield from _heads(case)


def _names(case: RuleView) -> Iterator[Result]:
    for kind, spec in _NAMES:
        for document in case.papers(kind):
            found = case.get(spec, document)
            if found is None or not case.is_own(document):
                continue  # a guarantor's paper is about the guarantor
            if case.applicant.is_named(found.value):
                yield Clear(BilingualText("名称一致", "names agree"))
                continue
            near = near_party(found.value, case.applicant.name)
            of_person = not is_company(found.value)  # an owner's card or wallet, handed in with it
            say = BilingualText(
                f"该材料的主体为“{found.value}”，申请人为“{case.applicant.name}”",
                f"this paper is of “{found.value}”, the applicant is “{case.applicant.name}”",
            )
            yield Hit(
                say=say,
                evidence=(case.at_field(document, found.field),),
                expected=case.applicant.name,
                observed=found.value,
                confidence=0.85 * found.field.confidence,
                severity=Severity.LOW if near or of_person else Severity.MEDIUM,
            )


def _codes(case: RuleView) -> Iterator[Result]:
    own: list[tuple[Document, Reading[str]]] = []
    for kind, code_spec, name_spec in _CODES:
        for document in case.papers(kind):
            code, name = case.get(code_spec, document), case.get(name_spec, document)
            if code and name and name.value.key == case.applicant.key and len(code.value) == 18:
                own.append((document, code))
    usual = _usual(own, case.applicant.code)
    odd: dict[str, list[tuple[Document, Reading[str]]]] = {}
    for document, code in own:
        if code.value == usual:
            yield Clear(BilingualText("信用代码一致", "credit codes agree"))
        elif code.field.confidence < float(case.shared("trust_floor")):
            yield NotChecked(
                BilingualText("信用代码识别置信度不足", "the code was read doubtfully")
            )
        else:
            odd.setdefault(code.value, []).append((document, code))
    backing = [(d, c) for d, c in own if c.value == usual]
    for value, places in odd.items():
        say = BilingualText(
            f"“{case.applicant.name}”在此处的代码为 {value}，在另外 {len(backing)} 份材料为 {usual}",
            (
                f"the code of “{case.applicant.name}” is {value} here and {usual} in "
                f"{len(backing)} other paper(s)"
            ),
        )
        sides = (
            tuple(case.at_field(d, code.field) for d, code in places),
            tuple(case.at_field(d, code.field) for d, code in backing[:4]),
        )
        even = len(places) >= len(backing)
        confidence = 0.95 * max(code.field.confidence for _, code in places)
        yield Hit(
            say=say,
            evidence=(*sides[0], *sides[1]) if even else sides[0],
            against=() if even else sides[1],
            expected=usual,
            observed=value,
            confidence=confidence,
        )


def _usual(own: list[tuple[Document, Reading[str]]], applicant: str) -> str:
    """The code that most papers print; among equals the one that the applicant is known by."""
    counts = Counter(c.value for _, c in own)
    return max(sorted(counts), key=lambda v: (counts[v], v == applicant), default="")


def _heads(case: RuleView) -> Iterator[Result]:
    for licence in case.papers(business_licence.BUSINESS_LICENCE):
        head = case.get(business_licence.LEGAL_REPRESENTATIVE, licence)
        for register in case.papers(shareholder_register.SHAREHOLDER_REGISTER):
            other = case.get(shareholder_register.LEGAL_REPRESENTATIVE, register)
            if head and other and head.value.key != other.value.key:
                say = BilingualText(
                    f"法定代表人：执照为“{head.value}”，股东名册为“{other.value}”",
                    (
                        f"legal representative: “{head.value}” on the licence, "
                        f"“{other.value}” in the register"
                    ),
                )
                yield Hit(
                    say=say,
                    evidence=(
                        case.at_field(licence, head.field),
                        case.at_field(register, other.field),
                    ),
                    expected=head.value,
                    observed=other.value,
                    confidence=0.9,
                    severity=Severity.MEDIUM,
                )
