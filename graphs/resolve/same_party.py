"""Mentions to entities: equal credit code first, equal folded name next, then what a person decided. Names one character apart are
never merged by themselves (near_names tells them).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.values.credit_code import check_holds
from extractors.values.party_name import folded_name, is_company
from graphs.model import Entity


@dataclass(frozen=True, slots=True)
class Mention:
    """A party as one paper names it."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A person's word that two names are one party; leaving it out again undoes it."""

    one: str
    other: str


def resolve(mentions: Sequence[Mention], told: Sequence[Told] = ()) -> tuple[dict[str, Entity], dict[str, str]]:
    """Entities by id, and the entity id of every folded name. A code ties names only when its check character holds."""
    by_code: dict[str, set[str]] = {}
    shown: dict[str, str] = {}
    for mention in sorted(mentions, key=lambda m: (m.name, m.code)):
        key = folded_name(mention.name)
        shown.setdefault(key, mention.name)
        if mention.code and check_holds(mention.code):
            by_code.setdefault(mention.code, set()).add(key)
    parent = {key: key for key in shown}
    code_of: dict[str, str] = {}
    for code, named in sorted(by_code.items()):
        first = min(named)
        for key in named:
            parent[_root(parent, key)] = _root(parent, first)
        code_of[first] = code
    for each in told:
        one, other = folded_name(each.one), folded_name(each.other)
        if one in parent and other in parent:
            first, second = sorted((_root(parent, one), _root(parent, other)))
            parent[second] = first
    groups: dict[str, list[str]] = {}
    for key in sorted(shown):
        groups.setdefault(_root(parent, key), []).append(key)
    entities: dict[str, Entity] = {}
    of_name: dict[str, str] = {}
    for root, keys in sorted(groups.items()):
        name = shown[root]
        code = next((code_of[k] for k in keys if k in code_of), "")
        entity_id = f"{'company' if is_company(name) else 'person'}:{code or root}"
        kind = "company" if is_company(name) else "person"
        entities[entity_id] = Entity(id=entity_id, kind=kind, name=name, names=tuple(shown[k] for k in keys), code=code)
        of_name.update(dict.fromkeys(keys, entity_id))
    return entities, of_name


def _root(parent: dict[str, str], key: str) -> str:
    while parent[key] != key:
        parent[key] = parent[parent[key]]  # halved on the way, so that long ties stay cheap
        key = parent[key]
    return key
