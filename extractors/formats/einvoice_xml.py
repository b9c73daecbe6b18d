"""Electronic invoices as data: 数电票 XML, the invoice within an invoice OFD, the accounting data
standard's XBRL (财会〔2025〕9号), and EN 16931 invoices (UBL, CII, also within a PDF).

The XML is the signed original of a fully digital invoice; PDF and OFD are pictures of it (tax
authority notice 2024 no. 11).
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pikepdf

from extractors.errors import OverLimit, ReadError, UnsupportedFile
from extractors.formats.ofd_package import Package, parse_xml
from extractors.formats.opened_file import OpenedFile
from extractors.formats.pdf_streams import inflated

_LARGEST = 8 << 20
_MOST_ATTACHED, _MOST_ITEMS, _LEAST_FIELDS = 20, 2_000, 3
ROOTS = (
    "EInvoice",
    "eInvoice",
    "CrossIndustryInvoice",
    "CrossIndustryDocument",
    "Invoice",
    "CreditNote",
    "xbrl",
)
_ITEMS = (
    "IssuItemInformation",
    "GoodsInfo",
    "IncludedSupplyChainTradeLineItem",
    "InvoiceLine",
    "CreditNoteLine",
    "InformationOfTaxableGoodsOrServicesDetailItemsTuple",
)
_SUMMATIONS = (
    "SpecifiedTradeSettlementHeaderMonetarySummation",
    "SpecifiedTradeSettlementMonetarySummation",
)
# The end of the path of elements under which each field stands, by dialect.
_FIELDS: dict[str, tuple[str, ...]] = {
    "number": (
        "TaxSupervisionInfo/InvoiceNumber",
        "Header/EIid",
        "eInvoice/InvoiceNo",
        "ExchangedDocument/ID",
        "HeaderExchangedDocument/ID",
        "Invoice/ID",
        "xbrl/NumberOfInvoice",
        "xbrl/InvoiceNumber",
    ),
    "code": ("eInvoice/InvoiceCode", "xbrl/CodeOfInvoice"),
    "issue_date": (
        "TaxSupervisionInfo/IssueTime",
        "BasicInformation/RequestTime",
        "eInvoice/IssueDate",
        "ExchangedDocument/IssueDateTime/DateTimeString",
        "HeaderExchangedDocument/IssueDateTime/DateTimeString",
        "Invoice/IssueDate",
        "CreditNote/IssueDate",
        "xbrl/DateOfIssue",
    ),
    "seller_name": (
        "SellerInformation/SellerName",
        "Seller/SellerName",
        "SellerTradeParty/Name",
        "AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName",
        "AccountingSupplierParty/Party/PartyName/Name",
        "xbrl/NameOfSeller",
    ),
    "seller_tax_id": (
        "SellerInformation/SellerIdNum",
        "Seller/SellerTaxID",
        "xbrl/TaxpayerIdentificationNumberUnifiedSocialCreditCodeOfSeller",
        "xbrl/UnifiedSocialCreditCodeOfSeller",
    ),
    "buyer_name": (
        "BuyerInformation/BuyerName",
        "Buyer/BuyerName",
        "BuyerTradeParty/Name",
        "AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName",
        "AccountingCustomerParty/Party/PartyName/Name",
        "xbrl/NameOfPurchaser",
    ),
    "buyer_tax_id": (
        "BuyerInformation/BuyerIdNum",
        "Buyer/BuyerTaxID",
        "xbrl/TaxpayerIdentificationNumberUnifiedSocialCreditCodeOfPurchaser",
        "xbrl/UnifiedSocialCreditCodeOfPurchaser",
    ),
    "seller_address": ("SellerInformation/SellerAddr", "Seller/SellerAddrTel"),
    "seller_phone": ("SellerInformation/SellerTelNum", "Seller/SellerAddrTel"),
    "seller_account": ("SellerInformation/SellerBankAccNum", "Seller/SellerFinancialAccount"),
    "buyer_address": ("BuyerInformation/BuyerAddr", "Buyer/BuyerAddrTel"),
    "buyer_phone": ("BuyerInformation/BuyerTelNum", "Buyer/BuyerAddrTel"),
    "buyer_account": ("BuyerInformation/BuyerBankAccNum", "Buyer/BuyerFinancialAccount"),
    "net_amount": (
        "BasicInformation/TotalAmWithoutTax",
        "eInvoice/TaxExclusiveTotalAmount",
        *(f"{s}/TaxBasisTotalAmount" for s in _SUMMATIONS),
        "LegalMonetaryTotal/TaxExclusiveAmount",
        "xbrl/TotalAmountExcludingTax",
    ),
    "tax_amount": (
        "BasicInformation/TotalTaxAm",
        "eInvoice/TaxTotalAmount",
        *(f"{s}/TaxTotalAmount" for s in _SUMMATIONS),
        "Invoice/TaxTotal/TaxAmount",
        "xbrl/TotalTaxAmount",
    ),
    "total_amount": (
        "BasicInformation/TotalTax-includedAmount",
        "eInvoice/TaxInclusiveTotalAmount",
        *(f"{s}/GrandTotalAmount" for s in _SUMMATIONS),
        "LegalMonetaryTotal/TaxInclusiveAmount",
        "xbrl/TaxIncludedAmountInFigures",
    ),
    "total_words": (
        "BasicInformation/TotalTax-includedAmountInChinese",
        "xbrl/TaxIncludedAmountInWords",
    ),
    "check_code": ("eInvoice/InvoiceCheckCode", "xbrl/IdentifyingCode"),
    "qr": ("eInvoice/GraphCode",),
}
_ITEM_FIELDS: dict[str, tuple[str, ...]] = {
    "name": (
        "ItemName",
        "Item",
        "SpecifiedTradeProduct/Name",
        "Item/Name",
        "NameOfTaxableGoodsOrServices",
    ),
    "quantity": ("Quan", "Quantity", "BilledQuantity", "InvoicedQuantity"),
    "unit_price": (
        "UnPrice",
        "Price",
        "UnitPrice",
        "NetPriceProductTradePrice/ChargeAmount",
        "Price/PriceAmount",
    ),
    "net": ("LineExtensionAmount", "LineTotalAmount", "Amount", "AmountExcludingTax"),
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
    """Fields and items of one invoice as written.

    Raises DamagedFile, OverLimit, UnsafeArchive, UnsupportedFile (no invoice).
    """
    if len(data) > _LARGEST:
        raise OverLimit("XML")
    root = parse_xml(data, "XML")
    if root.tag not in ROOTS:
        raise UnsupportedFile(root.tag)
    texts = _by_path(root, root.tag)
    fields = {name: found for name, ends in _FIELDS.items() if (found := _first(texts, ends))}
    if len(fields) < _LEAST_FIELDS:
        raise UnsupportedFile(root.tag)
    items = [node for node in root.iter() if node.tag in _ITEMS][:_MOST_ITEMS]
    return fields, [
        {
            name: found
            for name, ends in _ITEM_FIELDS.items()
            if (found := _first(_by_path(item, ""), ends))
        }
        for item in items
    ]


def _by_path(node: Element, path: str) -> dict[str, str]:
    """The first text under each end of a path, of one to four elements; what stands within an item
    belongs to the item.
    """
    out: dict[str, str] = {}
    for inner in node:
        here = f"{path}/{inner.tag}".lstrip("/")
        if len(inner):
            for key, text in (_by_path(inner, here) if inner.tag not in _ITEMS else {}).items():
                out.setdefault(key, text)
        elif text := (inner.text or "").strip():
            steps = here.split("/")[-4:]
            for start in range(len(steps)):
                out.setdefault("/".join(steps[start:]), text)
    return out


def _first(texts: dict[str, str], ends: tuple[str, ...]) -> str:
    return next((texts[end] for end in ends if end in texts), "")


def attached_invoices(file: OpenedFile) -> Iterator[bytes]:
    """XML files that a PDF or OFD carries; whether they are invoices, reading tells."""
    try:
        if file.kind == "ofd":
            yield from _in_ofd(file.package)
        elif file.kind == "pdf":
            yield from _in_pdf(file.pdf.qpdf)
    except (
        ReadError,
        pikepdf.PdfError,
        pikepdf.PasswordError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RuntimeError,
    ):
        return  # what is attached is beside the page, which is read all the same


def _in_pdf(pdf: pikepdf.Pdf) -> Iterator[bytes]:
    for name in list(pdf.attachments)[:_MOST_ATTACHED]:
        if name.lower().endswith(".xml"):
            yield inflated(pdf.attachments[name].get_file().obj, _LARGEST)


def _in_ofd(package: Package) -> Iterator[bytes]:
    package.count_anew()
    for name in [n for n in package.parts if n.lower().endswith(".xml") and "/attach" in n.lower()][
        :_MOST_ATTACHED
    ]:
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
