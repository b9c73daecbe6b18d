"""Reads 2,000 damaged files of twelve formats in confined children, then damages generated papers
at random for a while and reads them: every answer is documents and typed failures, never an
exception.

python tests/soak.py [SECONDS] [SEED]      default 600 seconds for the second part
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [
    str(ROOT),
    str(ROOT / "fixtures"),
    str(ROOT / "tests" / "hostile"),
]  # the root first: beside this file lie tests in folders named like the packages

from degrade import page_picture  # noqa: E402 - the path is set above
from firm import make_firm  # noqa: E402
from make_packets import honest  # noqa: E402
from mutations import fuzz  # noqa: E402
from PIL import Image  # noqa: E402
from statement_layouts import LAYOUTS  # noqa: E402

from extractors.intake.limits import Limits  # noqa: E402
from extractors.read import read_file  # noqa: E402

_MUTATIONS = 2_000


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Flipped bytes, a cut, a repeated stretch or a removed one."""
    body = bytearray(data)
    for _ in range(rng.randrange(1, 30)):
        body[rng.randrange(len(body))] = rng.randrange(256)
    a, b = sorted(rng.randrange(len(body)) for _ in range(2))
    shape = rng.randrange(4)
    return bytes(
        body
        if shape == 0
        else body[:a]
        if shape == 1
        else body[:b] + body[a:]
        if shape == 2
        else body[:a] + body[b:]
    )


def pictures() -> list[bytes]:
    """One small page in every format of pictures, and as a scanned PDF."""
    page = Image.fromarray(page_picture(honest(make_firm(1))["利润表.pdf"], dpi=60))
    out = []
    for kind in ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF", "PDF"):
        buffer = io.BytesIO()
        page.save(buffer, kind)
        out.append(buffer.getvalue())
    return out


def main() -> None:
    """Runs until the time is over; prints how many files were read and with which outcomes."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 600.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as job:
        count, wrong = fuzz(_MUTATIONS, seed, job)
    print(
        f"{count} damaged files in {time.monotonic() - started:.0f} s, not answered for: {[(name, status) for name, status, _ in wrong]}"
    )
    assert not wrong
    rng = random.Random(seed)
    files = [
        d
        for seed, layout in enumerate(sorted(LAYOUTS))
        for d in honest(make_firm(seed + 1), layout).values()
    ] + 4 * pictures()
    end, outcomes = time.monotonic() + seconds, {}
    while time.monotonic() < end:
        reading = read_file("soak", damaged(rng.choice(files), rng), Limits())
        assert reading.documents
        for document in reading.documents:
            outcomes[document.status] = outcomes.get(document.status, 0) + 1
    print(sum(outcomes.values()), "documents:", outcomes)


if __name__ == "__main__":
    main()
