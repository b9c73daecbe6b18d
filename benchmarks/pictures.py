"""Pictures against the bare engines, in one run: a scanned page, and a batch of mixed packets.

Bare first engine: rapidocr with the tiny models, no angle classifier. rapidocr's default: its small
models. Prints ratios of processor time (this process and its children) and of time on the clock;
amounts are those that the paper's text holds.
"""

from __future__ import annotations

import io
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "fixtures"))

import other_layouts as other  # noqa: E402 - the path is set above
import pypdfium2 as pdfium  # noqa: E402
from degrade import page_picture, skew  # noqa: E402
from firm import make_firm  # noqa: E402
from make_packets import honest  # noqa: E402
from PIL import Image  # noqa: E402
from statement_layouts import LAYOUTS  # noqa: E402

from extractors.decode import decode  # noqa: E402
from extractors.engines.paddle import tiny_folder  # noqa: E402
from extractors.formats.opened_file import OpenedFile  # noqa: E402
from extractors.intake.limits import Limits  # noqa: E402
from extractors.read import read_file  # noqa: E402

_AMOUNT = re.compile(r"\d[\d,]*\.\d{2}")


def scanned(data: bytes, pages: int = 99) -> bytes:
    """A PDF as a scanner makes it: each page a picture, a little askew."""
    import numpy as np

    count = min(len(pdfium.PdfDocument(data)), pages)
    dice = np.random.default_rng(5)
    sheets = [
        Image.fromarray(skew(page_picture(data, n), 1, dice)[:, :, ::-1])
        for n in range(1, count + 1)
    ]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=200, quality=88)
    return out.getvalue()


def engine(size: str, threads: int) -> Any:
    from rapidocr import RapidOCR

    settings: dict[str, Any] = {
        "Global.log_level": "error",
        "EngineConfig.onnxruntime.intra_op_num_threads": threads,
    }
    if size == "tiny":
        folder = tiny_folder()
        settings |= {
            "Global.use_cls": False,
            "Det.model_path": str(folder / "tiny/det/det.onnx"),
            "Rec.model_path": str(folder / "tiny/rec/rec.onnx"),
            "Rec.rec_keys_path": str(folder / "ppocrv6_tiny_dict.txt"),
        }
    return RapidOCR(params=settings)


def by_engine(one: Any, data: bytes) -> str:
    """Text of a scanned PDF's pages by a bare engine."""
    texts: list[str] = []
    for page in pdfium.PdfDocument(data):
        found = one(page.render(scale=200 / 72).to_numpy()[:, :, :3])
        texts += list(found.txts or ())
    return "\n".join(texts)


def by_us(data: bytes) -> str:
    """Every word of a scanned PDF as the product reads it."""
    with OpenedFile("pdf", data) as file:
        return "\n".join(w.text for p in decode(file, Limits()).pages for w in p.words)


def spent(work: Callable[[], object]) -> tuple[float, float]:
    """Processor and clock seconds of the better of three runs."""
    runs = []
    for _ in range(3):
        cpu, clock = time.process_time(), time.perf_counter()
        work()
        runs.append((time.process_time() - cpu, time.perf_counter() - clock))
    return min(r[0] for r in runs), min(r[1] for r in runs)


def right(text: str, truth: list[str]) -> int:
    """How many of the paper's amounts an engine's text holds, each as often as it is printed."""
    left = _AMOUNT.findall(text.replace(" ", ""))
    count = 0
    for amount in truth:
        if amount in left:
            left.remove(amount)
            count += 1
    return count


def page_figures() -> None:
    """One scanned page of each of four kinds."""
    firm = make_firm(7)
    firm.rows = firm.rows[:26]
    papers = {
        "statement": LAYOUTS["ruled.pdf"](firm),
        "balance sheet": other.balance_sheet(firm),
        "invoice": other.invoice(firm.sales[8]),
        "contract": other.contract(
            firm, ["昆明恒丰阀门有限公司"], firm.rows[0].balance.to_integral(), "保字2026第0112号"
        ),
    }
    scans = {n: scanned(d, 1) for n, d in papers.items()}
    truth = {
        n: _AMOUNT.findall(pdfium.PdfDocument(d)[0].get_textpage().get_text_range())
        for n, d in papers.items()
    }
    tiny, tiny2, small = engine("tiny", 1), engine("tiny", -1), engine("small", 1)
    by_us(scans["invoice"])  # loads the engines
    sums = {
        "ours": [0.0, 0.0],
        "tiny": [0.0, 0.0],
        "small": [0.0, 0.0],
        "tiny, all cores": [0.0, 0.0],
    }
    for name, data in scans.items():
        one = {
            "ours": spent(lambda d=data: read_file("f.pdf", d, Limits())),
            "tiny": spent(lambda d=data: by_engine(tiny, d)),
            "tiny, all cores": spent(lambda d=data: by_engine(tiny2, d)),
            "small": spent(lambda d=data: by_engine(small, d)),
        }
        found = {
            "ours": right(by_us(data), truth[name]),
            "tiny": right(by_engine(tiny, data), truth[name]),
            "small": right(by_engine(small, data), truth[name]),
        }
        for label, (cpu, clock) in one.items():
            sums[label][0] += cpu
            sums[label][1] += clock
        print(
            f"scanned {name}: {one['ours'][0]:.2f} core-s; {one['ours'][0] / one['tiny'][0]:.2f} times the bare first engine, rapidocr's default {one['small'][0] / one['ours'][0]:.1f} times ours; "
            f"amounts right of {len(truth[name])}: ours {found['ours']}, first engine {found['tiny']}, default {found['small']}"
        )
    ours = sums["ours"]
    print(
        f"all four: {ours[0] / sums['tiny'][0]:.2f} times the bare first engine in processor time, {ours[1] / sums['tiny, all cores'][1]:.2f} times on the clock with all cores for both; default {sums['small'][0] / ours[0]:.1f} times ours"
    )


def packet(seed: int) -> dict[str, bytes]:
    """About eleven pages of text and seven pictures, as applicants send them."""
    firm = make_firm(seed)
    rows = [r for r in firm.rows if r.party and r.account]
    files = dict(honest(firm))
    for name in ("资产负债表.pdf", "利润表.pdf", "营业执照.pdf", "发票1.pdf", "股东名册.pdf"):
        files[name] = scanned(files[name], 1)
    for n in range(2):
        files[f"扫描回单{n}.pdf"] = scanned(other.slips(firm, rows[n : n + 1]), 1)
    for n, invoice in enumerate(firm.sales[12:18]):
        files[f"进项发票{n}.pdf"] = other.invoice(invoice)
    return files


def batch_figures(count: int = 4) -> None:
    """Processor time of `huoyan batch` against that of the bare engines for the same pages, engines
    started once.
    """
    packets = [packet(seed) for seed in range(40, 40 + count)]
    texts = [d for p in packets for d in p.values() if _has_text(d)]
    pictures = [d for p in packets for d in p.values() if not _has_text(d)]
    cpu = time.process_time()
    tiny = engine("tiny", 1)
    for data in pictures:
        by_engine(tiny, data)
    for data in texts:
        for page in pdfium.PdfDocument(data):
            page.get_textpage().get_text_range()
    bare = time.process_time() - cpu
    huoyan = str(Path(sys.executable).with_name("huoyan"))
    with tempfile.TemporaryDirectory() as folder:
        for n, files in enumerate(packets):
            home = Path(folder) / "in" / f"P{n}"
            home.mkdir(parents=True)
            for name, data in files.items():
                (home / name).write_bytes(data)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        clock = time.perf_counter()
        command = [
            huoyan,
            "batch",
            str(Path(folder) / "in"),
            "--out",
            str(Path(folder) / "out"),
            "--as-of",
            "2026-01-31",
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        clock = time.perf_counter() - clock
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    ours = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"{count} mixed packets of {len(packets[0])} files ({len(texts)} text, {len(pictures)} picture files): {ours / count:.1f} core-s a packet, {ours / bare:.2f} times the bare engines ({bare / count:.1f}); "
        f"{clock / count:.1f} s a packet on the clock; largest process {after.ru_maxrss // 1024} MB"
    )


def _has_text(data: bytes) -> bool:
    return len(pdfium.PdfDocument(data)[0].get_textpage().get_text_range()) > 40


if __name__ == "__main__":
    page_figures()
    batch_figures()
