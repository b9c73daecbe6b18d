"""What a packet's papers say, value by value, so that one search finds it: written with each report
in place of what the report before it said.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from api.store.packet_tables import SearchTerm

# Distinct values kept of a packet: a year of daily transactions has about 3,000 counterparties and
# serial numbers; beyond that a packet would slow the search for all.
MOST_TERMS = 5_000
# A single character is in every paper.
SHORTEST_TERM = 2
# Longer values are prose, found by their beginning.
LONGEST_TERM = 200

_OF_ROW = ("counterparty_name", "counterparty_account", "serial_number", "description")


@dataclass(frozen=True, slots=True)
class Term:
    """A value of a document, and the page where it stands."""

    kind: str
    value: str
    document: str
    page: int


def folded(text: str) -> str:
    """The text as it is compared: one width, one case, without blanks and thousands separators."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(plain.replace(",", "").split())


def replace_terms(session: Session, packet_id: str, report: Mapping[str, Any]) -> None:
    """Keep what the latest report of a packet can be found by."""
    session.execute(delete(SearchTerm).where(SearchTerm.packet_id == packet_id))
    rows = [
        {
            "org_id": session.info["org"],
            "packet_id": packet_id,
            "kind": term.kind,
            "value": term.value,
            "folded": compared,
            "document": term.document,
            "page": term.page,
        }
        for compared, term in _distinct(report).items()
    ]
    if rows:
        session.execute(insert(SearchTerm), rows)


def _distinct(report: Mapping[str, Any]) -> dict[str, Term]:
    """Each value once, at its first place, as many as are kept."""
    found: dict[str, Term] = {}
    for term in _terms(report):
        compared = folded(term.value)[:LONGEST_TERM]
        if len(compared) >= SHORTEST_TERM:
            found.setdefault(compared, term)
        if len(found) >= MOST_TERMS:
            break
    return found


def _terms(report: Mapping[str, Any]) -> Iterator[Term]:
    """Fields of all documents first, then their rows: what a case is looked for by is kept before
    what is many.
    """
    for document in report["documents"]:
        yield from _fields(document)
    for document in report["documents"]:
        yield from _rows(document)


def _fields(document: Mapping[str, Any]) -> Iterator[Term]:
    first = document["pages"][0] if document["pages"] else 1
    for name, field in document["fields"].items():
        if not isinstance(field, list):
            yield Term(name, str(field["value"]), document["id"], field["page"])
            continue
        for item in field:
            page = item.get("page") or first
            for key, value in item.items():
                if isinstance(value, str):
                    yield Term(key, value, document["id"], page)


def _rows(document: Mapping[str, Any]) -> Iterator[Term]:
    for row in document["rows"]:
        for name in _OF_ROW:
            if row[name]:
                yield Term(name, row[name], document["id"], row["page"])
