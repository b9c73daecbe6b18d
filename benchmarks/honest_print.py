"""How often print on honest pictures is said to stand apart: forms and other papers, each sent a
way of several steps.

python benchmarks/honest_print.py [--pages 200]. Half of the pages are forms of one column, on which
a value may stand off its column. Prints, by way, pages and how many of them each observer names,
then how many words two observers agree on (what PIC02 tells).
"""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
import zlib
from collections import Counter
from multiprocessing import Pool
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "fixtures"))

import numpy as np  # noqa: E402 - the path is set above
import other_layouts as other  # noqa: E402
import paper  # noqa: E402
from degrade import page_picture  # noqa: E402
from firm import Firm, make_firm  # noqa: E402
from forms import form  # noqa: E402
from journeys import WAYS  # noqa: E402
from statement_layouts import LAYOUTS  # noqa: E402

from extractors.intake.limits import Limits  # noqa: E402
from extractors.read import read_file  # noqa: E402
from verify.changed_print import OBSERVERS, words_apart  # noqa: E402

_PAPERS = (
    "form",
    "form",
    "form",
    "licence",
    "form",
    "invoice",
    "form",
    "balance",
    "register",
    "statement",
    "slips",
    "vat",
)
_WAYS = ("scanner", "telephone", "telephone", "telephone", "messenger", "messenger", "fax")


def _paper(kind: str, firm: Firm, dice: random.Random) -> bytes:
    if kind == "form":
        return form(firm, dice)
    if kind == "invoice":
        return other.invoice(dice.choice(firm.sales))
    if kind == "statement":
        return LAYOUTS[dice.choice(("ruled.pdf", "newest.pdf", "unruled.pdf"))](firm)
    if kind == "slips":
        return other.slips(firm, [r for r in firm.rows if r.party and r.account][5:7])
    made = {
        "licence": other.licence,
        "balance": other.balance_sheet,
        "register": other.register,
        "vat": other.vat_return,
    }
    return made[kind](firm)


def _seen(number: int) -> tuple[str, set[str], list[str]]:
    """The way of a page, the observers that name a word of it, and the words that two agree on."""
    dice, grain = (
        random.Random(f"looks{number}"),
        np.random.default_rng(zlib.crc32(f"looks/{number}".encode())),
    )
    font = dice.choice(("", "STSong-Light"))
    with paper.in_font(font) if font else contextlib.nullcontext():
        data = _paper(_PAPERS[number % len(_PAPERS)], make_firm(40_000 + number), dice)
    way = dice.choice(_WAYS)
    sent = WAYS[way](page_picture(data, 1, dice.choice((120, 150, 150, 200, 200, 220))), grain)
    documents = read_file("page.jpg", sent, Limits()).documents
    kinds = {s.kind for d in documents for s in d.signals if s.kind in OBSERVERS}
    return way, kinds, [a.word for d in documents for a in words_apart(d) if a.agreed]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    given = parser.parse_args()
    with Pool(2) as pool:
        results = pool.map(_seen, range(given.pages), chunksize=4)
    for way in WAYS:
        own = [r for r in results if r[0] == way]
        named = Counter(kind for _, kinds, _ in own for kind in kinds)
        print(
            f"{way}: {len(own)} pages; named by {dict(sorted(named.items()))}; agreed on {sum(bool(words) for *_, words in own)}"
        )
    agreed = [word for *_, words in results for word in words]
    print(f"all: {len(results)} pages, {len(agreed)} words that two observers agree on {agreed}")


if __name__ == "__main__":
    main()
