"""Photographs: one is told again after it was made smaller and saved anew; papers, blank sheets and
shade have no sketch.
"""

from __future__ import annotations

import cv2
import numpy as np
import other_layouts
from degrade import Picture, jpeg, page_picture, shadow
from firm import make_firm

from extractors.forensics.picture.perceptual_hash import picture_sketch
from extractors.intake.limits import Limits
from extractors.pictures.look import Look
from extractors.read import read_file


def _shop(seed: int) -> Picture:
    """Something like shelves against a wall."""
    dice = np.random.default_rng(seed)
    picture = cv2.resize(
        dice.normal(128, 50, (6, 8, 3)).astype(np.float32),
        (1000, 750),
        interpolation=cv2.INTER_CUBIC,
    )
    for _ in range(40):
        x, y, wide, high = (int(v) for v in dice.integers((0, 0, 20, 20), (1000, 750, 200, 200)))
        cv2.rectangle(
            picture,
            (x, y),
            (x + wide, y + high),
            tuple(float(v) for v in dice.uniform(0, 255, 3)),
            -1,
        )
    return np.clip(
        cv2.GaussianBlur(picture, (0, 0), 1.5) + dice.normal(0, 3, picture.shape), 0, 255
    ).astype(np.uint8)


def _sketch(picture: Picture) -> str:
    return "".join(s.detail for s in picture_sketch(Look(picture), 1, []))


def _apart(a: str, b: str) -> int:
    return (int(a, 16) ^ int(b, 16)).bit_count()


def test_one_photograph_saved_anew_is_near_and_others_are_far() -> None:
    sketches = [_sketch(_shop(seed)) for seed in range(12)]
    for seed, own in enumerate(sketches):
        small = cv2.resize(_shop(seed), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        assert (
            _apart(
                own,
                _sketch(cv2.imdecode(np.frombuffer(jpeg(small, 40), np.uint8), cv2.IMREAD_COLOR)),
            )
            <= 16
        )
        assert all(_apart(own, other) > 60 for other in sketches[:seed])


def test_papers_blank_sheets_and_shade_have_none() -> None:
    dice = np.random.default_rng(1)
    paper = page_picture(other_layouts.invoice(make_firm(11).sales[2]))
    blank = np.full((900, 700, 3), 245, np.uint8)
    slope = np.repeat(np.tile(np.linspace(60, 250, 700), (900, 1))[:, :, None], 3, axis=2).astype(
        np.uint8
    )
    for picture in (paper, blank, shadow(blank, 3, dice), shadow(paper, 3, dice), slope):
        assert _sketch(picture) == ""
    assert "picture_sketch" not in {
        s.kind
        for s in read_file("a.jpg", jpeg(shadow(paper, 2, dice)), Limits()).documents[0].signals
    }
    assert "picture_sketch" in {
        s.kind for s in read_file("a.jpg", jpeg(_shop(1)), Limits()).documents[0].signals
    }
