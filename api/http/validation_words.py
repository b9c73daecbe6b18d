"""What is not right with a request, in both languages: pydantic's kinds of errors in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_LONGEST: Final = 200  # characters of a message
# By pydantic's stable type of an error; names in braces are of its context.
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "missing": ("缺少此项", "is missing"),
    "extra_forbidden": ("没有此项，请去掉", "is not known here; leave it out"),
    "string_type": ("须为文字", "must be a text"),
    "string_too_short": ("至少 {min_length} 个字符", "must have at least {min_length} characters"),
    "string_too_long": ("至多 {max_length} 个字符", "must have at most {max_length} characters"),
    "string_pattern_mismatch": (
        "格式不对，见接口文档",
        "is not of its form; see the documentation",
    ),
    "int_type": ("须为整数", "must be a whole number"),
    "int_parsing": ("须为整数", "must be a whole number"),
    "int_from_float": ("须为整数", "must be a whole number"),
    "int_parsing_size": ("数字过大", "is too large a number"),
    "float_type": ("须为数字", "must be a number"),
    "float_parsing": ("须为数字", "must be a number"),
    "decimal_parsing": ("须为数字", "must be a number"),
    "finite_number": ("须为有限的数字", "must be a finite number"),
    "bool_type": ("须为 true 或 false", "must be true or false"),
    "bool_parsing": ("须为 true 或 false", "must be true or false"),
    "greater_than": ("须大于 {gt}", "must be more than {gt}"),
    "greater_than_equal": ("不得小于 {ge}", "must not be less than {ge}"),
    "less_than": ("须小于 {lt}", "must be less than {lt}"),
    "less_than_equal": ("不得大于 {le}", "must not be more than {le}"),
    "literal_error": ("只能是 {expected}", "must be one of {expected}"),
    "enum": ("只能是 {expected}", "must be one of {expected}"),
    "list_type": ("须为列表", "must be a list"),
    "dict_type": ("须为对象", "must be an object"),
    "model_type": ("须为对象", "must be an object"),
    "model_attributes_type": ("须为对象", "must be an object"),
    "too_short": ("至少 {min_length} 项", "must have at least {min_length} items"),
    "too_long": ("至多 {max_length} 项", "must have at most {max_length} items"),
    "date_type": ("须为日期，如 2026-01-31", "must be a date, such as 2026-01-31"),
    "date_parsing": ("须为日期，如 2026-01-31", "must be a date, such as 2026-01-31"),
    "date_from_datetime_parsing": (
        "须为日期，如 2026-01-31",
        "must be a date, such as 2026-01-31",
    ),
    "datetime_type": (
        "须为时间，如 2026-01-31T08:00:00Z",
        "must be a time, such as 2026-01-31T08:00:00Z",
    ),
    "datetime_parsing": (
        "须为时间，如 2026-01-31T08:00:00Z",
        "must be a time, such as 2026-01-31T08:00:00Z",
    ),
    "datetime_from_date_parsing": (
        "须为时间，如 2026-01-31T08:00:00Z",
        "must be a time, such as 2026-01-31T08:00:00Z",
    ),
    "json_invalid": ("不是有效的 JSON", "is not valid JSON"),
    "json_type": ("不是有效的 JSON", "is not valid JSON"),
    "none_required": ("须为空值 null", "must be null"),
}
_OTHER: Final = ("取值有误，见接口文档", "is not right; see the documentation")


def in_words(error: Mapping[str, Any]) -> dict[str, str]:
    """Return an error in both languages; `message` is the English one, as it was before."""
    zh, en = _WORDS.get(error["type"], _OTHER)
    context = error.get("ctx") or {}
    try:
        zh, en = zh.format(**context), en.format(**context)
    except KeyError:
        zh, en = _OTHER
    return both(zh, en)


def both(zh: str, en: str) -> dict[str, str]:
    """Return an error's words as problems hold them."""
    return {"message": en[:_LONGEST], "zh": zh[:_LONGEST], "en": en[:_LONGEST]}
