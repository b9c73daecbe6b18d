"""Files to reports: what the command line and the service share.

The only place that reads clocks and builds a context.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from api.runtime.engine_versions import engines
from extractors.gather import Gathered
from extractors.model import Packet
from extractors.read import assemble
from extractors.sandbox.parent import Sandbox
from verify.context.context import Context, context_of
from verify.model import Report
from verify.pipeline import assess
from verify.policy import default_policy


@dataclass(slots=True)
class Read:
    """A packet as read, with the bytes of its files for pictures of the evidence, and how long
    reading took.
    """

    packet: Packet
    data: dict[str, bytes] = field(default_factory=dict)
    seconds: float = 0.0


def read_packet(
    packet_id: str, gathered: Gathered, sandbox: Sandbox, password: str | None = None
) -> Read:
    """Reads every file of a packet in the sandbox."""
    started = time.perf_counter()
    readings = sandbox.read_all(gathered.files, password)
    packet = assemble(packet_id, readings, gathered.checks, gathered.failures)
    data = {r.sha256: body for r, (_, body) in zip(readings, gathered.files, strict=True)}
    return Read(packet, data, time.perf_counter() - started)


def judge(read: Read, context: Context, as_of: date) -> Report:
    """The report on a packet that was read, timings included."""
    started = time.perf_counter()
    report = assess(read.packet, context, default_policy(), as_of, engines())
    judged = time.perf_counter() - started
    return replace(
        report,
        timings={
            "total_seconds": round(read.seconds + judged, 3),
            "read_seconds": round(read.seconds, 3),
            "judge_seconds": round(judged, 3),
        },
    )


def judge_one(read: Read, as_of: date) -> Report:
    """A packet on its own: its context is itself."""
    return judge(read, context_of([read.packet]), as_of)


def judge_all(
    reads: Sequence[Read], as_of: date, each: Callable[[int, int], None] = lambda done, whole: None
) -> tuple[list[Report], Context]:
    """Packets against each other; `each` tells progress (done, all)."""
    context = context_of([r.packet for r in reads])
    reports = []
    for read in reads:
        reports.append(judge(read, context, as_of))
        each(len(reports), len(reads))
    return reports, context
