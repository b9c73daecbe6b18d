"""Entries in time order, with the direction that the balances prove."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import takewhile

from extractors.layouts.declare import Role
from extractors.statements.chain import Fit, Link, best_fit, explains
from extractors.statements.entries import Entry
from extractors.values.glyphs import squeeze

_MOST_BROKEN = 0.5  # share of balances that do not follow with which the dates decide the order
_PROVED = 0.99  # confidence of a direction that the balances prove
_OPEN = 0.5  # of one that nothing proves


def settle(entries: Sequence[Entry]) -> tuple[list[Entry], Fit]:
    """Entries oldest first, each with its side, and how well their balances follow."""
    if not entries:
        return [], Fit(0, 0, 1, False)
    fit = best_fit([_link(entry) for entry in entries], newest_first=_newest_first(entries))
    if fit.share < _MOST_BROKEN:
        fit = Fit(fit.agreed, fit.compared, 1, _newest_first(entries))
    ordered = list(reversed(entries)) if fit.newest_first else list(entries)
    if fit.sign > 0:
        ordered = _chained(ordered)
    _direct(ordered, fit.sign)
    return ordered, fit


def _link(entry: Entry) -> Link:
    return Link(entry.credit - entry.debit, entry.balance, signed=not entry.unsigned)


def _newest_first(entries: Sequence[Entry]) -> bool:
    steps = list(zip(entries, entries[1:], strict=False))
    back = sum((first.day, first.time) > (second.day, second.time) for first, second in steps)
    return back > sum(
        (first.day, first.time) < (second.day, second.time) for first, second in steps
    )


def _direct(ordered: Sequence[Entry], sign: int) -> None:
    """Turn entries whose side the columns name the other way round, and settle the unsigned ones."""
    if sign < 0:
        for entry in ordered:
            if not entry.unsigned:
                entry.debit, entry.credit = entry.credit, entry.debit
    told = _told_by_balances(ordered)
    told |= _told_by_flags(ordered, told)
    turned = any(each.unsigned and each.debit for each in ordered)
    # Where no amount bears a sign or a word for its side, a bare amount says nothing of its side.
    bare = not any(each.debit and not each.unsigned for each in ordered)
    for entry in ordered:
        if not entry.unsigned:
            continue
        if id(entry) in told:
            entry.confidence = _PROVED
        elif turned or bare:
            entry.confidence = _OPEN


def _told_by_balances(ordered: Sequence[Entry]) -> set[int]:
    told: set[int] = set()
    before: Entry | None = None
    for entry in ordered:
        known = before is not None and before.balance is not None and entry.balance is not None
        if entry.unsigned and known and before is not None:
            assert entry.balance is not None and before.balance is not None
            change = entry.balance - before.balance
            if abs(change) == abs(entry.credit):
                told.add(id(entry))
            if change == -entry.credit:
                entry.debit, entry.credit = entry.credit, Decimal(0)
        before = entry
    return told


def _told_by_flags(ordered: Sequence[Entry], told: set[int]) -> set[int]:
    """Flags of an unknown alphabet mean what they mean on the rows that the balances prove."""
    votes: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for entry in ordered:
        flag = squeeze(entry.texts[Role.FLAG])
        if flag and id(entry) in told:
            votes[flag][entry.debit > 0] += 1
    added: set[int] = set()
    for entry in ordered:
        seen = votes.get(squeeze(entry.texts[Role.FLAG]))
        if not entry.unsigned or id(entry) in told or seen is None or len(seen) != 1:
            continue
        if next(iter(seen)):
            entry.debit, entry.credit = entry.credit, Decimal(0)
        added.add(id(entry))
    return added


def _chained(entries: list[Entry]) -> list[Entry]:
    """Entries of one day in the order of their balances; some banks sort by date alone."""
    out: list[Entry] = []
    left = list(entries)
    while left:
        entry = left[0]
        if out and not _follows(out[-1], entry):
            same_day = takewhile(lambda e, day=entry.day: e.day == day, left)  # type: ignore[misc]
            entry = next((e for e in same_day if _follows(out[-1], e)), entry)
        left.remove(entry)
        out.append(entry)
    return out


def _follows(before: Entry, entry: Entry) -> bool:
    if before.balance is None or entry.balance is None:
        return True
    return explains([_link(entry)], entry.balance - before.balance)
