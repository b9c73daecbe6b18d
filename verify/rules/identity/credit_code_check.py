"""The check character of a credit code (GB 32100)."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents import business_licence, invoice, shareholder_register, vat_return
from extractors.values.citizen_id import is_citizen_id
from extractors.values.credit_code import check_character, check_holds, well_formed
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule

_LENGTH = 18  # characters of a credit code
_CODES = (
    (business_licence.BUSINESS_LICENCE, business_licence.USCC),
    (vat_return.VAT_RETURN, vat_return.TAX_ID),
    (shareholder_register.SHAREHOLDER_REGISTER, shareholder_register.USCC),
    (invoice.INVOICE, invoice.SELLER_TAX_ID),
    (invoice.INVOICE, invoice.BUYER_TAX_ID),
)


@rule(
    id="IDE01",
    title="Credit code passes its check character",
    title_zh="统一社会信用代码校验位",
    severity="medium",
    group="credit_code",
    reads=tuple(s for _, s in _CODES),
    needs=(),
    zh=Page(
        why="统一社会信用代码第 18 位由前 17 位计算得出（GB 32100-2015），编造或改动的代码多半通不过。",
        example="9135020371239003 5X 的第 18 位应为 0。",
        innocent="极少数真实登记的代码校验位不符；识别错误；15 位旧税号（不核对）。",
        ask="代码校验不符，请核对营业执照原件。",
        paper="国家企业信用信息公示系统查询截图",
    ),
    en=Page(
        why=(
            "The 18th character follows from the first 17 (GB 32100-2015); an invented or "
            "altered code mostly fails."
        ),
        example="A code that ends in X where 0 is due.",
        innocent=(
            "A few codes that are really registered fail the check; a misreading; old "
            "15-digit tax numbers (not checked)."
        ),
        ask="The code fails its check: please compare with the original licence.",
        paper="A print of the company register's entry",
    ),
)
def credit_code_check(case: RuleView) -> Iterator[Result]:
    seen: dict[str, Result] = {}
    for kind, spec in _CODES:
        for document in case.papers(kind):
            found = case.get(spec, document)
            if found is None or found.value in seen or not _is_credit_code(found.value):
                continue
            own = (
                spec in (business_licence.USCC, vat_return.TAX_ID, shareholder_register.USCC)
                or found.value == case.applicant.code
            )
            if check_holds(found.value):
                seen[found.value] = Clear(
                    BilingualText("信用代码校验位正确", "the check characters hold")
                )
            elif found.field.confidence < float(case.shared("trust_floor")):
                seen[found.value] = NotChecked(
                    BilingualText("信用代码识别置信度不足", "the code was read doubtfully")
                )
            else:
                expected = (
                    check_character(found.value)
                    if well_formed(found.value)
                    else "18 characters of 0-9 A-Z without I O S V Z"
                )
                say = BilingualText(
                    f"信用代码 {found.value} 校验不符，第 18 位应为 {expected}",
                    f"credit code {found.value} fails its check; expected {expected}",
                )
                severity = Severity.MEDIUM if own else Severity.LOW
                seen[found.value] = Hit(
                    say=say,
                    evidence=(case.at_field(document, found.field),),
                    expected=expected,
                    observed=found.value[-1:],
                    confidence=0.9 * found.field.confidence,
                    severity=severity,
                )
    yield from seen.values()
    if not seen:
        yield NotApplicable(BilingualText("没有读到信用代码", "no credit code was read"))


def _is_credit_code(number: str) -> bool:
    """False for tax numbers of other kinds: fifteen characters before 2015, a person's ID number
    with or without two digits more.
    """
    return len(number) == _LENGTH and not is_citizen_id(number)
