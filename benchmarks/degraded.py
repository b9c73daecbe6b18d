"""How surely amounts are read from bad pictures, and how often print is said to stand apart on
them.

Each kind of degradation in three strengths, on papers of the project's own layouts.

python benchmarks/degraded.py [--seeds N] [--kinds a,b] [--save FILE] FILE: one line a value read,
for calibration
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from multiprocessing import Pool
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "fixtures"))

import numpy as np  # noqa: E402 - the path is set above
import other_layouts as other  # noqa: E402
from degrade import KINDS, jpeg, page_picture  # noqa: E402
from firm import make_firm  # noqa: E402
from statement_layouts import LAYOUTS  # noqa: E402

from extractors.intake.limits import Limits  # noqa: E402
from extractors.model import Document  # noqa: E402
from extractors.read import read_file  # noqa: E402
from verify.changed_print import words_apart  # noqa: E402

DOUBTFUL = 0.85  # below this no rule takes a value for sure


@dataclass
class Tally:
    cells: int = 0
    right: int = 0
    wrong: int = 0
    flagged: int = 0
    missing: int = 0
    pages: int = 0
    alarms: int = 0
    values: list[tuple[float, bool]] = field(default_factory=list)


def papers(seed: int) -> dict[str, bytes]:
    """Single pages with many amounts, of one made-up firm."""
    firm = make_firm(seed)
    rows = firm.rows
    firm.rows = rows[:26]
    statements = {
        n: LAYOUTS[n](firm) for n in ("ruled.pdf", "unruled.pdf", "newest.pdf") if n in LAYOUTS
    }
    firm.rows = rows
    trade = [r for r in rows if r.party and r.account]
    return statements | {
        "balance": other.balance_sheet(firm),
        "income": other.income_statement(firm),
        "vat": other.vat_return(firm),
        "slips": other.slips(firm, trade[5:7]),
        "invoice": other.invoice(firm.sales[8]),
    }


def cells(document: Document) -> Iterator[tuple[tuple[str, ...], Decimal, float]]:
    """Every amount of a document: what it is, its value, how sure."""
    for name, f in document.fields.items():
        if name in (
            "amount",
            "net_amount",
            "tax_amount",
            "total_amount",
            "opening_balance",
            "closing_balance",
        ):
            yield (name,), Decimal(f.value), f.confidence
    for name, line in document.lines.items():
        for column, amount in line.columns.items():
            yield (name, column), amount.value, amount.confidence
    for n, row in enumerate(document.rows):
        yield ("row", str(n), "move"), row.credit - row.debit, row.confidence
        if row.balance is not None:
            yield ("row", str(n), "balance"), row.balance, row.confidence


def measure(job: tuple[int, str, bytes, str, int]) -> tuple[str, int, str, Tally]:
    seed, name, data, kind, strength = job
    dice = np.random.default_rng(zlib.crc32(f"{seed}/{name}/{kind}/{strength}".encode()))
    truth = read_file(name + ".pdf", data, Limits()).documents
    pictures = page_picture(data)
    degraded = jpeg(KINDS[kind](pictures, strength, dice) if kind != "none" else pictures)
    found = read_file(name + ".jpg", degraded, Limits()).documents
    tally = Tally(pages=1, alarms=sum(a.agreed for d in found for a in words_apart(d)))
    for number, document in enumerate(d for d in truth if d.pages[0] == 1):
        twin = [d for d in found if d.type == document.type]
        _compare(document, twin[number] if number < len(twin) else None, tally)
    return kind, strength, name, tally


def _compare(document: Document, twin: Document | None, tally: Tally) -> None:
    want = {key: value for key, value, _ in cells(document)}
    got = {key: (value, sure) for key, value, sure in cells(twin)} if twin else {}
    if document.rows:  # rows are compared by their place from the first row on which both agree
        got = _aligned(document, twin, got) if twin else {}
    for key, value in want.items():
        tally.cells += 1
        if key not in got:
            tally.missing += 1
            continue
        right = got[key][0] == value
        tally.right += right
        tally.wrong += not right
        tally.flagged += not right and got[key][1] < DOUBTFUL
        tally.values.append((got[key][1], right))


def _aligned(
    document: Document, twin: Document, got: dict[tuple[str, ...], tuple[Decimal, float]]
) -> dict[tuple[str, ...], tuple[Decimal, float]]:
    """Cells of the twin under the row numbers of the truth: rows are tied by day and description,
    in order.
    """
    out = {k: v for k, v in got.items() if k[0] != "row"}
    start = 0
    for number, row in enumerate(document.rows):
        for index in range(start, len(twin.rows)):
            other_row = twin.rows[index]
            if (
                other_row.serial_number == row.serial_number
                if row.serial_number
                else (other_row.day, other_row.balance) == (row.day, row.balance)
            ):
                for part in ("move", "balance"):
                    if ("row", str(index), part) in got:
                        out["row", str(number), part] = got["row", str(index), part]
                start = index + 1
                break
    return out


def jobs(seeds: range, kinds: list[str]) -> Iterator[tuple[int, str, bytes, str, int]]:
    for seed in seeds:
        for name, data in papers(seed).items():
            for kind in kinds:
                for strength in (1, 2, 3) if kind != "none" else (0,):
                    yield seed, name, data, kind, strength


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--first", type=int, default=100)
    parser.add_argument("--kinds", default=",".join(["none", *KINDS]))
    parser.add_argument("--save")
    parser.add_argument("--papers", default="")
    options = parser.parse_args()
    work = [
        j
        for j in jobs(range(options.first, options.first + options.seeds), options.kinds.split(","))
        if options.papers in j[1]
    ]
    totals: dict[tuple[str, int], Tally] = defaultdict(Tally)
    by_paper: dict[str, Tally] = defaultdict(Tally)
    values: list[tuple[float, bool]] = []
    with Pool(2) as pool:
        for kind, strength, name, tally in pool.imap_unordered(measure, work):
            for total in (totals[kind, strength], by_paper[name], totals["all", 0]):
                for part in ("cells", "right", "wrong", "flagged", "missing", "pages", "alarms"):
                    setattr(total, part, getattr(total, part) + getattr(tally, part))
            values.extend(tally.values)
    for key in sorted(totals):
        _print(f"{key[0]} {key[1]}", totals[key])
    for name in sorted(by_paper):
        _print(name, by_paper[name])
    if options.save:
        Path(options.save).write_text("\n".join(json.dumps(v) for v in values) + "\n")


def _print(name: str, t: Tally) -> None:
    flagged = f"{t.flagged}/{t.wrong} = {t.flagged / t.wrong:.0%}" if t.wrong else "none wrong"
    print(
        f"{name:18} cells {t.cells:5}  right {t.right / max(t.cells, 1):7.2%}  not read {t.missing:4}  wrong and flagged {flagged}  print set apart {t.alarms} of {t.pages} pages"
    )


if __name__ == "__main__":
    main()
