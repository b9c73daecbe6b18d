"""Reads and judges one made packet, and sets the report beside what was done to it."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date

from document_layouts.compare import Outcome, compare
from open_packets.packets import MadePacket
from open_packets.printing import PrintedFile

from extractors.intake.limits import Limits
from extractors.model import FileReading
from extractors.read import assemble, read_file
from verify.context.context import context_of
from verify.model import Evidence, Finding, Report, Severity
from verify.pipeline import assess
from verify.policy import default_policy
from verify.registry import rules
from verify.scoring.open_reading import open_readings

AS_OF = date(2026, 1, 31)
_WEIGHTY = (Severity.MEDIUM, Severity.HIGH)
# As ../shared/score.py has it: places meet where three tenths of the smaller are covered, and a
# place as high as a third of the page names nothing.
_LEAST_OVERLAP = 0.3
_MOST_HEIGHT = 0.35


@dataclass(slots=True, kw_only=True)
class Judged:
    """One packet as it was judged; `kind` is empty for an honest one."""

    seed: int
    split: str
    kind: str
    grade: str
    facts: list[str]
    twins: list[str]
    score: float
    log_odds: float
    chance: float | None
    band: str
    coverage: float
    open_readings: list[str]
    findings: list[tuple[str, str]]  # rule, severity
    doubts: list[tuple[str, str, str]]  # rule, slip, severity
    named_by: list[str]  # rules that name a forged paper
    localised: bool
    boxes: int  # places that the fraud wrote to
    box_hit: bool
    untouched: int  # other papers named by a weighty finding
    seconds: float
    reading: dict[str, dict[str, int]] = field(default_factory=dict)  # of honest packets

    def as_json(self) -> dict[str, object]:
        return asdict(self)


class Reader:
    """Reads files, each once: a packet's forged twins share most papers with it."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[FileReading, float]] = {}

    def read(self, files: Iterable[PrintedFile]) -> tuple[list[FileReading], float]:
        """Return the readings and the processor seconds that reading them takes."""
        out, seconds = [], 0.0
        for file in files:
            key = f"{file.name}:{hashlib.sha256(file.data).hexdigest()}"
            if key not in self._known:
                started = time.process_time()
                reading = read_file(file.name, file.data, Limits())
                self._known[key] = reading, time.process_time() - started
            out.append(self._known[key][0])
            seconds += self._known[key][1]
        return out, seconds


def judge(packet: MadePacket, reader: Reader) -> Judged:
    """Read and judge a packet as one application by itself."""
    readings, seconds = reader.read(packet.files)
    started = time.process_time()
    read = assemble(f"made-{packet.seed}", readings)
    report = assess(read, context_of([read]), default_policy(), AS_OF)
    seconds += time.process_time() - started
    found = [f for f in report.findings if f.severity in _WEIGHTY]
    forged = packet.forged_files
    named = {e.file for f in found for e in f.evidence}
    fraud = packet.fraud
    return Judged(
        seed=packet.seed,
        split=packet.split,
        kind=fraud.name if fraud else "",
        grade=str(fraud.grade) if fraud else "",
        facts=list(packet.facts),
        twins=list(fraud.twins) if fraud else [],
        score=float(report.score.value),
        log_odds=sum(c.log_odds for c in report.score.contributions),
        chance=report.score.chance,
        band=report.score.band,
        coverage=report.score.coverage,
        open_readings=_open_readings(report),
        findings=sorted({(f.rule, str(f.severity)) for f in report.findings}),
        doubts=sorted({(d.rule, d.slip, str(d.severity)) for r in report.runs for d in r.doubts}),
        named_by=sorted({f.rule for f in found if any(e.file in forged for e in f.evidence)}),
        localised=bool(named & forged),
        boxes=sum(len(f.marks) for f in packet.files),
        box_hit=_hits_a_box(packet, found),
        untouched=len(named - forged - {""}) if fraud else 0,
        seconds=round(seconds, 3),
        reading={} if fraud else _reading(packet, readings),
    )


def _open_readings(report: Report) -> list[str]:
    """Name each document that keeps the packet from being low, and why."""
    opened = open_readings(report.packet, report.runs, rules(), default_policy())
    return [f"{each.document.type}: {each.why.en}" for each in opened]


def _hits_a_box(packet: MadePacket, found: Iterable[Finding]) -> bool:
    marks = {(f.name, m.page): [] for f in packet.files for m in f.marks}
    for file in packet.files:
        for mark in file.marks:
            marks[file.name, mark.page].append(mark.box)
    places = [e for finding in found for e in finding.evidence]
    return any(
        _meet(box, place) for place in places for box in marks.get((place.file, place.page), ())
    )


def _meet(mark: tuple[float, float, float, float], place: Evidence) -> bool:
    box = place.box
    width = min(mark[2], box.right) - max(mark[0], box.left)
    height = min(mark[3], box.bottom) - max(mark[1], box.top)
    if width <= 0 or height <= 0 or box.bottom - box.top >= _MOST_HEIGHT:
        return False
    own = (mark[2] - mark[0]) * (mark[3] - mark[1])
    other = (box.right - box.left) * (box.bottom - box.top)
    return width * height >= _LEAST_OVERLAP * min(own, other)


def _reading(packet: MadePacket, readings: Iterable[FileReading]) -> dict[str, dict[str, int]]:
    """Counts of right, wrong, doubtful and absent values and rows, by kind of paper and form."""
    out: dict[str, Counter[str]] = {}
    for file, reading in zip(packet.files, readings, strict=True):
        counts = out.setdefault(f"{file.kind}/{file.form}", Counter())
        counts += _counts(compare(reading, file.truth))
    return {name: dict(counts) for name, counts in sorted(out.items())}


def _counts(outcome: Outcome) -> Counter[str]:
    counts = Counter({f"values_{kind}": count for kind, count in outcome.values.items()})
    counts.update({f"rows_{kind}": count for kind, count in outcome.rows.items()})
    counts.update(papers=1, wrong_type=outcome.wrong_type)
    return counts
