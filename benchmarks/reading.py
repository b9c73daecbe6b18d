"""How documents of many layouts are read: by family and form, what is right, wrong, in doubt,
absent or lost in silence.

The layouts lie in fixtures/document_layouts: those under `development` may be looked at while the
reader is built, those under `measuring` share with them neither layout nor synonyms nor names.

python benchmarks/reading.py [--split development] [--wording printed,reworded,unknown]
                             [--vary "as it is,shuffled,furnished"] [--family bank_statement]
                             [--layout PART] [--forms text,scan,csv] [--seeds N] [--first SEED] [--rows N]
                             [--save FILE] [--faults] [--docs docs/reading.md]
"""

from __future__ import annotations

import argparse
import json
import math
import shlex
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "fixtures"), str(ROOT)]

from document_layouts.compare import Outcome, compare  # noqa: E402 - the path is set above
from document_layouts.families import Job, jobs, make  # noqa: E402
from document_layouts.variation import Variation  # noqa: E402
from document_layouts.wording import Mode  # noqa: E402

from extractors.intake.limits import Limits  # noqa: E402
from extractors.read import read_file  # noqa: E402

NORMAL_QUANTILE_95 = 1.96  # of a two-sided interval that holds in 95 of 100 cases
WORKERS = 2
BEGIN = "<!-- written by benchmarks/reading.py --docs docs/reading.md -->"
END = "<!-- end of what benchmarks/reading.py wrote -->"
_PLAIN = (Mode.PRINTED.value, Variation.NONE.value)
FIRST_SEED = {"development": 100, "measuring": 7000, "unseen": 9000}  # the splits share no seed


@dataclass(slots=True)
class Total:
    """Sums over documents of one group."""

    documents: int = 0
    whole: int = 0  # every value, row and party right
    values: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    parties: Counter[str] = field(default_factory=Counter)
    wrong_type: int = 0
    seconds: float = 0.0

    def add(self, outcome: Outcome, seconds: float) -> None:
        self.documents += 1
        self.values += outcome.values
        self.rows += outcome.rows
        self.parties += outcome.parties
        self.wrong_type += outcome.wrong_type
        self.seconds += seconds
        unread = outcome.rows["doubted"] + outcome.parties["absent"] + outcome.parties["doubt"]
        self.whole += not outcome.notes and not unread


@dataclass(frozen=True, slots=True)
class Measured:
    """One document as it was read."""

    job: Job
    outcome: Outcome
    seconds: float


def interval(right: int, count: int) -> tuple[float, float]:
    """Return Wilson's interval for a share, of which an even small count is no proof of all."""
    if not count:
        return 0.0, 1.0
    z = NORMAL_QUANTILE_95
    share = right / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    spread = math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    half = z * spread / (1 + z * z / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def measure(job: Job) -> Measured:
    specimen = make(job)
    started = time.process_time()
    reading = read_file(specimen.name, specimen.data, Limits())
    seconds = time.process_time() - started
    return Measured(job, compare(reading, specimen.truth), seconds)


def run(work: Sequence[Job]) -> list[Measured]:
    """Measure all jobs in a few processes; progress goes to the error output."""
    done: list[Measured] = []
    with ProcessPoolExecutor(WORKERS) as pool:
        for future in as_completed(pool.submit(measure, job) for job in work):
            done.append(future.result())
            print(f"\r{len(done)} of {len(work)} documents", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return sorted(done, key=lambda m: m.job)


def totals(measured: Iterable[Measured], *keys: str) -> dict[tuple[str, ...], Total]:
    """Sum by the named attributes of a job."""
    out: dict[tuple[str, ...], Total] = {}
    for one in measured:
        group = tuple(str(getattr(one.job, key)) for key in keys)
        out.setdefault(group, Total()).add(one.outcome, one.seconds)
    return dict(sorted(out.items()))


_HEADINGS = (
    *("documents", "all right", "values right (95 %)", "wrong", "in doubt", "absent"),
    *("rows right (95 %)", "lost", "invented", "doubted"),
    *("parties right", "wrong", "absent", "wrong type", "CPU s a document"),
)


def table(keys: Sequence[str], groups: dict[tuple[str, ...], Total]) -> str:
    """Return a table in Markdown, as docs/reading.md shows it."""
    headings = (*keys, *_HEADINGS)
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    lines += ["| " + " | ".join(_cells(group, total)) + " |" for group, total in groups.items()]
    return "\n".join(lines)


def report(measured: Sequence[Measured]) -> str:
    """Return all tables: by family and form as banks print them, then by what was changed."""
    plain = [m for m in measured if (m.job.wording, m.job.variation) == _PLAIN]
    changed = [m for m in measured if m.job.form != "scan"]
    parts = []
    for title, keys, group in (
        ("By family and form, worded and ordered as their issuers do", ("family", "form"), plain),
        ("By what was changed, without pictures", ("wording", "variation", "family"), changed),
    ):
        if group:
            parts += [f"{title}:", table(keys, totals(group, *keys))]
    faults = sum(m.outcome.silent_faults for m in measured)
    parts.append(f"Wrong at high confidence or lost in silence: {faults} (must be 0).")
    return "\n\n".join(parts)


def _cells(group: tuple[str, ...], total: Total) -> list[str]:
    read = total.values
    rows, parties = total.rows, total.parties
    row_count = rows["right"] + rows["lost"] + rows["doubted"]
    party_count = sum(parties.values())
    return [
        *group,
        str(total.documents),
        share(total.whole, total.documents),
        share(read["right"], sum(read.values())),
        *(str(read[kind]) for kind in ("wrong", "doubt", "absent")),
        share(rows["right"], row_count),
        *(str(rows[kind]) for kind in ("lost", "invented", "doubted")),
        share(parties["right"], party_count, plain=True),
        *(str(parties[kind]) for kind in ("wrong", "absent")),
        str(total.wrong_type),
        f"{total.seconds / total.documents:.2f}",
    ]


def share(right: int, count: int, *, plain: bool = False) -> str:
    if not count:
        return "–"
    if plain:
        return f"{right / count:.1%}"
    low, high = interval(right, count)
    return f"{right / count:.1%} ({low:.0%}–{high:.0%})"


def as_json(one: Measured) -> str:
    """Return one document as a line of JSON."""
    outcome = one.outcome
    record = {
        **asdict(one.job),
        "values": dict(outcome.values),
        "rows": dict(outcome.rows),
        "parties": dict(outcome.parties),
        "wrong_type": outcome.wrong_type,
        "notes": outcome.notes,
        "seconds": round(one.seconds, 3),
    }
    return json.dumps(record, ensure_ascii=False)


def print_faults(measured: Iterable[Measured]) -> None:
    """Print what is wrong, a layout a paragraph."""
    for one in measured:
        job = one.job
        if one.outcome.notes:
            print(
                f"\n{job.family} {job.layout} {job.form} seed {job.seed} {job.wording} {job.variation}"
            )
            for note, count in Counter(one.outcome.notes).most_common(12):
                print(f"  {note}" + (f" ×{count}" if count > 1 else ""))


def command(options: argparse.Namespace) -> str:
    """Return the command that gives these figures again."""
    settings = {k: v for k, v in vars(options).items() if k not in ("save", "docs", "faults") and v}
    words = [f"--{name} {shlex.quote(str(value))}" for name, value in settings.items()]
    return f"`python benchmarks/reading.py {' '.join(words)}`"


def write_docs(path: Path, text: str) -> None:
    """Put the report between its two marks in a page."""
    page = path.read_text("utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", "utf-8")


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--split", choices=sorted(FIRST_SEED), default="development")
    parser.add_argument("--wording", default="printed,reworded,unknown")
    parser.add_argument("--vary", default="as it is,shuffled,furnished")
    parser.add_argument("--family", default="")
    parser.add_argument("--layout", default="")
    parser.add_argument("--forms", default="")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--first", type=int)
    parser.add_argument("--rows", type=int, default=30)
    parser.add_argument("--save", type=Path)
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--docs", type=Path)
    return parser.parse_args()


def main() -> None:
    options = _parse()
    first = FIRST_SEED[options.split] if options.first is None else options.first
    work = jobs(
        split=options.split,
        seeds=range(first, first + options.seeds),
        modes=[Mode(name) for name in options.wording.split(",")],
        variations=[Variation(name) for name in options.vary.split(",")],
        family=options.family,
        layout=options.layout,
        forms=tuple(filter(None, options.forms.split(","))),
        rows=options.rows,
    )
    measured = run(work)
    print(report(measured))
    if options.faults:
        print_faults(measured)
    if options.docs:
        write_docs(options.docs, f"{command(options)}\n\n{report(measured)}")
    if options.save:
        options.save.write_text("\n".join(as_json(one) for one in measured) + "\n", "utf-8")


if __name__ == "__main__":
    main()
