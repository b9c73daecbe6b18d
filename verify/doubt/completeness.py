"""Whether a document with rows was read completely, as far as the document itself proves it."""

from __future__ import annotations

from decimal import Decimal

from extractors.model import Document, ProofKind, Transaction

# Proofs that hold the rows against something that the document prints beside them. A chain of balances
# alone breaks for a changed row as for an unread one, so a broken chain says nothing about completeness
# where another proof holds.
_COUNTED = (
    ProofKind.INK_LEDGER,
    ProofKind.PRINTED_TOTALS,
    ProofKind.PRINTED_COUNT,
    ProofKind.CHAIN,
)


def is_read_whole(document: Document) -> bool:
    """Whether every row of the document is known to have been read.

    A document whose ink is accounted for line by line was read whole, whatever its sums say; else one
    proof has to hold. A reader that states no proof at all is believed when it calls the document read.
    """
    if not document.rows:
        return False
    stated = {p.kind: p.holds for p in document.proofs}
    if ProofKind.INK_LEDGER in stated:
        return stated[ProofKind.INK_LEDGER] or _is_proven_by_sums(stated)
    if stated:
        return any(stated.get(kind, False) for kind in _COUNTED)
    return document.status == "read" or is_chained(document)


def _is_proven_by_sums(stated: dict[ProofKind, bool]) -> bool:
    """Every sum that the document prints holds: no line that was left over can have been a row."""
    sums = [holds for kind, holds in stated.items() if kind is not ProofKind.INK_LEDGER]
    return stated.get(ProofKind.CHAIN, False) and all(sums)


def is_ink_accounted(document: Document) -> bool | None:
    """Whether every line between header and end has a known meaning; None where the reader does not say."""
    for proof in document.proofs:
        if proof.kind is ProofKind.INK_LEDGER:
            return proof.holds
    return None


def is_chained(document: Document) -> bool:
    """Whether every balance follows from the one before it, through all rows."""
    rows = document.rows
    if len(rows) < 2 or any(r.balance is None for r in rows):
        return False
    return all(follows(a, b) for a, b in zip(rows, rows[1:], strict=False))


def follows(before: Transaction, row: Transaction) -> bool:
    """Whether a row's balance is the one before with its own movement."""
    return gap(before, row) == 0


def gap(before: Transaction, row: Transaction) -> Decimal:
    """By how much a row's balance differs from the one before with its own movement."""
    expected = (before.balance or Decimal(0)) + row.credit - row.debit
    return (row.balance or Decimal(0)) - expected
