"""A picture of a page to a Page: lines found, set upright and straight, read by the cascade, cut
into words.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extractors.engines.model import Engines, Glyph, Picture, Quads, least_sure, text_of
from extractors.errors import PictureTooSmall
from extractors.formats.qr import qr_codes
from extractors.layout.page import Page, ReadLine, Scan
from extractors.model import Failure
from extractors.pictures.agreement import agree
from extractors.pictures.conventions import as_printed, with_holes
from extractors.pictures.leftover import leftover
from extractors.pictures.look import Look
from extractors.pictures.quality import SMALLEST, bleached, complaints
from extractors.pictures.rules import Rule, find_rules
from extractors.pictures.seals import Ink, red_ink, without_seals
from extractors.pictures.straighten import homography, leaning, level, lies_sideways, through
from extractors.pictures.vertical import cut_vertical
from extractors.pictures.words import drop_doubles, find_cuts, set_words

_PRINT = 12.0  # points that a line's box is scaled to: what the layout's distances are made for
_DOUBT, _DOUBT_OF_DIGITS, _DOUBT_OF_PROSE = (
    0.65,
    0.93,
    0.4,
)  # below these a line is read again by the careful reader
_PROSE = 24  # characters from which a line is prose
_OF_NUMBERS = frozenset("0123456789.,")
_CERTAIN = Glyph("", 1.0, 0.0)
_LEAN = 3.0  # degrees above which a picture is set level before its lines are looked for again
_FADED = 0.4  # most that the characters of a line are sure of which a lamp's spot took a part
_PASSED_OVER = 0.8  # how sure the characters of a blob must be that the finder took for no text
_NOTHING = 0.45  # a line whose characters are less sure than this on average is no text


@dataclass(slots=True)
class _View:
    """A picture turned so that text is upright and nearly level, with its lines.

    `onto` maps its pixels to fractions of the picture as it came.
    """

    picture: Picture
    onto: npt.NDArray[np.float64]
    ink: Ink
    clean: Picture
    quads: Quads
    pictures: list[Picture] = dataclasses.field(default_factory=list)  # one a line, once read
    readings: list[tuple[Glyph, ...]] = dataclasses.field(default_factory=list)

    @staticmethod
    def of(look: Look, turns: int, engines: Engines, lean: float = 0.0) -> _View:
        """The picture turned, its lines found where seals are taken away; not yet read."""
        picture = look.picture
        turned = np.ascontiguousarray(np.rot90(picture, -turns)) if turns else picture
        onto = _back(turns, turned.shape[1], turned.shape[0])
        if lean:
            turned, matrix = level(turned, lean)
            onto = onto @ np.linalg.inv(matrix)
        ink = look.ink if turned is picture else red_ink(turned)
        clean = without_seals(turned, ink.seals)
        quads = engines.finder.find(clean)
        if not lean and not lies_sideways(quads) and abs(angle := leaning(quads)) > _LEAN:
            return _View.of(look, turns, engines, angle)
        return _View(turned, onto, ink, clean, quads)

    def read(self, engines: Engines) -> _View:
        self.quads = cut_vertical(self.clean, self.quads, _line_height(self.quads))
        self.pictures = crops(self.clean, self.quads)
        self.readings = engines.first.read(self.pictures)
        if self.clean is not self.picture:
            _compare_under_seals(self, engines)
        return self


def read_picture(look: Look, number: int, engines: Engines) -> Page:
    """Words, rules and what was noticed of one picture of one paper."""
    picture = look.picture
    if min(picture.shape[:2]) < SMALLEST:
        raise PictureTooSmall(f"{picture.shape[1]} x {picture.shape[0]} pixels")
    view = _upright(look, engines)
    height = _line_height(view.quads)
    lines = _lines(view, engines)
    faded = bleached(view.picture, lines, view.quads, height)
    for line in faded:
        line.glyphs = tuple(
            dataclasses.replace(glyph, sure=min(glyph.sure, _FADED)) for glyph in line.glyphs
        )
    wrong = complaints(view.picture, lines, view.quads, height, len(faded))
    matrix = homography(view.clean, view.quads)
    page = _page(view, lines, matrix, height, number, engines)
    assert page.scan is not None
    page.scan.failures += [Failure(code=e.code, zh=e.zh, en=e.en, page=number) for e in wrong]
    page.scan.codes += qr_codes(picture)
    return page


def _line_height(quads: Quads) -> float:
    if not len(quads):
        return 30.0
    return float(np.median(np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)))


def _upright(look: Look, engines: Engines) -> _View:
    """Finds and reads the lines; turns the picture where text lies sideways or stands on its head."""
    view = _View.of(look, 0, engines)
    if lies_sideways(view.quads):
        view = _View.of(look, 1, engines)
        if _upside_down(view, engines):
            view = _View.of(look, 3, engines)
        return view.read(engines)
    view.read(engines)
    if _poor(view.readings) and _upside_down(view, engines):
        view = _View.of(look, 2, engines).read(engines)
    return view


def mean_sure(glyphs: tuple[Glyph, ...]) -> float:
    return (
        float(np.mean([glyph.sure for glyph in glyphs if glyph.char])) if text_of(glyphs) else 0.0
    )


def _poor(readings: list[tuple[Glyph, ...]]) -> bool:
    return bool(readings) and float(np.median([mean_sure(reading) for reading in readings])) < 0.9


def _upside_down(view: _View, engines: Engines) -> bool:
    """Whether the longest lines read better turned by half."""
    quads = view.quads
    lines = (
        crops(view.clean, quads[np.argsort(-np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1))[:8]])
        if len(quads)
        else []
    )
    if not lines:
        return False
    ahead = engines.first.read(lines)
    turned = engines.first.read([np.ascontiguousarray(line[::-1, ::-1]) for line in lines])
    better = sum(
        mean_sure(second) > mean_sure(first) + 0.02
        for first, second in zip(ahead, turned, strict=True)
    )
    return better > len(lines) / 2


def crops(picture: Picture, quads: Quads) -> list[Picture]:
    """The picture of each line, set level."""
    out = []
    for quad in np.asarray(quads, np.float32):
        wide = max(
            float(np.linalg.norm(quad[0] - quad[1])), float(np.linalg.norm(quad[2] - quad[3])), 4.0
        )
        high = max(
            float(np.linalg.norm(quad[0] - quad[3])), float(np.linalg.norm(quad[1] - quad[2])), 4.0
        )
        size = (round(wide), round(high))
        target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
        matrix = cv2.getPerspectiveTransform(quad, target)
        out.append(
            cv2.warpPerspective(
                picture, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
            )
        )
    return out


def _compare_under_seals(view: _View, engines: Engines) -> None:
    """Lines that red crosses are read with the red too; the surer reading stays."""
    touched = [i for i, quad in enumerate(view.quads) if view.ink.share(quad) > 0.01]
    for index, again in zip(
        touched, engines.first.read(crops(view.picture, view.quads[touched])), strict=True
    ):
        if least_sure(again) > least_sure(view.readings[index]) and len(text_of(again)) >= len(
            text_of(view.readings[index])
        ):
            view.readings[index] = again


def _lines(view: _View, engines: Engines) -> list[ReadLine]:
    """Lines with text, the doubtful ones read again by the careful reader."""
    lines = []
    for picture, quad, glyphs in zip(view.pictures, view.quads, view.readings, strict=True):
        if text_of(glyphs).strip() and mean_sure(glyphs) >= _NOTHING:
            lines.append(
                ReadLine(
                    picture,
                    np.asarray(quad, np.float64),
                    {engines.first.name: glyphs},
                    as_printed(glyphs, picture),
                )
            )
    read_carefully([line for line in lines if _doubtful(line.glyphs)], engines)
    return lines


def _doubtful(glyphs: tuple[Glyph, ...]) -> bool:
    """Whether a line is worth the careful reader's time: an unsure digit, or an unsure character of
    a name; prose has to be worse.
    """
    digits = least_sure(
        [
            glyph
            for glyph in glyphs
            if glyph.char in _OF_NUMBERS or any(c in _OF_NUMBERS for c, _ in glyph.others)
        ]
        or [_CERTAIN]
    )
    return digits < _DOUBT_OF_DIGITS or least_sure(glyphs) < (
        _DOUBT if len(glyphs) <= _PROSE else _DOUBT_OF_PROSE
    )


def read_carefully(lines: list[ReadLine], engines: Engines) -> None:
    """Adds the careful reader's reading to each line that lacks it."""
    fresh = [line for line in lines if engines.careful.name not in line.readings]
    for line, glyphs in zip(fresh, engines.careful.read([x.crop for x in fresh]), strict=True):
        line.readings[engines.careful.name] = glyphs
        line.glyphs = with_holes(agree(line.glyphs, as_printed(glyphs, line.crop)), line.crop)


def _page(
    view: _View,
    lines: list[ReadLine],
    matrix: npt.NDArray[np.float64],
    line_height: float,
    number: int,
    engines: Engines,
) -> Page:
    """The page in points of the straightened picture, at a scale that makes its print of usual
    size.
    """
    height, width = view.picture.shape[:2]
    scale = _PRINT / max(line_height, 1.0)
    straight = cv2.warpPerspective(
        view.clean, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    rules = find_rules(straight, line_height)
    for line in lines:
        line.quad = through(matrix, line.quad)
    lines += _passed_over(straight, lines, rules, line_height, engines)
    onto = view.onto @ np.linalg.inv(np.diag([scale, scale, 1.0]) @ matrix)
    page = Page(
        number,
        width * scale,
        height * scale,
        [],
        _scaled(rules[0], scale),
        _scaled(rules[1], scale),
        scan=Scan(onto, lines),
    )
    for line in lines:
        line.quad = line.quad * scale
        line.cuts = find_cuts(line.crop, line.glyphs, _crossing(line, page.vertical))
        set_words(line)
    drop_doubles(lines)
    page.words = [word for line in lines for word in line.words]
    return page


def _passed_over(
    straight: Picture,
    lines: list[ReadLine],
    rules: tuple[list[Rule], list[Rule]],
    height: float,
    engines: Engines,
) -> list[ReadLine]:
    """Lines read from print that the finder passed over."""
    known = np.array([line.quad for line in lines], np.float32).reshape(-1, 4, 2)
    quads = leftover(straight, known, rules, height)
    pictures = crops(straight, quads)
    out = []
    for picture, quad, glyphs in zip(pictures, quads, engines.first.read(pictures), strict=True):
        if text_of(glyphs).strip():
            out.append(
                ReadLine(
                    picture,
                    np.asarray(quad, np.float64),
                    {engines.first.name: glyphs},
                    as_printed(glyphs, picture),
                )
            )
    read_carefully([line for line in out if mean_sure(line.glyphs) < _PASSED_OVER], engines)
    return [line for line in out if mean_sure(line.glyphs) >= _PASSED_OVER]


def _scaled(rules: list[Rule], scale: float) -> list[Rule]:
    return [(a * scale, b * scale, c * scale) for a, b, c in rules]


def _crossing(line: ReadLine, vertical: list[Rule]) -> list[float]:
    """Fractions of a line's width where upright rules cross its middle."""
    left, right = (line.quad[0] + line.quad[3]) / 2, (line.quad[1] + line.quad[2]) / 2
    middle, wide = float((left[1] + right[1]) / 2), max(float(right[0] - left[0]), 1e-6)
    return [
        (x - float(left[0])) / wide
        for x, top, bottom in vertical
        if left[0] < x < right[0] and top <= middle <= bottom
    ]


def _back(turns: int, width: int, height: int) -> npt.NDArray[np.float64]:
    """From pixels of the turned picture (of the size given) to fractions of the picture as it came."""
    unit = np.diag([1.0 / width, 1.0 / height, 1.0])
    quarter = np.array(
        [[0.0, 1.0, 0.0], [-1.0, 0.0, 1.0], [0.0, 0.0, 1.0]]
    )  # undoes one quarter turn clockwise, in fractions
    return np.asarray(np.linalg.matrix_power(quarter, turns) @ unit)
