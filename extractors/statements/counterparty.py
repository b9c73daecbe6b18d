"""Who stands on the other side of an entry: name and account from one cell, two, or four."""

from __future__ import annotations

import re

from extractors.layouts.declare import Role
from extractors.statements.entries import Entry
from extractors.values.account_number import FIND as ACCOUNT
from extractors.values.glyphs import fold

_TRIM = " /|-,;:："
_OPENS, _CLOSES = ("(", "（"), (")", "）")  # around an account behind a name
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")
# Words for the account that stood between the name and it.
_TAIL = re.compile(r"[\s,，;；(（]*(?:尾号|账号|帐号|卡号|账户)[:：]?$")
_PLATFORM_ACCOUNT = re.compile(r"[\w.*-]+@[\w.*-]+|[A-Z]?\d+\*+\w+")


def counterparty_of(entry: Entry) -> tuple[str, str]:
    """Name and account of the other side, empty where the row names none."""
    name, account = _sides(entry)
    both = entry.texts[Role.COUNTERPARTY]
    if not name and _CHINESE.search(account):
        both, account = account, ""  # the name stands below the account in its column
    if not both and not account and ACCOUNT.search(fold(name)):
        both = name
    if both:
        name, found = _split(both)
        account = account or found
    return _TAIL.sub("", name.strip()), re.sub(r"[ -]", "", account)


def _sides(entry: Entry) -> tuple[str, str]:
    texts = entry.texts
    name, account = texts[Role.COUNTERPARTY_NAME], texts[Role.COUNTERPARTY_ACCOUNT]
    if name or account:
        return name, account
    if entry.credit > 0:
        return texts[Role.PAYER_NAME], texts[Role.PAYER_ACCOUNT]
    return texts[Role.PAYEE_NAME], texts[Role.PAYEE_ACCOUNT]


def _split(both: str) -> tuple[str, str]:
    """海岳五金制造有限公司3301040160001234567 and the same with a slash or a space, either first."""
    folded = fold(both)
    match = ACCOUNT.search(folded) or _PLATFORM_ACCOUNT.search(folded)
    if match is None:
        return both.strip(_TRIM), ""
    left, right = both[: match.start()].strip(_TRIM), both[match.end() :].strip(_TRIM)
    if left.endswith(_OPENS) and right.startswith(_CLOSES):
        left, right = left[:-1].strip(_TRIM), right[1:].strip(_TRIM)
    return (left or right) if not (left and right) else f"{left} {right}", match[0]
