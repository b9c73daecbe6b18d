"""Invoices that come as data: 数电票 XML as the tax office gives it, and XBRL of the accounting
data standard (财会〔2025〕9号).
"""

from __future__ import annotations

from conftest import read_packet
from invoice_prints import BUYER, BUYER_ID, SELLER, SELLER_ID

XBRL = f"""<?xml version="1.0" encoding="UTF-8"?>
<xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:inv="http://xbrl.mof.gov.cn/taxonomy/2023-01-01/inv">
  <inv:UniqueCodeOfInvoice>1</inv:UniqueCodeOfInvoice>
  <inv:NumberOfInvoice>25332000000123456789</inv:NumberOfInvoice>
  <inv:DateOfIssue>2025-12-08</inv:DateOfIssue>
  <inv:NameOfSeller>{SELLER}</inv:NameOfSeller>
  <inv:TaxpayerIdentificationNumberUnifiedSocialCreditCodeOfSeller>{SELLER_ID}</inv:TaxpayerIdentificationNumberUnifiedSocialCreditCodeOfSeller>
  <inv:NameOfPurchaser>{BUYER}</inv:NameOfPurchaser>
  <inv:TaxpayerIdentificationNumberUnifiedSocialCreditCodeOfPurchaser>{BUYER_ID}</inv:TaxpayerIdentificationNumberUnifiedSocialCreditCodeOfPurchaser>
  <inv:InformationOfTaxableGoodsOrServicesDetailItemsTuple>
    <inv:NameOfTaxableGoodsOrServices>*现代服务*后勤服务</inv:NameOfTaxableGoodsOrServices>
    <inv:AmountExcludingTax>9849.06</inv:AmountExcludingTax>
    <inv:TaxRate>6.00%</inv:TaxRate>
    <inv:TaxAmount>590.94</inv:TaxAmount>
  </inv:InformationOfTaxableGoodsOrServicesDetailItemsTuple>
  <inv:TotalAmountExcludingTax>9849.06</inv:TotalAmountExcludingTax>
  <inv:TotalTaxAmount>590.94</inv:TotalTaxAmount>
  <inv:TaxIncludedAmountInFigures>10440.00</inv:TaxIncludedAmountInFigures>
  <inv:TaxIncludedAmountInWords>壹万零肆佰肆拾圆整</inv:TaxIncludedAmountInWords>
</xbrl>"""

TOLL = f"""<?xml version="1.0" encoding="utf-8"?>
<EInvoice><Header><EIid>25332000000123456789</EIid></Header><EInvoiceData>
<SellerInformation><SellerIdNum>{SELLER_ID}</SellerIdNum><SellerName>{SELLER}</SellerName></SellerInformation>
<BuyerInformation><BuyerIdNum>{BUYER_ID}</BuyerIdNum><BuyerName>{BUYER}</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>18.63</TotalAmWithoutTax><TotalTaxAm>0.56</TotalTaxAm>
<TotalTax-includedAmount>19.19</TotalTax-includedAmount></BasicInformation>
<IssuItemInformation><ItemName>*经营租赁*通行费</ItemName><Amount>18.63</Amount><TaxRate>0.03</TaxRate><ComTaxAm>0.56</ComTaxAm></IssuItemInformation>
<SpecificInformation><Toll><PlateNumber>浙A12345</PlateNumber></Toll></SpecificInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>25332000000123456789</InvoiceNumber><IssueTime>2025-12-08 10:11:12</IssueTime></TaxSupervisionInfo></EInvoice>"""

NAMES = ("number", "issue_date", "buyer_name", "buyer_tax_id", "seller_name", "seller_tax_id")
HEAD = ("25332000000123456789", "2025-12-08", BUYER, BUYER_ID, SELLER, SELLER_ID)


def read(text: str) -> tuple[str, dict[str, str], list[tuple[str, str, str, str]]]:
    (document,) = read_packet({"a.xml": text.encode()}).documents
    fields = {name: field.value for name, field in document.fields.items()}
    items = [(i.name, i.rate, str(i.net), str(i.tax)) for i in document.items]
    return document.status, fields, items


def test_the_accounting_data_standard() -> None:
    status, fields, items = read(XBRL)
    assert status == "read"
    assert tuple(fields[name] for name in NAMES) == HEAD
    assert (fields["net_amount"], fields["tax_amount"], fields["total_amount"]) == (
        "9849.06",
        "590.94",
        "10440.00",
    )
    assert fields["total_words"] == "10440.00"
    assert items == [("*现代服务*后勤服务", "6%", "9849.06", "590.94")]


def test_a_toll_invoice_as_data() -> None:
    status, fields, items = read(TOLL)
    assert status == "read"
    assert tuple(fields[name] for name in NAMES) == HEAD
    assert items == [("*经营租赁*通行费", "3%", "18.63", "0.56")]


def test_data_without_a_buyer_says_so() -> None:
    lacking = XBRL.replace(f"<inv:NameOfPurchaser>{BUYER}</inv:NameOfPurchaser>", "")
    (document,) = read_packet({"a.xml": lacking.encode()}).documents
    assert document.status == "partial"
    assert [failure.code for failure in document.failures] == ["incomplete_invoice"]
