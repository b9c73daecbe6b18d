"""Net, tax and total of an invoice, in figures and in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.documents.parts import Parts
from extractors.layout.labels import Form
from extractors.layout.lines import TextLine
from extractors.layout.page import Word
from extractors.model import Field, Item, Provenance, ReadMethod
from extractors.values.amount_in_words import FIND as WORDS
from extractors.values.amount_in_words import parse_words
from extractors.values.glyphs import squeeze
from extractors.values.money import FIND as MONEY_IN_TEXT
from extractors.values.money import money_text, parse_money

_TOTAL_LINE = re.compile(r"价税合计|车价合计|合计金额")
_SUM_LINE = re.compile(r"合计")
_NO_TAX = re.compile(r"\*|免税|不征税|出口零税率")
# Words that nothing but an amount is written in, so that "二元乙丙橡胶" is none.
_FORMAL = re.compile(r"[零壹贰叁肆伍陆柒捌玖拾佰仟]{2,}[元圆]")
_GOES_ON = re.compile(r"[零壹贰叁肆伍陆柒捌玖角分]")  # the amount in words was not read to its end
_NEGATIVE = re.compile(r"(?:[(]负数?[)]|负)[⊗ⓧxX×¥]?$")  # before the amount in words
_CENTS = re.compile(r"\.\d{2}(?!\d)")
_NEXT_LINE = 2.2  # heights of a line from 合计 to its sums where these stand a line lower
_PRINTED = 0.98
_NEAR_LABEL = 0.93  # the last amount of the total's line
_BY_SUM = 0.9  # a total known by being net plus tax, without label
_ADDED_UP = 0.85  # sums that the invoice does not print


def put_sums(form: Form, parts: Parts) -> None:
    """Puts total, total in words, net and tax as far as the page prints them."""
    parts.put(form.field("total_amount", _amount, money_text))
    for name in ("net_amount", "tax_amount"):
        parts.put(form.field(name, _amount, money_text))
    for line in form.lines:
        plain = squeeze(line.text)
        if _TOTAL_LINE.search(plain):
            _put_words(form, line, parts)
            if "total_amount" not in parts.fields:
                _put_last_amount(form, line, parts)
        elif _SUM_LINE.match(plain) and "net_amount" not in parts.fields:
            _put_net_and_tax(form, line, parts)
    for line in form.lines:
        if "total_words" not in parts.fields and _FORMAL.search(line.text.replace(" ", "")):
            _put_words(form, line, parts)
    if "total_amount" not in parts.fields:
        _put_unlabelled(form, parts)


def _amount(text: str) -> Decimal | None:
    plain = re.sub(r"[(]?小写[)]?[::]?", "", text).strip()
    match = MONEY_IN_TEXT.search(plain)
    if match is None or not (_CENTS.search(match[0]) or "¥" in plain or plain == match[0]):
        return None
    return parse_money(match[0].replace(" ", ""))


def _field(form: Form, name: str, value: Decimal, word: Word, confidence: float) -> Field:
    box = form.page.box(word.x0, word.top, word.x1, word.bottom)
    at = Provenance(page=form.page.number, box=box, method=ReadMethod.TEXT)
    return Field(name=name, value=money_text(value), raw=word.text, confidence=confidence, at=at)


def _put_words(form: Form, line: TextLine, parts: Parts) -> None:
    """The amount in words of a line; (负数) before it, or a leading 负, makes it negative."""
    text = line.text.replace(" ", "").replace("\t", "")
    match = WORDS.search(text)
    value = parse_words(match[0]) if match else None
    if match is None or value is None or _GOES_ON.match(text[match.end() :]):
        return
    if _NEGATIVE.search(text[: match.start()]):
        value = -abs(value)
    at = Provenance(page=form.page.number, box=form.page.box_of(line.words), method=ReadMethod.TEXT)
    parts.put(
        Field(
            name="total_words",
            value=money_text(value),
            raw=match[0],
            confidence=_PRINTED,
            at=at,
        )
    )


def _amounts(line: TextLine) -> list[tuple[Word, Decimal]]:
    """Amounts with cents of a line from left to right."""
    found = []
    for match in MONEY_IN_TEXT.finditer(line.text):
        value = parse_money(match[0].replace(" ", ""))
        if value is not None and _CENTS.search(match[0]):
            found.append((line.span(match.start(), match.end()), value))
    return found


def _put_last_amount(form: Form, line: TextLine, parts: Parts) -> None:
    found = _amounts(line)
    if found:
        word, value = found[-1]
        parts.put(_field(form, "total_amount", value, word, _NEAR_LABEL))


def _put_net_and_tax(form: Form, line: TextLine, parts: Parts) -> None:
    """The line 合计: its last two amounts are net and tax; a star or nothing stands for no tax."""
    source = line if _amounts(line) else _line_below(form, line)
    if source is None:
        return
    found = _amounts(source)
    for name, (word, value) in zip(("net_amount", "tax_amount"), found[-2:], strict=False):
        parts.put(_field(form, name, value, word, _PRINTED))
    rest = source.text + line.text
    if len(found) == 1 and _NO_TAX.search(rest):
        at = parts.fields["net_amount"].at
        parts.put(Field(name="tax_amount", value="0.00", raw="***", confidence=0.95, at=at))


def _line_below(form: Form, line: TextLine) -> TextLine | None:
    size = line.bottom - line.top
    for other in form.lines:
        near = 0 < other.mid - line.mid < _NEXT_LINE * size
        if near and _amounts(other) and "价税" not in squeeze(other.text):
            return other
    return None


def _put_unlabelled(form: Form, parts: Parts) -> None:
    """Where labels are no text: the amount in figures that the words say, and the two before it
    that make it.
    """
    words = parts.fields.get("total_words")
    if words is None:
        return
    total = Decimal(words.value)
    found = [pair for line in form.lines for pair in _amounts(line)]
    for place, (word, value) in enumerate(found):
        if value != total:
            continue
        for (first, net), (second, tax) in zip(found[:place], found[1:place], strict=False):
            if net + tax == total:
                parts.put(_field(form, "net_amount", net, first, _BY_SUM))
                parts.put(_field(form, "tax_amount", tax, second, _BY_SUM))
        parts.put(_field(form, "total_amount", value, word, _BY_SUM))
        return


def put_sums_of_items(parts: Parts) -> None:
    """Net and tax from the lines where the document prints no line of sums and the lines make its
    total.
    """
    if "net_amount" in parts.fields or not parts.items:
        return
    taxes = [item.tax for item in parts.items if item.tax is not None]
    if len(taxes) != len(parts.items):
        return
    net = sum((item.net for item in parts.items), Decimal(0))
    tax = sum(taxes, Decimal(0))
    total = parts.fields.get("total_amount")
    if total is not None and Decimal(total.value) != net + tax:
        return
    _put_added(parts, parts.items, "net_amount", net)
    _put_added(parts, parts.items, "tax_amount", tax)


def _put_added(parts: Parts, items: Sequence[Item], name: str, value: Decimal) -> None:
    at = Provenance(page=items[0].page, box=items[0].box, method=ReadMethod.TABLE)
    parts.put(Field(name=name, value=money_text(value), raw="", confidence=_ADDED_UP, at=at))
