"""How often one seal is told as one, and two seals as one: made-up stamps, turned, scanned at
several resolutions, photographed and saved.

For each seal: the same one again, one whose name differs in a single character, one of another
firm. python benchmarks/seals.py [--seals 100]
"""

from __future__ import annotations

import argparse
import sys
from multiprocessing import Pool
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "fixtures"))

import cv2  # noqa: E402 - the path is set above
import firm_seals  # noqa: E402
import numpy as np  # noqa: E402
from degrade import jpeg  # noqa: E402

from extractors.engines.installed import engines  # noqa: E402
from extractors.forensics.picture.seals_on_page import seals_on_page  # noqa: E402
from extractors.model import Signal  # noqa: E402
from extractors.pictures.look import Look  # noqa: E402
from extractors.pictures.seal_print import SealPrint, likeness, seal_print_of  # noqa: E402
from verify.forensics.seals import Seal, same_stamp, seal_of  # noqa: E402
from verify.policy import default_policy  # noqa: E402

_OTHER = "恒永宏鑫华盛安泰瑞德丰源达通兴隆和信茂诚"
KINDS = ("the same seal", "one character differs", "another firm's")


def _page(dice: np.random.Generator, dpi: int) -> firm_seals.Picture:
    """Paper with up to two lines of print where the seal will stand."""
    page = np.full((int(2.6 * dpi), 4 * dpi, 3), 246, np.uint8)
    for _ in range(int(dice.integers(0, 3))):
        text = f"{dice.integers(1, 9)},{dice.integers(100, 999)},{dice.integers(100, 999)}.{dice.integers(10, 99)}  No.{dice.integers(10**6)}"
        at = (int(dice.uniform(-1, 2) * dpi), int(dice.uniform(0.6, 1.9) * dpi))
        cv2.putText(
            page, text, at, cv2.FONT_HERSHEY_SIMPLEX, dpi / 200, (25, 25, 25), max(1, dpi // 90)
        )
    return page


def _taken(name: str, words: str, number: str, dice: np.random.Generator) -> Seal | None:
    """A seal as read from a page that was stamped, scanned or photographed, and saved."""
    dpi = int(dice.integers(95, 260))
    across = 40 / 25.4 * dpi * dice.uniform(0.98, 1.02)
    centre = (dice.uniform(1.2, 2.6) * dpi, dice.uniform(1.1, 1.5) * dpi)
    page = firm_seals.stamped(
        _page(dice, dpi),
        firm_seals.drawn(name, words, number),
        centre,
        across,
        dice,
        float(dice.uniform(-180, 180)),
    )
    if dice.random() < 0.4:
        height, width = page.shape[:2]
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        moved = corners + dice.uniform(-0.03, 0.03, (4, 2)).astype(np.float32) * width
        page = cv2.warpPerspective(
            page,
            cv2.getPerspectiveTransform(corners, moved),
            (width, height),
            borderValue=(200, 200, 200),
        )
    soft = cv2.GaussianBlur(page, (0, 0), float(dice.uniform(0.3, 0.9)))
    seen = np.clip(
        soft * dice.uniform(0.8, 1) + dice.normal(0, dice.uniform(0.5, 4), soft.shape), 0, 255
    ).astype(np.uint8)
    saved = cv2.imdecode(
        np.frombuffer(jpeg(seen, int(dice.integers(55, 95))), np.uint8), cv2.IMREAD_COLOR
    )
    found: list[Signal] = list(seals_on_page(Look(saved), 1, engines()))
    return seal_of(found[0]) if found else None


def _ring(of: Seal) -> SealPrint:
    found = seal_print_of(of.ring)
    assert found is not None
    return found


def _one(seed: int) -> tuple[list[float], list[bool], int, int]:
    """Likeness to the same seal, to one of a near name and to another firm's, by ring alone;
    whether each is told as the same; names right and seals found.
    """
    dice, limits = np.random.default_rng(seed), default_policy().limits["DUP12"]
    name = firm_seals.firm_name(dice)
    words, number = (
        str(dice.choice(["", "财务专用章", "合同专用章"])),
        str(dice.integers(10**12, 10**13)) if dice.random() < 0.6 else "",
    )
    place = int(dice.integers(2, 4))
    near = (
        name[:place] + str(dice.choice([c for c in _OTHER if c != name[place]])) + name[place + 1 :]
    )
    others = (name, near, firm_seals.firm_name(dice))
    own, *seals = (
        _taken(n, words, number if n == name else number[::-1], dice) for n in (name, *others)
    )
    rings = [likeness(_ring(own), _ring(s)) if own and s else -1.0 for s in seals]
    told = [
        bool(
            own and s and same_stamp(own, s, float(limits["alike"]), float(limits["alike_unread"]))
        )
        for s in seals
    ]
    right = sum(
        bool(s and s.name == n) for s, n in zip((own, *seals), (name, *others), strict=True)
    )
    return rings, told, right, sum(s is not None for s in (own, *seals))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seals", type=int, default=100)
    given = parser.parse_args()
    with Pool(2) as pool:
        results = pool.map(_one, range(7000, 7000 + given.seals), chunksize=4)
    print(
        f"{4 * len(results)} seals: {sum(r[3] for r in results)} described, {sum(r[2] for r in results)} names read right"
    )
    for index, kind in enumerate(KINDS):
        values = np.array([r[0][index] for r in results])
        print(
            f"{kind}: told as one {sum(r[1][index] for r in results)}/{len(results)}; rings alone {np.round(np.quantile(values, [0, 0.05, 0.5, 0.95, 1]), 2)} (0, 5, 50, 95, 100 %)"
        )


if __name__ == "__main__":
    main()
