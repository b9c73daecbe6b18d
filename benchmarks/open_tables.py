"""Tables of the open benchmark: shares with Wilson's intervals, areas with bootstrapped ones."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from scipy.stats import binomtest, rankdata

Record = dict[str, Any]
BEGIN = "<!-- written by benchmarks/open_benchmark.py --docs docs/accuracy.md -->"
END = "<!-- end of what benchmarks/open_benchmark.py wrote -->"
GRADES = ("careless", "skilled", "expert")
_ALARM_SHARES = (0.01, 0.05)
_DRAWS = 400  # of the bootstrap; by seed, since twins of one seed are no independent cases
_LEVEL = 0.95
_BASE_RATE = 0.02  # share of forged applications at which the precision of band high is stated
_BINS = 10
_FEW_HONEST = 100  # of fewer a share of one in a hundred cannot be seen


def load(paths: Iterable[Path]) -> list[Record]:
    """Return the kept records, a seed that was run twice once."""
    out: dict[tuple[int, str], Record] = {}
    for path in paths:
        if path.exists():
            for line in path.read_text("utf-8").splitlines():
                record = json.loads(line)
                out[record["seed"], record["kind"]] = record
    return list(out.values())


def write_between_marks(path: Path, text: str) -> None:
    """Put the tables between their two marks in a page."""
    before, _, rest = path.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", "utf-8")


def share(right: int, count: int) -> str:
    """Return a share with Wilson's interval."""
    if not count:
        return "–"
    low, high = binomtest(right, count).proportion_ci(_LEVEL, method="wilson")
    return f"{right} of {count} = {right / count:.1%} ({low:.1%}–{high:.1%})"


def area(forged: Sequence[float], honest: Sequence[float]) -> float:
    """Return the share of pairs of which the forged one scores higher, ties counted half."""
    ranks = rankdata([*forged, *honest])
    total = float(sum(ranks[: len(forged)]))
    count = len(forged)
    return (total - count * (count + 1) / 2) / (count * len(honest))


def recall(forged: Sequence[float], honest: Sequence[float], alarms: float) -> tuple[int, int]:
    """Return how many forged packets score above all but a share of the honest ones."""
    allowed = int(len(honest) * alarms)
    threshold = sorted(honest, reverse=True)[allowed]
    return sum(score > threshold for score in forged), len(forged)


def _interval(
    records: Sequence[Record], measure: Callable[[Sequence[Record]], float]
) -> tuple[float, float]:
    by_seed = defaultdict(list)
    for record in records:
        by_seed[record["seed"]].append(record)
    seeds, dice, values = sorted(by_seed), random.Random(7), []
    for _ in range(_DRAWS):
        drawn = [r for seed in dice.choices(seeds, k=len(seeds)) for r in by_seed[seed]]
        values.append(measure(drawn))
    values.sort()
    edge = int(_DRAWS * (1 - _LEVEL) / 2)
    return values[edge], values[-edge - 1]


def _area_of(records: Sequence[Record]) -> float:
    forged = [r["score"] for r in records if r["kind"]]
    honest = [r["score"] for r in records if not r["kind"]]
    return area(forged, honest) if forged and honest else float("nan")


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def page(records: Sequence[Record], split: str) -> str:
    """Return all tables."""
    honest = [r for r in records if not r["kind"]]
    forged = [r for r in records if r["kind"]]
    kinds = len({r["kind"] for r in forged})
    head = (
        f"Split `{split}`: {len(honest)} honest packets, {len(forged)} forged twins of them, "
        f"{kinds} kinds of fraud."
    )
    few = (
        "With fewer than a hundred honest packets the recall at 1 % is that above the highest of them."
        if len(honest) < _FEW_HONEST
        else ""
    )
    parts = [
        f"{head} {few}".strip(),
        _overall(honest, forged),
        _grades(records),
        "By kind of fraud:",
        _kinds(honest, forged),
        "Findings above low on honest packets, by rule:",
        _base_rates(honest),
        "Why honest packets are not verified:",
        _open(honest),
        "Calibration, forged packets weighted to a base rate of 2 %:",
        _calibration(honest, forged),
        "Reading of honest packets, by paper and form:",
        _reading(honest),
    ]
    return "\n\n".join(parts)


def _overall(honest: Sequence[Record], forged: Sequence[Record]) -> str:
    bands = Counter(r["band"] for r in honest)
    forged_bands = Counter(r["band"] for r in forged)
    alarmed, caught = bands["high"], forged_bands["high"]
    boxed = [r for r in forged if r["boxes"]]
    seconds = sorted(r["seconds"] for r in honest)
    rows = [
        ("honest packets in band high", share(alarmed, len(honest))),
        ("honest packets in band medium", share(bands["medium"], len(honest))),
        ("honest packets not verified", share(bands["not_verified"], len(honest))),
        ("forged packets in band high", share(caught, len(forged))),
        ("forged packets in band low", share(forged_bands["low"], len(forged))),
        ("precision of band high at a base rate of 2 %", _precision(honest, forged)),
        ("localised to the paper", share(sum(r["localised"] for r in forged), len(forged))),
        ("localised to the box", share(sum(r["box_hit"] for r in boxed), len(boxed))),
        (
            "untouched papers named a forged packet",
            f"{sum(r['untouched'] for r in forged) / max(1, len(forged)):.2f}",
        ),
        ("processor seconds a packet, median", f"{seconds[len(seconds) // 2]:.1f}"),
    ]
    return table(("what", "figure"), rows)


def _precision(honest: Sequence[Record], forged: Sequence[Record]) -> str:
    """The share of alarms that are right, and what it may be as low as by the interval of false
    alarms: none seen among few packets proves little."""
    alarms = sum(r["band"] == "high" for r in honest)
    found = sum(r["band"] == "high" for r in forged) / max(1, len(forged))
    if not honest or not found:
        return "–"
    most = float(binomtest(alarms, len(honest)).proportion_ci(_LEVEL, method="wilson").high)
    shown, least = (_right_of(found, rate) for rate in (alarms / len(honest), most))
    return f"{shown:.1%}, at least {least:.1%} by the interval of false alarms"


def _right_of(found: float, alarms: float) -> float:
    right = _BASE_RATE * found
    return right / (right + (1 - _BASE_RATE) * alarms)


def _grades(records: Sequence[Record]) -> str:
    honest = [r["score"] for r in records if not r["kind"]]
    rows = []
    for grade in (*GRADES, "all"):
        own = [r for r in records if not r["kind"] or grade in (r["grade"], "all")]
        forged = [r["score"] for r in own if r["kind"]]
        if not forged:
            continue
        low, high = _interval(own, _area_of)
        recalls = [share(*recall(forged, honest, alarms)) for alarms in _ALARM_SHARES]
        rows.append((grade, f"{area(forged, honest):.3f} ({low:.3f}–{high:.3f})", *recalls))
    headings = ("grade", "AUC", "recall at 1 % false alarms", "recall at 5 % false alarms")
    return table(headings, rows)


def _kinds(honest: Sequence[Record], forged: Sequence[Record]) -> str:
    plain = [r["score"] for r in honest]
    by_kind = defaultdict(list)
    for record in forged:
        by_kind[record["grade"], record["kind"]].append(record)
    rows = []
    for grade in GRADES:
        for (own_grade, kind), own in sorted(by_kind.items()):
            if own_grade == grade:
                rows.append((grade, kind, *_kind_cells(own, plain, honest)))
    headings = ("grade", "kind", "packets", "AUC", "band medium or high", "paper named", "rules")
    return table((*headings, "honest twins with a finding above low"), rows)


def _kind_cells(
    own: Sequence[Record], plain: Sequence[float], honest: Sequence[Record]
) -> tuple[str, ...]:
    alarmed = sum(r["band"] in ("medium", "high") for r in own)
    rules = Counter(rule for r in own for rule in r["named_by"])
    twins = [r for r in honest if set(r["facts"]) & set(own[0]["twins"])]
    loud = sum(_is_loud(r) for r in twins)
    return (
        str(len(own)),
        f"{area([r['score'] for r in own], plain):.2f}",
        f"{alarmed} of {len(own)}",
        f"{sum(r['localised'] for r in own)} of {len(own)}",
        ", ".join(rule for rule, _ in rules.most_common(4)) or "–",
        f"{loud} of {len(twins)}" if twins else "–",
    )


def _is_loud(record: Record) -> bool:
    return any(severity in ("medium", "high") for _, severity in record["findings"])


def _base_rates(honest: Sequence[Record]) -> str:
    counts = Counter(
        (rule, severity)
        for r in honest
        for rule, severity in map(tuple, r["findings"])
        if severity in ("medium", "high")
    )
    rows = [
        (rule, severity, share(count, len(honest)))
        for (rule, severity), count in sorted(counts.items(), key=lambda x: (-x[1], x[0]))
    ]
    return table(("rule", "severity", "honest packets"), rows) if rows else "None."


def _open(honest: Sequence[Record]) -> str:
    counts: Counter[str] = Counter()
    for record in honest:
        if record["band"] == "not_verified":
            counts.update(set(record["open_readings"]))
    rows = [(why, str(count)) for why, count in counts.most_common(20)]
    return table(("document and reason", "packets"), rows) if rows else "None."


def _calibration(honest: Sequence[Record], forged: Sequence[Record]) -> str:
    """Predicted against seen share of forged packets, in bins of the predicted one."""
    weight = _BASE_RATE / (1 - _BASE_RATE) * len(honest) / max(1, len(forged))
    bins: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])  # weight, forged, predicted
    for record in (*honest, *forged):
        own = weight if record["kind"] else 1.0
        chance = record.get("chance")
        predicted = _logistic(record["log_odds"]) if chance is None else chance
        cell = bins[min(_BINS - 1, int(predicted * _BINS))]
        cell[0] += own
        cell[1] += own * bool(record["kind"])
        cell[2] += own * predicted
    total = sum(cell[0] for cell in bins.values())
    error = sum(abs(cell[1] - cell[2]) for cell in bins.values()) / total
    rows = [
        (
            f"{number / _BINS:.0%}–{(number + 1) / _BINS:.0%}",
            f"{cell[0]:.1f}",
            f"{cell[2] / cell[0]:.1%}",
            f"{cell[1] / cell[0]:.1%}",
        )
        for number, cell in sorted(bins.items())
    ]
    headings = ("predicted", "packets (weighted)", "mean predicted", "forged")
    return f"{table(headings, rows)}\n\nExpected calibration error {error:.3f}."


def _logistic(log_odds: float) -> float:
    from math import exp

    return 1 / (1 + exp(-log_odds))


def _reading(honest: Sequence[Record]) -> str:
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for record in honest:
        for name, counts in record["reading"].items():
            totals[name].update(counts)
    rows = []
    for name, counts in sorted(totals.items()):
        values = sum(counts[f"values_{kind}"] for kind in ("right", "wrong", "doubt", "absent"))
        rows_printed = sum(counts[f"rows_{kind}"] for kind in ("right", "lost", "doubted"))
        rows.append(
            (
                name,
                str(counts["papers"]),
                share(counts["values_right"], values),
                str(counts["values_wrong"]),
                share(counts["rows_right"], rows_printed),
                str(counts["rows_lost"]),
                str(counts["wrong_type"]),
            )
        )
    headings = ("paper and form", "papers", "values right", "wrong though sure", "rows right")
    return table((*headings, "rows lost in silence", "taken for another kind"), rows)
