"""What one packet adds to the graph, made once a report, in the judging child: packets are large."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from api.store.codec import packet_of

if TYPE_CHECKING:
    from extractors.model import Packet


def part_of(packet: Packet) -> str:
    """huoyan.graph/1 of one packet, its parties without relations included. Pure."""
    from graphs.build import build
    from graphs.formats.json_graph import graph_json
    from verify.policy import default_policy

    graph = build([packet], floor=default_policy().trust_floor, unrelated=True)
    # Escaped, so that no text of a paper holds what a database refuses.
    return json.dumps(graph_json(graph), separators=(",", ":"))


def part_of_stored(packet: bytes) -> str:
    """The same of a packet as JSON."""
    return part_of(packet_of(packet))
