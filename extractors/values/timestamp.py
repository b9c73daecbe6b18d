"""Times as files write them: PDF dates (ISO 32000-1 7.9.4), XMP and ISO 8601, and those of pictures
(Exif).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

_PDF = re.compile(
    r"(?:D:)?(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?\s*(?:(Z)0*'?0*'?|([+-])(\d{2})'?(\d{2})?'?)?"
)
_ISO = re.compile(
    r"(\d{4})[-/:](\d{1,2})(?:[-/:](\d{1,2}))?(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(?:(Z)|([+-])(\d{2}):?(\d{2}))?"
)


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A time by the clock that wrote it; `zone` None where none is stated; `digits` how many parts
    (year, month, …) are.
    """

    at: datetime
    zone: timedelta | None
    digits: int

    @property
    def utc(self) -> datetime:
        """The moment, taking an unstated zone for none."""
        return self.at - (self.zone or timedelta())


def parse_timestamp(text: str) -> Timestamp | None:
    """None where the text is no such time, or no real one."""
    match = _ISO.fullmatch(text.strip()) or _PDF.fullmatch(text.strip())
    if match is None:
        return None
    parts = [int(group) for group in match.groups()[:6] if group]
    parts += [1] * (3 - len(parts))
    shift = (
        timedelta(hours=int(match[9] or 0), minutes=int(match[10] or 0))
        if match[8]
        else timedelta()
    )
    try:
        at = datetime(*(parts + [0] * (6 - len(parts))))  # type: ignore[arg-type]  # six numbers, none a time zone
    except ValueError:
        return None
    zone = None if not (match[7] or match[8]) else -shift if match[8] == "-" else shift
    if shift > timedelta(hours=15):
        return None
    return Timestamp(at, zone, sum(bool(group) for group in match.groups()[:6]))


def same_time(a: Timestamp, b: Timestamp) -> bool:
    """Equal to two seconds as moments or, where a zone is left out or wrong, by the clock or by
    whole quarter hours up to 14 hours apart.
    """
    if min(a.digits, b.digits) < 6:
        return abs(a.utc - b.utc) <= timedelta(days=1)
    apart, clock = abs((a.utc - b.utc).total_seconds()), abs((a.at - b.at).total_seconds())
    return min(apart, clock) <= 2 or (
        apart <= 14 * 3600 and min(apart % 900, 900 - apart % 900) <= 2
    )
