"""Personal data in a report masked: identity numbers, telephone numbers, bank accounts. Revealed only with a reason, which the audit keeps.

The middle of a number is covered, so that a reviewer still tells two apart. Names stay: a review is about them. A firm's credit code and
an invoice's number are public and stay too.
"""

from __future__ import annotations

import re
from typing import Any

_IDENTITY = re.compile(r"(?<![0-9A-Z])([1-9]\d{5})((?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{2})(\d[\dXx])(?![0-9A-Z])")
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)(\d{4})(\d{4})(?!\d)")
_CARD = re.compile(r"(?<!\d)(62\d{4})(\d{6,9})(\d{4})(?!\d)")
_ACCOUNT_FIELDS = frozenset({"account_number", "counterparty_account", "payer_account", "payee_account", "account"})
_CONTACT_FIELDS = frozenset({"phone", "telephone", "id_number", "email"})


def masked(value: Any, field: str = "") -> Any:
    """The same JSON with personal numbers covered. `field` is the name under which the value stands."""
    if isinstance(value, dict):
        return {k: masked(v, field if k in ("value", "raw") else k) for k, v in value.items()}
    if isinstance(value, list):
        return [masked(v, field) for v in value]
    if not isinstance(value, str):
        return value
    if field in _ACCOUNT_FIELDS | _CONTACT_FIELDS:
        return covered(value)
    return masked_text(value)


def masked_text(text: str) -> str:
    """A text with identity, mobile and card numbers in it covered."""
    for pattern in (_IDENTITY, _CARD, _MOBILE):
        text = pattern.sub(lambda m: m[1] + "*" * len(m[2]) + m[3], text)
    return text


def covered(text: str) -> str:
    """All but the last four characters of a number."""
    return "*" * max(0, len(text) - 4) + text[-4:] if len(text) > 4 else "*" * len(text)
