"""What is wrong with a picture is told by kind, and a good picture is not complained of."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from conftest import honest_files
from degrade import KINDS, Picture, glare, jpeg, page_picture
from PIL import Image

from extractors.errors import by_code
from extractors.intake.limits import Limits
from extractors.read import read_file

_, FILES = honest_files(7, "ruled.pdf")
PAGE = page_picture(FILES["资产负债表.pdf"])


def codes(picture: Picture) -> list[str]:
    return [f.code for d in read_file("f", jpeg(picture), Limits()).documents for f in d.failures]


def _small(picture: Picture) -> Picture:
    return np.asarray(
        Image.fromarray(picture).resize((picture.shape[1] // 4, picture.shape[0] // 4))
    )


def _clouds(picture: Picture) -> Picture:
    spots = np.random.default_rng(1).integers(0, 256, (12, 9, 3), np.uint8)
    return np.asarray(
        Image.fromarray(spots).resize(
            (picture.shape[1], picture.shape[0]), Image.Resampling.BICUBIC
        )
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_small, "picture_too_small"),
        (_clouds, "picture_unreadable"),
        (lambda p: p[:, 260:1080], "picture_cut_off"),
        (lambda p: glare(p, 3, np.random.default_rng(4)), "picture_glare"),
        (lambda p: p[:40, :40], "picture_too_small"),
        (lambda p: np.full_like(p, 250), "blank_page"),
    ],
    ids=["small", "no paper", "cut off", "glare", "scrap", "blank"],
)
def test_each_fault_is_told_by_its_kind(change: Callable[[Picture], Picture], code: str) -> None:
    found = codes(np.ascontiguousarray(change(PAGE)))
    assert code in found
    assert all(by_code(c).zh and by_code(c).en for c in found)


@pytest.mark.parametrize("kind", [k for k in KINDS if k not in ("glare",)])
def test_a_picture_that_is_read_well_is_not_complained_of(kind: str) -> None:
    assert codes(KINDS[kind](PAGE, 1, np.random.default_rng(2))) == []


def test_a_blank_back_of_a_scanned_sheet_is_no_paper() -> None:
    sheets = [Image.fromarray(p[:, :, ::-1]) for p in (PAGE, np.full_like(PAGE, 251))]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=200)
    reading = read_file("f.pdf", out.getvalue(), Limits())
    assert [(d.type, d.status) for d in reading.documents] == [("balance_sheet", "read")]
    assert reading.page_count == 2
