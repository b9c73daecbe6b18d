"""How near two readings are: what one misread, lost or added character turns into what."""

from __future__ import annotations

from decimal import Decimal


def is_one_character_off(one: str, other: str) -> bool:
    """Whether one character changed, lost or added makes two different texts equal."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = _shared(one, other)
    rest, other_rest = one[start:], other[start:]
    end = _shared(rest[::-1], other_rest[::-1])
    return max(len(rest), len(other_rest)) - end <= 1


def loses_one_character(read: str, printed: str) -> bool:
    """Whether `read` is `printed` with one of its characters not read."""
    return len(read) + 1 == len(printed) and is_one_character_off(read, printed)


def is_misread_amount(read: Decimal, printed: Decimal) -> bool:
    """Whether one weak digit or a lost decimal point turns an amount that is printed into one that
    is read.
    """
    if read == printed or not read or not printed:
        return False
    one, other = abs(read), abs(printed)
    if one in (other, 100 * other) or other == 100 * one:
        return True  # the sign, or the point before the cents
    return is_one_character_off(f"{one:.2f}", f"{other:.2f}")


def _shared(one: str, other: str) -> int:
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count
