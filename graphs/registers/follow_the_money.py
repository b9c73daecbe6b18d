"""FollowTheMoney entities (JSON lines): parties with their contacts, and ties between them.

A link counts as a guarantee only where it says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractors.model import WHOLE_PAGE
from extractors.values.money import parse_money
from graphs.formats.json_graph import entity_of, relation_of
from graphs.formats.payload import ATTRIBUTE
from graphs.model import Entity, PartyGraph, Place, Relation, RelationKind
from graphs.registers.cell_values import read_day, read_share
from graphs.registers.columns import KINDS
from graphs.registers.company_table import contacts_in
from graphs.registers.import_report import NotAGraph, Notes
from graphs.registers.own_forms import OWN_KINDS
from graphs.resolve.party_code import party_code

_PARTIES = {
    "Company": "company",
    "Organization": "company",
    "LegalEntity": "company",
    "PublicBody": "company",
    "Person": "person",
    "BankAccount": "account",
}
_TIES = {
    "Ownership": ("holds_shares", "owner", "asset"),
    "Directorship": ("represents", "director", "organization"),
    "UnknownLink": ("", "subject", "object"),
    "Payment": ("pays", "payer", "beneficiary"),
    "Guarantee": ("guarantees", "guarantor", "debtor"),
}
_IGNORED = ("Address", "Note", "Identification")  # tell about an entity and are no tie
_WRONG = (ValueError, KeyError, TypeError, ArithmeticError, AttributeError)
_CODES = ("uscCode", "registrationNumber", "idNumber", "taxNumber")


@dataclass
class _Read:
    """What is read of a file, ties with the number under which they were exported."""

    file: str
    notes: Notes
    entities: dict[str, Entity] = field(default_factory=dict)
    relations: list[tuple[int, Relation]] = field(default_factory=list)


def follow_the_money(file: str, lines: Sequence[Any], notes: Notes) -> PartyGraph:
    """Raises NotAGraph where no entity has a name."""
    notes.form = "FollowTheMoney"
    read = _Read(file, notes)
    for number, line in enumerate(lines, 1):
        notes.rows += 1
        if not isinstance(line, dict):
            notes.add("line_not_read", number)
        elif isinstance(line.get(ATTRIBUTE), dict):
            _own(line[ATTRIBUTE], number, read)
        else:
            _foreign(line, number, read)
    if not read.entities:
        raise NotAGraph(
            "带名称的 FollowTheMoney 实体，每行一个",
            "FollowTheMoney entities with names, one a line",
        )
    known = []
    for _, relation in sorted(read.relations, key=lambda pair: pair[0]):
        if relation.source in read.entities and relation.target in read.entities:
            known.append(relation)
        else:
            notes.add("end_unknown", relation.places[0].page if relation.places else "")
    return PartyGraph(read.entities, tuple(known))


def _own(whole: Mapping[str, Any], number: int, read: _Read) -> None:
    """An entity or relation that was exported here stands whole."""
    try:
        stored = [whole["entity"]] if "entity" in whole else []
        stored += whole.get("entities", [])
        stored += [each["entity"] for each in whole.get("contacts", [])]
        for entity in map(entity_of, stored):
            read.entities.setdefault(entity.id, entity)
        ties = list(whole.get("contacts", []))
        ties += [whole] if "relation" in whole else []
        for tie in ties:
            read.relations.append((int(tie["number"]), relation_of(tie["relation"])))
    except _WRONG:
        read.notes.add("line_not_read", number)


def _foreign(line: Mapping[str, Any], number: int, read: _Read) -> None:
    properties = line.get("properties")
    own = properties if isinstance(properties, dict) else {}
    schema = str(line.get("schema", ""))
    if schema in _PARTIES:
        _party(line, own, number, read)
    elif schema in _TIES:
        _tie(line, own, number, read)
    elif schema not in _IGNORED:
        read.notes.add("link_unknown", f"{number}: {schema[:30]}")


def _party(line: Mapping[str, Any], own: Mapping[str, list[str]], number: int, read: _Read) -> None:
    names = own.get("name") or own.get("accountNumber") or []
    if not names:
        read.notes.add("entity_without_name", number)
        names = [str(line["id"])]
    kind = _PARTIES[str(line["schema"])]
    codes = [code for name in _CODES for code in own.get(name, [])]
    valid = next((c for text in codes if (c := party_code(str(text)))), "")
    entity_id = str(line["id"])
    read.entities[entity_id] = Entity(
        id=entity_id,
        kind=kind,
        name=names[0],
        names=tuple(names),
        code=valid or next(iter(own.get("registrationNumber", [])), ""),
    )
    place = _place(read.file, number, names[0])
    if kind == "account":
        return
    for contact in contacts_in(own):
        read.entities.setdefault(contact.id, contact)
        relation = Relation(
            kind=RelationKind.HAS_CONTACT,
            source=entity_id,
            target=contact.id,
            amount=None,
            start=None,
            end=None,
            places=(place,),
        )
        read.relations.append((number, relation))


def _tie(line: Mapping[str, Any], own: Mapping[str, list[str]], number: int, read: _Read) -> None:
    schema = str(line["schema"])
    kind, one, two = _TIES[schema]
    roles = [str(role) for role in own.get("role", [])]
    told = next((k for role in roles if (k := _kind_of_role(role))), "")
    kind = told or kind
    if not kind:
        role = "、".join(roles)[:30]
        read.notes.add("link_unknown", f"{number}: {role}" if role else number)
        return
    for source in own.get(one, []):
        for target in own.get(two, []):
            read.relations.append(
                (number, _relation(kind, source, target, own, line, number, read))
            )


def _kind_of_role(role: str) -> str:
    return KINDS.get(role.casefold(), role if role in OWN_KINDS else "")


def _relation(
    kind: str,
    source: str,
    target: str,
    own: Mapping[str, list[str]],
    line: Mapping[str, Any],
    number: int,
    read: _Read,
) -> Relation:
    def first(name: str) -> str:
        return str(next(iter(own.get(name, [])), ""))

    share, most, problem = _share(first("percentage"))
    start, start_problem = read_day(first("startDate") or first("date"))
    end, end_problem = read_day(first("endDate"))
    amount = parse_money(first("amount"))
    problems = [problem, start_problem, end_problem]
    if first("amount") and amount is None:
        problems.append("amount_not_read")
    for code in filter(None, problems):
        read.notes.add(code, number)
    role = first("role")
    return Relation(
        kind=RelationKind(kind),
        source=source,
        target=target,
        amount=amount,
        start=start,
        end=end,
        places=(_place(read.file, number, str(line.get("id", ""))),),
        contract=first("recordId"),
        share=share,
        mode=role if kind == RelationKind.REPRESENTS and role != kind else "",
        share_most=most,
    )


def _share(text: str) -> tuple[Any, Any, str]:
    """Percent, or the least and greatest of a range (25-50)."""
    least, dash, most = text.replace("–", "-").partition("-")
    if dash and least.strip() and most.strip():
        low, first = read_share(least, False)
        high, second = read_share(most, False)
        return low, high, first or second
    share, problem = read_share(text, False)
    return share, None, problem


def _place(file: str, number: int, text: str) -> Place:
    return Place(
        packet="",
        file=file,
        document=f"{file}#{number}",
        page=number,
        box=WHOLE_PAGE,
        text=text,
    )


def each_line(data: bytes) -> Iterator[bytes]:
    """Lines that hold something."""
    return (line for line in data.splitlines() if line.strip())
