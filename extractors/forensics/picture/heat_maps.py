"""Heat maps of a picture of a page, for the eye: where its compression, its grain and the sharpness
of its print differ from the rest of the page.

Each map is worked out against the page itself and says nothing alone: stamps, stains, glare and
folds stand out as well.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping

import cv2
import numpy as np
import numpy.typing as npt

from extractors.forensics.picture.jpeg_history import change_when_saved_anew
from extractors.pictures.look import Look

Heat = npt.NDArray[np.float32]  # height x width, 0 as the rest of the page to 1 far from it

_QUALITIES = (75, 90, 95)
_WORD = (49, 25)  # pixels over which change is measured: a few characters
_LEAST_PRINT = 0.06  # of them that is print
_UNSETTLED = 0.12  # grey levels: print that changes less has settled
_TIMES = (
    1.1,
    2.5,
)  # times nine tenths of the page's print: where heat begins, and where it is full
_DARKER = 30.0  # levels below the paper around it: print
_AWAY = 2  # pixels from print beyond which its own edges end
_WINDOW = 21  # pixels across which grain is measured
_GRAINY = 0.35  # grey levels of grain that a scanned or photographed page shows
_SHARES = (
    0.12,
    0.25,
    0.4,
    0.55,
    0.7,
    0.9,
    1.01,
)  # of a window that is paper: windows are compared with their like
# Times its height, and boxes of print so high, that one is compared with
_ALIKE = 1.7
_LEAST_PEERS = 5
_SHARPER = (1.2, 1.9)  # times the sharpness of such print where heat begins, and where it is full
# Usual spreads from the page's middle where heat begins, and where it is full
_CLEAR = 1.5
_FAR = 7.0
# Of a picture of a map: longest side in pixels, largest size
_SIDE = 1100
_BYTES = 400_000
_LEAST_SIDE = 200


def _compression(look: Look, jpeg: bytes | None) -> Heat:
    """Print that changes more, when the picture is saved anew, than nine tenths of the page's print
    does: it was compressed fewer times, or softened less.

    With the file's own tables where it is a JPEG, and at several qualities: a page that went
    through one of them before hardly changes there.
    """
    height, width = look.grey.shape
    own = change_when_saved_anew(jpeg, (width, height)) if jpeg is not None else None
    changes = [own] if own is not None else []
    for quality in _QUALITIES:
        _, saved = cv2.imencode(".jpg", look.picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
        changes.append(
            np.abs(np.asarray(cv2.imdecode(saved, cv2.IMREAD_GRAYSCALE), np.float32) - look.grey)
        )
    counts = cv2.blur(_print(look.grey).astype(np.float32), _WORD) > _LEAST_PRINT
    out = np.zeros((height, width), np.float32)
    for change in changes if counts.any() else ():
        near = cv2.blur(change, _WORD)
        out = np.maximum(out, near / max(float(np.percentile(near[counts], 90)), _UNSETTLED))
    return np.asarray(
        np.where(counts, np.clip((out - _TIMES[0]) / (_TIMES[1] - _TIMES[0]), 0, 1), 0), np.float32
    )


def _noise(look: Look, jpeg: bytes | None) -> Heat:
    """Paper whose grain is finer or coarser than that of paper as near to print elsewhere: painted
    over, or of another picture.
    """
    grey = look.grey
    paper = (
        cv2.distanceTransform((_print(grey) == 0).astype(np.uint8), cv2.DIST_L2, 3) > _AWAY
    ).astype(np.float32)
    fine = (grey - cv2.GaussianBlur(grey, (0, 0), 1.5)) * paper
    share = cv2.blur(paper, (_WINDOW, _WINDOW))
    logs = np.log2(
        np.maximum(
            np.sqrt(cv2.blur(fine * fine, (_WINDOW, _WINDOW)) / np.maximum(share, 1e-3)), 0.02
        )
    )
    told = share > _SHARES[0]
    if not told.any() or float(np.median(logs[told])) < np.log2(_GRAINY):
        return np.zeros(grey.shape, np.float32)  # a page without grain has none to lack
    out = np.zeros(grey.shape, np.float32)
    for low, high in zip(
        _SHARES, _SHARES[1:], strict=False
    ):  # print nearby lends paper some of its own unrest
        alike = (share > low) & (share <= high)
        if alike.any():
            far = np.abs(logs - float(np.median(logs[alike])))
            out = np.maximum(out, _above(far, alike))
    return out


def _sharpness(look: Look, jpeg: bytes | None) -> Heat:
    """Boxes of print whose edges are sharper than those of the page's other print of like height."""
    grey = look.grey
    across, down = (
        cv2.filter2D(grey, -1, key)
        for key in (
            np.array([[-0.5, 0, 0.5]], np.float32),
            np.array([[-0.5], [0], [0.5]], np.float32),
        )
    )
    slope, bend = across**2 + down**2, cv2.Laplacian(grey, cv2.CV_32F) ** 2
    boxes = _boxes(grey)
    values = np.array([_edge_of(grey[each], slope[each], bend[each]) for each in boxes], np.float32)
    heights = np.array([each[0].stop - each[0].start for each in boxes], np.float32)
    heat = np.zeros(grey.shape, np.float32)
    for box, value, height in zip(boxes, values, heights, strict=True):
        alike = values[(values > 0) & (heights > height / _ALIKE) & (heights < height * _ALIKE)]
        if value > 0 and len(alike) > _LEAST_PEERS:
            heat[box] = np.clip(
                (value / float(np.median(alike)) - _SHARPER[0]) / (_SHARPER[1] - _SHARPER[0]), 0, 1
            )
    return heat


MAPS: Mapping[str, Callable[[Look, bytes | None], Heat]] = {
    "compression": _compression,
    "noise": _noise,
    "sharpness": _sharpness,
}


def heat(look: Look, kind: str, jpeg: bytes | None) -> Heat:
    """One of MAPS for a page. `jpeg` is the file itself where it is one."""
    return MAPS[kind](look, jpeg)


def drawn(look: Look, heat: Heat) -> str:
    """A map over its page, pale grey under colour, as PNG in base64 of a limited size."""
    from PIL import Image

    side = float(_SIDE)
    while True:
        scale = min(1.0, side / max(heat.shape))
        size = (max(1, round(heat.shape[1] * scale)), max(1, round(heat.shape[0] * scale)))
        page = cv2.resize(look.grey, size, interpolation=cv2.INTER_AREA)[:, :, None] * 0.5 + 127
        strong = cv2.resize(heat, size, interpolation=cv2.INTER_AREA)
        colour = cv2.applyColorMap((strong * 255).astype(np.uint8), cv2.COLORMAP_PLASMA).astype(
            np.float32
        )
        cover = np.clip(strong * 1.6, 0, 0.85)[:, :, None]
        buffer = io.BytesIO()
        mixed = (page * (1 - cover) + colour * cover).astype(np.uint8)
        Image.fromarray(np.ascontiguousarray(mixed[:, :, ::-1])).quantize(48).save(
            buffer, "PNG", optimize=True
        )
        if buffer.tell() <= _BYTES or side < _LEAST_SIDE:
            return base64.b64encode(buffer.getvalue()).decode()
        side *= 0.8


def _print(grey: Heat) -> npt.NDArray[np.uint8]:
    """1 where there is print: darker than the paper around it."""
    ground = cv2.medianBlur(
        cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA).astype(np.uint8), 21
    )
    return np.asarray(
        grey < cv2.resize(ground, grey.shape[::-1]).astype(np.float32) - _DARKER, np.uint8
    )


def _above(values: npt.NDArray[np.float32], told: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
    """How far each value lies above the middle of those that count, in their usual spreads, as
    heat; 0 for what does not count.
    """
    if not told.any():
        return np.zeros(values.shape, np.float32)
    middle = float(np.median(values[told]))
    spread = max(1.48 * float(np.median(np.abs(values[told] - middle))), 0.02 * abs(middle), 1e-3)
    return np.asarray(
        np.where(told, np.clip(((values - middle) / spread - _CLEAR) / (_FAR - _CLEAR), 0, 1), 0),
        np.float32,
    )


_Spot = tuple[slice, slice]


def _boxes(grey: Heat) -> list[_Spot]:
    """Boxes of print that stands together in a line, told without reading it."""
    dark = _print(grey)
    gap = max(3, max(grey.shape) // 330)
    count, _, stats, _ = cv2.connectedComponentsWithStats(
        cv2.dilate(dark, np.ones((1, 2 * gap + 1), np.uint8)), connectivity=8
    )
    least = max(8, max(grey.shape) // 300)
    boxes = [
        (x, y, word, h)
        for x, y, word, h, area in stats[1:count].tolist()
        if least <= h < 6 * least and word >= h and area > 0.2 * word * h
    ]
    return [(slice(y, y + h), slice(x, x + word)) for x, y, word, h in boxes]


def _edge_of(grey: Heat, slope: Heat, bend: Heat) -> float:
    """As in print_edges: second to first differences along edges; 0 where there are too few."""
    strong = float(np.percentile(grey, 95) - grey.min())
    edge = slope > (0.08 * strong) ** 2
    return (
        float(np.sqrt(bend[edge].mean() / slope[edge].mean()))
        if strong >= 40 and edge.sum() >= 40
        else 0.0
    )
