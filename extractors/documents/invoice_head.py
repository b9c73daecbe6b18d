"""Head of an invoice: kind, code, number, date, check code; labelled, or unlabelled as on printed
forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from extractors.documents.parts import Parts
from extractors.layout.labels import Form
from extractors.layout.lines import TextLine, pieces_of
from extractors.layout.page import Page, Word
from extractors.model import Field, Provenance, ReadMethod
from extractors.values.fapiao_number import legacy_kind_known, legacy_province_known
from extractors.values.glyphs import squeeze
from extractors.values.period import parse_date

T = TypeVar("T")
DIGITAL_NUMBER = re.compile(r"(?<!\d)\d{20}(?!\d)")
_LEGACY_CODE = re.compile(r"(?<!\d)(?:\d{10}|[01]\d{11})(?!\d)")
_LEGACY_NUMBER = re.compile(r"(?:[№N][oº°]?[.:]?\s*)(\d{8})(?!\d)|^(\d{8})$")
_DATE = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
# Numbers that stand beside other labels: of the machine, of the invoice that is cancelled, of
# orders.
_OF_OTHERS = re.compile(r"红冲|蓝字|正数|机器|编号|订单|保单|合同|账号|识别号|电话|流水")
_TAX_METHOD = re.compile(r"差额征税|减按\d+(?:\.\d+)?%(?:计征|征收)?")
_HEAD_SHARE = 0.4  # share of the page's height in which a printed form bears code and number
_LABELLED_TITLE = 0.97
_UNLABELLED = 0.9
_LONGEST_TITLE = 40  # characters of a title's line


def put_head(form: Form, titles: re.Pattern[str], parts: Parts) -> None:
    parts.put(form.field("number", digits(8, 20)))
    parts.put(form.field("code", digits(10, 12)))
    parts.put(form.field("issue_date", parse_date, date.isoformat))
    parts.put(form.field("check_code", digits(20, 6)))
    parts.put(form.field("cancelled", digits(20, 8), name="cancels"))
    _put_title(form, titles, parts)
    _put_tax_method(form, parts)
    _put_unlabelled(form, parts)


def _put_tax_method(form: Form, parts: Parts) -> None:
    """Mark an invoice taxed on a margin (差额征税) or at a reduced rate (减按), as its head or
    remarks say.
    """
    for line in form.lines:
        for word in pieces_of(line):
            match = _TAX_METHOD.search(squeeze(word.text))
            if match:
                parts.put(_field(form, "tax_method", match[0], word, _LABELLED_TITLE))


def digits(*lengths: int) -> Callable[[str], str | None]:
    """A parser for numbers of the given lengths, № and spaces left out."""

    def parse(text: str) -> str | None:
        match = re.match(r"[№Nno.:\s]*((?:\d\s?)+)", squeeze(text))
        found = re.sub(r"\s", "", match[1]) if match else ""
        return found if len(found) in lengths else None

    return parse


def _put_title(form: Form, titles: re.Pattern[str], parts: Parts) -> None:
    for line in form.lines:
        for word in pieces_of(line):
            squeezed = squeeze(word.text)
            if titles.search(squeezed) and len(squeezed) < _LONGEST_TITLE:
                title = re.sub(r"发票代码.*|发票号码.*|开票日期.*|№.*", "", squeezed)
                parts.put(_field(form, "title", title, word, _LABELLED_TITLE))
                return


def _put_unlabelled(form: Form, parts: Parts) -> None:
    """Code, number and date of a form whose labels are printed beforehand, or drawn as a picture."""
    head = [line for line in form.lines if line.mid < _HEAD_SHARE * form.page.height]
    free = [line for line in head if not _OF_OTHERS.search(squeeze(line.text))]
    if "number" not in parts.fields:
        _put_first(form, free, "number", _number_in, parts)
    if "number" in parts.fields and len(parts.fields["number"].value) == 8:
        _put_first(form, free, "code", _code_in, parts)
    if "issue_date" not in parts.fields:
        _put_first(form, free, "issue_date", _date_in, parts)


def _put_first(
    form: Form,
    lines: Sequence[TextLine],
    name: str,
    find: Callable[[str], tuple[str, int, int] | None],
    parts: Parts,
) -> None:
    for line in lines:
        for piece in pieces_of(line):
            found = find(piece.text)
            if found and name not in parts.fields:
                parts.put(_field(form, name, found[0], piece, _UNLABELLED))


def _number_in(text: str) -> tuple[str, int, int] | None:
    whole = DIGITAL_NUMBER.search(text)
    if whole:
        return whole[0], whole.start(), whole.end()
    match = _LEGACY_NUMBER.search(text.strip())
    return (match[1] or match[2], match.start(), match.end()) if match else None


def _code_in(text: str) -> tuple[str, int, int] | None:
    match = _LEGACY_CODE.search(text)
    if match is None or not legacy_province_known(match[0]) or not legacy_kind_known(match[0]):
        return None
    return match[0], match.start(), match.end()


def _date_in(text: str) -> tuple[str, int, int] | None:
    match = _DATE.search(text)
    day = parse_date(match[0]) if match else None
    return (day.isoformat(), match.start(), match.end()) if match and day else None


def _field(form: Form, name: str, value: str, word: Word, confidence: float) -> Field:
    box = form.page.box(word.x0, word.top, word.x1, word.bottom)
    at = Provenance(page=form.page.number, box=box, method=ReadMethod.TEXT)
    return Field(name=name, value=value, raw=word.text, confidence=confidence, at=at)


_OPEN_NUMBER = re.compile(r"\d[.,]$")
_REST_OF_NUMBER = re.compile(r"^\d+(?:[.,]\d+)*%?$")
_POINT_FIRST = re.compile(r"^[.,]\d")
_LETTER_GAP = (
    0.75  # heights of a letter between the letters of a number that is placed letter by letter
)


def mended(page: Page) -> Page:
    """The page with numbers joined that placing letter by letter cut after their point: "190." and
    "19".
    """
    if page.scan is not None or page.is_sheet:
        return page
    words: list[Word] = []
    for word in sorted(page.words, key=lambda w: (round(w.mid), w.x0)):
        if words and _goes_on(words[-1], word):
            last = words[-1]
            words[-1] = Word(
                last.text + word.text,
                last.x0,
                min(last.top, word.top),
                word.x1,
                max(last.bottom, word.bottom),
            )
        else:
            words.append(word)
    return replace(page, words=words, known={})


def _goes_on(left: Word, right: Word) -> bool:
    size = min(left.height, right.height)
    near = abs(left.mid - right.mid) < 0.3 * size and -0.3 * size < right.x0 - left.x1
    if not near or right.x0 - left.x1 > _LETTER_GAP * size:
        return False
    ends_open = _OPEN_NUMBER.search(left.text) and _REST_OF_NUMBER.match(right.text)
    return bool(ends_open) or bool(left.text[-1:].isdigit() and _POINT_FIRST.match(right.text))
