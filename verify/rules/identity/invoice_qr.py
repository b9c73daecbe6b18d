"""What the QR code says and what is printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from extractors.documents.declare import FieldSpec, Reading
from extractors.documents.invoice import (
    CHECK_CODE,
    CODE,
    INVOICE,
    ISSUE_DATE,
    NET_AMOUNT,
    NUMBER,
    QR,
    TOTAL_AMOUNT,
)
from extractors.documents.invoice_code import InvoiceCode, parse_code
from extractors.model import Document, ReadMethod
from extractors.values.money import money_text
from verify.case_file import RuleView
from verify.model import BilingualText, Evidence
from verify.rule import Clear, Hit, NotChecked, Page, Result, rule

T = TypeVar("T")


@rule(
    id="IDE09",
    title="QR code and printed invoice agree",
    title_zh="二维码与票面一致",
    severity="high",
    group="invoice_qr",
    reads=(QR, NUMBER, CODE, NET_AMOUNT, TOTAL_AMOUNT, ISSUE_DATE, CHECK_CODE),
    needs=("invoice",),
    proof=True,
    zh=Page(
        why="二维码由开票系统生成，含号码、金额和日期；改票面的人往往改不了二维码。",
        example="二维码金额 52,603.44，票面价税合计 526,034.40。",
        innocent="二维码中的金额有的为不含税金额、有的为价税合计（两者均接受）；识别错误。",
        ask="票面与二维码不一致，请提供电子发票原件。",
        paper="发票原件（XML/OFD）及查验结果",
    ),
    en=Page(
        why=(
            "The QR code is made by the issuing system and holds number, amount and date; "
            "those who change the print mostly leave it."
        ),
        example="52,603.44 in the QR code, 526,034.40 printed.",
        innocent="The amount may be net or total (both accepted); a misreading.",
        ask="Print and QR code differ; please give the original.",
        paper="The original invoice (XML/OFD) and its verification result",
    ),
)
def invoice_qr(case: RuleView) -> Iterator[Result]:
    for invoice in case.papers(INVOICE):
        qr = case.get(QR, invoice)
        code = parse_code(qr.value) if qr else None
        if qr is None or code is None:
            yield NotChecked(BilingualText("票面没有读到二维码", "no QR code was read"))
            continue
        wrong = list(_differences(case, invoice, code))
        for name, expected, observed, evidence, confidence in wrong:
            say = BilingualText(
                f"二维码中的{name[0]}为 {expected}，票面为 {observed}",
                f"{name[1]} is {expected} in the QR code and {observed} in print",
            )
            yield Hit(
                say=say,
                evidence=(evidence, case.at_field(invoice, qr.field)),
                expected=expected,
                observed=observed,
                confidence=confidence,
            )
        if not wrong:
            yield Clear(BilingualText("二维码与票面一致", "QR code and print agree"))


def _differences(
    case: RuleView, invoice: Document, code: InvoiceCode
) -> Iterator[tuple[tuple[str, str], str, str, Evidence, float]]:
    """What differs: its name, what the code says, what is printed, where, and how sure the print is
    read.
    """
    for name, spec, expected in (
        (("发票代码", "code"), CODE, code.code),
        (("发票号码", "number"), NUMBER, code.number),
        (("校验码", "check code"), CHECK_CODE, code.check_code),
    ):
        found = _printed(case, spec, invoice)
        whole_code = spec is CHECK_CODE  # some print its last digits alone
        if found is None or not expected or found.value == expected:
            continue
        if whole_code and (found.value.endswith(expected) or expected.endswith(found.value)):
            continue
        evidence = case.at_field(invoice, found.field)
        yield name, expected, found.value, evidence, found.field.confidence
    day = _printed(case, ISSUE_DATE, invoice)
    if day and code.day and day.value.isoformat() != code.day:
        evidence = case.at_field(invoice, day.field)
        yield (
            ("开票日期", "date"),
            code.day,
            day.value.isoformat(),
            evidence,
            day.field.confidence,
        )
    yield from _amounts(case, invoice, code)


def _amounts(
    case: RuleView, invoice: Document, code: InvoiceCode
) -> Iterator[tuple[tuple[str, str], str, str, Evidence, float]]:
    """The code's amount: the total of a 数电票, the net of an earlier invoice; some issuers' codes
    hold the other.
    """
    meant = _printed(case, TOTAL_AMOUNT if code.holds_total else NET_AMOUNT, invoice)
    known = [r for s in (TOTAL_AMOUNT, NET_AMOUNT) if (r := _printed(case, s, invoice))]
    amount = code.amount
    if amount is None or meant is None or any(reading.value == amount for reading in known):
        return
    nearest = min(known, key=lambda r: abs(r.value - amount))
    evidence = case.at_field(invoice, nearest.field)
    yield (
        ("金额", "amount"),
        money_text(amount),
        money_text(nearest.value),
        evidence,
        nearest.field.confidence,
    )


def _printed(case: RuleView, spec: FieldSpec[T], invoice: Document) -> Reading[T] | None:
    """A field as printed; what was completed from the code confirms nothing."""
    found = case.get(spec, invoice)
    return found if found is not None and found.field.at.method != ReadMethod.QR else None
