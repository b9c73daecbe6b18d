"""Seals on papers that a firm stamps itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from extractors.documents.registry import type_of
from extractors.forensics.picture.seals_on_page import UNREAD
from extractors.model import Document, Signal
from extractors.pictures.seal_print import likeness, seal_print_of
from extractors.values.party_name import bare_name, same_party

_NEAR = 0.6  # share of characters that two readings of one name have in common


@dataclass(frozen=True, slots=True)
class Seal:
    """A round seal: the name read along its ring, empty where it is not surely read, and the
    description of the ring.
    """

    name: str
    ring: str


def seal_of(signal: Signal) -> Seal:
    """The seal that a signal of kind seal tells of."""
    name, _, ring = signal.detail.partition(" ")
    return Seal("" if name == UNREAD else name, ring)


def seals_of(document: Document) -> Iterator[tuple[Signal, Seal]]:
    """The round seals on a paper that its firm stamps itself."""
    for signal in document.signals if _bears_own_seal(document) else ():
        if signal.kind == "seal":
            yield signal, seal_of(signal)


def same_stamp(first: Seal, second: Seal, alike: float, alike_unread: float) -> bool:
    """Whether two seals are one: rings alike, more so where their names were not both read as the
    same, and never where they are far apart.
    """
    a, b = seal_print_of(first.ring), seal_print_of(second.ring)
    if a is None or b is None:
        return False
    read = bool(first.name and second.name)
    if read and SequenceMatcher(None, first.name, second.name, autojunk=False).ratio() < _NEAR:
        return False
    return likeness(a, b) > (
        alike if read and same_party(first.name, second.name) else alike_unread
    )


def names(seal: Seal, firm: str) -> bool:
    """Whether a seal names a firm; a name read in part counts."""
    own, read = bare_name(firm), bare_name(seal.name)
    return bool(read) and (
        same_party(seal.name, firm)
        or (min(len(own), len(read)) >= 4 and (own in read or read in own))
    )


def _bears_own_seal(document: Document) -> bool:
    """Banks, tax offices and registers seal alike for all; contracts bear several companies' seals."""
    kind = type_of(document)
    return kind is not None and kind.bears_own_seal
