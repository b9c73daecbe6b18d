"""Telephone numbers and e-mail addresses within a text."""

from __future__ import annotations

import re

from extractors.values.glyphs import fold, squeeze, tidy

# National lines such as 400… belong to whom they were let.
_WRITTEN = r"(?<!\d)(?:\+?86-?)?(1[3-9]\d{9}|0\d{2,3}%s?\d{7,8})(?!\d)"
PHONE = re.compile(_WRITTEN % "-")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LOCAL = re.compile(
    r"[\s,;]\d{7,8}$"
)  # a number without its area code: ends an address, and is nobody's elsewhere
_SPACED = re.compile(_WRITTEN % "(?:[- ]{1,2})")


def parse_phone(text: str) -> str | None:
    """The first telephone number of a text that is whole in itself: a mobile one, or one with its
    area code.
    """
    found = PHONE.search(fold(text).strip()) or PHONE.search(squeeze(text))
    return found[1] if found else None


def parse_email(text: str) -> str | None:
    found = EMAIL.search(squeeze(text))
    return found[0] if found else None


def address_before_phone(text: str) -> str | None:
    """The address of "地址、电话" as one text; None unless a telephone number ends it, since one
    that wraps may lack its room.
    """
    plain = tidy(fold(text)).strip(" ,;")
    found = [*_SPACED.finditer(plain)]
    end = found[0].start() if found else matched.start() if (matched := _LOCAL.search(plain)) else 0
    address = re.sub(r"(?:电话|联系电话|手机)[::]?$", "", plain[:end].strip(" ,;/")).strip(" ,;/")
    return address or None
