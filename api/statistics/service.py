"""Figures put together from counts."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from api.statistics import repository
from api.statistics.schemas import (
    Bands,
    Holder,
    RulePrecision,
    RulePrecisions,
    SharedFile,
    Statistics,
)
from api.statistics.wilson import interval
from api.store.case_tables import DOUBT, Case
from verify.registry import rules

_MONTHS = 24  # of the charts
_BRANCHES = 100
_FILES = 100
_HOLDERS = 20
_HALF = 0.5  # a rule that is right less often than this misleads


def statistics(session: Session) -> Statistics:
    """The organisation's figures as they are now."""
    states = repository.counts(session, Case.state)
    dispositions = repository.counts(session, Case.disposition)
    dispositions.pop("", None)
    return Statistics(
        cases=sum(states.values()),
        states=states,
        bands=repository.counts(session, Case.band),
        dispositions=dispositions,
        months=_bands(repository.bands_by_month(session, _MONTHS)),
        branches=_bands(repository.bands_by_branch(session, _BRANCHES)),
        duplicates=_duplicates(session),
    )


def precisions(session: Session) -> RulePrecisions:
    """Every rule, those without a judgement too; rules of earlier versions that were judged; and
    doubts about readings.
    """
    seen: dict[str, dict[str, int]] = {each.id: {} for each in rules()}
    doubts: dict[str, dict[str, int]] = {}
    for rule, verdict, count in repository.verdicts(session):
        kept = doubts if rule.startswith(DOUBT) else seen
        kept.setdefault(rule.removeprefix(DOUBT), {})[verdict] = count
    return RulePrecisions(items=_precisions(seen), doubts=_precisions(doubts))


def _precisions(seen: dict[str, dict[str, int]]) -> list[RulePrecision]:
    return [_precision(rule, counts) for rule, counts in sorted(seen.items())]


def _precision(rule: str, counts: dict[str, int]) -> RulePrecision:
    right, wrong = counts.get("confirmed", 0), counts.get("false_alarm", 0)
    low, high = interval(right, right + wrong)
    share = right / (right + wrong) if right + wrong else None
    return RulePrecision(
        rule=rule,
        confirmed=right,
        false_alarm=wrong,
        unclear=counts.get("unclear", 0),
        precision=share,
        low=low,
        high=high,
        misleads=high < _HALF,
    )


def _bands(rows: Iterable[tuple[str, str, int]]) -> list[Bands]:
    by_name: dict[str, dict[str, int]] = {}
    for name, band, count in rows:
        by_name.setdefault(name, {})[band] = count
    return [
        Bands(
            name=name,
            total=sum(c.values()),
            counts=c,
            shares={b: n / sum(c.values()) for b, n in c.items()},
        )
        for name, c in by_name.items()
    ]


def _duplicates(session: Session) -> list[SharedFile]:
    found = repository.shared_files(session, _FILES)
    holders = repository.holders(session, [d for d, _ in found], _HOLDERS)
    return [
        SharedFile(sha256=d, count=n, packets=[Holder(id=p, reference=r) for p, r in holders[d]])
        for d, n in found
    ]
