"""All declared issuers, found by walking the package; there is no list to edit."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import extractors.layouts
from extractors.layouts.declare import IssuerLayout


@cache
def issuers() -> dict[str, IssuerLayout]:
    """Every declared issuer by id. Raises TypeError for an id that is declared twice."""
    found: dict[str, IssuerLayout] = {}
    for info in pkgutil.iter_modules(extractors.layouts.__path__):
        module = importlib.import_module(f"extractors.layouts.{info.name}")
        for value in vars(module).values():
            if not isinstance(value, IssuerLayout):
                continue
            if value.id in found and found[value.id] is not value:
                raise TypeError(f"{module.__file__}: {value.id} is declared twice")
            found[value.id] = value
    return dict(sorted(found.items()))


@cache
def issuer_names() -> tuple[tuple[str, IssuerLayout], ...]:
    """Every name of every issuer, the longest first, so that the fullest name is found."""
    names = [(name, issuer) for issuer in issuers().values() for name in issuer.names]
    return tuple(sorted(names, key=lambda pair: -len(pair[0])))


def issuer_in(text: str) -> tuple[str, IssuerLayout] | None:
    """The issuer that a text names, with the name as it is written there, or None."""
    for name, issuer in issuer_names():
        if name in text:
            return name, issuer
    return None
