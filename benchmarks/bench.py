"""Speed and memory against a peer in the same run: pdfplumber's words and tables on the same files.

Prints ratios; the machine is shared, so seconds alone mean little. Uses the sample portfolio beside
the repository where it is there, else packets of its own.
"""

from __future__ import annotations

import dataclasses
import io
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "fixtures"))

import pdfplumber  # noqa: E402 - the path is set above
from firm import make_firm  # noqa: E402
from make_packets import honest  # noqa: E402
from other_layouts import invoice  # noqa: E402
from statement_layouts import LAYOUTS  # noqa: E402

from extractors.classification.papers import papers_of  # noqa: E402
from extractors.formats.pdf import read_pdf  # noqa: E402
from extractors.intake.limits import Limits  # noqa: E402
from extractors.read import assemble, read_file  # noqa: E402
from verify.arithmetic.equations import paper_sums  # noqa: E402
from verify.arithmetic.smallest_edit import least_edit  # noqa: E402
from verify.context.context import context_of  # noqa: E402
from verify.pipeline import assess  # noqa: E402
from verify.policy import default_policy  # noqa: E402
from verify.registry import rules  # noqa: E402

SAMPLE = ROOT.parent / "shared" / "portfolio" / "packets"


def ours(data: bytes) -> tuple[int, int]:
    """Words with boxes, types, fields and table rows of every page: all that the product reads but
    QR codes.
    """
    raw = read_pdf(data, max_pages=1000)
    rows = 0
    for paper in papers_of(raw.pages):
        if paper.kind and paper.kind.read and paper.kind.id != "guarantee_contract":
            parts = paper.kind.read(paper.pages)
            rows += len(parts.rows) + len(parts.lines) + len(parts.items)
    return len(raw.pages), rows


def peer(data: bytes) -> tuple[int, int]:
    """pdfplumber: words and tables of every page, nothing understood."""
    rows = 0
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        count = len(pdf.pages)
        for page in pdf.pages:
            page.extract_words()
            rows += sum(len(t) for t in page.extract_tables())
            page.close()
    return count, rows


def has_text(data: bytes) -> bool:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages[0].chars) > 40


def compare(name: str, files: list[bytes]) -> None:
    """Alternates the two, twice, and takes each side's better time."""
    best = {"ours": float("inf"), "peer": float("inf")}
    counts = {}
    for _ in range(2):
        for label, read in (("ours", ours), ("peer", peer)):
            started = time.perf_counter()
            counts[label] = [read(data) for data in files]
            best[label] = min(best[label], time.perf_counter() - started)
    pages = sum(p for p, _ in counts["ours"])
    rows = {label: sum(r for _, r in found) for label, found in counts.items()}
    print(
        f"{name}: {pages} pages; ours {pages / best['ours']:.1f} pages/s ({rows['ours']} rows), pdfplumber {pages / best['peer']:.1f} pages/s ({rows['peer']} table rows); ratio {best['peer'] / best['ours']:.1f}"
    )


def dense() -> bytes:
    """A statement of about 100 dense pages."""
    firm = make_firm(7)
    firm.rows = firm.rows * 32
    return LAYOUTS["ruled.pdf"](firm)


def judging() -> None:
    """Time of all rules against the time of reading the same packet, on 20 papers and on a
    statement of 20,000 rows.
    """
    firm = make_firm(7)
    files = honest(firm)
    files |= {f"发票{n}.pdf": invoice(i) for n, i in enumerate(firm.sales[:7], 20)}
    _judged("packet of 20 papers", files)
    times = 20_000 // len(firm.rows) + 1
    long = dataclasses.replace(
        firm, rows=[dataclasses.replace(r) for r in firm.rows for _ in range(times)][:20_000]
    )
    balance = firm.opening
    for row in long.rows:
        balance += row.credit - row.debit
        row.balance = balance
    _judged("statement of 20,000 rows", {"流水.xlsx": LAYOUTS["halves.xlsx"](long)})
    long.rows[9_000].balance += 90
    _judged("the same with one balance changed", {"流水.xlsx": LAYOUTS["halves.xlsx"](long)})


def _judged(name: str, files: dict[str, bytes]) -> None:
    started = time.perf_counter()
    packet = assemble("bench", [read_file(n, d, Limits()) for n, d in files.items()])
    read = time.perf_counter() - started
    context, best = context_of([packet]), float("inf")
    for _ in range(3):
        started = time.perf_counter()
        assess(packet, context, default_policy(), date(2026, 1, 31))
        best = min(best, time.perf_counter() - started)
    edit = 0.0
    for document in packet.documents:
        sums = paper_sums(document)
        started = time.perf_counter()
        least_edit(sums.values, sums.equations)
        edit = max(edit, time.perf_counter() - started)
    rows = sum(len(d.rows) for d in packet.documents)
    print(
        f"{name} ({len(packet.documents)} papers, {rows} rows): all {len(rules())} rules {best:.3f} s, {best / read:.2f} times reading it; slowest smallest edit {edit:.3f} s"
    )


def timed(*arguments: str) -> tuple[float, int]:
    """Seconds and the largest resident memory (MB) of a command and its children."""
    script = "import resource,subprocess,sys,time; t=time.perf_counter(); subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL); print(time.perf_counter()-t, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss//1024)"
    out = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    ).stdout.split()
    return float(out[0]), int(out[1])


def main() -> None:
    """All figures of the README in one run."""
    if SAMPLE.is_dir():
        files = [p.read_bytes() for p in sorted(SAMPLE.rglob("*.pdf"))]
    else:
        files = [
            d for seed in range(5) for n, d in honest(make_firm(seed)).items() if n.endswith(".pdf")
        ]
    compare("portfolio, text PDFs", [d for d in files if has_text(d)])
    compare("dense statement", [dense()])
    judging()
    huoyan = str(Path(sys.executable).with_name("huoyan"))
    with tempfile.TemporaryDirectory() as folder:
        for name, data in honest(make_firm(7)).items():
            (Path(folder) / name).write_bytes(data)
        runs = [timed(huoyan, "verify", folder, "--as-of", "2026-01-31") for _ in range(3)]
    starts = [timed(huoyan, "rules") for _ in range(3)]
    print(
        f"all-text packet of {len(honest(make_firm(7)))} files, cold: {min(r[0] for r in runs):.2f} s; largest process {max(r[1] for r in runs)} MB"
    )
    print(f"start of the command line (huoyan rules): {min(s[0] for s in starts):.2f} s")


if __name__ == "__main__":
    main()
