"""All declared rules, found by walking verify.rules; there is no list to edit."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import verify.rules
from verify.rule import Rule


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule in the order of ids.

    Raises TypeError for an id used twice or a module without exactly one rule.
    """
    found: dict[str, Rule] = {}
    for info in pkgutil.walk_packages(verify.rules.__path__, "verify.rules."):
        if info.ispkg:
            continue
        module = importlib.import_module(info.name)
        own = [
            value
            for value in vars(module).values()
            if isinstance(value, Rule) and value.file == module.__file__
        ]
        if len(own) != 1:
            raise TypeError(
                f"{module.__file__}: a rule file declares one rule, this one {len(own)}"
            )
        if own[0].id in found:
            raise TypeError(
                f"{module.__file__}: rule id {own[0].id} is used in {found[own[0].id].file} too"
            )
        found[own[0].id] = own[0]
    return tuple(found[key] for key in sorted(found))
