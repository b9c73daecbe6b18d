"""Whether a policy is whole: the same parts as the one that ships with this version, every figure
finite and within reason.
"""

from __future__ import annotations

import copy
import json
import math
from importlib.resources import files
from typing import Any

from api.errors import Problem
from api.http.validation_words import both
from verify.policy import parse_policy
from verify.registry import rules

_MOST = 1e15
_WORDS = 200  # the longest list and the longest word


def shipped() -> dict[str, Any]:
    """The policy that ships with this version, as plain values."""
    read: dict[str, Any] = json.loads(files("verify").joinpath("policy.json").read_text("utf-8"))
    return read


def changed(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A policy with other values at dotted paths such as `bands.high`.

    Raises Problem "bad_policy" for a path that is not there.
    """
    made, wrong = copy.deepcopy(base), []
    for path, value in changes.items():
        *above, last = path.split(".")
        place: Any = made
        for name in above:
            place = place.get(name) if isinstance(place, dict) else None
        if not isinstance(place, dict) or last not in place or isinstance(place[last], dict):
            wrong.append(_error(path, "there is no such value in a policy"))
        else:
            place[last] = value
    if wrong:
        raise Problem("bad_policy", errors=wrong)
    return made


def checked(policy: dict[str, Any]) -> str:
    """The JSON text of a policy that is whole.

    Raises Problem "bad_policy" with each fault and its place.
    """
    wrong = list(_faults(policy, shipped(), ""))
    if not wrong and not 0 < policy["bands"]["medium"] < policy["bands"]["high"] <= 100:
        wrong.append(_error("bands", "0 < medium < high <= 100 must hold"))
    if not wrong:
        wrong += _unknown_rules(policy["muted"])
    if not wrong and not 0 <= policy["least_coverage"] <= 1:
        wrong.append(_error("least_coverage", "a share lies between 0 and 1"))
    if wrong:
        raise Problem("bad_policy", errors=wrong[:50])
    body = json.dumps(policy, sort_keys=True)
    try:
        parse_policy(body)
    except (ArithmeticError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise Problem("bad_policy", errors=[_error("", type(error).__name__)]) from error
    return body


def _unknown_rules(muted: list[str]) -> list[dict[str, Any]]:
    """Who mutes a rule names one that there is: a slip of the pen must not mute nothing."""
    known = {rule.id for rule in rules()}
    return [_error("muted", f"there is no rule {name}") for name in muted if name not in known]


def _faults(given: Any, model: Any, path: str) -> list[dict[str, Any]]:
    """Where `given` is not shaped like `model`."""
    if isinstance(model, dict):
        if not isinstance(given, dict):
            return [_error(path, "an object is expected")]
        lacking = [_error(_joined(path, k), "is missing") for k in model if k not in given]
        unknown = [
            _error(_joined(path, k), "is not known to this version")
            for k in given
            if k not in model
        ]
        return [
            *lacking,
            *unknown,
            *(
                f
                for k in model
                if k in given
                for f in _faults(given[k], model[k], _joined(path, k))
            ),
        ]
    if isinstance(model, list):
        fits = isinstance(given, list) and len(given) <= _WORDS and all(_is_word(v) for v in given)
        return [] if fits else [_error(path, "a list of words is expected")]
    if isinstance(model, str):
        empty = given == "" and model == ""
        return [] if empty or _is_word(given) else [_error(path, "a word is expected")]
    if (
        isinstance(given, bool)
        or not isinstance(given, int | float)
        or abs(given) > _MOST
        or not math.isfinite(given)
    ):
        return [_error(path, "a finite number is expected")]
    if model >= 0 > given:
        return [_error(path, "must not be negative")]
    return []


_IN_CHINESE = {
    "an object is expected": "须为对象",
    "is missing": "缺少此项",
    "is not known to this version": "本版本没有此项",
    "a list of words is expected": "须为词语列表",
    "a word is expected": "须为词语",
    "a finite number is expected": "须为有限的数字",
    "must not be negative": "不得为负数",
}


def _is_word(value: Any) -> bool:
    return (
        isinstance(value, str)
        and 0 < len(value) <= _WORDS
        and value.isascii()
        and value.isprintable()
    )


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _error(path: str, message: str) -> dict[str, Any]:
    """`path` comes from the request: what of it is not plain ASCII is escaped and what is long cut."""
    return {"at": ascii(path)[1:-1][:_WORDS]} | both(
        _IN_CHINESE.get(message, "策略内容有误"), message
    )
