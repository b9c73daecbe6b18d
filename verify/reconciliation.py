"""The reconciliation table: one figure by every source that states it, shown whether or not a rule hits."""

from __future__ import annotations

from decimal import Decimal

from extractors.documents import balance_sheet, bank_statement, invoice, vat_return
from extractors.model import Document, Packet
from extractors.values.money import yuan
from verify.applicant import Applicant
from verify.interest import daily_of
from verify.model import Reconciled, Say, Source
from verify.row_kinds import not_trade, tax

_NONE = Say("", "")


def reconcile(packet: Packet, applicant: Applicant) -> tuple[Reconciled, ...]:
    """Revenue, cash and VAT by source. Bank receipts state what was left out and why."""
    out = []
    for year in sorted({str(d.fields["period_end"].value)[:4] for d in packet.documents if "period_end" in d.fields}, reverse=True)[:2]:
        out.append(_revenue(packet, applicant, year))
        out.append(_vat(packet, year))
    out.append(_cash(packet))
    return tuple(r for r in out if r.sources)


def _in_year(document: Document, year: str) -> bool:
    return "period_end" in document.fields and document.fields["period_end"].value.startswith(year)


def _revenue(packet: Packet, applicant: Applicant, year: str) -> Reconciled:
    sources: list[Source] = []
    for document in packet.of_type("income_statement"):
        found = document.lines["营业收入"].columns.get("value") if "营业收入" in document.lines else None
        if found and _in_year(document, year):
            sources.append(Source(name="income_statement", value=found.value, document=document.id, note=Say("不含税", "net of VAT")))
    for document in packet.of_type("vat_return"):
        sales = vat_return.DECLARED_SALES.of(document)
        if sales and _in_year(document, year):
            sources.append(
                Source(name="vat_return", value=sales.value, document=document.id, note=Say("不含税，本年累计", "net of VAT, year to date"))
            )
    sold = [
        d
        for d in packet.of_type("invoice")
        if (s := invoice.SELLER_NAME.of(d)) and applicant.is_named(s.value) and (t := invoice.ISSUE_DATE.of(d)) and str(t.value.year) == year
    ]
    nets = [n.value for d in sold if (n := invoice.NET_AMOUNT.of(d))]
    if nets:
        note = Say(f"已提交的 {len(nets)} 张销项发票（可能只是一部分）", f"{len(nets)} sales invoice(s) handed in, maybe not all")
        sources.append(Source(name="invoices", value=sum(nets, Decimal(0)), document=sold[0].id, note=note))
    sources += _receipts(packet, applicant, year)
    return _reconciled(Say(f"{year} 年营业收入", f"revenue {year}"), sources, "10%", {"income_statement", "vat_return"})


def _receipts(packet: Packet, applicant: Applicant, year: str) -> list[Source]:
    out = []
    for document in packet.of_type("bank_statement"):
        left: dict[str, Decimal] = {}
        total = Decimal(0)
        for row in document.rows:
            if row.credit <= 0 or str(row.day.year) != year:
                continue
            why = not_trade(row, applicant.name)
            if why:
                left[why] = left.get(why, Decimal(0)) + row.credit
            else:
                total += row.credit
        if total:
            shown = ", ".join(f"{k} {yuan(v)}" for k, v in sorted(left.items())) or "0"
            note = Say(f"含税回款，已剔除：{shown}", f"receipts with VAT; left out: {shown}")
            out.append(Source(name="bank_receipts", value=total, document=document.id, note=note))
    return out


def _vat(packet: Packet, year: str) -> Reconciled:
    sources: list[Source] = []
    for document in packet.of_type("vat_return"):
        due = document.lines["应纳税额"].columns.get("value") if "应纳税额" in document.lines else None
        if due and _in_year(document, year):
            sources.append(Source(name="vat_return", value=due.value, document=document.id, note=Say("应纳增值税", "VAT due")))
    for document in packet.of_type("bank_statement"):
        paid = sum((r.debit for r in document.rows if tax(r) and str(r.day.year) == year), Decimal(0))
        if paid:
            sources.append(
                Source(name="bank_tax_payments", value=paid, document=document.id, note=Say("账户缴纳的各项税款", "all taxes paid from the account"))
            )
    return _reconciled(Say(f"{year} 年税款", f"taxes {year}"), sources, "50%", set())


def _cash(packet: Packet) -> Reconciled:
    sources: list[Source] = []
    day = None
    for document in packet.of_type("balance_sheet"):
        found = document.lines["货币资金"].columns.get("ending") if "货币资金" in document.lines else None
        end = balance_sheet.PERIOD_END.of(document)
        if found and end:
            day = day or end.value
            sources.append(Source(name="balance_sheet", value=found.value, document=document.id, note=Say(f"{end.value}", f"{end.value}")))
    for document in packet.of_type("bank_statement"):
        daily = daily_of(document)
        number = bank_statement.ACCOUNT_NUMBER.of(document)
        if daily and day and daily.covers(day, day):
            tail = number.value[-4:] if number else ""
            sources.append(Source(name="bank_statement", value=daily.on(day), document=document.id, note=Say(f"尾号 {tail}", f"account …{tail}")))
    return _reconciled(Say("报表日货币资金", "cash on the balance sheet date"), sources, "1%", {"balance_sheet", "bank_statement"})


def _reconciled(figure: Say, sources: list[Source], tolerance: str, compared: set[str]) -> Reconciled:
    values: dict[str, Decimal] = {}
    for source in sources:
        if source.name in compared:
            values[source.name] = values.get(source.name, Decimal(0)) + source.value
    outcome = "one_source"
    if len(values) >= 2:
        low, high = min(values.values()), max(values.values())
        allowed = Decimal(tolerance.rstrip("%")) / 100 * max(abs(low), abs(high)) + (20000 if "balance_sheet" in compared else 0)
        outcome = "agrees" if high - low <= allowed else "differs"
    return Reconciled(figure=figure, sources=tuple(sources), tolerance=tolerance, outcome=outcome)
