"""The day where the service's banks are."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

_CHINA = timezone(timedelta(hours=8))


def day_in_china(now: datetime) -> date:
    """The calendar day in China at a moment."""
    return now.astimezone(_CHINA).date()
