"""A hit with all that was read at its places: what a slip looks at."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property

from extractors.model import Document
from graphs.sources.owner import owner_field
from verify.case_file import CaseFile
from verify.doubt.place import Place
from verify.rule import Hit, Rule


@dataclass(frozen=True)  # no slots: what several slips need is worked out once
class Scene:
    """One hit of one rule, in its case."""

    case: CaseFile
    rule: Rule
    hit: Hit

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Values at the places in doubt and at those that they were set against."""
        found = (
            place
            for evidence in (*self.hit.evidence, *self.hit.against)
            for place in self.case.places.at(evidence)
        )
        return tuple(dict.fromkeys(found))

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Documents of this packet that the hit names."""
        ids = dict.fromkeys(entry.document for entry in (*self.hit.evidence, *self.hit.against))
        held = self.case.places.documents
        return tuple(held[i] for i in ids if i in held)

    @cached_property
    def unclear(self) -> tuple[Place, ...]:
        """Places that may be read in another way."""
        return tuple(place for place in self.places if not self.is_clear(place))

    @cached_property
    def difference(self) -> Decimal | None:
        """By how much what was observed differs from what was expected."""
        given = _amount(self.hit.difference)
        if given is not None:
            return given
        if self.expected is None or self.observed is None:
            return None
        return self.observed - self.expected

    @cached_property
    def expected(self) -> Decimal | None:
        return _amount(self.hit.expected)

    @cached_property
    def observed(self) -> Decimal | None:
        return _amount(self.hit.observed)

    @cached_property
    def periods(self) -> tuple[Place, ...]:
        """Periods of the documents that print one and no dated rows."""
        found = (
            self.case.places.field(document, name)
            for document in self.documents
            if not document.rows
            for name in ("period_start", "period_end")
        )
        return tuple(place for place in found if place)

    def holder(self, document: Document) -> Place | None:
        """The name that a document is about, as it was read."""
        field = owner_field(document)
        return None if field is None else self.case.places.field(document, field.name)

    @cached_property
    def is_circular(self) -> bool:
        """Whether a value was chosen because another document of the same hit says so."""
        ids = {document.id for document in self.documents}
        return any(
            ids.intersection(place.derived_from) - {place.document.id} for place in self.places
        )

    def is_clear(self, place: Place) -> bool:
        return place.is_clear(self.limit("clear_print"), self.trust_floor)

    @property
    def trust_floor(self) -> float:
        """How sure a reading has to be before it may weigh against anybody."""
        return self.case.policy.trust_floor

    def limit(self, name: str) -> float:
        """A threshold that all slips share, from the policy."""
        return float(self.case.policy.limit("doubt", name))


def _amount(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
