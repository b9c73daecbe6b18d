"""One choice for a whole document: which candidate fills which role, and by what margin.

Each text of the page fills one role at most. Pairings add what two roles say about each other, such
as figures that equal the amount in words. The margin over the best choice that gives a role another
value is how sure the document is of that value.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from extractors.keyvalue.candidates import Candidate, overlap

_BEAM = 24  # partial choices kept after each role; a slip seldom has more than a dozen
_OPTIONS = 7  # candidates of a role that take part; the rest are too weak to win
_HOPELESS = -4.6  # more than pairings can make good
_MOST_SURE = 0.99
_FAR = 30.0  # log-odds beyond which a probability is one
# A role that the document declares is more likely printed than not: leaving it empty needs odds.
_PRINTED = 1.2

Pairing = Callable[[Candidate, Candidate], float]


def confidence_of(margin: float) -> float:
    """Return the probability that log-odds stand for."""
    return 1.0 / (1.0 + math.exp(-max(min(margin, _FAR), -_FAR)))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The candidate that fills a role, and the log-odds by which it wins over any other value."""

    candidate: Candidate
    margin: float

    @property
    def confidence(self) -> float:
        return min(_MOST_SURE, confidence_of(self.margin))


@dataclass(frozen=True, slots=True)
class _State:
    odds: float
    picked: tuple[Candidate | None, ...]


class JointChoice:
    """The best choice over the candidates of all roles, and the best under a restriction."""

    def __init__(
        self,
        candidates: Mapping[str, Sequence[Candidate]],
        pairings: Mapping[tuple[str, str], Pairing] | None = None,
        expected: Mapping[str, float] | None = None,
    ) -> None:
        self.roles = [r for r in candidates if candidates[r]]
        self._options = {
            r: [c for c in candidates[r] if c.odds > _HOPELESS][:_OPTIONS] for r in self.roles
        }
        self._pairings = pairings or {}
        self._expected = expected or {}  # by role: what leaving it empty costs, in log-odds
        self._joined: dict[tuple[int, int], float] = {}
        self._clash: dict[tuple[int, int], bool] = {}

    def best(self) -> dict[str, Chosen]:
        """Return the chosen candidate of each role that gets one."""
        total, picked = self._search("", None)
        chosen = {}
        for role, candidate in picked.items():
            other, _ = self._search(role, candidate.value)
            without, _ = self._search(role, "")
            without += self._expected.get(role, 0.0)  # that a value is printed makes none right
            margin = min(total - other, total - without + _PRINTED)
            chosen[role] = Chosen(candidate, margin)
        return chosen

    def _search(self, role: str, banned: str | None) -> tuple[float, dict[str, Candidate]]:
        """Return the best total and choice where `role` takes another value than `banned`.

        The empty text bans every value. Minus infinity where the role has no other value.
        """
        states = [_State(0.0, ())]
        for index, name in enumerate(self.roles):
            options = self._allowed(name, banned if name == role else None)
            if not options:
                return -math.inf, {}
            grown = [self._grow(s, index, option) for s in states for option in options]
            alive = [s for s in grown if s is not None]
            if not alive:
                return -math.inf, {}
            states = sorted(alive, key=lambda s: -s.odds)[:_BEAM]
        best = states[0]
        pairs = zip(self.roles, best.picked, strict=True)
        return best.odds, {r: c for r, c in pairs if c is not None}

    def _allowed(self, role: str, banned: str | None) -> Sequence[Candidate | None]:
        options = self._options[role]
        if banned is None:
            return (*options, None)
        if not banned:
            return (None,)
        return [c for c in options if c.value != banned]

    def _grow(self, state: _State, index: int, option: Candidate | None) -> _State | None:
        if option is None:
            missed = self._expected.get(self.roles[index], 0.0)
            return _State(state.odds - missed, (*state.picked, None))
        odds = state.odds + option.odds
        for other, before in zip(self.roles, state.picked, strict=False):
            if before is None:
                continue
            if self._clashes(before, option):
                return None
            odds += self._pair(other, before, self.roles[index], option)
        return _State(odds, (*state.picked, option))

    def _clashes(self, first: Candidate, second: Candidate) -> bool:
        key = (id(first), id(second))
        if key not in self._clash:
            self._clash[key] = overlap(first, second)
        return self._clash[key]

    def _pair(self, role: str, first: Candidate, other: str, second: Candidate) -> float:
        key = (id(first), id(second))
        if key not in self._joined:
            odds = 0.0
            if pairing := self._pairings.get((role, other)):
                odds += pairing(first, second)
            if pairing := self._pairings.get((other, role)):
                odds += pairing(second, first)
            self._joined[key] = odds
        return self._joined[key]


def runners_up(
    candidates: Mapping[str, Sequence[Candidate]], chosen: Mapping[str, Chosen], role: str
) -> list[Candidate]:
    """Return the other values that a role could have, best first, each once."""
    taken = chosen[role].candidate.value if role in chosen else ""
    found: dict[str, Candidate] = {}
    for candidate in candidates.get(role, ()):
        if candidate.value != taken:
            found.setdefault(candidate.value, candidate)
    return list(found.values())
