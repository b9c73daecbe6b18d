"""What is wrong with the settings, in sentences, before anything starts.

Values are never repeated: a setting may hold a password.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Final

from pydantic import ValidationError
from pydantic_settings import SettingsError
from sqlalchemy.exc import SQLAlchemyError

from api.settings import Settings
from extractors.sandbox.isolation import MINIMUM

PREFIX: Final = "HUOYAN_"
FIRST_PASSWORD: Final = "HUOYAN_FIRST_PASSWORD"
# Names that are read elsewhere than in `Settings`.
OTHER_NAMES: Final = frozenset({FIRST_PASSWORD, MINIMUM, "HUOYAN_TRUST_LIST"})
_SENTENCES: Final[Mapping[str, str]] = {
    "int_parsing": "须为整数 / must be a whole number",
    "int_from_float": "须为整数 / must be a whole number",
    "float_parsing": "须为数字 / must be a number",
    "bool_parsing": "须为 true 或 false / must be true or false",
    "greater_than_equal": "不得小于 {ge} / must not be less than {ge}",
    "greater_than": "须大于 {gt} / must be more than {gt}",
    "less_than_equal": "不得大于 {le} / must not be more than {le}",
    "finite_number": "须为有限的数字 / must be a finite number",
    "literal_error": "只能是 {expected} / must be one of {expected}",
    "ip_v4_network": "须为 CIDR 网段 / must be networks as CIDR",
    "ip_any_network": "须为 CIDR 网段 / must be networks as CIDR",
    "string_pattern_mismatch": "格式不对，见 docs/operate.md / is not of its form, see docs/operate.md",
}
_AS_LIST: Final = "须为 JSON 列表，如 [443] / must be a JSON list, such as [443]"


def checked_settings() -> tuple[Settings | None, list[str]]:
    """Return the settings of the environment, or None, and a sentence for each fault."""
    faults = unknown_names(os.environ)
    try:
        settings = Settings()
    except ValidationError as error:
        return None, faults + [_sentence(each) for each in error.errors()]
    except SettingsError as error:
        return None, [*faults, f"{_name(_field_of(error))}: {_AS_LIST}"]
    return settings, faults


def unknown_names(names: Iterable[str]) -> list[str]:
    """Return a sentence for each name with our prefix that no setting has."""
    known = {f"{PREFIX}{field.upper()}" for field in Settings.model_fields} | OTHER_NAMES
    given = {name for name in names if name.upper().startswith(PREFIX)}
    return [_unknown(name, known) for name in sorted(given) if name.upper() not in known]


def _unknown(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name.upper(), sorted(known), n=1)
    zh, en = (f"，是否指 {near[0]}？", f"; do you mean {near[0]}?") if near else ("", "")
    return f"{name}: 没有这个设置{zh} / there is no such setting{en}"


def _sentence(error: Any) -> str:
    place = error["loc"]
    name = _name(str(place[0])) if place else "HUOYAN_…"
    if error["type"] == "value_error":
        return f"{name}: {error['ctx']['error']}"
    known = _SENTENCES.get(error["type"])
    context = error.get("ctx") or {}
    if known is None:
        return f"{name}: 取值有误 / is not right: {error['msg']}"
    return f"{name}: {known.format(**context)}"


def _field_of(error: SettingsError) -> str:
    """The field that a source of settings could not parse; its message quotes the name alone."""
    return next((field for field in Settings.model_fields if f'"{field}"' in str(error)), "…")


def _name(field: str) -> str:
    return f"{PREFIX}{field.upper()}"


def started_faults(settings: Settings) -> list[str]:
    """Return a sentence for what would keep the service from starting: its database and its key.

    Nothing is made or changed.
    """
    from api.settings import BadKey
    from api.store.database import Database
    from api.store.migrate import NewerSchema, UnboundRole, refuse_unfit

    if not settings.database_url and not (settings.data / "huoyan.db").exists():
        return []  # a first start makes it
    database = Database(settings.url)
    try:
        refuse_unfit(database)
        if (settings.data / "secret.key").exists():
            _ = settings.key
    except (NewerSchema, UnboundRole, BadKey) as error:
        return [str(error)]
    except SQLAlchemyError:
        return ["HUOYAN_DATABASE_URL: 无法连接数据库 / the database does not answer"]
    finally:
        database.close()
    return []
