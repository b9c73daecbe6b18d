"""The engines' seam: decoding, engines that misbehave, and what is said where none is installed."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from conftest import honest_files
from degrade import jpeg, page_picture
from hypothesis import given
from hypothesis import strategies as st

from extractors.engines import installed
from extractors.engines.installed import engines
from extractors.engines.model import Engines, Glyph, Picture, Quads, text_of
from extractors.engines.paddle import decode
from extractors.errors import PictureNotRead
from extractors.intake.limits import Limits
from extractors.pictures.conventions import as_amount, as_printed, with_holes
from extractors.pictures.look import Look
from extractors.pictures.page_reader import read_picture
from extractors.pictures.straighten import homography, through
from extractors.read import read_file

_, FILES = honest_files(7, "ruled.pdf")
PAGE = page_picture(FILES["利润表.pdf"])
LETTERS = ["blank", *"0123456789,.贰叁"]


def _chances(*steps: dict[str, float]) -> np.ndarray:
    out = np.zeros((len(steps), len(LETTERS)), np.float32)
    for row, step in zip(out, steps, strict=True):
        for letter, chance in step.items():
            row[LETTERS.index(letter)] = chance
        row[0] = max(0.0, 1 - row.sum()) if "blank" not in step else step["blank"]
    return out


def test_decoding_keeps_second_choices_and_what_was_nearly_read() -> None:
    chances = _chances(
        {"1": 0.99},
        {"1": 0.9},
        {"blank": 0.99},
        {"8": 0.7, "3": 0.28},
        {"blank": 0.8, ".": 0.2},
        {"5": 0.999},
    )
    glyphs = decode(chances, LETTERS, 1.0)
    assert text_of(glyphs) == "185"
    assert glyphs[1].others[0][0] == "3"
    assert [g.others[0][0] for g in glyphs if not g.char] == ["."]
    assert [g.at for g in glyphs] == sorted(g.at for g in glyphs)


class _Mad:
    """An engine that answers nonsense: boxes outside the picture, no text, far too much text."""

    name = "mad"

    def __init__(self, text: str) -> None:
        self.text = text

    def find(self, picture: Picture) -> Quads:
        return np.array(
            [[[-50, -50], [9000, -50], [9000, 40], [-50, 40]], [[5, 5], [5, 5], [5, 5], [5, 5]]],
            np.float32,
        )

    def read(self, lines: Sequence[Picture]) -> list[tuple[Glyph, ...]]:
        return [
            tuple(Glyph(c, 0.9, i / max(len(self.text), 1)) for i, c in enumerate(self.text))
            for _ in lines
        ]

    def amounts(self, cells: Sequence[Picture]) -> list[str]:
        return [self.text for _ in cells]


@pytest.mark.parametrize("text", ["", "7", "乱" * 4000, "1,2,3.4.5", "\x00\ufffd"])
def test_engines_that_answer_nonsense_do_no_harm(text: str) -> None:
    mad = _Mad(text)
    page = read_picture(Look(PAGE[:400]), 1, Engines(mad, mad, mad, mad))
    assert all(
        0 <= v <= 1 for w in page.words for v in page.box(w.x0, w.top, w.x1, w.bottom).as_list()
    )


def test_without_engines_a_picture_is_said_to_be_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> Engines:
        raise PictureNotRead("no models")

    monkeypatch.setattr(installed, "_load", none)
    (document,) = read_file("f.jpg", jpeg(PAGE), Limits()).documents
    assert [f.code for f in document.failures] == ["picture_not_read"]
    assert document.status == "unsupported"


def test_tesseract_reads_disputed_amounts() -> None:
    cells = engines().cells
    assert cells is not None, "tesseract-ocr is among the packages that make installs"
    pictures = []
    for text in ("1,234.56", "98,700.00"):
        cell = np.full((60, 300, 3), 255, np.uint8)
        cv2.putText(cell, text, (20, 45), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (0, 0, 0), 3)
        pictures.append(cell)
    assert cells.amounts(pictures) == ["1,234.56", "98,700.00"]
    assert cells.amounts([]) == []
    assert cells.amounts([np.full((20, 4, 3), 255, np.uint8)]) == [""]


def _glyphs(text: str, step: float = 0.05) -> tuple[Glyph, ...]:
    return tuple(Glyph(c, 0.99, (i + 0.5) * step) for i, c in enumerate(text))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("24,265:40", "24,265.40"),
        ("17.947.67", "17,947.67"),
        ("1,234.56", "1,234.56"),
        ("12:30:45", "12:30:45"),
    ],
)
def test_marks_of_amounts(read: str, meant: str) -> None:
    assert text_of(as_amount(_glyphs(read))) == meant


def test_capitals_of_amounts() -> None:
    line = np.full((40, 400, 3), 255, np.uint8)
    assert text_of(as_printed(_glyphs("壹万陆任肆佰圆参角整"), line)) == "壹万陆仟肆佰圆叁角整"
    assert text_of(as_printed(_glyphs("参加人员"), line)) == "参加人员"


def test_a_hole_in_even_print_is_noticed() -> None:
    line = np.full((40, 400, 3), 255, np.uint8)
    line[10:25, ::4] = 0  # ink all along
    even = _glyphs("杭州新锐食品有限公司", 0.075)
    assert with_holes(even, line) == even
    lacking = tuple(g for g in even if g.char != "锐")
    assert [g.char for g in with_holes(lacking, line)] == [
        *list("杭州新"),
        "",
        *list("食品有限公司"),
    ]
    assert with_holes(lacking, np.full_like(line, 255)) == lacking  # white: a space


@given(st.floats(-0.2, 0.2), st.floats(-0.05, 0.05), st.floats(-0.08, 0.08), st.floats(-0.08, 0.08))
def test_straight_lines_of_a_tilted_grid_are_set_straight(
    turn: float, slant: float, across: float, down: float
) -> None:
    from extractors.pictures.straighten import _fit, _matrix

    inverse = np.linalg.inv(_matrix(np.array([turn, slant, across, down])))
    at = np.linspace(-0.4, 0.4, 9)
    flat = [[[-0.4, y], [0.4, y]] for y in at]
    steep = [[[x, -0.4], [x, 0.4]] for x in at]
    ends = through(inverse, np.array(flat + steep))
    seen = through(_matrix(_fit(ends, np.array([False] * 9 + [True] * 9))), ends)
    assert np.abs(seen[:9, 0, 1] - seen[:9, 1, 1]).max() < 0.004
    assert np.abs(seen[9:, 0, 0] - seen[9:, 1, 0]).max() < 0.004


def test_a_blank_picture_has_no_directions() -> None:
    assert np.allclose(
        homography(np.full((300, 200, 3), 255, np.uint8), np.zeros((0, 4, 2), np.float32)),
        np.eye(3),
    )
