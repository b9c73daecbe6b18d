"""Bytes of a table to text: UTF-8, UTF-16, GB 18030, Big5 and Western European, with or without a
byte order mark.

Encodings of East Asia decode nearly any bytes, so that one is taken under which the head row is
known, and among several the one whose characters are the most common ones.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from graphs.registers.import_report import NotAGraph

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = ("gb18030", "big5hkscs", "cp1252", "shift_jis", "euc_kr")
_SAMPLE = 65_536  # bytes that are weighed
_WRONG_BYTES = 0.01  # share of characters of a UTF-8 file that may be broken
_BROKEN = "\ufffd"
# Latin letters and East Asian characters within one word are what a wrong encoding makes.
_MIXED = re.compile(r"[A-Za-z][\u2e80-\uffef]|[\u2e80-\uffef][a-z]")
_ODD = re.compile(
    r"[\x80-\x9f\ue000-\uf8ff\ufffd\x01-\x08\x0e-\x1f]|[\u00a1-\u00bf\u00d7\u00f7\u0192-\u2017]"
)
# First bytes of the characters that a standard lists as common: GB 2312 level 1, Big5 level 1.
_COMMON = {"gb18030": ("gb2312", 0xB0, 0xD7), "big5hkscs": ("big5", 0xA4, 0xC6)}


def decoded(data: bytes, encoding: str, is_known: Callable[[str], bool]) -> tuple[str, str, int]:
    """The text, its encoding and how many characters were broken; `is_known` says whether a text
    has a head row that is known.

    Raises NotAGraph for an encoding that there is not, and for bytes that are no text.
    """
    if encoding:
        return _as_told(data, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = data.decode(name, errors="replace")
            return text, name, text.count(_BROKEN)
    wide = _without_mark(data)
    if wide:
        text = data.decode(wide, errors="replace")
        return text, wide, text.count(_BROKEN)
    try:
        return data.decode("utf-8"), "utf-8", 0
    except UnicodeDecodeError:
        return _guessed(data, is_known)


def _as_told(data: bytes, encoding: str) -> tuple[str, str, int]:
    try:
        text = data.decode(encoding, errors="replace")
    except LookupError as error:
        raise NotAGraph(f"编码 {encoding}（不存在）", f"encoding {encoding}: unknown") from error
    return text.removeprefix("\ufeff"), encoding, text.count(_BROKEN)


def _without_mark(data: bytes) -> str:
    """UTF-16 shows itself by NULs beside commas and line ends, always in the same half."""
    sample = data[:_SAMPLE]
    if sample.count(0) * 20 < len(sample) or len(data) % 2:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _guessed(data: bytes, is_known: Callable[[str], bool]) -> tuple[str, str, int]:
    candidates: list[tuple[bool, float, str, str, int]] = []
    damaged = data.decode("utf-8", errors="replace")
    broken = damaged.count(_BROKEN)
    many_wide = sum(byte >= 0xC0 for byte in data[:_SAMPLE])
    if broken <= max(1, len(damaged) * _WRONG_BYTES) and broken * 2 < many_wide:
        candidates.append((is_known(damaged), 0.0, damaged, "utf-8", broken))
    for name in _GUESSES:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        candidates.append((is_known(text), _strangeness(text[:_SAMPLE], name), text, name, 0))
    if not candidates:
        text = data.decode("gb18030", errors="replace")
        if text.count(_BROKEN) > len(text) * _WRONG_BYTES:
            raise NotAGraph(
                "UTF-8、UTF-16、GB 18030 或 Big5 编码的表格（可用 --encoding 指定）",
                "a table in UTF-8, UTF-16, GB 18030 or Big5 (or give --encoding)",
            )
        return text, "gb18030", text.count(_BROKEN)
    best = min(candidates, key=lambda c: (not c[0], c[1]))
    return best[2], best[3], best[4]


def _strangeness(text: str, encoding: str) -> float:
    """How much of a text is what a wrong encoding makes, 0 to 1."""
    wide = [character for character in text if character >= "\x80"]
    if not wide:
        return 0.0
    odd = len(_MIXED.findall(text)) + len(_ODD.findall(text))
    rare = 0
    if encoding in _COMMON:
        codec, first, last = _COMMON[encoding]
        rare = sum(_is_rare(c, codec, first, last) for c in wide)
    elif encoding != "cp1252":
        rare = len(wide) // 2  # not a language that Chinese ledgers are kept in: the last guess
    return (odd + rare) / len(wide)


def _is_rare(character: str, codec: str, first: int, last: int) -> bool:
    if not "\u3400" <= character <= "\u9fff":
        return False
    try:
        return not first <= character.encode(codec)[0] <= last
    except UnicodeEncodeError:
        return True
