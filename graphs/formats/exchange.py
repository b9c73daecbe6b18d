"""A party graph for other programs: GraphML, GEXF, CSV, FollowTheMoney.

Each form is imported again as the same graph.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from extractors.values.csv_cell import guarded
from graphs.formats.json_graph import entity_json, relation_json
from graphs.formats.payload import ATTRIBUTE, entity_payload, relation_payload, visible
from graphs.model import Entity, PartyGraph, Relation, RelationKind

SCHEMAS = {"company": "Company", "person": "Person", "account": "BankAccount"}
# FollowTheMoney: the schema of each kind of relation, and the names of its two ends.
TIES = {
    "holds_shares": ("Ownership", "owner", "asset"),
    "represents": ("Directorship", "director", "organization"),
    "pays": ("Payment", "payer", "beneficiary"),
}
OTHER_TIE = ("UnknownLink", "subject", "object")  # with the kind of the relation as its role
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Contacts are properties of the party that has them.
_CONTACTS = {"phone": "phone", "email": "email", "address": "address"}
CSV_ENDS = ("source", "source_name", "target", "target_name")
CSV_PAYLOADS = ("source_entity", "target_entity", ATTRIBUTE)


def export(graph: PartyGraph, form: str) -> str:
    """Text of a graph in a form: graphml, gexf, csv or ftm (one entity a line).

    Raises KeyError for another form.
    """
    return FORMS[form](graph)


def _networkx(graph: PartyGraph, write: str) -> str:
    import networkx as nx

    out = nx.MultiDiGraph()
    for entity in graph.entities.values():
        out.add_node(
            xml_text(entity.id),
            label=xml_text(entity.name),
            kind=entity.kind,
            code=xml_text(entity.code),
            **{ATTRIBUTE: entity_payload(entity)},
        )
    for number, relation in enumerate(graph.relations):
        out.add_edge(
            xml_text(relation.source),
            xml_text(relation.target),
            key=str(number),
            id=str(number),
            **{name: xml_text(text) for name, text in visible(relation).items()},
            **{ATTRIBUTE: relation_payload(relation)},
        )
    buffer = io.BytesIO()
    getattr(nx, write)(out, buffer)
    return buffer.getvalue().decode()


def xml_text(text: str) -> str:
    """Without the characters that XML cannot hold, in any spelling."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _csv(graph: PartyGraph) -> str:
    """One relation on each line, an entity in whole where it first stands, entities without
    relations last.

    A cell that a spreadsheet would take for a formula is guarded (see `csv_cell`).
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    values = tuple(visible(_ANY_RELATION))
    writer.writerow((*CSV_ENDS, *values, *CSV_PAYLOADS))
    left = dict(graph.entities)
    for relation in graph.relations:
        ends = [left.pop(end, None) for end in (relation.source, relation.target)]
        row = (
            relation.source,
            graph.name(relation.source),
            relation.target,
            graph.name(relation.target),
            *visible(relation).values(),
            *(entity_payload(end) if end else "" for end in ends),
            relation_payload(relation),
        )
        writer.writerow([guarded(cell) for cell in row])
    for entity in left.values():
        blank = [""] * (len(values) + 2)
        row = (entity.id, entity.name, *blank, entity_payload(entity), "", "")
        writer.writerow([guarded(cell) for cell in row])
    return buffer.getvalue()


_ANY_RELATION = Relation(
    kind=RelationKind.GUARANTEES, source="", target="", amount=None, start=None, end=None, places=()
)


def _ftm(graph: PartyGraph) -> str:
    """Parties, then relations; contacts as properties of their party.

    What FollowTheMoney has no property for stands under `huoyan`.
    """
    contacts = _contacts(graph)
    lines = [
        _ftm_entity(entity, contacts.get(entity.id, []), graph)
        for entity in graph.entities.values()
        if entity.kind in SCHEMAS
    ]
    held = {number for own in contacts.values() for number, _ in own}
    lines += [
        _ftm_relation(number, relation)
        for number, relation in enumerate(graph.relations)
        if number not in held
    ]
    loose = _without_party(graph)
    if loose:
        lines.append(
            {
                "id": "huoyan-contacts",
                "schema": "Note",
                "properties": {"description": ["contacts without a party"]},
                ATTRIBUTE: {"entities": loose},
            }
        )
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _contacts(graph: PartyGraph) -> dict[str, list[tuple[int, Relation]]]:
    """Relations to contacts that FollowTheMoney has as properties, with their numbers, by party."""
    found: dict[str, list[tuple[int, Relation]]] = {}
    for number, relation in enumerate(graph.relations):
        party, contact = graph.entities[relation.source], graph.entities[relation.target]
        if party.kind in SCHEMAS and contact.kind not in SCHEMAS:
            found.setdefault(party.id, []).append((number, relation))
    return found


def _without_party(graph: PartyGraph) -> list[dict[str, Any]]:
    """Contacts that no party has."""
    used = {relation.target for relation in graph.relations}
    return [
        entity_json(entity)
        for entity in graph.entities.values()
        if entity.kind not in SCHEMAS and entity.id not in used
    ]


def ftm_id(entity_id: str) -> str:
    """An id of the characters that FollowTheMoney takes; the payload keeps our own."""
    return "huoyan-" + hashlib.sha256(entity_id.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _international(phone: str) -> str:
    """A telephone number of China as FollowTheMoney takes it: country code first, without the
    national 0.
    """
    digits = re.sub(r"\D", "", phone)
    return f"+86{digits.removeprefix('0')}" if digits and not phone.startswith("+") else phone


def _ftm_entity(
    entity: Entity, contacts: list[tuple[int, Relation]], graph: PartyGraph
) -> dict[str, Any]:
    if entity.kind == "account":
        properties = {"accountNumber": list(entity.names), "name": list(entity.names)}
    else:
        properties = {"name": list(entity.names)}
        if entity.code:
            properties["registrationNumber"] = [entity.code]
    for _, relation in contacts:
        contact = graph.entities[relation.target]
        name = _CONTACTS.get(contact.kind, "notes")
        text = _international(contact.name) if name == "phone" else contact.name
        if name == "notes":
            text = f"{contact.kind} of files: {contact.name}"
        properties.setdefault(name, []).append(text)
    whole = {
        "entity": entity_json(entity),
        "contacts": [
            {
                "number": number,
                "relation": relation_json(relation),
                "entity": entity_json(graph.entities[relation.target]),
            }
            for number, relation in contacts
        ],
    }
    return {
        "id": ftm_id(entity.id),
        "schema": SCHEMAS[entity.kind],
        "properties": properties,
        ATTRIBUTE: whole,
    }


def _ftm_relation(number: int, relation: Relation) -> dict[str, Any]:
    schema, one, two = TIES.get(relation.kind, OTHER_TIE)
    properties = {one: [ftm_id(relation.source)], two: [ftm_id(relation.target)]}
    if schema != "Payment":
        properties["role"] = [relation.kind]
    if relation.contract:
        properties["recordId"] = [relation.contract]
    if relation.share is not None and schema == "Ownership":
        properties["percentage"] = [f"{relation.share:f}"]
    if relation.amount is not None:
        amount = f"{relation.amount:f}"
        if schema == "Payment":
            properties |= {"amount": [amount], "currency": ["CNY"]}
        else:
            properties["summary"] = [f"CNY {amount}"]
    if relation.start:
        properties["startDate"] = [relation.start.isoformat()]
    if relation.end:
        properties["endDate"] = [relation.end.isoformat()]
    whole = {"number": number, "relation": relation_json(relation)}
    return {
        "id": f"relation-{number}",
        "schema": schema,
        "properties": properties,
        ATTRIBUTE: whole,
    }


FORMS: Mapping[str, Callable[[PartyGraph], str]] = {
    "graphml": lambda graph: _networkx(graph, "write_graphml"),
    "gexf": lambda graph: _networkx(graph, "write_gexf"),
    "csv": _csv,
    "ftm": _ftm,
}
