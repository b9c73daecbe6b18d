"""Declaring a slip: one mistake of reading in one file, with what to look at in both languages."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import verify.doubt.slips
from verify.doubt.place import Place
from verify.doubt.scene import Scene
from verify.model import BilingualText


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a slip would explain a hit, and the places that it may have happened at.

    `is_settled`: the packet holds a clear copy of what was misread, so that nothing has to be asked
    for again.
    """

    say: BilingualText
    places: tuple[Place, ...]
    is_settled: bool = False


Explains = Callable[[Scene], Explanation | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A declared mistake of reading. `order`: the more exact explanation is tried first."""

    id: str
    title: str
    title_zh: str
    order: int
    explains: Explains


def slip(*, id: str, title: str, title_zh: str, order: int) -> Callable[[Explains], Slip]:
    """Declare a slip; the function tells whether it explains a hit."""

    def declare(function: Explains) -> Slip:
        if not (id and title and title_zh):
            raise TypeError(f"slip {id!r} lacks an id or a title")
        return Slip(id=id, title=title, title_zh=title_zh, order=order, explains=function)

    return declare


@cache
def slips() -> tuple[Slip, ...]:
    """Return every declared slip in the order in which they are tried.

    Raises TypeError for an id used twice.
    """
    found: dict[str, Slip] = {}
    for info in pkgutil.iter_modules(verify.doubt.slips.__path__):
        module = importlib.import_module(f"verify.doubt.slips.{info.name}")
        for value in vars(module).values():
            if not isinstance(value, Slip):
                continue
            if value.id in found:
                raise TypeError(f"{module.__file__}: slip {value.id} is declared twice")
            found[value.id] = value
    return tuple(sorted(found.values(), key=lambda s: (s.order, s.id)))
