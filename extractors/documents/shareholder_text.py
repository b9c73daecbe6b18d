"""Shareholders named in running text: one sentence, or one block of labels, for each of them.

股东1：张三，认缴出资额70万元，占注册资本的70%. What is read counts only where the shares make a
whole, or where they are the parts of the amounts, as in a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.documents.shareholder_grid import holder_name, looks_like_name
from extractors.layout.lines import TextLine, cells_of, lines_of
from extractors.layout.page import Page
from extractors.model import Shareholder
from extractors.values.glyphs import squeeze
from extractors.values.money import parse_money

_MOST_LINES = 5  # lines that one shareholder's block takes
_START = re.compile(
    r"^(?:[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)、.．]\s*)?"
    r"(?:(?:股东|出资人|投资人|发起人)(?:[一二三四五六七八九十甲乙丙丁戊\d]{0,2})(?:姓名|名称|姓名或名称)?\s*[:：]\s*)?"
    r"(?P<name>[\u4e00-\u9fffA-Za-z0-9·()（）]{2,40}?)"
    r"(?:[(（](?:身份证|证件|统一社会)[^()（）]*[)）])?\s*(?:[,，:：;；\t ]|以(?=[货实现])|认缴|出资|持有|$)"
)
_LED = re.compile(
    r"^(?:[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)、.．]|股东|出资人|投资人|发起人)"
)
_AMOUNT = re.compile(
    r"(?:认缴|出资|认购|投资)[^\d。;；]{0,20}?(?:人民币)?[¥]?(?P<sum>[\d,]+(?:\.\d+)?)\s*(?P<unit>万元|元)"
)
_SHARE = re.compile(r"(?P<share>\d{1,3}(?:\.\d+)?)\s*%")


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one shareholder."""

    name: str
    lines: list[TextLine]

    @property
    def text(self) -> str:
        return "".join(squeeze(line.text) + ";" for line in self.lines)


def holders_in_text(page: Page) -> tuple[Shareholder, ...]:
    """Return the shareholders that sentences or blocks of a page name, with share and amount."""
    if page.is_sheet:
        return ()
    found = []
    for block in _blocks(lines_of(page, cells_of(page))):
        amount, share = _amount(block.text), _SHARE.search(block.text)
        if amount is None and share is None:
            continue
        words = [word for line in block.lines for word in line.words]
        found.append(
            Shareholder(
                name=block.name,
                share=Decimal(share["share"]) if share else None,
                amount=amount,
                page=page.number,
                box=page.box_of(words),
            )
        )
    return tuple(found) if _are_told_alike(found) else ()


def _blocks(lines: Sequence[TextLine]) -> Iterator[_Block]:
    block: _Block | None = None
    for line in lines:
        name = _name_at_start(line.text)
        if name:
            if block is not None:
                yield block
            block = _Block(name, [line])
        elif block is not None and len(block.lines) < _MOST_LINES and not _is_told(block.text):
            block.lines.append(line)
    if block is not None:
        yield block


def _name_at_start(text: str) -> str:
    """Return the shareholder whose sentence or block a line begins, or an empty string."""
    plain = text.strip()
    found = _START.match(plain)
    if found is None or not _LED.match(plain):
        return ""
    name = holder_name(found["name"])
    return name if looks_like_name(name) >= 1.0 else ""


def _is_told(text: str) -> bool:
    return _amount(text) is not None and _SHARE.search(text) is not None


def _amount(text: str) -> Decimal | None:
    found = _AMOUNT.search(text)
    return parse_money(found["sum"] + found["unit"]) if found else None


def _are_told_alike(holders: Sequence[Shareholder]) -> bool:
    """Return whether each is told in the same way and none twice: then the list is one."""
    names = {holder.name for holder in holders}
    told = {(holder.share is None, holder.amount is None) for holder in holders}
    return len(names) == len(holders) and len(told) == 1
