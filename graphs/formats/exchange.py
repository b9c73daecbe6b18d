"""A party graph for other programs: GraphML, GEXF, CSV, FollowTheMoney."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping

from extractors.values.csv_cell import guarded
from graphs.model import PartyGraph, Relation

_SCHEMA = {"company": "Company", "person": "Person", "account": "BankAccount"}
# FollowTheMoney: the schema of each kind of relation, and the names of its two ends.
_TIES = {
    "holds_shares": ("Ownership", "owner", "asset"),
    "represents": ("Directorship", "director", "organization"),
    "guarantees": ("UnknownLink", "subject", "object"),
    "pays": ("Payment", "payer", "beneficiary"),
    "invoices": ("UnknownLink", "subject", "object"),
}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Contacts are properties of the party that has them.
_CONTACTS = {"phone": "phone", "email": "email", "address": "address"}


def export(graph: PartyGraph, form: str) -> str:
    """Text of a graph in a form: graphml, gexf, csv or ftm (one entity a line). Raises KeyError for another form."""
    return FORMS[form](graph)


def _networkx(graph: PartyGraph, write: str) -> str:
    import networkx as nx

    out = nx.MultiDiGraph()
    for entity in graph.entities.values():
        out.add_node(
            _xml(entity.id), label=_xml(entity.name), kind=entity.kind, code=_xml(entity.code)
        )
    for number, relation in enumerate(graph.relations):
        told = {k: _xml(v) for k, v in _plain(relation).items()}
        out.add_edge(
            _xml(relation.source), _xml(relation.target), key=str(number), id=str(number), **told
        )
    buffer = io.BytesIO()
    getattr(nx, write)(out, buffer)
    return buffer.getvalue().decode()


def _xml(text: str) -> str:
    """Without the characters that XML cannot hold, in any spelling."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _plain(relation: Relation) -> dict[str, str]:
    """A relation's own values as text; what is not known is empty."""
    return {
        "kind": relation.kind,
        "amount": "" if relation.amount is None else f"{relation.amount:f}",
        "share": "" if relation.share is None else f"{relation.share:f}",
        "start_day": relation.start.isoformat() if relation.start else "",
        "end_day": relation.end.isoformat() if relation.end else "",
        "contract": relation.contract,
        "mode": relation.mode,
        "evidence": "; ".join(f"{p.packet}/{p.file} p{p.page}" for p in relation.places),
    }


def _csv(graph: PartyGraph) -> str:
    """One relation a line. A cell that a spreadsheet would take for a formula is guarded (see `csv_cell`)."""
    buffer = io.StringIO()
    names = (
        ("source", "source_name", "target", "target_name", *_plain(graph.relations[0]))
        if graph.relations
        else ("source", "target")
    )
    writer = csv.writer(buffer)
    writer.writerow(names)
    for relation in graph.relations:
        row = (
            relation.source,
            graph.name(relation.source),
            relation.target,
            graph.name(relation.target),
            *_plain(relation).values(),
        )
        writer.writerow([guarded(cell) for cell in row])
    return buffer.getvalue()


def _ftm(graph: PartyGraph) -> str:
    lines = []
    had = _had(graph)
    for entity in (e for e in graph.entities.values() if e.kind in _SCHEMA):
        properties = {"name": list(entity.names)} | (
            {"registrationNumber": [entity.code]} if entity.code else {}
        )
        lines.append(
            {
                "id": entity.id,
                "schema": _SCHEMA[entity.kind],
                "properties": properties | had.get(entity.id, {}),
            }
        )
    for number, relation in enumerate(graph.relations):
        if graph.entities[relation.target].kind not in _SCHEMA:
            continue
        schema, one, two = _TIES.get(relation.kind, ("UnknownLink", "subject", "object"))
        properties = {
            one: [relation.source],
            two: [relation.target],
            "role": [relation.kind],
            "recordId": [relation.contract] if relation.contract else [],
        }
        properties |= (
            {"percentage": [f"{relation.share:f}"]}
            if relation.share is not None and schema == "Ownership"
            else {}
        )
        properties |= {"amount": [f"{relation.amount:f}"]} if relation.amount is not None else {}
        properties |= {"startDate": [relation.start.isoformat()]} if relation.start else {}
        properties |= {"endDate": [relation.end.isoformat()]} if relation.end else {}
        lines.append({"id": f"relation-{number}", "schema": schema, "properties": properties})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _had(graph: PartyGraph) -> dict[str, dict[str, list[str]]]:
    """Contacts of each party by FollowTheMoney's name; marks of its files as notes."""
    out: dict[str, dict[str, list[str]]] = {}
    for relation in graph.of_kind("has_contact"):
        contact = graph.entities[relation.target]
        if contact.kind not in _SCHEMA:
            name = _CONTACTS.get(contact.kind, "notes")
            text = (
                contact.name
                if contact.kind in _CONTACTS
                else f"{contact.kind} of files: {contact.name}"
            )
            out.setdefault(relation.source, {}).setdefault(name, []).append(text)
    return out


FORMS: Mapping[str, Callable[[PartyGraph], str]] = {
    "graphml": lambda graph: _networkx(graph, "write_graphml"),
    "gexf": lambda graph: _networkx(graph, "write_gexf"),
    "csv": _csv,
    "ftm": _ftm,
}
