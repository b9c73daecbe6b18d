"""Addresses, telephones, mailboxes and accounts that a contract's head prints under its guarantor
and its debtor.

The creditor's are the bank's own and are not read. Where several firms stand on one side, whose
each is cannot be told, and none is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from extractors.documents.contract_language import ROLE_WORDS
from extractors.documents.parts import Parts
from extractors.layout.running_text import RunningText
from extractors.values.account_number import parse_account
from extractors.values.contact import parse_email, parse_phone
from extractors.values.glyphs import tidy

_LONGEST = 300  # characters of one party's head
_SURE = 0.96
_ROLES = "|".join(
    sorted((word for words in ROLE_WORDS.values() for word in words), key=len, reverse=True)
)
_END = re.compile(
    rf"(?:^|\n)[ ]*(?:(?:{_ROLES}|[甲乙丙丁戊]方)[^\n:：]{{0,14}}[:：]|鉴于|为了|为确保|第[一1]条|一、|1[、.])|\n[ ]*(?:{_ROLES})[ ]*\n"
)
_UNTIL = r"[:：][ ]*([^\n;；。]+?)(?=[ ]+[\u4e00-\u9fff]{2,8}[:：]|[\n;；。]|$)"


class _Kind(NamedTuple):
    """A kind of contact: the labels before it, and what is taken of the text behind them."""

    name: str
    label: re.Pattern[str]
    parse: Callable[[str], str | None]


_KINDS = (
    _Kind(
        "address",
        re.compile(rf"(?:住所地?|住址|(?:注册|联系|通讯|通信|办公|经营)?地址){_UNTIL}"),
        lambda t: tidy(t) or None,
    ),
    _Kind(
        "phone",
        re.compile(rf"(?:联系|办公|固定|移动)?(?:电话|手机号?码?|联系方式){_UNTIL}"),
        parse_phone,
    ),
    _Kind("email", re.compile(rf"(?:电子邮箱|电子邮件|邮箱|[Ee]-?mail){_UNTIL}"), parse_email),
    _Kind(
        "account", re.compile(rf"(?:银行|结算|存款)?(?:账号|帐号|账户号码){_UNTIL}"), parse_account
    ),
)


def put_contacts(text: RunningText, parts: Parts) -> None:
    """Fields guarantor_address, debtor_phone and so on, of the one firm on that side."""
    for role in ("guarantor", "debtor"):
        named = parts.parties.get(role, ())
        block = _block(text.text, ROLE_WORDS[role], named[0].value) if len(named) == 1 else None
        if block is None:
            continue
        for kind in _KINDS:
            found = [each for each in kind.label.finditer(text.text, *block)]
            lines = [text.text.count("\n", 0, m.start()) for m in found]
            if not found or len(set(lines)) < len(lines):
                # Two of a kind on one line: columns side by side, and whose is whose cannot be told
                continue
            if value := kind.parse(found[0][1]):
                parts.put(
                    text.field(
                        f"{role}_{kind.name}", value, found[0].start(1), found[0].end(1), _SURE
                    )
                )


def _block(text: str, words: tuple[str, ...], name: str) -> tuple[int, int] | None:
    """From a party's name in the head of the contract to where the next party or the first sentence
    begins.
    """
    head = re.compile(
        rf"(?:{'|'.join(words)})[^\n:：]{{0,14}}[:：]\s*(?:\d+[、.．]?\s*)?(?:(?:名称|全称)[:：]\s*)?{re.escape(name)}"
    )
    found = head.search(text)
    if found is None:
        return None
    end = _END.search(text, found.end(), found.end() + _LONGEST)
    return found.end(), end.start() if end else min(len(text), found.end() + _LONGEST)
