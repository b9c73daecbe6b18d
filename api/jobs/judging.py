"""Judging in a process of its own, so that the process that answers requests stays quick.

Bytes in, bytes out.
"""

from __future__ import annotations

import ctypes
import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from api.store.codec import packet_of, packet_schema, reading_schema
from extractors.sandbox.confine import BACKGROUND

if TYPE_CHECKING:
    from extractors.model import Packet
    from verify.context.context import Context

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """A packet put together from its readings, as JSON, the keys by which others find it, and what
    it adds to the graph.
    """

    packet: bytes
    keys: tuple[tuple[str, str], ...]
    graph: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A report as JSON, with what lists and queues show of it."""

    report: bytes
    score: float
    band: str
    coverage: float
    applicant: str
    policy_version: str
    files: tuple[str, ...]  # digests of what it was made of, archives opened


def assembled(
    packet_id: str,
    readings: Sequence[bytes],
    checks: Sequence[dict[str, Any]],
    failures: Sequence[dict[str, Any]],
    corrections: Sequence[dict[str, Any]],
) -> Assembled:
    """Puts a packet together and applies the corrections. Pure."""
    from api.graph.parts import part_of
    from extractors.correct import corrected
    from extractors.model import Correction, Failure, ManualCheck
    from extractors.read import assemble
    from verify.context.shared_keys import shared_keys

    files = [reading_schema().validate_json(r) for r in readings]
    packet = assemble(
        packet_id, files, [ManualCheck(**c) for c in checks], [Failure(**f) for f in failures]
    )
    packet = corrected(packet, [Correction(**c) for c in corrections])
    return Assembled(
        packet=packet_schema().dump_json(packet),
        keys=tuple(sorted(shared_keys(packet))),
        graph=part_of(packet),
    )


def context_among(own: Packet, others: Sequence[bytes], tables: bytes, as_of: date) -> Context:
    """What a packet is judged against: other packets, and what imported tables (huoyan.graph/1, or
    nothing) tell of that day: a ledger keeps what has ended.
    """
    from graphs.formats.json_graph import graph_of
    from graphs.model import PartyGraph
    from verify.context.context import context_of

    told = graph_of(json.loads(tables)) if tables else None
    if told:
        told = PartyGraph(told.entities, told.as_of(as_of).relations)
    return context_of([own, *(packet_of(o) for o in others)], told)


def judged(
    packet: bytes,
    others: Sequence[bytes],
    policy: str,
    as_of: date,
    engines: dict[str, str],
    tables: bytes = b"",
) -> Judged:
    """The report on a packet among others and imported tables.

    Pure; no timings, so that the same inputs give the same bytes.
    """
    from verify.pipeline import assess
    from verify.policy import policy_of
    from verify.report import report_json

    own = packet_of(packet)
    context = context_among(own, others, tables, as_of)
    report = assess(own, context, policy_of(policy), as_of, engines)
    body = report_json(replace(report, timings={}))
    return Judged(
        report=json.dumps(body, ensure_ascii=False).encode(),
        score=float(report.score.value),
        band=report.score.band,
        coverage=report.score.coverage,
        applicant=report.applicant_name,
        policy_version=report.score.policy_version,
        files=tuple(sorted({file["sha256"] for file in body["inputs"]["files"]})),
    )


def _child() -> None:
    """Dies with its parent, leaves Ctrl-C to it, and gives way to the process that answers people."""
    os.nice(BACKGROUND)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Judging:
    """One child that judges; a new one is started when it has died."""

    def __init__(self, at_once: int = 1) -> None:
        self._at_once = at_once
        self._lock = threading.Lock()
        self._pool = self._start()

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._at_once, mp_context=multiprocessing.get_context("spawn"), initializer=_child
        )

    def assembled(self, *arguments: Any) -> Assembled:
        """See the function `assembled`."""
        found: Assembled = self._run(assembled, arguments)
        return found

    def judged(self, *arguments: Any) -> Judged:
        """See the function `judged`."""
        found: Judged = self._run(judged, arguments)
        return found

    def call(self, act: Any, *arguments: Any) -> Any:
        """Any pure function of this kind, in the child."""
        return self._run(act, arguments)

    def _run(self, act: Any, arguments: Sequence[Any]) -> Any:
        pool = self._pool
        try:
            return pool.submit(act, *arguments).result()
        except BrokenProcessPool:
            with self._lock:
                if self._pool is pool:
                    self._pool = self._start()
            return self._pool.submit(act, *arguments).result()

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
