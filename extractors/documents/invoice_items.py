"""Lines of an invoice: name, quantity, unit price, net amount, rate, tax; with the pages of its
list of goods (销货清单).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.layout.columns import Header, Row, find_header, part_columns, rows_below
from extractors.layout.lines import TextLine, cells_of, lines_of
from extractors.layout.page import Page, Word
from extractors.model import Item
from extractors.values.glyphs import fold, squeeze, tidy
from extractors.values.money import CENT, parse_money

ROLES = {
    "name": re.compile(
        r"项目名称|项目|货物或应税劳务、?服务名称|货物[或(]应税劳务[)]?名称|货物[(]劳务[)]名称|货物名称|商品名称|品名"
        r"|服务名称|货物、?应税劳务及服务"
    ),
    "model": re.compile(
        r"规格型号|规格|型号|车牌号|类型|建筑服务发生地|建筑项目名称|产权证书/不动产权证号|产权证书号?|通行日期[起止]"
    ),
    "unit": re.compile(r"单位|计量单位|面积单位"),
    "quantity": re.compile(r"数量"),
    "unit_price": re.compile(r"(?:不?含税)?单价"),
    "net": re.compile(r"(?:不含税)?金额"),
    "rate": re.compile(r"税率(?:/征收率)?|征收率|税率征收率"),
    "tax": re.compile(r"税额"),
}
_SUMS = re.compile(r"合计|小计|总计|价税合计")
_RATE = re.compile(r"(\d+(?:\.\d+)?)%|免税|不征税|\*+|出口零税率|普通零税率")
# Second tables that invoices of some trades print under the lines: freight, passengers, real
# estate.
_SECOND_TABLE = re.compile(
    r"运输工具种类|运输工具牌号|起运地|到达地|运输货物名称|出行人|有效身份证件号|出行日期|出发地|交通工具类型"
)
_SEE_LIST = re.compile(r"[(]?详见(?:对应正数发票及)?(?:销货)?清单[)]?")
_TOUCHING = re.compile(r"\d{2,}\.\d{3,}")  # a figure with more decimals than an amount has
_FIGURE = re.compile(r"(?<!\d)\d+\.\d{2,}")
_PAGES = re.compile(r"共(\d{1,2})页")
_LIST_PAGES = re.compile(
    r"号码"
)  # the list of goods counts its own pages beside its invoice's number
_FEWEST_COLUMNS = 4  # columns with a known meaning that make a table of lines
_SECOND_TABLE_WORDS = 2  # of the second table's headings on one line


@dataclass(frozen=True, slots=True)
class ItemsRead:
    """Lines of an invoice, and whether every row of its tables and every page that it counts was
    read.
    """

    items: tuple[Item, ...]
    whole: bool


def read_items(pages: Sequence[Page], net: Decimal | None) -> ItemsRead:
    """Lines of all pages, discounts as lines with a negative amount.

    Pages that repeat the invoice (its copies) add none.
    """
    items: list[Item] = []
    whole = _counted_pages(pages) <= len(pages)
    for page in pages:
        rows = list(_rows_of(page))
        own = [item for item in rows if item is not None]
        if items and _is_copy(items, own, net):
            continue
        whole = whole and len(own) == len(rows)
        items += own
    return ItemsRead(tuple(_without_reference(items)), whole)


def _counted_pages(pages: Sequence[Page]) -> int:
    """How many pages the invoice says it has (共 2 页); one where it says nothing."""
    counts = [
        int(match[1]) for page in pages for line in lines_of(page) for match in _page_count(line)
    ]
    return max(counts, default=1)


def _page_count(line: TextLine) -> Iterator[re.Match[str]]:
    text = squeeze(line.text)
    if not _LIST_PAGES.search(text):
        yield from _PAGES.finditer(text)


def _is_copy(items: Sequence[Item], own: Sequence[Item], net: Decimal | None) -> bool:
    """Whether the lines read so far make the net amount, and another page's lines make it again."""
    if any(_SEE_LIST.fullmatch(squeeze(item.name)) for item in items) or net is None:
        return False
    return _sum(items) == net == _sum(own)


def _sum(items: Sequence[Item]) -> Decimal:
    return sum((item.net for item in items), Decimal(0))


def _without_reference(items: Sequence[Item]) -> list[Item]:
    """Without the line "(详见销货清单)" where the list itself was read."""
    listed = [item for item in items if not _SEE_LIST.fullmatch(squeeze(item.name))]
    return listed or list(items)


def _rows_of(page: Page) -> Iterator[Item | None]:
    """The lines of a page's table; None for a row that shows a figure but could not be read as a
    line.
    """
    header = find_header(page, ROLES, _is_table)
    if header is None:
        return
    until = _end(page, header)
    if not header.ruled:
        part_columns(page, header, until)
    columns: dict[str, int] = {}
    for place, column in enumerate(header.columns):
        if column.role:
            columns.setdefault(column.role, place)

    def is_anchor(cells: dict[int, list[Word]]) -> bool:
        return _number("".join(word.text for word in cells.get(columns["net"], []))) is not None

    for row in rows_below(page, header, is_anchor, until):
        item = _item(row, columns)
        if item or _FIGURE.search(fold(row.whole)):
            yield item


def _is_table(roles: set[str]) -> bool:
    return "net" in roles and len(roles) >= _FEWEST_COLUMNS


def _end(page: Page, header: Header) -> float:
    """Top of what follows the lines: the line of sums, or a second table."""
    cells = cells_of(page) if not page.is_sheet else None
    below = [x for x in lines_of(page, cells) if x.mid > header.bottom]
    return min((x.top for x in below if _ends_lines(x)), default=float("inf"))


def _ends_lines(line: TextLine) -> bool:
    plain = squeeze(line.text)
    return bool(_SUMS.match(plain)) or len(_SECOND_TABLE.findall(plain)) >= _SECOND_TABLE_WORDS


def _number(text: str) -> Decimal | None:
    """A figure of a cell, joined where it wraps."""
    return parse_money("".join(fold(text).split()))


def item_rate(text: str) -> str:
    """A rate as invoices print it: "13%", 免税, ***; 0.13 of a sheet is 13%."""
    plain = squeeze(fold(text))
    match = _RATE.search(plain)
    if match:
        return match[0]
    share = parse_money(plain)
    if share is None or not 0 < share < 1:
        return ""
    return f"{(share * 100).normalize():f}%"


def _factors(
    row: Row, columns: dict[str, int], net: Decimal
) -> tuple[Decimal | None, Decimal | None]:
    """Quantity and unit price; where both stand in one column's cell, the left one is the quantity."""
    first = row.text(columns["quantity"]) if "quantity" in columns else ""
    second = row.text(columns["unit_price"]) if "unit_price" in columns else ""
    if bool(first) == bool(second):
        return _number(first), _number(second)
    role = "quantity" if first else "unit_price"
    words = sorted(row.cells.get(columns[role], []), key=lambda w: w.x0)
    if len(words) == 2:
        return _number(words[0].text), _number(words[1].text)
    return _parted(first or second, net) or (_number(first), _number(second))


def _parted(text: str, net: Decimal) -> tuple[Decimal, Decimal] | None:
    """Quantity and price that touch in print, parted where their product is the line's amount and
    nowhere else.
    """
    plain = squeeze(fold(text))
    if not _TOUCHING.fullmatch(plain):
        return None
    found = []
    for place in range(1, plain.index(".")):
        quantity, price = Decimal(plain[:place]), Decimal(plain[place:])
        if not plain[place:].startswith("0") and abs(quantity * price - abs(net)) <= CENT:
            found.append((quantity, price))
    return found[0] if len(found) == 1 else None


def _item(row: Row, columns: dict[str, int]) -> Item | None:
    def text(role: str) -> str:
        return row.text(columns[role]) if role in columns else ""

    net = _number(text("net"))
    if net is None:
        return None
    quantity, unit_price = _factors(row, columns, net)
    return Item(
        name=tidy(text("name")),
        quantity=quantity,
        unit_price=unit_price,
        net=net,
        rate=item_rate(text("rate")),
        tax=_number(text("tax")),
        page=row.page.number,
        box=row.page.box_of(row.words),
        confidence=0.98,
    )
