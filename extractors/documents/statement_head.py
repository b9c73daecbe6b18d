"""The fields of a statement: its head by label, by place and by its own columns, and its printed
sums.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from extractors.documents.declare import DocumentType
from extractors.documents.parts import Parts
from extractors.documents.statement_rows import Rows
from extractors.layout.labels import Form, make_field
from extractors.layout.page import Page, Word
from extractors.layouts.declare import Role
from extractors.model import Field, PrintedTotal, ProofKind, Provenance, ReadMethod, Transaction
from extractors.statements.dates import Span
from extractors.statements.entries import Entry
from extractors.statements.head import Head, Place, bank_in
from extractors.statements.names import is_party_name, without_label
from extractors.values.account_number import parse_account
from extractors.values.glyphs import squeeze, tidy
from extractors.values.money import money_text, parse_money
from extractors.values.period import parse_date, parse_period

_NEAR_LABEL = 0.95  # confidence of a value behind its label, whatever stands between
_UNLABELLED = 0.7  # of a value that is known by its form alone
_NICKNAME = 0.6  # of a name that its holder chose
_COLUMN = 0.97  # of a value that a column of the table repeats in every row
_IMPLIED_PERIOD = 0.8  # of a period that only the rows show
_IMPLIED = 0.9  # of an opening balance that the first row implies, times that row's
_UNPROVED = 0.5  # of a balance that the rows imply where they are not proved complete
_HEADED_PAGES = 3  # pages on which a head may stand
_PAGE_OF = re.compile(
    r"第\s*(\d{1,4})\s*页\W{0,6}共\s*(\d{1,4})\s*页|(?i:page)\s*(\d{1,4})\s*(?:of|/)\s*(\d{1,4})"
)
_CURRENCIES = {
    "人民币": "CNY",
    "CNY": "CNY",
    "RMB": "CNY",
    "美元": "USD",
    "USD": "USD",
    "港币": "HKD",
    "HKD": "HKD",
    "欧元": "EUR",
    "EUR": "EUR",
}


def read_head(
    kind: DocumentType,
    pages: Sequence[Page],
    rows: Rows,
    period: tuple[Span, Place] | None,
    parts: Parts,
) -> None:
    """Holder, account, bank, currency, period and printed balances of a statement."""
    tops = _tops(rows)
    for index, page in enumerate(pages[:_HEADED_PAGES]):
        if index and page.is_sheet:
            break
        _labelled(kind.form(_above(page, tops.get(page.number, float("inf")))), parts)
    _footer(kind.form(_below(pages[-1], rows)), parts)
    head = Head(pages, rows.body_top)
    _columns(rows, parts)
    _by_place(head, parts)
    _bank(head, parts)
    if period is not None and "period_start" not in parts.fields:
        _put_period(period, parts)
    _sums(head, parts)


def _name(text: str) -> str | None:
    name = without_label(tidy(text))
    return name if is_party_name(name) else None


def _tops(rows: Rows) -> dict[int, float]:
    """Where the table of each page begins; a page that only goes on has no head of its own."""
    tops: dict[int, float] = {}
    for table in rows.tables:
        for segment in table.segments:
            top = segment.header.top if not segment.repeated else 0.0
            tops.setdefault(segment.page.number, top)
    return tops


def _above(page: Page, top: float) -> Page:
    """The page's head: what its table holds says nothing about the account itself."""
    words = [word for word in page.words if word.bottom <= top + 1]
    return replace(page, words=words, known={})


def _below(page: Page, rows: Rows) -> Page:
    """What stands below the last row of a page."""
    bottom = rows.found.bottoms.get(page.number, 0.0)
    words = [word for word in page.words if word.top >= bottom - 1]
    return replace(page, words=words, known={})


def _labelled(form: Form, parts: Parts) -> None:
    """Values behind labels above the table; printed sums may stand below it."""
    parts.put(form.field("account_name", _name))
    parts.put(form.field("account_number", parse_account))
    parts.put(form.field("bank", _bank_name))
    parts.put(form.field("currency", _currency))
    parts.put(form.field("opening_balance", parse_money, money_text))
    parts.put(form.field("printed_at", parse_date, date.isoformat))
    if "period_start" not in parts.fields:
        _period(form, parts)
    _footer(form, parts)


def _bank_name(text: str) -> str | None:
    name = tidy(text)
    worded = re.search(r"[\u4e00-\u9fffA-Za-z]{2}", name) is not None
    return name if worded and not parse_account(name) and not name[0].isdigit() else None


def _currency(text: str) -> str | None:
    squeezed = squeeze(text)
    latin = squeezed[:1].isascii()
    key = squeezed.upper()[:3] if latin else squeezed[:3].rstrip("(（")
    return _CURRENCIES.get(key)


def _period(form: Form, parts: Parts) -> None:
    found = form.first("period", parse_period)
    if found:
        for name, day in zip(("period_start", "period_end"), found[0], strict=True):
            parts.put(make_field(name, day.isoformat(), found[1]))
        return
    parts.put(form.field("period_start", parse_date, date.isoformat))
    parts.put(form.field("period_end", parse_date, date.isoformat))


def _put_period(period: tuple[Span, Place], parts: Parts) -> None:
    span, place = period
    parts.put(_placed("period_start", span.first.isoformat(), place, _NEAR_LABEL))
    parts.put(_placed("period_end", span.last.isoformat(), place, _NEAR_LABEL))


def _footer(form: Form, parts: Parts) -> None:
    parts.put(form.field("closing_balance", parse_money, money_text))
    for key in ("total_debit", "total_credit"):
        parts.put(form.field(key, parse_money, money_text))
    parts.put(form.field("row_count", _leading_number))


def _leading_number(text: str) -> str | None:
    match = re.match(r"\D{0,2}(\d+)", text)
    return match[1] if match else None


def _placed(name: str, value: str, place: Place, confidence: float) -> Field:
    word, page = place.word, place.page
    box = page.box(word.x0, word.top, word.x1, word.bottom)
    at = Provenance(page=page.number, box=box, method=ReadMethod.TEXT)
    return Field(name=name, value=value, raw=place.text, confidence=confidence, at=at)


def _by_place(head: Head, parts: Parts) -> None:
    """What no plain label gave: bilingual labels, certificates, platforms' own accounts."""
    finders: tuple[tuple[str, Callable[[], Place | None]], ...] = (
        ("account_number", head.account),
        ("account_name", head.holder),
        ("account_name", lambda: head.only_company(alone=True)),
        ("row_count", head.count),
    )
    for name, find in finders:
        if name in parts.fields:
            continue
        place = find()
        if place is not None and place.text:
            parts.put(_placed(name, place.text, place, _NEAR_LABEL))
    _by_content(head, parts)
    nickname = head.nickname()
    if nickname is not None:
        parts.put(_placed("account_name", nickname.text, nickname, _NICKNAME))


def _by_content(head: Head, parts: Parts) -> None:
    """Account and holder known by what they are: less sure than behind a label that is known."""
    finders: tuple[tuple[str, Callable[[], Place | None]], ...] = (
        ("account_number", head.unlabelled_account),
        ("account_name", lambda: head.only_company(alone=False)),
        ("account_name", head.unlabelled_person),
    )
    for name, find in finders:
        place = find() if name not in parts.fields else None
        if place is not None:
            parts.put(_placed(name, place.text, place, _UNLABELLED))


def _bank(head: Head, parts: Parts) -> None:
    """The bank of the head; a branch named without its bank says less than the title."""
    given = parts.fields.get("bank")
    if given is not None and bank_in(squeeze(given.value)):
        return
    place = head.bank()
    if place is not None:
        parts.fields["bank"] = _placed("bank", place.text, place, _NEAR_LABEL)


def _columns(rows: Rows, parts: Parts) -> None:
    """The account itself where the table repeats it in every row, or names it as payer or payee."""
    for name, role in (("account_number", Role.OWN_ACCOUNT), ("account_name", Role.OWN_NAME)):
        value = _only(entry.texts[role] for entry in rows.found.entries)
        _put_column(name, value, rows, parts)
    sides = [_own_side(entry) for entry in rows.found.entries]
    _put_column("account_number", _only(account for _, account in sides), rows, parts)
    _put_column("account_name", _only(name for name, _ in sides), rows, parts)


def _own_side(entry: Entry) -> tuple[str, str]:
    """The holder where payer and payee both have columns: who pays when money goes out."""
    texts = entry.texts
    if entry.credit > 0:
        return texts[Role.PAYEE_NAME], texts[Role.PAYEE_ACCOUNT]
    return texts[Role.PAYER_NAME], texts[Role.PAYER_ACCOUNT]


def _only(values: Iterable[str]) -> str:
    """The value that all rows share, or an empty string."""
    counts = Counter(values)
    return next(iter(counts)) if len(counts) == 1 else ""


def _put_column(name: str, value: str, rows: Rows, parts: Parts) -> None:
    if not value or name in parts.fields:
        return
    canonical = parse_account(value) if name == "account_number" else _name(value)
    if canonical is None:
        return
    first = rows.found.entries[0]
    at = Provenance(page=first.page, box=first.box, method=ReadMethod.TABLE)
    parts.put(Field(name=name, value=canonical, raw=value, confidence=_COLUMN, at=at))


def _sums(head: Head, parts: Parts) -> None:
    for side, place in head.sums():
        name = "total_credit" if side == "收入" else "total_debit"
        value = parse_money(place.text)
        if value is not None:
            parts.put(_placed(name, money_text(value), place, _NEAR_LABEL))


def page_numbers(pages: Sequence[Page]) -> Field | None:
    """第 3 页 共 7 页 as printed on all pages, "1/3,2/3,3/3"; None unless every page prints it."""
    found: list[tuple[int, int, Word, Page]] = []
    for page in pages:
        mark = _page_mark(page)
        if mark is None:
            return None
        found.append(mark)
    if not found:
        return None
    value = ",".join(f"{number}/{total}" for number, total, _, _ in found)
    word, page = found[0][2], found[0][3]
    box = page.box(word.x0, word.top, word.x1, word.bottom)
    at = Provenance(page=page.number, box=box, method=ReadMethod.TEXT)
    return Field(name="page_numbers", value=value, raw=value, confidence=_NEAR_LABEL, at=at)


def _page_mark(page: Page) -> tuple[int, int, Word, Page] | None:
    for mark in page.words:
        if "页" not in mark.text and "Page" not in mark.text:
            continue
        near = sorted(
            (word for word in page.words if abs(word.mid - mark.mid) < 3), key=lambda w: w.x0
        )
        match = _PAGE_OF.search(" ".join(word.text for word in near))
        if match:
            number, total = (int(group) for group in match.groups() if group)
            return number, total, mark, page
    return None


def add_printed_totals(parts: Parts) -> None:
    """Turn sums printed behind labels into a total of the whole statement."""
    debit, credit = parts.fields.pop("total_debit", None), parts.fields.pop("total_credit", None)
    some = debit or credit
    if some is None:
        return
    total = PrintedTotal(
        kind="total",
        debit=Decimal(debit.value) if debit else None,
        credit=Decimal(credit.value) if credit else None,
        balance=None,
        after_row=len(parts.rows),
        page=some.at.page,
        box=some.at.box,
    )
    parts.totals = (*parts.totals, total)


def add_implied(parts: Parts, rows: Rows) -> None:
    """Balances and period that the document leaves to its rows.

    They are as sure as the rows are complete: a lost first or last row would change them.
    """
    parts.put(rows.opening)
    if not parts.rows:
        return
    first, last = parts.rows[0], parts.rows[-1]
    days = [row.day for row in parts.rows]
    parts.put(_of_row("period_start", min(days).isoformat(), True, _IMPLIED_PERIOD, first))
    parts.put(_of_row("period_end", max(days).isoformat(), True, _IMPLIED_PERIOD, last))
    pages_lack = any(p.kind is ProofKind.PAGE_NUMBERS and not p.holds for p in parts.proofs)
    whole = not rows.found.open_lines and not pages_lack
    if last.balance is not None:
        sure = last.confidence if whole else _UNPROVED
        parts.put(_of_row("closing_balance", money_text(last.balance), True, sure, last))
    if first.balance is not None:
        opening = money_text(first.balance - first.credit + first.debit)
        sure = _IMPLIED * first.confidence if whole else _UNPROVED
        parts.put(_of_row("opening_balance", opening, False, sure, first))


def _of_row(name: str, value: str, printed: bool, confidence: float, row: Transaction) -> Field:
    """A field that a row implies; `raw` is empty where the document does not print it."""
    at = Provenance(page=row.page, box=row.box, method=ReadMethod.TABLE)
    raw = value if printed else ""
    return Field(name=name, value=value, raw=raw, confidence=confidence, at=at)
