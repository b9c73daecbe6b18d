"""The checks file beside a packet's papers: what a person checked outside, when and with what
result.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from extractors.errors import ReadError
from extractors.model import ManualCheck

_WORDS = {
    "passed": "passed",
    "通过": "passed",
    "一致": "passed",
    "failed": "failed",
    "不通过": "failed",
    "不一致": "failed",
    "unclear": "unclear",
    "不明": "unclear",
}
_LARGEST, _MOST = 1 << 20, 1000  # bytes, entries


class BadChecks(ReadError):
    code = "bad_checks_file"
    zh = "checks.yaml 格式有误。每项需有 what、result（passed/failed/unclear）、date、by。"
    en = (
        "checks.yaml is not right: each entry needs what, result (passed/failed/unclear), "
        "date and by."
    )


def read_checks(data: bytes) -> list[ManualCheck]:
    """Entries of a checks file. Raises BadChecks naming what is missing."""
    import yaml

    try:
        if len(data) > _LARGEST:
            raise ValueError(f"{len(data)} bytes")
        entries = yaml.safe_load(data.decode("utf-8-sig")) or []
        if not isinstance(entries, list) or len(entries) > _MOST:
            raise ValueError("no list, or too long")
        return [_check(entry) for entry in entries]
    except (
        yaml.YAMLError,
        UnicodeDecodeError,
        KeyError,
        TypeError,
        AttributeError,
        ValueError,
        RecursionError,
    ) as error:
        raise BadChecks(repr(error)[:400]) from error


def _check(entry: Mapping[str, object]) -> ManualCheck:
    result = _text(entry["result"])
    if result not in _WORDS:
        raise ValueError(f"result {result}")
    return ManualCheck(
        what=_text(entry["what"]),
        result=_WORDS[result],
        day=_text(entry["date"]),
        by=_text(entry["by"]),
        note=_text(entry.get("note", "")),
    )


def _text(value: object) -> str:
    """A plain value as text; never a list of lists, which a few aliases make larger than any
    memory.
    """
    if not isinstance(value, str | int | float | date):
        raise TypeError(f"{type(value).__name__} where text is wanted")
    return str(value)
