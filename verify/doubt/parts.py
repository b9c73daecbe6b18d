"""What a document must yield before rules may stand on it: holder, account, period, all rows,
counterparties.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from extractors.documents.registry import type_of
from extractors.model import Document, ReadStatus
from graphs.sources.owner import is_owned, owner_of
from verify.doubt.completeness import is_read_whole
from verify.model import BilingualText

# Share of a statement's rows that name a counterparty. Interest, fees and cash name none, so half
# is
# usual; a reader that lost the column leaves next to none.
LEAST_NAMED = 0.2


class Part(StrEnum):
    """A part of a document that a rule may stand on."""

    HOLDER = "holder"
    ACCOUNT = "account"
    PERIOD = "period"
    ROWS = "rows"
    PARTIES = "parties"


WORDS = {
    Part.HOLDER: BilingualText("单位名称（户名）", "the holder's name"),
    Part.ACCOUNT: BilingualText("账号", "the account number"),
    Part.PERIOD: BilingualText("所属期间", "the period"),
    Part.ROWS: BilingualText("完整明细", "every row"),
    Part.PARTIES: BilingualText("对方户名", "the counterparties"),
}


def lacking(document: Document, wanted: Iterable[Part]) -> tuple[Part, ...]:
    """The wanted parts that the document's type has and that were not read from this one."""
    return tuple(part for part in wanted if _LACKS[part](document))


def lacks_any(document: Document) -> tuple[Part, ...]:
    """The parts without which a document counts as not read in a weighty place."""
    return lacking(document, (Part.HOLDER, Part.ACCOUNT, Part.PERIOD, Part.ROWS))


def has_content(document: Document) -> bool:
    """Whether a document holds what makes it one of its kind: a statement without rows is none."""
    kind = type_of(document)
    required = kind.required if kind else ()
    has_rows = "rows" not in required or bool(document.rows)
    return has_rows and ("lines" not in required or bool(document.lines))


def is_readable(document: Document) -> bool:
    """Whether rules may use a document: it was read at least in part, and is not empty."""
    return document.status in (ReadStatus.READ, ReadStatus.PARTIAL) and has_content(document)


def _declares(document: Document, field: str) -> bool:
    kind = type_of(document)
    return kind is not None and field in kind.specs


def _has_rows(document: Document) -> bool:
    kind = type_of(document)
    return kind is not None and "rows" in kind.required


def _lacks_holder(document: Document) -> bool:
    return is_owned(document) and not owner_of(document)


def _lacks_account(document: Document) -> bool:
    return _declares(document, "account_number") and "account_number" not in document.fields


def _lacks_period(document: Document) -> bool:
    return _declares(document, "period_end") and "period_end" not in document.fields


def _lacks_rows(document: Document) -> bool:
    return _has_rows(document) and not is_read_whole(document)


def _lacks_parties(document: Document) -> bool:
    if not _has_rows(document) or not document.rows:
        return False
    named = sum(bool(row.counterparty_name) for row in document.rows)
    return named < LEAST_NAMED * len(document.rows)


_LACKS: dict[Part, Callable[[Document], bool]] = {
    Part.HOLDER: _lacks_holder,
    Part.ACCOUNT: _lacks_account,
    Part.PERIOD: _lacks_period,
    Part.ROWS: _lacks_rows,
    Part.PARTIES: _lacks_parties,
}
