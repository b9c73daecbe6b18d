"""The objects of an OFD page (GB/T 33190 chapters 8 to 11): characters, ruling lines and pictures
in millimetres, origin top left.
"""

from __future__ import annotations

import math
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from extractors.errors import DamagedFile, OverLimit
from extractors.formats.ofd_package import Package, child, text_of

Matrix = tuple[float, float, float, float, float, float]  # x' = ax + cy + e, y' = bx + dy + f
Edges = tuple[float, float, float, float]  # left, top, right, bottom
PLAIN: Matrix = (1, 0, 0, 1, 0, 0)
_DEEPEST, _LONGEST_PATH, _FAR = 16, 2_000_000, 1e5
_THIN = 0.56  # millimetres: a rule is thinner than this
_LEAN, _CLEAR = (
    0.09,
    13,
)  # slope beyond which text is a seal's or a watermark's; alpha below which it does not show
_TAKES = {
    "S": 2,
    "M": 2,
    "L": 2,
    "Q": 4,
    "B": 6,
    "A": 7,
    "C": 0,
}  # numbers after each operator of a path
_PATH = re.compile(r"[SMLQBAC]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


@dataclass(slots=True)
class Char:
    """A character with its box; `hidden` is empty, or why the page does not show it upright:
    invisible, clear, slanted, outside.
    """

    text: str
    box: Edges
    hidden: str = ""


@dataclass(slots=True)
class Drawn:
    """What one page draws."""

    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    notes: list[Char] = field(default_factory=list)  # characters of annotations
    vertical: list[tuple[float, float, float]] = field(default_factory=list)
    horizontal: list[tuple[float, float, float]] = field(default_factory=list)
    pictures: list[tuple[Edges, str]] = field(default_factory=list)  # place and part


@dataclass(slots=True)
class Resources:
    """Pictures and drawings that pages refer to by number."""

    media: dict[str, str] = field(default_factory=dict)
    units: dict[str, Element] = field(default_factory=dict)

    def add(self, package: Package, part: str) -> None:
        try:
            root = package.xml(part)
        except DamagedFile:
            return  # what it held is missing on the page, as a viewer would show it
        base = posixpath.join(posixpath.dirname(part), (root.get("BaseLoc") or "").strip(), "")
        for media in root.iterfind("MultiMedias/MultiMedia"):
            where = text_of(media, "MediaFile")
            found = package.resolve(base, where) or package.resolve(part, where)
            if found:
                self.media[media.get("ID", "")] = found
        for unit in root.iterfind("CompositeGraphicUnits/CompositeGraphicUnit"):
            self.units[unit.get("ID", "")] = unit


@dataclass(slots=True)
class Budget:
    """Objects and characters that a file may still draw, over all its pages."""

    objects: int = 400_000
    characters: int = 400_000

    def spend(self, objects: int, characters: int = 0) -> None:
        self.objects -= objects
        self.characters -= characters
        if self.objects < 0 or self.characters < 0:
            raise OverLimit("objects of the OFD")


def numbers(text: str | None, most: int = 100_000) -> list[float]:
    """A list of numbers in which `g n v` stands for n times v; an empty list where one is no
    number.
    """
    out: list[float] = []
    tokens = iter((text or "").replace(",", " ").split())
    try:
        for token in tokens:
            if len(out) >= most:
                break
            if token in "gG":
                count = min(max(int(float(next(tokens))), 0), most - len(out))
                out.extend([float(next(tokens))] * count)
            else:
                out.append(float(token))
    except (ValueError, OverflowError, StopIteration):
        return out if all(map(math.isfinite, out)) else []
    return out if all(map(math.isfinite, out)) else []


def compose(outer: Matrix, inner: Matrix) -> Matrix:
    """`inner` first, then `outer`."""
    o, i = outer, inner
    return (
        o[0] * i[0] + o[2] * i[1],
        o[1] * i[0] + o[3] * i[1],
        o[0] * i[2] + o[2] * i[3],
        o[1] * i[2] + o[3] * i[3],
        o[0] * i[4] + o[2] * i[5] + o[4],
        o[1] * i[4] + o[3] * i[5] + o[5],
    )


def hull(m: Matrix, x0: float, y0: float, x1: float, y1: float) -> Edges:
    """The upright box around a rectangle that went through a matrix."""
    corners = [
        (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
        for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    ]
    xs, ys = [p[0] for p in corners], [p[1] for p in corners]
    return min(xs), min(ys), max(xs), max(ys)


class Walk:
    """Draws a page's objects in their order onto `drawn`."""

    def __init__(self, drawn: Drawn, resources: Resources, budget: Budget) -> None:
        self.drawn, self.resources, self.budget = drawn, resources, budget
        self._open: set[str] = set()

    def objects(self, nodes: Iterable[Element], m: Matrix, depth: int = 0) -> None:
        for node in nodes:
            self.budget.spend(1)
            if node.tag in ("Layer", "PageBlock") and depth < _DEEPEST:
                self.objects(node, m, depth + 1)
            elif node.tag == "TextObject":
                self._text(node, placed(node, m))
            elif node.get("Visible") == "false":
                continue
            elif node.tag == "PathObject":
                self._path(node, placed(node, m))
            elif node.tag == "ImageObject":
                self._picture(node, placed(node, m))
            elif node.tag == "CompositeObject" and depth < _DEEPEST:
                self._unit(node, m, depth)

    def _unit(self, node: Element, m: Matrix, depth: int) -> None:
        """A drawing kept among the resources; one that holds itself is drawn once."""
        name = node.get("ResourceID", "")
        inner = child(self.resources.units.get(name), "Content")
        if inner is not None and name not in self._open:
            self._open.add(name)
            self.objects(inner, placed(node, m), depth + 1)
            self._open.discard(name)

    def _text(self, node: Element, m: Matrix) -> None:
        size = (numbers(node.get("Size")) or [0.0])[0] or 3.0
        stretch = (numbers(node.get("HScale")) or [1.0])[0] or 1.0
        hidden = _why_hidden(node, m)
        groups = dict(_groups(node))
        x = y = 0.0
        seen = 0
        for code in node.iterfind("TextCode"):
            text = code.text or ""
            self.budget.spend(0, len(text))
            x, y = (numbers(code.get("X")) or [x])[0], (numbers(code.get("Y")) or [y])[0]
            steps = (
                numbers(code.get("DeltaX"), len(text) * 4),
                numbers(code.get("DeltaY"), len(text) * 4),
            )
            for part, px, py, wide in _places(text, (x, y), size * stretch, steps, groups, seen):
                for n, char in enumerate(part):
                    box = hull(
                        m,
                        px + wide * n / len(part),
                        py - 0.86 * size,
                        px + wide * (n + 1) / len(part),
                        py + 0.14 * size,
                    )
                    if not _on_paper(box):
                        continue
                    outside = (
                        box[2] < 0
                        or box[3] < 0
                        or box[0] > self.drawn.width
                        or box[1] > self.drawn.height
                    )
                    self.drawn.chars.append(
                        Char(char, box, hidden or ("outside" if outside else ""))
                    )
            seen += len(text)

    def _path(self, node: Element, m: Matrix) -> None:
        stroked, filled = node.get("Stroke") != "false", node.get("Fill") == "true"
        data = text_of(node, "AbbreviatedData")
        if not (stroked or filled) or len(data) > _LONGEST_PATH:
            return
        self.budget.spend(len(data) // 16)
        lines, points, straight = _segments(data)
        if points and straight:
            box = hull(
                m,
                min(point[0] for point in points),
                min(point[1] for point in points),
                max(point[0] for point in points),
                max(point[1] for point in points),
            )
            if min(box[2] - box[0], box[3] - box[1]) < _THIN:  # a bar that is filled to be a line
                self._rule(box)
                return
        for (xa, ya), (xb, yb) in lines if stroked else ():
            self._rule(hull(m, min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)))

    def _rule(self, box: Edges) -> None:
        x0, y0, x1, y1 = box
        if not _on_paper(box):
            return
        if x1 - x0 < _THIN < y1 - y0:
            self.drawn.vertical.append(((x0 + x1) / 2, y0, y1))
        elif y1 - y0 < _THIN < x1 - x0:
            self.drawn.horizontal.append(((y0 + y1) / 2, x0, x1))

    def _picture(self, node: Element, m: Matrix) -> None:
        part = self.resources.media.get(node.get("ResourceID", ""))
        box = numbers(node.get("Boundary"))
        if part is None or len(box) < 4:
            return
        shown = (
            hull(m, 0, 0, 1, 1)
            if node.get("CTM")
            else (box[0], box[1], box[0] + box[2], box[1] + box[3])
        )
        if _on_paper(shown):
            self.drawn.pictures.append((shown, part))


def _on_paper(box: Edges) -> bool:
    """Whether a place is finite and within a hundred metres of the page."""
    return all(abs(value) < _FAR for value in box)


def placed(node: Element, outer: Matrix) -> Matrix:
    """From an object's own space to the page's."""
    box, own = numbers(node.get("Boundary")), numbers(node.get("CTM"))
    inner: Matrix = (own[0], own[1], own[2], own[3], own[4], own[5]) if len(own) >= 6 else PLAIN
    moved: Matrix = (1, 0, 0, 1, box[0], box[1]) if len(box) >= 4 else PLAIN
    return compose(outer, compose(moved, inner))


def _why_hidden(node: Element, m: Matrix) -> str:
    if node.get("Visible") == "false":
        return "invisible"
    fill = child(node, "FillColor")
    alphas = [
        numbers(value)
        for value in (node.get("Alpha"), fill.get("Alpha") if fill is not None else None)
        if value
    ]
    if any(alpha and alpha[0] < _CLEAR for alpha in alphas):
        return "clear"
    return "slanted" if abs(m[1]) > _LEAN * math.hypot(m[0], m[1]) else ""


def _groups(node: Element) -> Iterator[tuple[int, tuple[int, int]]]:
    """Where several characters share glyphs (ligatures): position to numbers of characters and
    glyphs.
    """
    for turn in node.iterfind("CGTransform"):
        place, chars, glyphs = (
            int((numbers(turn.get(key)) or [d])[0])
            for key, d in (("CodePosition", 0), ("CodeCount", 1), ("GlyphCount", 1))
        )
        if chars > 1 or glyphs != 1:
            yield place, (max(chars, 1), max(glyphs, 0))


def _places(
    text: str,
    start: tuple[float, float],
    em: float,
    steps: tuple[list[float], list[float]],
    groups: dict[int, tuple[int, int]],
    seen: int,
) -> Iterator[tuple[str, float, float, float]]:
    """(characters, x, y, width) of one TextCode.

    No font is read: widths come from the steps and from what the character is.
    """
    (x, y), (across, down) = start, steps
    index = glyph = 0
    while index < len(text):
        count, glyphs = groups.get(seen + index, (1, 1))
        part = text[index : index + count]
        natural = sum(em * (1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5) for c in part)
        step = (
            sum(across[glyph : glyph + glyphs])
            if across and glyph < len(across)
            else 0.0
            if down
            else natural
        )
        wide = step if 0.2 * natural < step <= em * 1.02 * len(part) else natural
        yield part, x, y, wide
        x, y = x + step, y + sum(down[glyph : glyph + glyphs])
        index, glyph = index + count, glyph + glyphs


def _segments(
    data: str,
) -> tuple[list[tuple[tuple[float, float], tuple[float, float]]], list[tuple[float, float]], bool]:
    """Straight pieces of a path, all its points, and whether it is made of straight pieces alone."""
    lines, points, straight = [], [], True
    start = last = (0.0, 0.0)
    tokens = _PATH.findall(data)
    at = 0
    while at < len(tokens):
        need = _TAKES.get(tokens[at], -1)
        values = tokens[at + 1 : at + 1 + need] if need >= 0 else []
        if need < 0 or len(values) < need or any(value in _TAKES for value in values):
            at += 1
            continue
        op, point = tokens[at], (float(values[-2]), float(values[-1])) if need else start
        if op in "LC" and last != point:
            lines.append((last, point))
        if op in "SM":
            start = point
        straight = straight and op not in "QBA"
        points.append(point)
        last, at = point, at + 1 + need
    return lines, points, straight
