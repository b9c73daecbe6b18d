"""Buyer and seller of an invoice: names and tax numbers, by their labels, captions and places, else
by what they are.

A party stands in a block: a name with its tax number below. Which party it is, the label itself
says (购买方名称), or the caption beside the block, or its place. Where no label is text (a form
that is a picture under its values), two tax numbers with the company names above them are the
parties.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from extractors.documents.invoice_sides import (
    BUYER,
    SELLER,
    Caption,
    in_order,
    near,
    side_by_caption,
)
from extractors.documents.parts import Parts
from extractors.layout.labels import Form, Label
from extractors.layout.lines import TextLine, join_words, pieces_of
from extractors.layout.page import Word
from extractors.model import Box, Field, Provenance, ReadMethod
from extractors.values.credit_code import FIND as CREDIT_CODE
from extractors.values.credit_code import well_formed
from extractors.values.glyphs import squeeze, tidy
from extractors.values.party_name import is_company

# What forms print in a party's place that is no party: stamps' captions, headings, labels.
_NO_PARTY = re.compile(
    r"[(]?(?:盖|签|公|印|发票专用|单位)?章[)]?(?:[(].*)?|备注|密码区|信息|方信息|方|规格.*|购买方.{0,2}|销售方.{0,2}"
    r"|购方|销方|购货单位|销货单位|名称|地址.*|电话.*|开户.*|账号|纳税人识别号|统一社会信用代码.*|项目名称|单位|数量|金额"
    r"|合计|价税合计.*|收款人.*|复核.*|开票人.*|发票.*|[(].{0,3}[)]|及身份证号码.*|/?组织机构代码"
)
_TAX_ID = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{15,20}(?![0-9A-Z])")
_HEADINGS = frozenset({"购买方", "销售方"})  # labels only with a colon, else headings
_LETTER = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_LEADING = re.compile(r"^(?:信息|名称)?[:：]")
_TAIL = re.compile(r"[ /(（]*[0-9A-Z]{15,20}[)）]?$")  # its tax number in the same cell
_BY_LABEL = 0.98
_BY_PLACE = 0.95
_BY_KIND = 0.9  # a party known by its tax number alone, without label
_BLOCK = 6.0  # heights of a label from a party's name down to its tax number
_INDENT = 6.0  # heights of a label by which the labels of one block may be out of line
_WRAP = 1.9  # heights of a line from one line of a wrapped name to the next
_SAME_EDGE = 1.2  # heights of a line by which the lines of a wrapped name may be out of line
_ABOVE = 5.0  # heights of a line from an unlabelled tax number up to its owner's name
_OFF = 0.9  # heights of a label by which its value's line may be above or below it
_FAR = 20.0  # heights of a label within which its value begins
_LONGEST_NAME = 100  # characters: the registration rules allow fewer


@dataclass(frozen=True, slots=True)
class Found:
    """A text and its place."""

    text: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Block:
    """Labels of one party; a label is None where the form has none of that kind."""

    name: Label | None
    tax_id: Label | None

    @property
    def word(self) -> Word:
        label = self.name or self.tax_id
        assert label is not None
        return label.word


def tax_id(text: str) -> str | None:
    """A tax number of fifteen to twenty characters, the credit code first."""
    plain = squeeze(text).upper()
    match = CREDIT_CODE.search(plain) or _TAX_ID.search(plain)
    return match[0] if match and sum(character.isdigit() for character in match[0]) >= 6 else None


def party_name(text: str) -> str | None:
    """A party's name, or None where the text is a caption, a label, a number or nothing."""
    name = _TAIL.sub("", _LEADING.sub("", tidy(text))).strip(" :：")
    plain = squeeze(name)
    if not 2 <= len(plain) <= _LONGEST_NAME or not _LETTER.search(plain):
        return None
    if _NO_PARTY.fullmatch(plain) or _TAX_ID.fullmatch(plain.upper()):
        return None
    return name


def put_parties(form: Form, captions: Sequence[Caption], parts: Parts) -> None:
    """Puts names and tax numbers of both sides, those that are labelled by side first."""
    for side in (BUYER, SELLER):
        _put_labelled(form, f"{side}_name", party_name, parts)
        _put_labelled(form, f"{side}_tax_id", tax_id, parts)
    for side, block, confidence in _sided(form, captions):
        if block.name is not None:
            _put(f"{side}_name", _name_of(form, block.name), party_name, confidence, parts)
        if block.tax_id is not None:
            _put(f"{side}_tax_id", _value(form, block.tax_id, tax_id), tax_id, confidence, parts)
    if "buyer_name" not in parts.fields and "seller_name" not in parts.fields:
        _put_unlabelled(form, parts)


def _put_labelled(form: Form, key: str, parse: Callable[[str], str | None], parts: Parts) -> None:
    for label in form.of(key):
        if key in parts.fields or not (label.colon or _label_text(label) not in _HEADINGS):
            continue
        named = key.endswith("name")
        found = _name_of(form, label) if named else _labelled_value(form, label, parse)
        _put(key, found, parse, _BY_LABEL, parts)


def _label_text(label: Label) -> str:
    return squeeze(label.line.text[label.start : label.end])


def _put(
    key: str,
    found: Found | None,
    parse: Callable[[str], str | None],
    confidence: float,
    parts: Parts,
) -> None:
    value = parse(found.text) if found else None
    if found is None or value is None:
        return
    at = Provenance(page=found.page, box=found.box, method=ReadMethod.TEXT)
    parts.put(Field(name=key, value=value, raw=found.text, confidence=confidence, at=at))


def _sided(form: Form, captions: Sequence[Caption]) -> Iterator[tuple[str, Block, float]]:
    """Blocks with their side: by caption where captions tell them apart, else by place."""
    blocks = _blocks(form)
    marked = [(side_by_caption(block.word, captions), block) for block in blocks]
    for side in (BUYER, SELLER):
        own = [b for s, b in marked if s == side]
        if own:
            yield side, own[0], _BY_LABEL
    taken = {side for side, _ in marked if side}
    loose = [b for side, b in marked if not side]
    if taken == {BUYER, SELLER} or not loose:
        return
    if taken:
        yield (SELLER if BUYER in taken else BUYER), loose[0], _BY_PLACE
    elif len(loose) == 1:
        yield _lone_side(form, loose[0]), loose[0], _BY_KIND
    else:
        order = in_order([block.word for block in loose[:2]])
        for side, place in zip((BUYER, SELLER), order, strict=True):
            yield side, loose[place], _BY_PLACE


def _lone_side(form: Form, block: Block) -> str:
    """The only block without a caption: the seller's below the total or on the right half, else the
    buyer's.
    """
    totals = [line.mid for line in form.lines if "价税合计" in squeeze(line.text)]
    below = bool(totals) and block.word.mid > max(totals)
    return SELLER if below or block.word.x0 > form.page.width / 2 else BUYER


def _blocks(form: Form) -> list[Block]:
    """Name labels with the tax number's label below them, complete blocks first; then tax numbers'
    labels alone.
    """
    numbers = form.of("tax_id")
    used: set[int] = set()
    whole: list[Block] = []
    bare: list[Block] = []
    for name in form.of("name"):
        below = [
            each for each in numbers if id(each) not in used and _belongs(name.word, each.word)
        ]
        number = min(below, key=lambda n: _distance(name.word, n.word), default=None)
        if number is not None:
            used.add(id(number))
            whole.append(Block(name, number))
        elif name.colon:
            bare.append(Block(name, None))
    alone = [Block(None, each) for each in numbers if id(each) not in used]
    return [*whole, *(bare if len(whole) < 2 else []), *(alone if not whole and not bare else [])]


def _belongs(name: Word, number: Word) -> bool:
    size = max(name.height, number.height)
    aligned = abs(number.x0 - name.x0) < _INDENT * size
    return aligned and 0.3 * size < number.mid - name.mid < _BLOCK * size


def _distance(name: Word, number: Word) -> float:
    return abs(number.x0 - name.x0) + (number.mid - name.mid)


def _value(form: Form, label: Label, parse: Callable[[str], str | None]) -> Found | None:
    """The first text right of a label that reads as what the label announces."""
    for candidate in near(form, label):
        if parse(candidate.text):
            return Found(candidate.text, candidate.page, candidate.box)
    return _beside(form, label, parse)


def _beside(form: Form, label: Label, parse: Callable[[str], str | None]) -> Found | None:
    word = _word_beside(form, label, parse)
    return Found(word.text, form.page.number, form.page.box_of([word])) if word else None


def _word_beside(form: Form, label: Label, parse: Callable[[str], str | None]) -> Word | None:
    """A value whose baseline is a little off its label's, so that the two are on different lines."""
    size = label.word.height
    near_lines = [each for each in form.lines if abs(each.mid - label.word.mid) < _OFF * size]
    for line in sorted(near_lines, key=lambda x: abs(x.mid - label.word.mid)):
        for word in pieces_of(line):
            right = 0 <= word.x0 - label.word.x1 < _FAR * size
            if right and parse(word.text):
                return word
    return None


def _labelled_value(form: Form, label: Label, parse: Callable[[str], str | None]) -> Found | None:
    """As `_value`, or below: a label that names its side is far from nobody."""
    for candidate in form.candidates(label):
        if parse(candidate.text):
            return Found(candidate.text, candidate.page, candidate.box)
    return None


def _name_of(form: Form, label: Label) -> Found | None:
    """A name beside its label with the lines that it wraps over, above or below."""
    own = _pieces_right(form, label)
    first = own[0] if own else _word_beside(form, label, party_name)
    edge = first.x0 if first else _value_edge(form, label)
    if edge is None:
        return _value(form, label, party_name)
    words = _wrapped(own, _column_lines(form, label, edge))
    if not words:
        return _value(form, label, party_name)
    return Found(join_words(words), form.page.number, form.page.box_of(words))


def _wrapped(own: list[Word], lines: Sequence[Word]) -> list[Word]:
    """A name's line with those that go on from it: up to where a company's name is complete, or a
    branch follows.
    """
    if not own:
        return list(lines)
    for line in lines:
        if not is_company(join_words(own)) or is_company(line.text):
            own = [*own, line]
    return own


def _pieces_right(form: Form, label: Label) -> list[Word]:
    """What stands in the label's line after it, up to the next label or rule."""
    text = label.line.text
    stop = min(
        [o.start for o in form.labels if o.line is label.line and o.start >= label.end],
        default=len(text),
    )
    pieces: list[Word] = []
    at = label.end
    for piece in text[label.end : stop].split("\t"):
        plain = piece.strip(" :")
        if plain:
            begin = at + piece.index(plain[0])
            word = label.line.span(begin, begin + len(piece[piece.index(plain[0]) :].rstrip(" :")))
            if pieces and not _same_cell(form, label.line, pieces[-1], word):
                break
            if party_name(word.text) is None and not pieces:
                break
            pieces.append(word)
        at += len(piece) + 1
    return pieces


def _same_cell(form: Form, line: TextLine, one: Word, other: Word) -> bool:
    """Whether two pieces of a line are one text: close together and with no rule between them."""
    if other.x0 - one.x1 > 3 * one.height:
        return False
    owners = [
        form.cells.box(word) for word in line.words if word.x0 < other.x1 and word.x1 > one.x0
    ]
    return len(set(owners)) <= 1


def _value_edge(form: Form, label: Label) -> float | None:
    """Left edge of the values of a block whose label's line is empty, taken from the labels around
    it.
    """
    for other in form.labels:
        near = 0 < abs(other.word.mid - label.word.mid) < _BLOCK * label.word.height
        aligned = abs(other.word.x0 - label.word.x0) < label.word.height
        if other is label or not near or not aligned:
            continue
        pieces = _pieces_right(form, other)
        if pieces:
            return pieces[0].x0
    return None


def _column_lines(form: Form, label: Label, edge: float) -> list[Word]:
    """Lines that begin at a value's left edge right above or below the label's line and hold no
    label.
    """
    found: list[Word] = []
    size = label.word.height
    for step in (-1, 1):
        last = label.word.mid
        ordered = form.lines if step > 0 else form.lines[::-1]
        for line in ordered:
            if line is label.line or (line.mid - last) * step <= 0:
                continue
            if (line.mid - last) * step > _WRAP * size:
                break
            word = _piece_at(form, line, edge)
            if word is None or party_name(word.text) is None or tax_id(word.text):
                if any(o.line is line for o in form.labels):
                    break
                continue
            found.append(word)
            last = line.mid
    return sorted(found, key=lambda w: w.mid)


def _piece_at(form: Form, line: TextLine, edge: float) -> Word | None:
    """The piece of a line that begins at an edge, unless the line has a label left of it or there."""
    labelled = any(
        label.line is line and edge - _FAR * label.word.height < label.word.x1 < edge + 2
        for label in form.labels
    )
    for word in pieces_of(line):
        if abs(word.x0 - edge) < _SAME_EDGE * word.height:
            return word if not labelled or is_company(word.text) else None
    return None


def _put_unlabelled(form: Form, parts: Parts) -> None:
    """Two tax numbers without labels, each with a company's name above it."""
    owned = list(_owned_codes(form))[:2]
    if len(owned) < 2:
        return
    order = in_order([code for code, _ in owned])
    for side, place in zip((BUYER, SELLER), order, strict=True):
        code, name = owned[place]
        for key, parse, word in (("name", party_name, name), ("tax_id", tax_id, code)):
            found = Found(word.text, form.page.number, form.page.box_of([word]))
            _put(f"{side}_{key}", found, parse, _BY_KIND, parts)


def _owned_codes(form: Form) -> Iterator[tuple[Word, Word]]:
    words = [each for line in form.lines for each in pieces_of(line)]
    companies = [each for each in words if is_company(each.text)]
    for word in words:
        plain = squeeze(word.text)
        if not well_formed(plain):
            continue
        above = [
            company
            for company in companies
            if 0 < word.mid - company.mid < _ABOVE * word.height
            and (company.x0 < form.page.width / 2) == (word.x0 < form.page.width / 2)
        ]
        if above:
            yield word, max(above, key=lambda c: c.mid)
