"""Electronic invoices as data: 数电票 XML, the invoice within an invoice OFD, and EN 16931 invoices (UBL, CII, also within a PDF).

The XML is the signed original of a fully digital invoice; PDF and OFD are pictures of it (tax authority notice 2024 no. 11).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pikepdf

from extractors.errors import OverLimit, ReadError, UnsupportedFile
from extractors.formats.ofd_package import Package, parse_xml

_LARGEST = 8 << 20
_MOST_ATTACHED = 20
ROOTS = ("EInvoice", "eInvoice", "CrossIndustryInvoice", "CrossIndustryDocument", "Invoice", "CreditNote")
_ITEMS = ("IssuItemInformation", "GoodsInfo", "IncludedSupplyChainTradeLineItem", "InvoiceLine", "CreditNoteLine")
_SUMMATIONS = ("SpecifiedTradeSettlementHeaderMonetarySummation", "SpecifiedTradeSettlementMonetarySummation")
# The end of the path of elements under which each field stands, by dialect.
_FIELDS: dict[str, tuple[str, ...]] = {
    "number": (
        "TaxSupervisionInfo/InvoiceNumber",
        "Header/EIid",
        "eInvoice/InvoiceNo",
        "ExchangedDocument/ID",
        "HeaderExchangedDocument/ID",
        "Invoice/ID",
    ),
    "code": ("eInvoice/InvoiceCode",),
    "issue_date": (
        "TaxSupervisionInfo/IssueTime",
        "BasicInformation/RequestTime",
        "eInvoice/IssueDate",
        "ExchangedDocument/IssueDateTime/DateTimeString",
        "HeaderExchangedDocument/IssueDateTime/DateTimeString",
        "Invoice/IssueDate",
        "CreditNote/IssueDate",
    ),
    "seller_name": (
        "SellerInformation/SellerName",
        "Seller/SellerName",
        "SellerTradeParty/Name",
        "AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName",
        "AccountingSupplierParty/Party/PartyName/Name",
    ),
    "seller_tax_id": ("SellerInformation/SellerIdNum", "Seller/SellerTaxID"),
    "buyer_name": (
        "BuyerInformation/BuyerName",
        "Buyer/BuyerName",
        "BuyerTradeParty/Name",
        "AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName",
        "AccountingCustomerParty/Party/PartyName/Name",
    ),
    "buyer_tax_id": ("BuyerInformation/BuyerIdNum", "Buyer/BuyerTaxID"),
    "net_amount": (
        "BasicInformation/TotalAmWithoutTax",
        "eInvoice/TaxExclusiveTotalAmount",
        *(f"{s}/TaxBasisTotalAmount" for s in _SUMMATIONS),
        "LegalMonetaryTotal/TaxExclusiveAmount",
    ),
    "tax_amount": (
        "BasicInformation/TotalTaxAm",
        "eInvoice/TaxTotalAmount",
        *(f"{s}/TaxTotalAmount" for s in _SUMMATIONS),
        "Invoice/TaxTotal/TaxAmount",
    ),
    "total_amount": (
        "BasicInformation/TotalTax-includedAmount",
        "eInvoice/TaxInclusiveTotalAmount",
        *(f"{s}/GrandTotalAmount" for s in _SUMMATIONS),
        "LegalMonetaryTotal/TaxInclusiveAmount",
    ),
    "total_words": ("BasicInformation/TotalTax-includedAmountInChinese",),
    "check_code": ("eInvoice/InvoiceCheckCode",),
    "qr": ("eInvoice/GraphCode",),
}
_ITEM_FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("ItemName", "Item", "SpecifiedTradeProduct/Name", "Item/Name"),
    "quantity": ("Quan", "Quantity", "BilledQuantity", "InvoicedQuantity"),
    "unit_price": ("UnPrice", "Price", "NetPriceProductTradePrice/ChargeAmount", "Price/PriceAmount"),
    "net": ("LineExtensionAmount", "LineTotalAmount", "Amount"),
    "rate": (
        "TaxRate",
        "TaxScheme",
        "ApplicableTradeTax/RateApplicablePercent",
        "ApplicableTradeTax/ApplicablePercent",
        "ClassifiedTaxCategory/Percent",
    ),
    "tax": ("ComTaxAm", "TaxAmount"),
}


def read_invoice_xml(data: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Fields and items of one invoice as written. Raises DamagedFile, OverLimit, UnsafeArchive, UnsupportedFile (no invoice)."""
    if len(data) > _LARGEST:
        raise OverLimit("XML")
    root = parse_xml(data, "XML")
    if root.tag not in ROOTS:
        raise UnsupportedFile(root.tag)
    texts = list(_texts(root, root.tag))
    fields = {name: found for name, ends in _FIELDS.items() if (found := _first(texts, ends))}
    items = [node for node in root.iter() if node.tag in _ITEMS]
    return fields, [{n: found for n, ends in _ITEM_FIELDS.items() if (found := _first(list(_texts(i, "")), ends))} for i in items]


def _texts(node: Element, path: str) -> Iterator[tuple[str, str]]:
    """Path and text of each element that holds text alone."""
    for inner in node:
        here = f"{path}/{inner.tag}" if inner.tag not in _ITEMS else ""
        if len(inner):
            yield from _texts(inner, here) if here or not path else ()
        elif (inner.text or "").strip():
            yield here, (inner.text or "").strip()


def _first(texts: list[tuple[str, str]], ends: tuple[str, ...]) -> str:
    return next((text for end in ends for path, text in texts if f"/{path}".endswith(f"/{end}")), "")


def attached_invoices(data: bytes, kind: str) -> Iterator[bytes]:
    """XML files that a PDF or OFD carries and that are invoices."""
    try:
        for body in _in_ofd(data) if kind == "ofd" else _in_pdf(data):
            if any(b"<" + root.encode() in body[:4000] or b":" + root.encode() in body[:4000] for root in ROOTS):
                yield body
    except (ReadError, pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        return  # what is attached is beside the page, which is read all the same


def _in_pdf(data: bytes) -> Iterator[bytes]:
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
        for name in list(pdf.attachments)[:_MOST_ATTACHED]:
            if name.lower().endswith(".xml"):
                body = pdf.attachments[name].get_file().read_bytes()
                if len(body) <= _LARGEST:
                    yield body


def _in_ofd(data: bytes) -> Iterator[bytes]:
    package = Package(data)
    for name in [n for n in package.parts if n.lower().endswith(".xml") and "/attach" in n.lower()][:_MOST_ATTACHED]:
        body = package.read(name)
        if len(body) <= _LARGEST:
            yield body


def looks_like_xml(head: bytes) -> bool:
    """Whether a file begins as XML does; which XML it is, reading tells."""
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    return (
        start.startswith(b"<?xml")
        or (head[:2] in (b"\xff\xfe", b"\xfe\xff") and b"<\x00?\x00x\x00m\x00l" in head[:40])
        or any(start[:200].startswith(b"<" + root.encode()) for root in ROOTS)
    )
