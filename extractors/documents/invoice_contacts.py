"""Address, telephone and account of buyer and seller: beside 地址、电话 and 开户行及账号, or in the
remarks of a 数电票.

Of 开户行及账号 only the number is read: it is the party's, the bank's name says nothing of the
party.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest

from extractors.documents.invoice_sides import Caption, near, sides
from extractors.documents.parts import Parts
from extractors.layout.labels import Form, make_field
from extractors.layout.running_text import RunningText
from extractors.model import Field
from extractors.values.account_number import parse_account
from extractors.values.contact import address_before_phone, parse_phone
from extractors.values.glyphs import tidy

PARSERS: dict[str, Callable[[str], str | None]] = {
    "address": address_before_phone,
    "phone": parse_phone,
    "account": parse_account,
}
_LABEL = {"address": "address", "phone": "address", "account": "account"}
_SURE, _LONGEST = 0.95, 200
_SIDE = re.compile(r"(购|销)(?:买|售|货)?(?:方|单位)[ ]*(?=(?:地址|电话|开户|银行|账号))")
_LAST = re.compile(r"开票人|收款人|复核")
# A value in the remarks must be seen to end, since one that wraps would be taken for its first
# half.
_IN_REMARK = {
    "address": re.compile(
        r"地址[ ]*[:：][ ]*([^;；:：\n]{6,80}?)[ ]*(?:[;；]|[,，、]?(?:联系)?电话)"
    ),
    "phone": re.compile(r"电话[ ]*[:：][ ]*([\d+ -]{7,20})"),
    "account": re.compile(
        r"账号[ ]*[:：][ ]*(\d(?:\s?\d){8,33})\s*(?:[;；,，。]|(?=[购销]|开票人|收款人|地址|电话)|$)"
    ),
}


def put_contacts(forms: Sequence[tuple[Form, Sequence[Caption]]], parts: Parts) -> None:
    """Fields buyer_address, seller_account and so on.

    What an invoice prints the same for both sides is nobody's: the layout was misread.
    """
    found: dict[str, Field] = {}
    for form, captions in forms:
        for field in (*_beside_labels(form, captions), *_in_remarks(RunningText([form]))):
            found.setdefault(field.name, field)
    for name, field in found.items():
        side, _, kind = name.partition("_")
        other = found.get(f"{'seller' if side == 'buyer' else 'buyer'}_{kind}")
        if other is None or other.value != field.value:
            parts.put(field)


def _beside_labels(form: Form, captions: Sequence[Caption]) -> list[Field]:
    out = []
    for kind, parse in PARSERS.items():
        owned = sides(form, form.of(_LABEL[kind]), captions)
        if {side for side, _ in owned} != {"buyer", "seller"}:
            continue  # one label alone may be anybody's
        for side, label in owned:
            value = next(((v, c) for c in near(form, label) if (v := parse(c.text))), None)
            if value:
                out.append(make_field(f"{side}_{kind}", value[0], value[1]))
    return out


def _in_remarks(text: RunningText) -> list[Field]:
    out = []
    marks = list(_SIDE.finditer(text.text))
    for mark, following in zip_longest(marks, marks[1:]):
        end = min(following.start() if following else len(text.text), mark.end() + _LONGEST)
        last = _LAST.search(text.text, mark.end(), end)
        side = "buyer" if mark[1] == "购" else "seller"
        for kind, pattern in _IN_REMARK.items():
            match = pattern.search(text.text, mark.end(), last.start() if last else end)
            value = _of_remark(kind, match[1]) if match else None
            if match and value:
                out.append(text.field(f"{side}_{kind}", value, match.start(1), match.end(1), _SURE))
    return out


def _of_remark(kind: str, text: str) -> str | None:
    return tidy(text) or None if kind == "address" else PARSERS[kind](re.sub(r"\s", "", text))
