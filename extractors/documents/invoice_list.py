"""Invoices listed on a sheet: the tax office's export (全量发票查询导出), one row an invoice or one
row a line of an invoice.

Columns are known by their headings, as the electronic tax office, its older version and invoice
software print them. Each invoice becomes a document of its own; sheets of one workbook that hold
the same invoice complete each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.documents.invoice_items import item_rate
from extractors.documents.invoice_parties import party_name, tax_id
from extractors.documents.parts import Parts
from extractors.errors import RoundedNumber
from extractors.layout.columns import role_of
from extractors.layout.page import Page, Word
from extractors.model import Failure, Field, Item, Provenance, ReadMethod
from extractors.values.glyphs import squeeze, tidy
from extractors.values.money import money_text, parse_money
from extractors.values.period import parse_date

_ROLES: Mapping[str, re.Pattern[str]] = {
    "digital_number": re.compile(r"数电(?:发)?票号码|全电(?:发)?票号码"),
    "number": re.compile(r"发票号码|发票号|号码"),
    "code": re.compile(r"发票代码|代码"),
    "seller_tax_id": re.compile(
        r"(?:销方|销售方|销货方)(?:纳税人)?(?:识别号|税号)|销(?:售)?方统一社会信用代码.*"
    ),
    "seller_name": re.compile(r"(?:销方|销售方|销货方)(?:企业|单位|纳税人)?名称"),
    "buyer_tax_id": re.compile(
        r"(?:购方|购买方|购货方)(?:纳税人)?(?:识别号|税号)|购(?:买)?方统一社会信用代码.*"
    ),
    "buyer_name": re.compile(r"(?:购方|购买方|购货方)(?:企业|单位|纳税人)?名称"),
    "issue_date": re.compile(r"开票日期|开具日期|开票时间"),
    "net": re.compile(r"(?:合计|不含税)?金额|金额合计"),
    "tax": re.compile(r"(?:合计)?税额|税额合计"),
    "total": re.compile(r"价税合计|含税金额"),
    "title": re.compile(r"发票票种|票种|发票种类|发票类型"),
    "state": re.compile(r"发票状态|状态"),
    "name": re.compile(
        r"货物或应税劳务、?(?:服务)?名称|货物、?应税劳务及服务|项目名称|商品名称|货物名称"
    ),
    "quantity": re.compile(r"数量"),
    "unit_price": re.compile(r"单价"),
    "rate": re.compile(r"税率(?:/征收率)?"),
}
_FEWEST = 5  # headings of a list of invoices, among them those of `_is_list`
_HEADER_WITHIN = 30  # rows of a sheet before its headings
_MOST = 2_000  # invoices of one workbook that become documents; the rest becomes one that says so
_SURE = 0.98
_SUMMED = 0.95  # sums of the rows of one invoice
_ROUNDED = re.compile(r"\d\.\d+e\+\d+")  # a long number that the sheet keeps as a figure
_NUMBER = re.compile(r"\d{8}|\d{20}")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Headings of a list: their words, and for each column its role."""

    words: tuple[Word, ...]
    roles: Mapping[float, str]
    bottom: float

    def cells(self, row: Sequence[Word]) -> dict[str, Word]:
        return {self.roles[word.x0]: word for word in row if word.x0 in self.roles}


def listed_invoices(page: Page) -> list[tuple[str, Page]]:
    """The invoices of a sheet, each with its identity and the part of the sheet that holds it;
    empty where it is no list.
    """
    columns = _columns(page) if page.is_sheet else None
    if columns is None:
        return []
    groups: dict[str, list[Word]] = {}
    for row in _rows(page, columns.bottom):
        cells = columns.cells(row)
        identity = _identity(cells)
        if not identity and not _is_invoice(cells):
            continue
        if len(groups) >= _MOST and identity not in groups:
            identity = ""
        groups.setdefault(identity or f"row {row[0].top:.0f}", []).extend(row)
    return [
        (
            key if _NUMBER.search(key) else "",
            replace(page, words=[*columns.words, *words], known={}),
        )
        for key, words in groups.items()
    ]


def _rows(page: Page, after: float) -> list[list[Word]]:
    rows: dict[float, list[Word]] = {}
    for word in page.words:
        if word.top > after:
            rows.setdefault(word.top, []).append(word)
    return [rows[top] for top in sorted(rows)]


def _columns(page: Page) -> _Columns | None:
    for row in _rows(page, -1.0)[:_HEADER_WITHIN]:
        roles: dict[float, str] = {}
        for word in row:
            role = role_of(word.text, _ROLES)
            if role and role not in roles.values():
                roles[word.x0] = role
        if _is_list(set(roles.values())):
            return _Columns(tuple(row), roles, max(each.top for each in row))
    return None


def _is_list(roles: set[str]) -> bool:
    numbered = bool(roles & {"number", "digital_number"})
    parties = bool(roles & {"seller_name", "buyer_name"})
    sums = bool(roles & {"net", "total"})
    return len(roles) >= _FEWEST and numbered and parties and sums and "issue_date" in roles


def _identity(cells: Mapping[str, Word]) -> str:
    """Code and number of a row's invoice; empty where the row has none that is whole."""
    number = _number(cells)
    code = squeeze(cells["code"].text) if "code" in cells else ""
    return f"{code}-{squeeze(number.text)}" if number is not None else ""


def _number(cells: Mapping[str, Word]) -> Word | None:
    for role in ("digital_number", "number"):
        word = cells.get(role)
        if word is not None and _NUMBER.fullmatch(squeeze(word.text)):
            return word
    return None


def _is_rounded(cells: Mapping[str, Word]) -> bool:
    numbers = [cells[role].text for role in ("digital_number", "number") if role in cells]
    return any(_ROUNDED.fullmatch(squeeze(text)) for text in numbers)


def _is_invoice(cells: Mapping[str, Word]) -> bool:
    """Whether a row without a number is one of an invoice all the same: it names a party and an
    amount.
    """
    named = "seller_name" in cells or "buyer_name" in cells
    return named and ("net" in cells or "total" in cells)


def is_listed(page: Page) -> bool:
    return page.is_sheet and _columns(page) is not None


def read_listed(pages: Sequence[Page]) -> Parts:
    """One invoice from its rows, the first sheet's fields before the later ones'."""
    parts = Parts()
    for page in pages:
        columns = _columns(page)
        if columns is None:
            continue
        rows = [(row, columns.cells(row)) for row in _rows(page, columns.bottom)]
        if len({_identity(cells) for _, cells in rows}) > 1:
            parts.failures.append(_too_many(page.number))
            return parts
        _put_row(page, rows[0][1], parts)
        _put_sums(page, rows, parts)
        if "name" in columns.roles.values() and not parts.items:
            parts.items = tuple(_items(page, rows))
    return parts


def _too_many(page: int) -> Failure:
    return Failure(
        code="over_limit",
        zh=f"该清单所列发票超过 {_MOST} 张，超出部分未逐张读取。请按月份拆分后上传。",
        en=(
            f"The list holds more than {_MOST} invoices; those beyond were not read one by "
            "one. Split it by month and upload the parts."
        ),
        page=page,
    )


def _field(page: Page, name: str, value: str, word: Word, confidence: float = _SURE) -> Field:
    at = Provenance(page=page.number, box=page.box_of([word]), method=ReadMethod.TABLE)
    return Field(name=name, value=value, raw=word.text, confidence=confidence, at=at)


def _put_row(page: Page, cells: Mapping[str, Word], parts: Parts) -> None:
    number = _number(cells)
    if number is not None:
        parts.put(_field(page, "number", squeeze(number.text), number))
    elif _is_rounded(cells):
        failure = RoundedNumber()
        parts.failures.append(
            Failure(code=failure.code, zh=failure.zh, en=failure.en, page=page.number)
        )
    for name, parse in (
        ("code", _code),
        ("issue_date", _day),
        ("seller_name", party_name),
        ("buyer_name", party_name),
        ("seller_tax_id", tax_id),
        ("buyer_tax_id", tax_id),
        ("title", tidy),
        ("state", tidy),
    ):
        word = cells.get(name)
        value = parse(word.text) if word is not None else None
        if word is not None and value:
            parts.put(_field(page, name, value, word))


def _code(text: str) -> str | None:
    plain = squeeze(text)
    return plain if re.fullmatch(r"\d{10}|\d{12}", plain) else None


def _day(text: str) -> str | None:
    day = parse_date(text)
    return day.isoformat() if day else None


def _put_sums(
    page: Page, rows: Sequence[tuple[list[Word], Mapping[str, Word]]], parts: Parts
) -> None:
    for name, role in (("net_amount", "net"), ("tax_amount", "tax"), ("total_amount", "total")):
        words = [cells[role] for _, cells in rows if role in cells]
        values = [parse_money(word.text) for word in words]
        known = [each for each in values if each is not None]
        if len(known) == len(rows):
            confidence = _SURE if len(rows) == 1 else _SUMMED
            value = money_text(sum(known, Decimal(0)))
            parts.put(_field(page, name, value, words[0], confidence))


def _items(page: Page, rows: Sequence[tuple[list[Word], Mapping[str, Word]]]) -> Iterator[Item]:
    for row, cells in rows:
        net = _amount(cells, "net")
        if net is None:
            continue
        yield Item(
            name=tidy(cells["name"].text) if "name" in cells else "",
            quantity=_amount(cells, "quantity"),
            unit_price=_amount(cells, "unit_price"),
            net=net,
            rate=item_rate(cells["rate"].text) if "rate" in cells else "",
            tax=_amount(cells, "tax"),
            page=page.number,
            box=page.box_of(row),
            confidence=_SURE,
        )


def _amount(cells: Mapping[str, Word], role: str) -> Decimal | None:
    return parse_money(cells[role].text) if role in cells else None
