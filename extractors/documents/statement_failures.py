"""What a statement has to yield and did not: each failure names the place or what to ask for."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.parts import Parts
from extractors.documents.statement_rows import Rows
from extractors.errors import (
    StatementAccountMissing,
    StatementBalanceMissing,
    StatementDirectionOpen,
    StatementHolderMissing,
    StatementLinesOpen,
    StatementSeveralAccounts,
    StatementWithoutRows,
    as_failure,
)
from extractors.layouts.declare import IssuerKind, Role
from extractors.layouts.registry import issuer_in
from extractors.model import Failure

_OPEN_DIRECTION = 0.5  # confidence of a row whose direction nothing proves
_HINT = 0.6  # confidence of a nickname
_MOST_PLACES = 5  # open lines that are shown; their number stands in the proof


def failures_of(parts: Parts, rows: Rows) -> Iterator[Failure]:
    """Every failure of a statement, in the order in which a reviewer needs them."""
    if not parts.rows:
        yield as_failure(StatementWithoutRows())
        return
    for line in rows.found.open_lines[:_MOST_PLACES]:
        yield as_failure(StatementLinesOpen(), page=line.page, box=line.box)
    yield from _directions(parts)
    if len({entry.texts[Role.OWN_ACCOUNT] for entry in rows.found.entries} - {""}) > 1:
        yield as_failure(StatementSeveralAccounts())
    if not _is_named(parts):
        yield as_failure(StatementHolderMissing())
    if "account_number" not in parts.fields:
        yield as_failure(StatementAccountMissing())
    if all(row.balance is None for row in parts.rows) and not _is_platform(parts):
        yield as_failure(StatementBalanceMissing())


def _is_named(parts: Parts) -> bool:
    """Whether the holder is named; what a platform's user calls itself is a hint, no name."""
    found = parts.fields.get("account_name")
    return found is not None and found.confidence > _HINT


def _directions(parts: Parts) -> Iterator[Failure]:
    for row in parts.rows:
        if row.confidence <= _OPEN_DIRECTION:
            yield as_failure(StatementDirectionOpen(), page=row.page, box=row.box)
            return


def _is_platform(parts: Parts) -> bool:
    """Whether a payment platform keeps the account: it prints no balances."""
    bank = parts.fields.get("bank")
    issuer = issuer_in(bank.value) if bank is not None else None
    return issuer is not None and issuer[1].kind is IssuerKind.PLATFORM
