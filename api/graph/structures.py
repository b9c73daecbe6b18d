"""What is measured on a graph, each measure once and when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from graphs.measures.common_controller import common_controllers
from graphs.measures.guarantee_chain import guarantee_chains
from graphs.measures.guarantee_circle import LONGEST, Circles, guarantee_circles
from graphs.measures.invoice_ring import invoice_rings
from graphs.measures.joint_group import joint_groups
from graphs.measures.mutual_guarantee import mutual_guarantees
from graphs.measures.shared_contact import shared_contacts
from graphs.measures.star_guarantor import star_guarantors
from graphs.model import PartyGraph, Pattern, PatternKind

if TYPE_CHECKING:
    from graphs.measures.release import Plan

# What a pattern may bear on: how failure spreads (a credit risk), or whether the papers tell the
# truth (docs/graph.md).
CONTAGION, FALSE_INFORMATION = "contagion", "false_information"
BEARS_ON = {
    "guarantee_circle": CONTAGION,
    "mutual_guarantee": CONTAGION,
    "joint_group": CONTAGION,
    "guarantee_chain": CONTAGION,
    "star_guarantor": CONTAGION,
    "common_controller": FALSE_INFORMATION,
    "shared_contact": FALSE_INFORMATION,
    "invoice_ring": FALSE_INFORMATION,
}
_MEASURES: Mapping[str, Callable[[PartyGraph], tuple[Pattern, ...]]] = {
    "mutual_guarantee": mutual_guarantees,
    "joint_group": joint_groups,
    "guarantee_chain": guarantee_chains,
    "star_guarantor": star_guarantors,
    "common_controller": common_controllers,
    "shared_contact": shared_contacts,
    "invoice_ring": lambda graph: invoice_rings(graph).patterns,
}


@dataclass
class Structures:
    """A graph and its patterns. Threads that ask at once wait for one measure."""

    graph: PartyGraph

    def __post_init__(self) -> None:
        self._lock = Lock()
        self._found: dict[str, tuple[Pattern, ...]] = {}

    @cached_property
    def circles(self) -> Circles:
        return guarantee_circles(self.graph, LONGEST)

    def of_kind(self, kind: str) -> tuple[Pattern, ...]:
        """Patterns of one kind, in the order of its measure; circles beyond the length that the
        list is complete to come last.
        """
        with self._lock:
            if kind not in self._found:
                if kind == PatternKind.GUARANTEE_CIRCLE:
                    self._found[kind] = (*self.circles.patterns, *self.circles.witnessed)
                else:
                    self._found[kind] = _MEASURES[kind](self.graph)
            return self._found[kind]

    @cached_property
    def cut(self) -> Plan:
        """The cheapest guarantees to release so that nobody guarantees itself through others any
        more.
        """
        from graphs.measures.release import plan_release

        return plan_release(self.graph)
