"""Keys by which applications find each other: what one tells of and what another may look for,
without any of its papers.

A service that holds many applications builds a report's context from those that share a key with it
(context.py); it keeps the keys only as keyed hashes. Two applications without a common key have
nothing that a rule could set against each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from extractors.model import Document, Packet
from extractors.values.party_name import folded_name
from graphs.build import build
from graphs.model import RelationKind
from verify.context.facts import Fact, facts_of
from verify.parties.applicant import applicant_of
from verify.policy import default_policy

_BANDS, _BAND = 17, 15  # parts of a picture's 256 bits, and bits of each; the last one has 16
_SAMPLED_ROWS = (
    48  # two statements that share a fifth of their rows share one of these with near certainty
)

_TELLING = 1000  # yuan from which an amount that is not round is hardly another firm's by chance


def shared_keys(packet: Packet) -> frozenset[tuple[str, str]]:
    """Pairs of kind and key.

    Kinds: those of facts; party; pays (a counterparty of an account); guarantee (a party of one);
    row, clock, amount and serial_number (of a statement's rows).
    """
    applicant = applicant_of(packet).name
    floor = default_policy().trust_floor
    keys = {("party", folded_name(applicant))}
    for document in packet.documents:
        for fact in facts_of(packet.id, applicant, document):
            keys |= set(keys_of_fact(fact))
        keys |= set(_of_rows(document))
    graph = build(
        [packet], floor=floor, counterparties=False
    )  # whom a statement names is a key of its own kind
    for entity in graph.entities.values():
        keys |= {("party", folded_name(name)) for name in entity.names}
    for relation in graph.of_kind(RelationKind.GUARANTEES):
        keys |= {
            ("guarantee", folded_name(name))
            for end in (relation.source, relation.target)
            for name in graph.entities[end].names
        }
    return frozenset(key for key in keys if key[1])


def sought(kind: str) -> tuple[str, ...]:
    """Kinds in which another application's key answers to one of `kind` with the same text."""
    return {"pays": ("party",), "party": ("party", "pays")}.get(kind, (kind,))


def keys_of_fact(fact: Fact) -> Iterator[tuple[str, str]]:
    """Facts that are compared for being equal answer for themselves. Likenesses are found by parts:
    two photographs that differ in at most 16 of 256 bits have one of 17 bands in common; a seal
    is found by the name read along its ring, one that was not read is not found by it.
    """
    if fact.kind == "picture":
        bits = int(fact.key, 16)
        parts = [bits >> _BAND * band for band in range(_BANDS)]
        yield from (
            ("picture", f"{n}:{part if n == _BANDS - 1 else part % (1 << _BAND)}")
            for n, part in enumerate(parts)
        )
    elif fact.kind == "seal":
        yield "party", folded_name(fact.text.partition("|")[2])
    else:
        yield fact.kind, fact.key


def _of_rows(document: Document) -> Iterator[tuple[str, str]]:
    """Counterparties of a statement, and the rows whose digests are the smallest: a sample that is
    the same in every copy of them.
    """
    for name in {row.counterparty_key for row in document.rows if row.counterparty_name}:
        yield "pays", name
    rows = document.rows
    yield from _sampled("clock", (f"{row.day}|{row.time}" for row in rows if row.time[6:] != "00"))
    amounts = (row.credit - row.debit for row in rows)
    yield from _sampled("amount", (f"{a}" for a in amounts if abs(a) >= _TELLING and a % 10))
    yield from _sampled("serial_number", (row.serial_number for row in rows))
    parties = ((row, row.counterparty_key) for row in rows)
    yield from _sampled("row", (f"{r.day}|{r.debit}|{r.credit}|{name}" for r, name in parties))


def _sampled(kind: str, texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The texts whose digests are the smallest: the same sample of every copy of them."""
    digests = {hashlib.sha256(text.encode()).hexdigest() for text in texts if text}
    for digest in sorted(digests)[:_SAMPLED_ROWS]:
        yield kind, digest
