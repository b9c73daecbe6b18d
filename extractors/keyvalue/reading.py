"""From pages and roles to fields: candidates of every role, one joint choice, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from extractors.keyvalue.candidates import Candidate, Link, Role, candidates, links_of
from extractors.keyvalue.joint_choice import Chosen, JointChoice, Pairing, runners_up
from extractors.keyvalue.pieces import Piece, pieces_of
from extractors.keyvalue.vocabulary import Vocabulary
from extractors.layout.page import Page
from extractors.model import Field, Provenance, ReadMethod

SURE = 0.85  # below this a value is in doubt, and others stay open for the packet to decide
_MOST_ALTERNATIVES = 8  # kept of a role; a slip has fewer numbers


@dataclass(slots=True)
class KeyValueReading:
    """Pieces, labels and candidates of a document's pages, and the choice among them."""

    pages: Sequence[Page]
    vocabulary: Vocabulary
    pieces: list[Piece] = field(default_factory=list)
    links: dict[int, tuple[Link, ...]] = field(default_factory=dict)
    candidates: dict[str, list[Candidate]] = field(default_factory=dict)
    chosen: dict[str, Chosen] = field(default_factory=dict)
    expected: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for page in self.pages:
            own = pieces_of(page, self.vocabulary)
            self.pieces += own
            self.links |= links_of(own)

    def add(self, role: Role, adjust: Callable[[Candidate], float] | None = None) -> None:
        """Find the candidates of a role; `adjust` returns what to add to the odds of each."""
        found = candidates(role, self.pieces, self.links, self.vocabulary)
        for each in found if adjust else ():
            assert adjust is not None
            each.odds += adjust(each)
        self.expected[role.name] = role.expected
        self.candidates[role.name] = sorted(found, key=lambda c: -c.odds)

    def choose(self, pairings: Mapping[tuple[str, str], Pairing] | None = None) -> None:
        """Fill all roles jointly."""
        self.chosen = JointChoice(self.candidates, pairings, self.expected).best()

    def fields(self) -> list[Field]:
        """Return the field of each role that was filled."""
        return [self._field(c.candidate, c.confidence) for c in self.chosen.values()]

    def alternatives(self, role: str, *, always: bool = False) -> tuple[Field, ...]:
        """Return the other values of a role that is empty or in doubt."""
        chosen = self.chosen.get(role)
        if chosen is not None and chosen.confidence >= SURE and not always:
            return ()
        others = runners_up(self.candidates, self.chosen, role)
        return tuple(self._field(c, 0.0) for c in others[:_MOST_ALTERNATIVES])

    @staticmethod
    def _field(candidate: Candidate, confidence: float) -> Field:
        page = candidate.piece.page
        return Field(
            name=candidate.role,
            value=candidate.value,
            raw=candidate.raw,
            confidence=confidence,
            at=Provenance(page=page.number, box=candidate.box, method=ReadMethod.TEXT),
        )
