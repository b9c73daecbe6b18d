"""Keys by which applications find each other: what one tells of and what another may look for, without any of its papers.

A service that holds many applications builds a report's context from those that share a key with it (context.py); it keeps the keys
only as keyed hashes. Two applications without a common key have nothing that a rule could set against each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from extractors.model import Document, Packet
from extractors.values.party_name import folded_name
from graphs.build import build
from verify.applicant import applicant_of
from verify.facts import facts_of

_SAMPLED_ROWS = 48  # two statements that share a fifth of their rows share one of these with near certainty


def shared_keys(packet: Packet) -> frozenset[tuple[str, str]]:
    """Pairs of kind and key. Kinds: those of facts; party; pays (a counterparty of an account); guarantee (a party of one); row."""
    applicant = applicant_of(packet).name
    keys = {("party", folded_name(applicant))}
    for document in packet.documents:
        keys |= {(f.kind, f.key) for f in facts_of(packet.id, applicant, document)}
        keys |= set(_of_rows(document))
    graph = build([packet])
    for entity in graph.entities.values():
        keys |= {("party", folded_name(name)) for name in entity.names}
    for relation in graph.of_kind("guarantees"):
        keys |= {("guarantee", folded_name(n)) for e in (relation.source, relation.target) for n in graph.entities[e].names}
    return frozenset(k for k in keys if k[1])


def sought(kind: str) -> tuple[str, ...]:
    """Kinds in which another application's key answers to one of `kind` with the same text."""
    return {"pays": ("party",), "party": ("party", "pays"), "sale": ("sale", "party")}.get(kind, (kind,))


def _of_rows(document: Document) -> Iterator[tuple[str, str]]:
    """Counterparties of a statement, and the rows whose digests are the smallest: a sample that is the same in every copy of them."""
    for name in {folded_name(r.counterparty_name) for r in document.rows if r.counterparty_name}:
        yield "pays", name
    digests = sorted({hashlib.sha256(f"{r.day}|{r.debit}|{r.credit}|{folded_name(r.counterparty_name)}".encode()).hexdigest() for r in document.rows})
    for digest in digests[:_SAMPLED_ROWS]:
        yield "row", digest
