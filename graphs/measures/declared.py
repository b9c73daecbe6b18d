"""申报与查明: relations that the applicant declared beside those that documents, tables and
registers show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graphs.merge import merged
from graphs.model import PartyGraph, Relation

KINDS = ("guarantees", "holds_shares", "represents", "has_interest")
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """Relations by what both sides say.

    `differ` holds pairs (declared, shown) whose amounts or shares are not the same.
    """

    graph: PartyGraph  # both together
    agree: tuple[Relation, ...]
    differ: tuple[tuple[Relation, Relation], ...]
    declared_only: tuple[Relation, ...]
    not_declared: tuple[Relation, ...]

    def around(self, company: str) -> Compared:
        """What touches one company."""

        def touching(relations: Sequence[Relation]) -> tuple[Relation, ...]:
            return tuple(
                relation for relation in relations if company in (relation.source, relation.target)
            )

        return Compared(
            self.graph,
            touching(self.agree),
            tuple(pair for pair in self.differ if company in (pair[0].source, pair[0].target)),
            touching(self.declared_only),
            touching(self.not_declared),
        )


def compared(declared: PartyGraph, shown: PartyGraph) -> Compared:
    """Parties are matched as everywhere: code first, then name.

    What was not declared is told only of companies that declared something.
    """
    both = merged([_marked(declared, True), _marked(shown, False)])
    told: dict[Key, list[Relation]] = {}
    found: dict[Key, list[Relation]] = {}
    for relation in both.relations:
        if relation.kind in KINDS:
            side = told if relation.contract.startswith(_DECLARED) else found
            plain = _unmarked(relation)
            side.setdefault((plain.kind, plain.source, plain.target), []).append(plain)
    parties = {end for _, source, target in told for end in (source, target)}
    agree: list[Relation] = []
    differ: list[tuple[Relation, Relation]] = []
    for key in sorted(told.keys() & found.keys()):
        if _figure(told[key]) == _figure(found[key]):
            agree += told[key]
        else:
            differ.append((told[key][0], found[key][0]))
    return Compared(
        both,
        tuple(agree),
        tuple(differ),
        tuple(each for key in sorted(told.keys() - found.keys()) for each in told[key]),
        tuple(
            each
            for key in sorted(found.keys() - told.keys())
            if parties & {key[1], key[2]}
            for each in found[key]
        ),
    )


_DECLARED, _SHOWN = "declared\x1f", "shown\x1f"  # marks that no contract's number holds


def _marked(graph: PartyGraph, is_declared: bool) -> PartyGraph:
    mark = _DECLARED if is_declared else _SHOWN
    return PartyGraph(
        graph.entities,
        tuple(
            replace(relation, contract=f"{mark}{relation.contract}") for relation in graph.relations
        ),
    )


def _unmarked(relation: Relation) -> Relation:
    return replace(relation, contract=relation.contract.partition("\x1f")[2])


def _figure(relations: Sequence[Relation]) -> tuple[Decimal | None, Decimal | None]:
    """The sum of the amounts and the largest share, None where none is known."""
    amounts = [relation.amount for relation in relations if relation.amount is not None]
    shares = [relation.share for relation in relations if relation.share is not None]
    return sum(amounts, Decimal(0)) if amounts else None, max(shares, default=None)
