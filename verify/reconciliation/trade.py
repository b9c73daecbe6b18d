"""Revenue, purchases and how invoices were paid, by every source."""

from __future__ import annotations

from decimal import Decimal

from extractors.documents import invoice, vat_return
from extractors.model import Document
from verify.arithmetic.form_totals import STOCK_AND_PAYABLES
from verify.ledger.accounts import Entry, total
from verify.ledger.invoice_settlement import Bill, Terms, settle
from verify.ledger.receipts import supplier_payments
from verify.model import BilingualText, Reconciled, Source
from verify.reconciliation.sheet import YearSheet, left_out, of_rows, reconciled, source


def revenue(sheet: YearSheet) -> Reconciled:
    """Income statement, VAT return, invoices and receipts; receipts bear tax and may settle other
    years.
    """
    tolerance = sheet.case.policy.limit("CON02", "warn")
    out: list[Source] = []
    if found := sheet.line("income_statement", "营业收入"):
        out.append(source("income_statement", found[1].value, found[0].id, "不含税", "net of VAT"))
    for document in sheet.papers("vat_return"):
        if sales := vat_return.DECLARED_SALES.of(document):
            out.append(
                source(
                    "vat_return",
                    sales.value,
                    document.id,
                    "不含税，本年累计",
                    "net of VAT, year to date",
                )
            )
            break
    out += _invoices(sheet, invoice.SELLER_NAME.name, "invoices", ("销项发票", "sales invoice(s)"))
    receipts = sheet.case.receipts
    note = sheet.note_of_months()
    sales_rows = [entry for entry in receipts.sales if entry.row.day.year == sheet.year]
    out += of_rows(
        "bank_receipts", sales_rows, "含税回款" + note.zh, "receipts with VAT " + note.en
    )
    reasons = (
        (key, total(entry.amount for entry in es if entry.row.day.year == sheet.year))
        for key, es in receipts.left_out.items()
    )
    figure = BilingualText(f"{sheet.year} 年营业收入", f"revenue {sheet.year}")
    return reconciled(
        figure, out, tolerance, {"income_statement", "vat_return"}, without=left_out(reasons)
    )


def purchases(sheet: YearSheet) -> Reconciled:
    """What cost of sales needs, what suppliers were paid, purchase invoices, and the base of the
    input tax.
    """
    out: list[Source] = []
    if found := sheet.line("income_statement", "营业成本"):
        change = sum((sign * sheet.grown(name) for name, sign in STOCK_AND_PAYABLES), Decimal(0))
        out.append(
            source(
                "income_statement",
                found[1].value + change,
                found[0].id,
                "营业成本加存货、减应付变动",
                "cost of sales, stock and payables counted",
            )
        )
    holder = sheet.case.applicant.name
    paid = supplier_payments(sheet.rows, holder, sheet.case.trips)
    out += of_rows(
        "bank_payments", paid, "付给供应商等，含税", "paid to suppliers and others, with VAT"
    )
    out += _invoices(
        sheet, invoice.BUYER_NAME.name, "purchase_invoices", ("进项发票", "purchase invoice(s)")
    )
    if tax := sheet.line("vat_return", "进项税额"):
        rate = sheet.case.policy.limit("ARI23", "rate_1")
        base = (tax[1].value / rate).quantize(Decimal("0.01"))
        out.append(
            source(
                "input_tax",
                base,
                tax[0].id,
                f"进项税额按 {rate:.0%} 还原",
                f"input tax at {rate:.0%} turned back",
            )
        )
    trips = total(
        trip.went.row.debit for trip in sheet.case.trips if trip.went.row.day.year == sheet.year
    )
    figure = BilingualText(f"{sheet.year} 年采购", f"purchases {sheet.year}")
    return reconciled(
        figure,
        out,
        Decimal("0.5"),
        {"income_statement", "bank_payments"},
        without=left_out([("round_trip", trips)]),
    )


def invoices_paid(sheet: YearSheet) -> Reconciled:
    """Sales invoices handed in, by how receipts settle them; what finds no receipt stands as a
    source of its own.
    """
    terms = Terms.of(sheet.case.policy.limits["CON06"])
    bills, papers = [], []
    for document in _own(sheet, invoice.SELLER_NAME.name):
        buyer, amount, day = (
            invoice.BUYER_NAME.of(document),
            invoice.TOTAL_AMOUNT.of(document),
            invoice.ISSUE_DATE.of(document),
        )
        if buyer and amount and day and amount.value > 0:
            bills.append(Bill(buyer.value.key, amount.value, day.value))
            papers.append(document)
    rows: list[Entry] = [entry for entry in sheet.case.entries if entry.amount > 0]
    if not bills or not rows:
        return reconciled(
            BilingualText(f"{sheet.year} 年发票与回款", f"invoices and receipts {sheet.year}"),
            [],
            Decimal(0),
            (),
        )
    by_kind: dict[str, list[int]] = {}
    for each in settle(bills, rows, terms):
        by_kind.setdefault(each.kind, []).extend(each.bills)
    out = [
        source(
            f"settled_{key}",
            total(bills[i].amount for i in found),
            papers[found[0]].id,
            f"{len(found)} 张",
            f"{len(found)} invoice(s)",
        )
        for key, found in sorted(by_kind.items())
    ]
    rest = [i for i in range(len(bills)) if not any(i in found for found in by_kind.values())]
    if rest:
        out.append(
            source(
                "not_settled",
                total(bills[i].amount for i in rest),
                papers[rest[0]].id,
                f"{len(rest)} 张",
                f"{len(rest)} invoice(s)",
            )
        )
    return reconciled(
        BilingualText(f"{sheet.year} 年发票与回款", f"invoices and receipts {sheet.year}"),
        out,
        Decimal(0),
        (),
    )


def _own(sheet: YearSheet, side: str) -> list[Document]:
    """The year's invoices on which the applicant stands on a side, each number once."""
    out: dict[str, Document] = {}
    for document in sheet.case.packet.of_type("invoice"):
        name, day, number = (
            document.fields.get(side),
            invoice.ISSUE_DATE.of(document),
            invoice.NUMBER.of(document),
        )
        if (
            name
            and day
            and sheet.case.applicant.is_named(name.value)
            and day.value.year == sheet.year
        ):
            out.setdefault(number.value if number else document.id, document)
    return list(out.values())


def _invoices(sheet: YearSheet, side: str, name: str, what: tuple[str, str]) -> list[Source]:
    papers = [
        (document, n.value)
        for document in _own(sheet, side)
        if (n := invoice.NET_AMOUNT.of(document))
    ]
    if not papers:
        return []
    zh = f"已提交的 {len(papers)} 张{what[0]}（可能只是一部分）"
    return [
        source(
            name,
            total(value for _, value in papers),
            papers[0][0].id,
            zh,
            f"{len(papers)} {what[1]} handed in, maybe not all",
        )
    ]
