"""Graphs that were exported here, and graphs of other programs in the same forms: CSV, GraphML,
GEXF.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from xml.etree.ElementTree import Element

from extractors.errors import ReadError
from extractors.formats.ofd_package import parse_xml
from extractors.model import WHOLE_PAGE
from extractors.values.csv_cell import restored
from graphs.formats.exchange import CSV_ENDS, xml_text
from graphs.formats.payload import ATTRIBUTE, edited, entity_from, relation_from, visible
from graphs.model import Entity, PartyGraph, Place, Relation, RelationKind
from graphs.registers.cell_values import read_amount, read_day, read_share
from graphs.registers.columns import KINDS
from graphs.registers.import_report import NotAGraph, Notes
from graphs.resolve.party_code import party_code
from graphs.resolve.party_kind import party_kind

OWN_KINDS = ("guarantees", "holds_shares", "represents", "has_interest", "invoices", "pays", "has_contact")  # fmt: skip
CONTACT_KINDS = ("account", "phone", "email", "address", "author", "device", "file")
_YUAN = Decimal(1)  # our own exports tell amounts in yuan
_WRONG = (ValueError, KeyError, TypeError, ArithmeticError, AttributeError)
_NAMES = ("label", "name", "Label", "title")
_KIND_NAMES = ("kind", "relation", "type", "label", "关系")


@dataclass
class _Found:
    """Entities and relations of a file as they are met."""

    file: str
    notes: Notes
    entities: dict[str, Entity] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)

    def graph(self) -> PartyGraph:
        known = []
        for relation in self.relations:
            if relation.source in self.entities and relation.target in self.entities:
                known.append(relation)
            else:
                self.notes.add("end_unknown", relation.contract)
        return PartyGraph(self.entities, tuple(known))

    def add_entity(self, entity_id: str, shown: Mapping[str, str]) -> str:
        """The id of an entity that stands whole in its payload, or as another program tells it."""
        payload = shown.get(ATTRIBUTE, "")
        entity = _entity_of(payload) if payload else None
        if entity is None:
            entity = _plain_entity(entity_id, shown)
            if not any(shown.get(name) for name in _NAMES):
                self.notes.add("entity_without_name", entity_id)
        elif (name := shown.get("label")) and name != xml_text(entity.name):
            self.notes.add("edited_elsewhere", name)
            names = tuple(dict.fromkeys((name, *entity.names)))
            entity = replace(entity, name=name, names=names)
        self.entities.setdefault(entity.id, entity)
        return entity.id

    def add_relation(self, number: int, ends: tuple[str, str], shown: Mapping[str, str]) -> None:
        self.notes.rows += 1
        payload = shown.get(ATTRIBUTE, "")
        if payload:
            try:
                whole = relation_from(payload)
                written = {name: xml_text(text) for name, text in visible(whole).items()}
                relation, changed = edited(whole, written, shown)
            except _WRONG:
                self.notes.add("line_not_read", number)
                return
            if changed:
                self.notes.add("edited_elsewhere", number)
            self.relations.append(replace(relation, source=ends[0], target=ends[1]))
            return
        relation_or_none = self._plain_relation(number, ends, shown)
        if relation_or_none is not None:
            self.relations.append(relation_or_none)

    def _plain_relation(
        self, number: int, ends: tuple[str, str], shown: Mapping[str, str]
    ) -> Relation | None:
        kind = ""
        for name in _KIND_NAMES:
            told = shown.get(name, "")
            kind = KINDS.get(told.casefold(), told if told in OWN_KINDS else "")
            if kind:
                break
        if not kind:
            self.notes.add("link_unknown", number)
            return None
        amount = read_amount(shown.get("amount", ""), _YUAN)
        share, share_problem = read_share(shown.get("share", ""), False)
        start, start_problem = read_day(shown.get("start_day") or shown.get("start", ""))
        end, end_problem = read_day(shown.get("end_day") or shown.get("end", ""))
        for problem in (amount.problem, share_problem, start_problem, end_problem):
            if problem:
                self.notes.add(problem, number)
        place = Place(
            packet="",
            file=self.file,
            document=f"{self.file}#{number}",
            page=number,
            box=WHOLE_PAGE,
            text=shown.get("evidence") or f"{ends[0]} → {ends[1]}",
        )
        return Relation(
            kind=RelationKind(kind),
            source=ends[0],
            target=ends[1],
            amount=amount.value,
            start=start,
            end=end,
            places=(place,),
            contract=shown.get("contract") or place.document,
            share=share,
            mode=shown.get("mode", ""),
        )


def _entity_of(payload: str) -> Entity | None:
    try:
        return entity_from(payload)
    except _WRONG:
        return None


def _plain_entity(entity_id: str, shown: Mapping[str, str]) -> Entity:
    name = next((shown[each] for each in _NAMES if shown.get(each)), entity_id)
    kind = shown.get("kind", "")
    if kind not in ("company", "person", *CONTACT_KINDS):
        prefix = entity_id.partition(":")[0]
        known = prefix in ("company", "person", *CONTACT_KINDS)
        kind = prefix if known else party_kind(name)
    code = party_code(shown.get("code", "") or entity_id.partition(":")[2])
    return Entity(id=entity_id, kind=kind, name=name, names=(name,), code=code)


def is_own_csv(head: Sequence[str]) -> bool:
    """Whether a head row is that of our own export, of this version or an earlier one."""
    cells = [cell.strip().strip('"') for cell in head]
    return cells[:4] == list(CSV_ENDS) and "kind" in cells


def own_csv(file: str, text: str, notes: Notes) -> PartyGraph:
    """Our own CSV export; of an earlier version the ids and names of both ends, without the
    parties' other spellings.
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    head = [cell.strip() for cell in next(reader)]
    notes.form = "huoyan csv"
    found = _Found(file, notes)
    for number, cells in enumerate(reader, 2):
        row = {name: restored(cell) for name, cell in zip(head, cells, strict=False)}
        if len(cells) != len(head):
            if any(cells):
                notes.rows += 1
                notes.add(
                    "party_missing" if len(cells) < len(head) else "cells_beyond_head", number
                )
            continue
        ends = []
        for end in ("source", "target"):
            if row[end]:
                shown = {"name": row[f"{end}_name"], ATTRIBUTE: row.get(f"{end}_entity", "")}
                known = row[end] in found.entities and not shown[ATTRIBUTE]
                ends.append(row[end] if known else found.add_entity(row[end], shown))
        if len(ends) == 2:
            found.add_relation(number, (ends[0], ends[1]), row)
    return found.graph()


def xml_graph(file: str, data: bytes, notes: Notes) -> PartyGraph:
    """GraphML or GEXF.

    Raises NotAGraph for other XML, XML with a document type, and XML that is not well formed.
    """
    try:
        root = parse_xml(data, file)
    except ReadError as error:
        raise NotAGraph(f"格式正确的 XML（{error}）", f"well-formed XML: {error}") from error
    form = root.tag
    if form not in ("graphml", "gexf"):
        raise NotAGraph("GraphML 或 GEXF", "GraphML or GEXF")
    notes.form = form
    found = _Found(file, notes)
    names = _attribute_names(root)
    ids: dict[str, str] = {}
    for node in _each(root, "node"):
        shown = dict(_attributes(node, names))
        if node.get("label") is not None:
            shown.setdefault("label", node.get("label", ""))
        ids[node.get("id", "")] = found.add_entity(node.get("id", ""), shown)
    for number, edge in enumerate(_in_order(_each(root, "edge")), 1):
        ends = (ids.get(edge.get("source", ""), ""), ids.get(edge.get("target", ""), ""))
        if not all(ends):
            notes.rows += 1
            notes.add("end_unknown", number)
            continue
        found.add_relation(number, ends, dict(_attributes(edge, names)))
    if not found.entities:
        raise NotAGraph("至少一个节点", "at least one node")
    return found.graph()


def _in_order(edges: Iterator[Element]) -> list[Element]:
    """Edges by their number where all bear one: programs write them node by node."""
    found = list(edges)
    if all(edge.get("id", "").isdigit() for edge in found):
        found.sort(key=lambda edge: int(edge.get("id", "")))
    return found


def _each(root: Element, name: str) -> Iterator[Element]:
    return root.iter(name)


def _attribute_names(root: Element) -> dict[str, str]:
    """Names of attributes by the key under which nodes and edges hold them; of GEXF with the class
    in the key.
    """
    names = {key.get("id", ""): key.get("attr.name", "") for key in _each(root, "key")}
    for group in _each(root, "attributes"):
        for attribute in _each(group, "attribute"):
            names[f"{group.get('class')} {attribute.get('id')}"] = attribute.get("title", "")
    return names


def _attributes(element: Element, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    kind = element.tag
    for child in element.iter("data"):
        yield names.get(child.get("key", ""), ""), child.text or ""
    for child in element.iter("attvalue"):
        yield names.get(f"{kind} {child.get('for')}", ""), child.get("value", "")
