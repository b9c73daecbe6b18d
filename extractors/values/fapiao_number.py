"""Invoice numbers: 数电票 (20 digits) and legacy code (10 or 12 digits) with number (8 digits)."""

from __future__ import annotations

import re

from extractors.values.credit_code import PROVINCES

# Planned cities have their own codes beside the provinces: 2102 Dalian, 3302 Ningbo, 3502 Xiamen,
# 3702 Qingdao, 4403 Shenzhen.
DIGITAL = re.compile(r"^\d{20}$")
LEGACY_CODE = re.compile(r"^(?:\d{12}|\d{10})$")
E_CODE_KINDS = frozenset({"04", "05", "06", "07", "11", "12", "13", "17"})


def digital_year(number: str) -> int:
    """Year of issue in a 20-digit number (characters 1 and 2)."""
    return 2000 + int(number[:2])


def digital_province_known(number: str) -> bool:
    """Whether characters 3 and 4 are a province's code."""
    return number[2:4] in PROVINCES


def legacy_year(code: str) -> int:
    """Year in a legacy code: characters 6-7 of twelve (0 pppp yy …), 5-6 of ten (pppp yy …)."""
    return 2000 + int(code[5:7] if len(code) == 12 else code[4:6])


def legacy_province_known(code: str) -> bool:
    return (code[1:3] if len(code) == 12 else code[:2]) in PROVINCES


def legacy_kind_known(code: str) -> bool:
    """A 12-digit code that starts with 0 ends in a kind; other codes carry none."""
    return len(code) != 12 or code[0] != "0" or code[10:] in E_CODE_KINDS
