"""What the QR code of an invoice says, and what an invoice lacks.

The code holds kind, invoice code, number, amount, date and check code, parted by commas. It
completes what the print does not show; where both show a value the printed one stands, and the
rules compare the two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from extractors.documents.parts import Parts
from extractors.errors import IncompleteInvoice, IncompleteLines
from extractors.model import Document, Failure, Field
from extractors.values.money import money_text, parse_money

FEWEST_COMMAS = 5
# Second part of the code: the kind of invoice. 31 to 99 are kinds of 数电票, whose amount is the
# total; before, it is the net.
_FIRST_DIGITAL_KIND = 31
_DIGITAL_LENGTH = 20
_SURE = 0.99
_LABELS = {
    "number": ("发票号码", "number"),
    "issue_date": ("开票日期", "date of issue"),
    "buyer_name": ("购买方名称", "buyer's name"),
    "seller_name": ("销售方名称", "seller's name"),
    "total_amount": ("价税合计", "total"),
}


@dataclass(frozen=True, slots=True)
class InvoiceCode:
    """The parts of an invoice's QR code; empty or None where the code leaves them out."""

    kind: str
    code: str
    number: str
    amount: Decimal | None
    day: str  # as dates are written in fields
    check_code: str

    @property
    def holds_total(self) -> bool:
        """Whether its amount is the total with tax."""
        digital = self.kind.isdigit() and int(self.kind) >= _FIRST_DIGITAL_KIND
        return digital or len(self.number) == _DIGITAL_LENGTH


def parse_code(text: str) -> InvoiceCode | None:
    """The parts of a QR code's text, or None where it is no invoice's."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) <= FEWEST_COMMAS or not re.fullmatch(r"\d{8}|\d{20}", parts[3]):
        return None
    return InvoiceCode(
        kind=parts[1],
        code=parts[2],
        number=parts[3],
        amount=parse_money(parts[4]),
        day=_day(parts[5]),
        check_code=parts[6] if len(parts) > 6 else "",
    )


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def complete_from_code(parts: Parts) -> None:
    """Put what the QR code says and the print does not show, marked as read from the code."""
    qr = parts.fields.get("qr")
    code = parse_code(qr.value) if qr else None
    if qr is None or code is None or not _same_invoice(parts, code):
        return
    said = {
        "number": code.number,
        "code": code.code,
        "issue_date": code.day,
        "check_code": code.check_code,
    }
    if code.amount is not None:
        said["total_amount" if code.holds_total else "net_amount"] = money_text(code.amount)
    for name, value in said.items():
        if value:
            parts.put(Field(name=name, value=value, raw=value, confidence=_SURE, at=qr.at))


def _same_invoice(parts: Parts, code: InvoiceCode) -> bool:
    """False where the print shows another number: then the two are to be compared, not mixed."""
    number = parts.fields.get("number")
    return number is None or number.value == code.number


def lacks_lines(invoice: Document) -> bool:
    """Whether reading the invoice said that not all of its lines were read."""
    return any(failure.code == IncompleteLines.code for failure in invoice.failures)


def incomplete(lacking: Sequence[str], page: int, file: str) -> Failure:
    """Say which parts of an invoice were not read."""
    labels = [_LABELS.get(name, (name, name)) for name in lacking]
    zh = "、".join(label[0] for label in labels)
    en = ", ".join(label[1] for label in labels)
    return Failure(
        code=IncompleteInvoice.code,
        zh=f"发票未读到：{zh}。{IncompleteInvoice.zh}",
        en=f"Not read on this invoice: {en}. {IncompleteInvoice.en}",
        page=page,
        file=file,
    )
