"""Mentions to entities: equal code first, equal folded name next, then a former name that a paper
tells, then what a person decided. Names one character apart are never merged by themselves
(near_names tells them).

Two companies of one name under two valid codes are two companies. A mention of that name without a
code belongs to the company of its own application where that tells one, and stays apart from both
otherwise. Every join keeps its reason. A person's word may join two names or keep them apart;
leaving the word out again undoes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from extractors.values.party_name import folded_name
from graphs.model import Entity, MergeReason, Place
from graphs.resolve.party_code import is_person_code, party_code
from graphs.resolve.party_kind import party_kind


@dataclass(frozen=True, slots=True)
class Mention:
    """A party as one paper or row names it.

    Within a scope (an application, an entity of another graph) one name is one party. `kind` is
    given where the source says it.
    """

    name: str
    code: str = ""
    scope: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A paper that says which name a party bore before (曾用名, a notice of change)."""

    old: str
    new: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A person's word that two parties are one, or are not; leaving it out again undoes it.

    A party is a name, an entity's id, or name@code or name@scope where one name is several parties.
    """

    one: str
    other: str
    together: bool = True


Node = tuple[str, str, str]  # folded name, code where there is no scope, scope


@dataclass
class Resolution:
    """Entities by id, and the entity of every mention; `mentioned` are those of the mentions that
    were resolved, in their order.
    """

    entities: dict[str, Entity] = field(default_factory=dict)
    mentioned: Sequence[str] = ()
    _entity_of: dict[Node, str] = field(default_factory=dict)

    def of(self, name: str, code: str = "", scope: str = "") -> str:
        """The entity of a mention. Raises KeyError for a name that no mention bears."""
        folded = folded_name(name)
        node = (folded, "", scope) if scope else (folded, party_code(code), "")
        found = self._entity_of.get(node)
        if found is not None:
            return found
        bearing = self._bearing[folded]
        return self._entity_of.get((folded, "", ""), bearing[0])

    @cached_property
    def _bearing(self) -> dict[str, tuple[str, ...]]:
        """The entities of each folded name, in order of their smallest mention."""
        order = {entity: number for number, entity in enumerate(self.entities)}
        found: dict[str, set[str]] = {}
        for node, entity in self._entity_of.items():
            found.setdefault(node[0], set()).add(entity)
        return {name: tuple(sorted(own, key=order.__getitem__)) for name, own in found.items()}

    def knows(self, name: str) -> bool:
        return folded_name(name) in self._bearing

    def bearing(self, name: str) -> tuple[str, ...]:
        """Entities that bear a name; more than one are homonyms."""
        return self._bearing.get(folded_name(name), ())


def resolve(
    mentions: Iterable[Mention],
    told: Sequence[Told] = (),
    renamed: Sequence[Renamed] = (),
    *,
    aliases: Iterable[tuple[Mention, Mention]] = (),
    apart: Iterable[tuple[Mention, Mention]] = (),
) -> Resolution:
    """The entities of all mentions. A code ties names only when its check character holds; a former
    name only where both names do not bear different codes. A party goes by its latest name.

    `aliases` are mentions that a source gives one party; `apart` are mentions that a source keeps
    apart.
    """
    known = _Known()
    nodes = [known.add(mention) for mention in mentions]
    for rename in renamed:
        known.add(Mention(rename.old))
        known.add(Mention(rename.new))
    groups = _Groups(known)
    for word in told:
        if not word.together:
            groups.keep_apart(known.nodes_of(word.one), known.nodes_of(word.other))
    for one, other in apart:
        groups.keep_apart([known.node(one)], [known.node(other)])
    groups.join_codes()
    groups.join_names()
    for join, nodes in _by_former_name(renamed, known):
        groups.join(join, nodes)
    for word in told:
        if word.together:
            reason = MergeReason(one=word.one, other=word.other, by="told", what="")
            groups.join(reason, [*known.nodes_of(word.one), *known.nodes_of(word.other)])
    for one, other in aliases:
        groups.unite(known.node(one), known.node(other))
    found = _resolution(groups, known)
    found.mentioned = [found._entity_of[node] for node in nodes]
    return found


class _Known:
    """Every mention once: how it is shown, its codes and its kind."""

    def __init__(self) -> None:
        self.shown: dict[str, str] = {}
        self.codes: dict[Node, set[str]] = {}  # of nodes that have any
        self.kinds: dict[Node, str] = {}
        self.named: dict[str, list[Node]] = {}
        self._nodes: set[Node] = set()
        self._by_code: dict[str, list[Node]] | None = None

    def node(self, mention: Mention) -> Node:
        folded = folded_name(mention.name)
        if folded == mention.name:
            folded = mention.name  # one text in memory for what most names are
        if mention.scope:
            return folded, "", mention.scope
        return folded, party_code(mention.code) if mention.code else "", ""

    def add(self, mention: Mention) -> Node:
        node = self.node(mention)
        folded = node[0]
        shown = self.shown.get(folded)
        if shown is None or mention.name < shown:
            self.shown[folded] = mention.name
        if node not in self._nodes:
            self._nodes.add(node)
            self.named.setdefault(folded, []).append(node)
        if mention.kind:
            self.kinds[node] = mention.kind
        if mention.code and (code := party_code(mention.code)):
            self.codes.setdefault(node, set()).add(code)
        return node

    def in_order(self) -> Iterator[Node]:
        """All nodes, ascending."""
        for name in sorted(self.named):
            nodes = self.named[name]
            yield from sorted(nodes) if len(nodes) > 1 else nodes

    def with_code(self) -> dict[str, list[Node]]:
        """Nodes by code, in order."""
        found: dict[str, list[Node]] = {}
        for node in sorted(self.codes):
            for code in self.codes[node]:
                found.setdefault(code, []).append(node)
        return dict(sorted(found.items()))

    def codes_of(self, name: str) -> set[str]:
        return {
            c for node in self.named.get(folded_name(name), ()) for c in self.codes.get(node, ())
        }

    def nodes_of(self, reference: str) -> list[Node]:
        """Nodes that a person's word means: those of a name, of an id, or of name@code or
        name@scope.
        """
        own = self.named.get(folded_name(reference))
        if own:
            return own
        kind, _, rest = reference.partition(":")
        if rest and kind in ("company", "person"):
            return self._of_id(rest)
        name, _, tag = reference.rpartition("@")
        near = self.named.get(folded_name(name), [])
        code = party_code(tag)
        return [n for n in near if n[2] == tag or (code and code in self.codes.get(n, ()))]

    def _of_id(self, rest: str) -> list[Node]:
        if self._by_code is None:
            self._by_code = self.with_code()
        return self._by_code.get(rest) or self.named.get(folded_name(rest.partition("~")[0]), [])


def _by_former_name(
    renamed: Sequence[Renamed], known: _Known
) -> Iterator[tuple[MergeReason, list[Node]]]:
    """A name that another company bears by now, under a code of its own, is no tie."""
    for each in sorted(renamed, key=lambda r: (r.new, r.old)):
        old, new = known.codes_of(each.old), known.codes_of(each.new)
        if not old or not new or old & new:
            reason = MergeReason(
                one=each.new, other=each.old, by="former_name", what=each.old, places=each.places
            )
            yield reason, [*known.nodes_of(each.new), *known.nodes_of(each.old)]


class _Groups:
    """Nodes that are one party, joined one reason at a time; a join that would bring together what
    is kept apart is refused.
    """

    def __init__(self, known: _Known) -> None:
        self._known = known
        self._parent: dict[Node, Node] = {}
        self._apart: list[tuple[list[Node], list[Node]]] = []
        self._coded = set(known.codes)
        self.joins: list[tuple[MergeReason, Node]] = []

    def keep_apart(self, one: Sequence[Node], other: Sequence[Node]) -> None:
        if one and other:
            self._apart.append((list(one), list(other)))

    def root(self, node: Node) -> Node:
        parent = self._parent
        while (above := parent.get(node, node)) != node:
            higher = parent.get(above, above)
            parent[node] = higher  # halved on the way, so that long ties stay cheap
            node = higher
        return node

    def unite(self, one: Node, other: Node) -> bool:
        """Whether both are one party now."""
        first, second = sorted((self.root(one), self.root(other)))
        if first == second:
            return True
        if self._apart and self._is_refused(first, second):
            return False
        self._parent[second] = first
        if second in self._coded:
            self._coded.add(first)
        return True

    def _is_refused(self, first: Node, second: Node) -> bool:
        for one, other in self._apart:
            left, right = {self.root(n) for n in one}, {self.root(n) for n in other}
            if (first in left and second in right) or (second in left and first in right):
                return True
        return False

    def joined_nodes(self) -> Iterator[Node]:
        """Nodes of groups of two or more."""
        yield from self._parent
        yield from {self.root(node) for node in self._parent}

    def join(self, reason: MergeReason, nodes: Sequence[Node]) -> None:
        """Joins all nodes to the first, and keeps the reason where that names two parties that were
        two until now or were told so.
        """
        if len({node[0] for node in nodes}) < 2 and reason.by != "told":
            return
        joined = [self.unite(nodes[0], node) for node in nodes[1:]]
        if any(joined):
            self.joins.append((reason, nodes[0]))

    def join_codes(self) -> None:
        for code, nodes in self._known.with_code().items():
            first = nodes[0]
            told = {first[0]}
            for node in nodes[1:]:
                if self.unite(first, node) and node[0] not in told:
                    told.add(node[0])
                    reason = MergeReason(one=first[0], other=node[0], by="code", what=code)
                    self.joins.append((reason, first))

    def join_names(self) -> None:
        """Mentions of one name are one party, unless the name is that of two parties with codes of
        their own.
        """
        several = {name: nodes for name, nodes in self._known.named.items() if len(nodes) > 1}
        for _, nodes in sorted(several.items()):
            with_code = {root for node in nodes if (root := self.root(node)) in self._coded}
            free = [
                each
                for each in sorted(nodes)
                if len(with_code) < 2 or self.root(each) not in with_code
            ]
            for node in free[1:]:
                self._unite_with_any(node, free)

    def _unite_with_any(self, node: Node, nodes: Sequence[Node]) -> None:
        if self.unite(nodes[0], node) or not self._apart:
            return
        for other in nodes:
            if other == node or self.unite(other, node):
                return


def _resolution(groups: _Groups, known: _Known) -> Resolution:
    """Groups in order of their smallest node, which is their root."""
    members: dict[Node, list[Node]] = {}
    for node in groups.joined_nodes():
        members.setdefault(groups.root(node), []).append(node)
    joins: dict[Node, list[MergeReason]] = {}
    for reason, node in groups.joins:
        joins.setdefault(groups.root(node), []).append(reason)
    out = Resolution()
    for node in known.in_order():
        if node in out._entity_of:
            continue
        nodes = sorted(members[node]) if node in members else (node,)
        entity = _entity(node, nodes, joins.get(node, ()), known, out.entities)
        out.entities[entity.id] = entity
        for own in nodes:
            out._entity_of[own] = entity.id
    return out


def _entity(
    root: Node,
    nodes: Sequence[Node],
    why: Sequence[MergeReason],
    known: _Known,
    taken: dict[str, Entity],
) -> Entity:
    if len(nodes) == 1 and not why and root not in known.codes:
        return _lone_entity(root, known, taken)
    folded = list(dict.fromkeys(node[0] for node in nodes))
    former = {folded_name(join.other) for join in why if join.by == "former_name"}
    latest = next((name for name in folded if name not in former), root[0])
    codes = sorted({code for node in nodes for code in known.codes.get(node, ())})
    kind = _kind_of(known, nodes, latest, codes)
    entity_id = f"{kind}:{codes[0] if codes else root[0]}"
    if entity_id in taken:  # a person keeps apart two names of one code, or two parties of one name
        codes, entity_id = [], _free_id(f"{kind}:{root[0]}", taken)
    return Entity(
        id=entity_id,
        kind=kind,
        name=known.shown[latest],
        names=tuple(known.shown[name] for name in folded),
        code=codes[0] if codes else "",
        joins=tuple(why),
        other_codes=tuple(codes[1:]),
    )


def _lone_entity(node: Node, known: _Known, taken: dict[str, Entity]) -> Entity:
    """The entity of a single mention without a code: what most mentions are."""
    name = known.shown[node[0]]
    kind = known.kinds.get(node) or party_kind(name, node[0])
    entity_id = f"{kind}:{node[0]}"
    if entity_id in taken:
        entity_id = _free_id(entity_id, taken)
    return Entity(id=entity_id, kind=kind, name=name, names=(name,))


def _kind_of(known: _Known, nodes: Sequence[Node], latest: str, codes: Sequence[str]) -> str:
    said = {known.kinds[node] for node in nodes if node in known.kinds}
    if len(said) == 1:
        return said.pop()
    if codes:
        return "person" if all(map(is_person_code, codes)) else "company"
    return "company" if "company" in said else party_kind(known.shown[latest])


def _free_id(wanted: str, taken: dict[str, Entity]) -> str:
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted}~{number}"
    return found
