"""Mentions to entities: equal credit code first, equal folded name next, then a former name that a paper tells, then what a person decided.
Names one character apart are never merged by themselves (near_names tells them).

Every join keeps its reason. A person's word may join two names or keep them apart; leaving the word out again undoes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.values.credit_code import check_holds
from extractors.values.party_name import folded_name, is_company
from graphs.model import Entity, Join, Place


@dataclass(frozen=True, slots=True)
class Mention:
    """A party as one paper names it."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A paper that says which name a party bore before (曾用名, a notice of change)."""

    old: str
    new: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A person's word that two names are one party, or are not; leaving it out again undoes it."""

    one: str
    other: str
    together: bool = True


def resolve(
    mentions: Sequence[Mention], told: Sequence[Told] = (), renamed: Sequence[Renamed] = ()
) -> tuple[dict[str, Entity], dict[str, str]]:
    """Entities by id, and the entity id of every folded name. A code ties names only when its check character holds; a former name
    only where both names do not bear different codes. A party goes by its latest name.
    """
    shown: dict[str, str] = {}
    codes: dict[str, set[str]] = {}
    for mention in sorted(
        (*mentions, *(Mention(n) for r in renamed for n in (r.old, r.new))),
        key=lambda m: (m.name, m.code),
    ):
        shown.setdefault(folded_name(mention.name), mention.name)
        if mention.code and check_holds(mention.code):
            codes.setdefault(folded_name(mention.name), set()).add(mention.code)
    groups = _Groups(
        shown, [(folded_name(t.one), folded_name(t.other)) for t in told if not t.together]
    )
    for join in (
        *_by_code(codes),
        *_by_former_name(renamed, codes),
        *(Join(one=t.one, other=t.other, by="told", what="") for t in told if t.together),
    ):
        groups.join(join)
    return _entities(groups, shown, codes)


def _by_code(codes: dict[str, set[str]]) -> Iterator[Join]:
    named: dict[str, list[str]] = {}
    for key in sorted(codes):
        for code in codes[key]:
            named.setdefault(code, []).append(key)
    for code, keys in sorted(named.items()):
        yield from (Join(one=keys[0], other=key, by="code", what=code) for key in keys[1:])


def _by_former_name(renamed: Sequence[Renamed], codes: dict[str, set[str]]) -> Iterator[Join]:
    """A name that another firm bears by now, under a code of its own, is no tie."""
    for each in sorted(renamed, key=lambda r: (r.new, r.old)):
        old, new = (codes.get(folded_name(n), set()) for n in (each.old, each.new))
        if not old or not new or old & new:
            yield Join(
                one=each.new, other=each.old, by="former_name", what=each.old, places=each.places
            )


class _Groups:
    """Names that are one party, joined one reason at a time; a join that would bring together what a person keeps apart is refused."""

    def __init__(self, names: dict[str, str], apart: Sequence[tuple[str, str]]) -> None:
        self._parent = {key: key for key in names}
        self._apart = [pair for pair in apart if set(pair) <= set(names)]
        self.joins: list[Join] = []

    def root(self, key: str) -> str:
        parent = self._parent
        while parent[key] != key:
            parent[key] = parent[parent[key]]  # halved on the way, so that long ties stay cheap
            key = parent[key]
        return key

    def join(self, why: Join) -> None:
        one, other = folded_name(why.one), folded_name(why.other)
        if one not in self._parent or other not in self._parent or one == other:
            return
        first, second = sorted((self.root(one), self.root(other)))
        if first != second and any(
            {self.root(a), self.root(b)} == {first, second} for a, b in self._apart
        ):
            return
        self._parent[second] = first
        self.joins.append(why)


def _entities(
    groups: _Groups, shown: dict[str, str], codes: dict[str, set[str]]
) -> tuple[dict[str, Entity], dict[str, str]]:
    keys_of: dict[str, list[str]] = {}
    for key in sorted(shown):
        keys_of.setdefault(groups.root(key), []).append(key)
    joins: dict[str, list[Join]] = {}
    for join in groups.joins:
        joins.setdefault(groups.root(folded_name(join.one)), []).append(join)
    entities: dict[str, Entity] = {}
    of_name: dict[str, str] = {}
    for root, keys in sorted(keys_of.items()):
        why = joins.get(root, [])
        former = {folded_name(j.other) for j in why if j.by == "former_name"}
        latest = next((k for k in keys if k not in former), root)
        name, kind = shown[latest], "company" if is_company(shown[latest]) else "person"
        code = next((c for k in keys for c in sorted(codes.get(k, ()))), "")
        entity_id = f"{kind}:{code or root}"
        if entity_id in entities:  # a person keeps apart two names of one code
            code, entity_id = "", f"{kind}:{root}"
        entities[entity_id] = Entity(
            id=entity_id,
            kind=kind,
            name=name,
            names=tuple(shown[k] for k in keys),
            code=code,
            joins=tuple(why),
        )
        of_name.update(dict.fromkeys(keys, entity_id))
    return entities, of_name
