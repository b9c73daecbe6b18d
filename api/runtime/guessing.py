"""What slows the guessing of passwords, and never locks a person out.

Three counts, each for something else. Of a network, wrong attempts in a minute: one who has too many
waits, with whoever shares the network. Of a name in its organisation, wrong attempts in a row: the
answer to a wrong password comes later and later, the answer to the right one at once. A browser in
which the person has logged in before holds a mark of that: its attempts are counted apart, so that
strangers who guess at a name, or share a network, do not stand in its way (OWASP, device cookies).

Counted within each process, like all rates.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.runtime.encryption import Sealer
from api.runtime.rate_limit import Throttle

# Seconds that the answer to a wrong password waits, by the wrong ones in a row before it. A person
# mistypes twice; 8 s leave a guesser 450 attempts an hour and connection.
DELAYS: Final = (0.0, 0.0, 0.5, 1.0, 2.0, 4.0, 8.0)
MARK_DAYS: Final = 90
_MARK_SECONDS: Final = MARK_DAYS * 24 * 3600

_WRONG: Final = "wrong-password"

Name = tuple[str, str]  # organisation and log-in name


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who tries to log in: a network, and the person whom a mark of this browser names, if any."""

    network: str
    known: str = ""


class Guessing:
    """The counts of one process."""

    def __init__(self, throttle: Throttle, per_minute: int) -> None:
        self._throttle, self._per_minute = throttle, per_minute

    def admit(self, attempt: Attempt) -> None:
        """Raises Problem "too_many" for a network, or a known browser, with too many wrong ones."""
        kind, name = self._counted(attempt)
        self._throttle.look(kind, name, self._per_minute)

    def failed(self, attempt: Attempt, names: Sequence[Name]) -> float:
        """Count a wrong attempt at names; return how many seconds its answer is to wait."""
        kind, counted = self._counted(attempt)
        self._throttle.count(kind, counted, self._per_minute)
        before = max((self._throttle.in_a_row(_WRONG, _key(name)) for name in names), default=0)
        return DELAYS[min(before, len(DELAYS) - 1)]

    def succeeded(self, name: Name) -> None:
        self._throttle.forget_row(_WRONG, _key(name))

    @staticmethod
    def _counted(attempt: Attempt) -> tuple[str, str]:
        if attempt.known:
            return "login-browser", attempt.known
        return "login-network", attempt.network


def _key(name: Name) -> str:
    """One text that no other pair gives."""
    return json.dumps(name)


def mark_of(sealer: Sealer, user_id: str, now: float) -> str:
    """Return the mark of a browser in which a person has logged in."""
    return sealer.seal(json.dumps({"user": user_id, "at": int(now)}))


def marked(sealer: Sealer, mark: str, now: float) -> str:
    """Return whom a mark names; nobody where it is old or not ours."""
    try:
        told = json.loads(sealer.open(mark))
        fresh = now - told["at"] < _MARK_SECONDS
    except (ValueError, KeyError, TypeError):
        return ""
    return str(told.get("user", "")) if fresh else ""
