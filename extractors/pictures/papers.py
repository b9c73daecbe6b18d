"""Several papers on one picture: bright sheets that lie apart on a darker ground, each to be read
by itself.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from extractors.engines.model import Engines, Picture
from extractors.layout.page import Page, Scan
from extractors.model import Box, Failure
from extractors.pictures.look import Look
from extractors.pictures.page_reader import read_picture

_GROUND = 34  # levels by which the ground is darker than paper, at least
_SHARE, _SOLID = (
    0.05,
    0.82,
)  # of the picture that a paper covers at least, and of its own hull that it fills


def read_papers(look: Look, number: int, engines: Engines) -> list[Page]:
    """A page for each paper on a picture, in reading order; places stay those of the whole picture."""
    picture = look.picture
    boxes = papers_on(picture)
    if len(boxes) < 2:
        return [read_picture(look, number, engines)]
    pages = []
    height, width = picture.shape[:2]
    for left, top, right, bottom in boxes:
        page = read_picture(
            Look(np.ascontiguousarray(picture[top:bottom, left:right])), number, engines
        )
        assert page.scan is not None
        frame = np.array(
            [
                [(right - left) / width, 0, left / width],
                [0, (bottom - top) / height, top / height],
                [0, 0, 1],
            ]
        )
        page.scan.onto = frame @ page.scan.onto
        page.scan.codes = [(text, _within(frame, box)) for text, box in page.scan.codes]
        pages.append(page)
    return [each for each in pages if each.words] or pages[:1]


def _within(frame: npt.NDArray[np.float64], box: Box) -> Box:
    return Box(
        frame[0, 0] * box.left + frame[0, 2],
        frame[1, 1] * box.top + frame[1, 2],
        frame[0, 0] * box.right + frame[0, 2],
        frame[1, 1] * box.bottom + frame[1, 2],
    )


def papers_on(picture: Picture) -> list[tuple[int, int, int, int]]:
    """Boxes (left, top, right, bottom) of the papers, top to bottom and left to right; an empty
    list where the ground is as bright as paper.
    """
    scale = 400 / max(picture.shape[:2])
    small = cv2.cvtColor(
        cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA),
        cv2.COLOR_BGR2GRAY,
    )
    small = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))  # print fills up
    _, bright = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    if (
        not (bright > 0).any()
        or not (bright == 0).any()
        or float(small[bright > 0].mean() - small[bright == 0].mean()) < _GROUND
    ):
        return []
    bright = cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    contours, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours:
        area, hull = cv2.contourArea(contour), cv2.contourArea(cv2.convexHull(contour))
        x, y, w, h = cv2.boundingRect(contour)
        if area > _SHARE * small.size and area > _SOLID * hull and min(w, h) > 30:
            found.append((x, y, x + w, y + h))
    rows = sorted(found, key=lambda b: (round((b[1] + b[3]) / 2 / 80), b[0]))
    height, width = picture.shape[:2]
    margin = 6
    return [
        (
            max(0, int(a / scale) - margin),
            max(0, int(b / scale) - margin),
            min(width, int(c / scale) + margin),
            min(height, int(d / scale) + margin),
        )
        for a, b, c, d in rows
    ]


def unread_page(number: int, failure: Failure) -> Page:
    """A page of which nothing could be read, with the reason."""
    return Page(number, 1.0, 1.0, [], scan=Scan(np.eye(3), [], failures=[failure]))
