"""Registered capital on the licence, in the register of shareholders and on the balance sheet."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents.balance_sheet import BALANCE_SHEET
from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.documents.business_licence import BUSINESS_LICENCE, NAME, REGISTERED_CAPITAL
from extractors.documents.declare import Reading
from extractors.documents.shareholder_register import COMPANY, SHAREHOLDER_REGISTER
from extractors.model import Document
from extractors.values.money import yuan
from extractors.values.party_name import same_party
from verify.arithmetic.form_totals import amount
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import total
from verify.ledger.transaction_kinds import capital_paid_in
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="CON27",
    title="Registered capital agrees",
    title_zh="注册资本各处一致",
    severity="high",
    group="capital",
    reads=(BUSINESS_LICENCE, SHAREHOLDER_REGISTER, BALANCE_SHEET, BANK_STATEMENT),
    needs=("business_licence",),
    cross=True,
    stands_on=(Part.HOLDER,),
    zh=Page(
        why="执照上的注册资本等于股东认缴出资之和；报表的实收资本可以少于它（未缴足），但不会多于它。改大执照或名册的资本会在这里露出。",
        example="执照注册资本 1 亿元，股东名册出资合计 1,000 万元。",
        innocent=(
            "增资款已到账、执照尚未换发（降级）；增资后只更换了其中一份；名册列示的是实缴而非认缴（金额较小且不成整倍数时降级）；外币资本。实收资本小于注册资本属正常，"
            "不提示。"
        ),
        ask="注册资本何时变更过？请提供变更登记。",
        paper="公司登记机关的变更登记通知书、最新章程",
    ),
    en=Page(
        why=(
            "Registered capital is the sum of what shareholders subscribed; paid-in "
            "capital may be less, never more. Who raises the licence or the register shows "
            "here."
        ),
        example="100m on the licence, 10m subscribed in the register.",
        innocent=(
            "New capital was paid in and the licence is not renewed yet (lower); capital "
            "was raised and only one paper renewed; the register lists paid-in amounts; "
            "foreign currency. Paid-in below registered is normal and silent."
        ),
        ask="When was the capital changed? Please show the registration.",
        paper="The notice of registration, the latest articles",
    ),
)
def registered_capital(case: RuleView) -> Iterator[Result]:
    results: list[Result] = []
    for licence in case.own_papers(BUSINESS_LICENCE):
        name, capital = case.get(NAME, licence), case.get(REGISTERED_CAPITAL, licence)
        if capital is None or (name and not case.applicant.is_named(name.value)):
            continue
        for register in case.own_papers(SHAREHOLDER_REGISTER):
            company = case.get(COMPANY, register)
            if company and name and not same_party(company.value, name.value):
                continue
            results += _register(case, licence, capital, register)
        for sheet in case.own_papers(BALANCE_SHEET):
            results += _sheet(case, licence, capital, sheet)
    yield from results
    if not results:
        yield NotApplicable(
            BilingualText(
                "没有可与注册资本比较的出资或实收资本",
                "no subscriptions or paid-in capital to compare with",
            )
        )


def _register(
    case: RuleView, licence: Document, capital: Reading[Decimal], register: Document
) -> Iterator[Result]:
    amounts = [
        shareholder.amount
        for shareholder in register.shareholders
        if shareholder.amount is not None
    ]
    if not amounts or len(amounts) < len(register.shareholders):
        return
    subscribed = sum(amounts, Decimal(0))
    if subscribed == capital.value:
        yield Clear(
            BilingualText(
                "注册资本等于股东出资之和", "registered capital is the sum of subscriptions"
            )
        )
        return
    say = BilingualText(
        f"执照注册资本 {yuan(capital.value)}，股东名册出资合计 {yuan(subscribed)}",
        (
            f"registered capital is {yuan(capital.value)} on the licence, subscriptions add "
            f"up to {yuan(subscribed)}"
        ),
    )
    if capital.field.confidence < float(case.shared("trust_floor")):
        yield NotChecked(
            BilingualText(
                "注册资本识别置信度不足，需重新读取",
                "registered capital was read doubtfully; read again",
            )
        )
        return
    evidence = (
        case.at_field(licence, capital.field),
        *(case.at_shareholder(register, shareholder) for shareholder in register.shareholders[:4]),
    )
    yield Hit(
        say=say,
        evidence=evidence[:1],
        against=evidence[1:],
        expected=f"{subscribed:.2f}",
        observed=f"{capital.value:.2f}",
        difference=f"{capital.value - subscribed:.2f}",
        confidence=0.9 * capital.field.confidence,
        severity=_severity(case, capital.value, subscribed),
    )


def _severity(case: RuleView, capital: Decimal, subscribed: Decimal) -> Severity:
    """A register of a little less than the licence may list what was paid in so far, or be older than
    the last increase.

    A licence that is ten or a hundred times the register speaks of a changed paper; one that is far
    above it, and more subscribed than registered, of another capital.
    """
    times = case.limit("times")
    multiple = (
        subscribed > 0
        and capital >= subscribed * times
        and capital % subscribed == 0
        and str(int(capital / subscribed)).strip("0") in ("1", "")
    )
    if multiple:
        return Severity.HIGH
    far = capital >= subscribed * case.limit("far_times")
    return Severity.MEDIUM if far or subscribed > capital else Severity.LOW


def _sheet(
    case: RuleView, licence: Document, capital: Reading[Decimal], sheet: Document
) -> Iterator[Result]:
    paid = amount(sheet, "实收资本", "ending")
    if paid is None:
        return
    if paid.value <= capital.value * (1 + case.limit("share")):
        yield Clear(
            BilingualText(
                "实收资本未超过注册资本", "paid-in capital does not exceed registered capital"
            )
        )
        return
    say = BilingualText(
        f"资产负债表实收资本 {yuan(paid.value)}，超过执照注册资本 {yuan(capital.value)}",
        (
            f"paid-in capital is {yuan(paid.value)} on the sheet, above registered capital "
            f"of {yuan(capital.value)}"
        ),
    )
    yield Hit(
        say=say,
        evidence=(case.at_amount(sheet, paid),),
        against=(case.at_field(licence, capital.field),),
        expected=f"<= {capital.value:.2f}",
        observed=f"{paid.value:.2f}",
        difference=f"{paid.value - capital.value:.2f}",
        confidence=0.85 * min(paid.confidence, capital.field.confidence),
        severity=Severity.LOW
        if _is_new_capital(case, paid.value, capital.value)
        else Severity.MEDIUM,
    )


def _is_new_capital(case: RuleView, paid: Decimal, registered: Decimal) -> bool:
    """Whether shareholders paid in more of late and the licence is not renewed yet: a small excess, or
    one that the account shows as capital received.
    """
    excess = paid - registered
    received = total(e.amount for e in case.entries() if e.amount > 0 and capital_paid_in(e.row))
    small = excess <= registered * case.limit("new_share")
    return small or (received > 0 and received >= excess * (1 - case.limit("new_share")))
