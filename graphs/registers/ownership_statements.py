"""Beneficial Ownership Data Standard, 0.1 to 0.4: statements about entities, persons and the
interests between them.

Only what a statement says is taken: shares and votes are holdings, senior officials represent, and
every other interest (settlor, trustee, board appointments, influence, whatever is unknown) is an
interest of that type. Indirect interests stand beside the direct ones, which shares through all
paths are worked out from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from extractors.model import WHOLE_PAGE
from graphs.model import Entity, PartyGraph, Place, Relation, RelationKind
from graphs.registers.cell_values import read_day, read_share
from graphs.registers.import_report import NotAGraph, Notes
from graphs.resolve.party_code import party_code

_HOLDS = ("shareholding", "votingRights", "voting-rights", "share")
_REPRESENTS = ("seniorManagingOfficial", "senior-managing-official", "boardChair")
_OLD_KINDS = {
    "entityStatement": "entity",
    "personStatement": "person",
    "ownershipOrControlStatement": "relationship",
}
_PARTY_KEYS = ("describedByEntityStatement", "describedByPersonStatement")
_WHOLE = Decimal(100)


def ownership_statements(file: str, statements: Any, notes: Notes) -> PartyGraph:
    """Raises NotAGraph where no statement is about an entity or person."""
    notes.form = "BODS"
    entities: dict[str, Entity] = {}
    ties: list[tuple[str, Relation]] = []
    for number, record, statement in _latest(statements, notes):
        details = statement.get("recordDetails")
        details = details if isinstance(details, dict) else statement
        kind = _kind_of(statement)
        if kind in ("entity", "person"):
            entities[record] = _entity(record, kind, details, notes)
        elif kind == "relationship":
            place = Place(
                packet="",
                file=file,
                document=str(
                    statement.get("statementId") or statement.get("statementID") or number
                ),
                page=number,
                box=WHOLE_PAGE,
                text=record,
            )
            ties += [(record, relation) for relation in _interests(details, place, notes)]
        else:
            notes.add("line_not_read", number)
    if not entities:
        raise NotAGraph("关于企业或个人的 BODS 声明", "BODS statements about entities or persons")
    known = []
    for record, relation in sorted(ties, key=lambda pair: pair[0]):
        if relation.source in entities and relation.target in entities:
            known.append(relation)
        else:
            notes.add("end_unknown", record)
    return PartyGraph(entities, tuple(known))


def _kind_of(statement: Mapping[str, Any]) -> str:
    told = statement.get("recordType")
    return str(told) if told else _OLD_KINDS.get(str(statement.get("statementType", "")), "")


def _latest(statements: Any, notes: Notes) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """The last statement about each record, by its date and then its place; closed and replaced
    records are left out.
    """
    rows: list[tuple[int, dict[str, Any]]] = []
    for number, statement in enumerate(statements if isinstance(statements, list) else [], 1):
        if isinstance(statement, dict) and _record(statement):
            notes.rows += 1
            rows.append((number, statement))
        else:
            notes.add("line_not_read", number)
    replaced = {
        str(old)
        for _, body in rows
        for old in body.get("replacesStatements") or []
        if old is not None
    }
    known: dict[str, tuple[int, dict[str, Any]]] = {}
    for number, statement in sorted(rows, key=lambda row: str(row[1].get("statementDate", ""))):
        known[_record(statement)] = (number, statement)
    for record, (number, statement) in known.items():
        if statement.get("recordStatus") != "closed" and record not in replaced:
            yield number, record, statement


def _record(statement: Mapping[str, Any]) -> str:
    """What a statement is about: the record from 0.4 on, the statement itself before."""
    return str(statement.get("recordId") or statement.get("statementID") or "")


def _entity(record: str, kind: str, details: Mapping[str, Any], notes: Notes) -> Entity:
    names = [str(n["fullName"]) for n in _objects(details, "names") if n.get("fullName")]
    name = details.get("name") or (names[0] if names else "")
    if not name:
        notes.add("entity_without_name", record)
    code = next(
        (c for i in _objects(details, "identifiers") if (c := party_code(str(i.get("id", ""))))), ""
    )
    shown = str(name or record)
    return Entity(
        id=record,
        kind="company" if kind == "entity" else "person",
        name=shown,
        names=tuple(dict.fromkeys((shown, *names))),
        code=code,
    )


def _objects(details: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = details.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _party(told: Any) -> str:
    """The record or statement that an end of a relationship names; empty where it is not told who
    that is.
    """
    if isinstance(told, str):
        return told
    if isinstance(told, dict):
        return next((str(told[key]) for key in _PARTY_KEYS if told.get(key)), "")
    return ""


def _interests(details: Mapping[str, Any], place: Place, notes: Notes) -> Iterator[Relation]:
    subject, party = _party(details.get("subject")), _party(details.get("interestedParty"))
    if not subject or not party:
        notes.add("owner_not_told", place.document)
        return
    for interest in _objects(details, "interests") or [{"type": "unknownInterest"}]:
        kind, mode = _kind_of_interest(interest)
        least, most, problem = _share(interest.get("share"))
        start, start_problem = read_day(str(interest.get("startDate") or ""))
        end, end_problem = read_day(str(interest.get("endDate") or ""))
        for code in filter(None, (problem, start_problem, end_problem)):
            notes.add(code, place.document)
        yield Relation(
            kind=kind,
            source=party,
            target=subject,
            amount=None,
            start=start,
            end=end,
            places=(place,),
            contract=str(interest.get("type") or ""),
            share=least,
            mode=mode,
            share_most=most,
        )


def _kind_of_interest(interest: Mapping[str, Any]) -> tuple[RelationKind, str]:
    told = str(interest.get("type") or "unknownInterest")
    level = interest.get("directOrIndirect") or interest.get("interestLevel")
    if level == "indirect":
        return RelationKind.HAS_INTEREST, f"indirect {told}"
    if told in _HOLDS:
        return RelationKind.HOLDS_SHARES, ""
    if told in _REPRESENTS:
        return RelationKind.REPRESENTS, ""
    return RelationKind.HAS_INTEREST, told


def _share(share: Any) -> tuple[Decimal | None, Decimal | None, str]:
    """The share, or the least and greatest of a range."""
    if not isinstance(share, dict):
        return None, None, ""
    if share.get("exact") is not None:
        value, problem = read_share(str(share["exact"]), False)
        return value, None, problem
    low = share.get("minimum", share.get("exclusiveMinimum"))
    high = share.get("maximum", share.get("exclusiveMaximum"))
    if low is None or isinstance(low, bool):
        return None, None, ""
    least, problem = read_share(str(low), False)
    if high is None or isinstance(high, bool):
        return least, _WHOLE, problem
    most, second = read_share(str(high), False)
    return least, most, problem or second
