"""What the QR code says and what is printed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

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
from extractors.model import Document
from extractors.values.money import money_text
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotChecked, Page, Result, rule


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
        why="The QR code is made by the issuing system and holds number, amount and date; those who change the print mostly leave it.",
        example="52,603.44 in the QR code, 526,034.40 printed.",
        innocent="The amount may be net or total (both accepted); a misreading.",
        ask="Print and QR code differ; please give the original.",
        paper="The original invoice (XML/OFD) and its verification result",
    ),
)
def invoice_qr(case: RuleView) -> Iterator[Result]:
    for invoice in case.papers(INVOICE):
        qr = case.get(QR, invoice)
        parts = qr.value.split(",") if qr else []
        if qr is None or len(parts) < 6 or parts[0] != "01":
            yield NotChecked(BilingualText("票面没有读到二维码", "no QR code was read"))
            continue
        wrong = list(_differences(case, invoice, parts))
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


def _differences(case: RuleView, invoice: Document, parts: list[str]) -> Iterator[tuple]:  # type: ignore[type-arg]  # name, expected, observed, evidence, confidence
    printed = (
        (("发票代码", "code"), CODE, parts[2]),
        (("发票号码", "number"), NUMBER, parts[3]),
        (("校验码", "check code"), CHECK_CODE, parts[6] if len(parts) > 6 else ""),
    )
    for name, spec, expected in printed:
        found = case.get(spec, invoice)
        if (
            found
            and expected
            and found.value != expected
            and not (spec is CHECK_CODE and found.value.endswith(expected))
        ):
            yield (
                name,
                expected,
                found.value,
                case.at_field(invoice, found.field),
                found.field.confidence,
            )
    day = case.get(ISSUE_DATE, invoice)
    if day and len(parts[5]) == 8 and day.value.strftime("%Y%m%d") != parts[5]:
        yield (
            ("开票日期", "date"),
            parts[5],
            day.value.isoformat(),
            case.at_field(invoice, day.field),
            day.field.confidence,
        )
    net, total = case.get(NET_AMOUNT, invoice), case.get(TOTAL_AMOUNT, invoice)
    try:
        amount = Decimal(parts[4])
    except InvalidOperation:
        return
    known = [r for r in (total, net) if r]
    if known and all(r.value != amount for r in known):
        nearest = min(known, key=lambda r: abs(r.value - amount))
        yield (
            ("金额", "amount"),
            money_text(amount),
            money_text(nearest.value),
            case.at_field(invoice, nearest.field),
            nearest.field.confidence,
        )
