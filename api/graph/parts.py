"""What one packet adds to the graph, made once a report, in the judging child: packets are large."""

from __future__ import annotations

import json


def part_of(packet: bytes) -> str:
    """huoyan.graph/1 of one packet as read (JSON), its parties without relations included. Pure."""
    from pydantic import TypeAdapter

    from extractors.model import Packet
    from graphs.build import build
    from graphs.stored import graph_json

    graph = build([TypeAdapter(Packet).validate_json(packet)], unrelated=True)
    # Escaped, so that no text of a paper holds what a database refuses.
    return json.dumps(graph_json(graph), separators=(",", ":"))
