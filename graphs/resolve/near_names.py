"""Entities that may be one party under two spellings, each with why; nothing is merged by it. A
person decides, and may undo it.

Names within one character of each other are found by the names that result when one character is
left out (the deletion neighbourhood of Mor & Fraenkel 1982), so that every pair is met and no name
is compared with all others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.values.party_name import bare_name
from graphs.model import Entity

_MOST_IN_BLOCK = 60  # names that share a block; more is a word that everybody's name holds


@dataclass(frozen=True, slots=True)
class Link:
    """Two entities that may be one: `decision` is same, likely, possible or different, `why` the
    reasons in order of weight.
    """

    one: str
    other: str
    decision: str
    why: tuple[str, ...]


def near_names(
    entities: Mapping[str, Entity], related: Mapping[str, frozenset[str]] | None = None
) -> tuple[Link, ...]:
    """Links between parties of one kind whose names are one character apart, in order. `related`
    are the parties that each deals with: a shared one speaks for a slip. Different credit codes
    speak against any.
    """
    blocks: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for entity in (each for each in entities.values() if each.is_party):
        for name in entity.keys:
            for key in _keys(name):
                blocks.setdefault((entity.kind, key), []).append((entity.id, name))
    found: dict[tuple[str, str], Link] = {}
    for members in blocks.values():
        for first, second in _pairs(members):
            pair = (first[0], second[0]) if first[0] < second[0] else (second[0], first[0])
            if pair not in found and (
                link := _link(
                    entities[pair[0]], entities[pair[1]], first[1], second[1], related or {}
                )
            ):
                found[pair] = link
    return tuple(found[each] for each in sorted(found))


def _keys(name: str) -> Iterator[str]:
    if len(name) >= 4:
        yield name
        yield from (name[:i] + name[i + 1 :] for i in range(len(name)))


def _pairs(members: Sequence[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    if len(members) <= _MOST_IN_BLOCK:
        for i, member in enumerate(members):
            yield from ((member, b) for b in members[:i] if member[0] != b[0])


def _homonyms(one: Entity, other: Entity) -> Link:
    """Two parties of one name, which are kept apart."""
    if one.code and other.code:
        return Link(
            one.id, other.id, "different", (f"one name, codes {one.code} and {other.code}",)
        )
    return Link(one.id, other.id, "possible", ("one name; one of them bears no code",))


def _link(
    one: Entity, other: Entity, a: str, b: str, related: Mapping[str, frozenset[str]]
) -> Link | None:
    if a == b:
        return _homonyms(one, other)
    differing = _difference(a, b)
    if differing is None:
        return None
    why = [f"names differ in {differing[0] or '∅'}/{differing[1] or '∅'}"]
    if one.code and other.code and one.code != other.code:
        return Link(
            one.id, other.id, "different", (f"credit codes {one.code} and {other.code}", *why)
        )
    shared = related.get(one.id, frozenset()) & related.get(other.id, frozenset())
    confusable = bare_name(a) == bare_name(b)
    if confusable:
        why.append("characters that print confuses")
    if shared:
        why.append(f"{len(shared)} shared counterpart(s)")
    decision = "likely" if confusable and (shared or not (one.code and other.code)) else "possible"
    return Link(one.id, other.id, decision, tuple(why))


def _difference(a: str, b: str) -> tuple[str, str] | None:
    """What two names differ in where it is one character; None where it is more or nothing."""
    if a == b or abs(len(a) - len(b)) > 1:
        return None
    start = next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    if len(a) == len(b):
        return (a[start], b[start]) if a[start + 1 :] == b[start + 1 :] else None
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    if longer[start + 1 :] != shorter[start:]:
        return None
    return (longer[start], "") if longer is a else ("", longer[start])
