"""Lines of an invoice: name, quantity, unit price, net amount, rate, tax."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.layout.columns import Header, Row, find_header, part_columns, rows_below
from extractors.layout.page import Page, Word
from extractors.model import Item
from extractors.values.glyphs import fold, squeeze, tidy
from extractors.values.money import parse_money

ROLES = {
    "name": re.compile(
        r"项目名称|货物或应税劳务、?服务名称|货物或应税劳务名称|货物名称|商品名称|品名|服务名称"
    ),
    "model": re.compile(r"规格型号|规格|型号|车牌号|类型"),
    "unit": re.compile(r"单位|计量单位"),
    "quantity": re.compile(r"数量"),
    "unit_price": re.compile(r"(?:不含税)?单价"),
    "net": re.compile(r"(?:不含税)?金额"),
    "rate": re.compile(r"税率(?:/征收率)?|征收率|税率征收率"),
    "tax": re.compile(r"税额"),
}
_END = re.compile(r"^合计|价税合计|^小计")
_RATE = re.compile(r"(\d+(?:\.\d+)?)%|免税|不征税|\*{2,}|出口零税率")


def read_items(pages: Sequence[Page]) -> tuple[Item, ...]:
    """Items of all pages; discount lines are items with a negative net amount."""
    items: list[Item] = []
    for page in pages:
        header = find_header(page, ROLES, lambda roles: "net" in roles and len(roles) >= 4)
        if header is None:
            continue
        until = min(
            (w.top for w in page.words if w.top > header.bottom and _END.match(squeeze(w.text))),
            default=float("inf"),
        )
        until = min(until, _sum_line(page, header))
        if not header.ruled:
            part_columns(page, header, until)
        columns = {c.role: i for i, c in enumerate(header.columns) if c.role}

        def is_anchor(cells: dict[int, list[Word]], columns: dict[str, int] = columns) -> bool:
            return parse_money("".join(w.text for w in cells.get(columns["net"], []))) is not None

        for row in rows_below(page, header, is_anchor, until):
            item = _item(row, columns)
            if item:
                items.append(item)
    return tuple(items)


def _sum_line(page: Page, header: Header) -> float:
    """Top of the letter-spaced 合 计 under the table."""
    tops = [w.top for w in page.words if w.top > header.bottom and w.text in ("合", "合计", "计")]
    return min(tops, default=float("inf"))


def _item(row: Row, columns: dict[str, int]) -> Item | None:
    def text(role: str) -> str:
        return row.text(columns[role]) if role in columns else ""

    net = parse_money(text("net"))
    if net is None:
        return None
    rate = _RATE.search(fold(text("rate")))
    return Item(
        name=tidy(text("name")),
        quantity=parse_money(text("quantity")),
        unit_price=parse_money(text("unit_price")),
        net=net,
        rate=rate[0] if rate else "",
        tax=parse_money(text("tax")),
        page=row.page.number,
        box=row.page.box_of(row.words),
        confidence=0.98,
    )
