"""Key figures and names of a paper against what its page draws in their place.

Each character is first set beside the shape that it should have: digits beside those of the
standard fonts, Chinese characters beside those of whatever Chinese font this machine has. Only a
place where that fails is read by an engine, and only what both deny is told: so an honest page
costs one picture and loads no engine.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import cv2
import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2 as pdfium

from extractors.engines.installed import NeedsEngines, engines
from extractors.engines.model import Glyph
from extractors.errors import ReadError
from extractors.forensics.pdf.glyph_differs import digit_of, distance_to, shape_of
from extractors.forensics.pdf.revision_words import overlaps
from extractors.formats.pdf_place import Placer
from extractors.formats.plain_pdf import chinese_font, shown
from extractors.layout.page import Page
from extractors.model import Field, Provenance, ReadMethod, Signal
from extractors.values.glyphs import fold

_SCALE = 3.0  # pixels a point
_MOST_PIXELS = 60_000_000  # of a page's picture: one of A1 has 36 million
_SIDE = 24  # pixels of a character's shape
_MOST_FIELDS = 24
_MOST_PAGES = 6
_MOST_LENGTH = 40
_PICTURE = 0.3
_INK = 40  # grey levels between paper and ink
_FEW_INKED = 0.34  # share of a text's characters that leave ink below which it is not drawn
# Likeness of a shape to what it should be, below which it is odd, and clearly so; fonts of one
# character keep 0.53
_LIKE = 0.45
_UNLIKE = 0.25
# Usual likeness of a paper's characters from which its font and the machine's are of one kind
_ONE_KIND = 0.6
_LEAST_COMPARED = 8  # different characters from which it says something which of them is nearest
# Distances of a digit from its nearest standard shape: it is that digit; no font seen keeps it in
# two of its digits
_CLOSE = 0.45
_FAR = 1.25
_ENOUGH = 2  # odd characters of a text, a clear one counting twice, from which it is read
_UNDER = "under a picture"
_MOST_UNDER = 8
_FIGURE = re.compile(r"[¥￥]?-?\d[\d,]*\.\d{2}")
_SURE = 0.9  # what an engine must be sure of

Shape = npt.NDArray[np.float32]
Edges = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Char:
    """A character of a text, its place on the page in points, and the pixels that it is drawn with;
    `bare` are those without red ink.
    """

    char: str
    place: Edges
    cell: Shape
    bare: Shape


@dataclass(frozen=True, slots=True)
class _Text:
    """A key text and its characters, in order."""

    field: Field
    chars: list[_Char]

    @property
    def said(self) -> str:
        return "".join(char.char for char in self.chars)


def drawn_text(
    document: pdfium.PdfDocument, pages: Sequence[Page], fields: Iterable[Field]
) -> Iterator[Signal]:
    """text_differs "says 昆明…, draws 昆山…" or "says 1,200.00, draws nothing", one a key figure or
    name. Raises NeedsEngines.

    Looked at are `fields` and the figures that lie under a picture: what a see-through one leaves
    of them still looks as it should.
    """
    texts, pictures = _texts(
        document, pages, [*(f for page in pages for f in _under_pictures(page)), *fields]
    )
    if not texts:
        return
    known = _Known([char for each in texts for char in each.chars if _is_chinese(char.char)])
    doubtful: list[tuple[_Text, set[int]]] = []
    for text in texts:
        inked = [
            float(np.ptp(char.cell)) >= _INK if char.cell.size else False for char in text.chars
        ]
        if sum(inked) < _FEW_INKED * len(inked):
            if text.field.name != _UNDER:  # what is painted over is told by what stands on it
                yield _signal(text, "nothing")
        else:
            odd = {
                n: 2 if not inked[n] else known.oddness(char.char, char.cell)
                for n, char in enumerate(text.chars)
                if char.char.isalnum()
            }
            if sum(odd.values()) >= _ENOUGH and not _sound_under_seal(text, known):
                doubtful.append((text, {name for name, much in odd.items() if much}))
    if doubtful:
        yield from _read(doubtful, pictures)


def _sound_under_seal(text: _Text, known: _Known) -> bool:
    """Whether its letters and digits look as they should once red ink is taken out: a seal lies
    over them.
    """
    bare = [char for char in text.chars if char.char.isalnum()]
    return (
        all(char.bare.size and float(np.ptp(char.bare)) >= _INK for char in bare)
        and sum(known.oddness(char.char, char.bare) for char in bare) < _ENOUGH
    )


def _under_pictures(page: Page) -> list[Field]:
    """Figures that something opaque lies over with no text on it."""
    bare = [
        word
        for word in page.covered
        if _FIGURE.fullmatch(fold(word.text)) and not any(overlaps(word, o) for o in page.words)
    ]
    at = [
        Provenance(page=page.number, box=page.box_of([word]), method=ReadMethod.TEXT)
        for word in bare[:_MOST_UNDER]
    ]
    return [
        Field(name=_UNDER, value=word.text, raw=word.text, confidence=1.0, at=a)
        for word, a in zip(bare, at, strict=False)
    ]


def _signal(text: _Text, drawn: str) -> Signal:
    return Signal(
        kind="text_differs",
        detail=f"says {text.said}, draws {drawn}",
        page=text.field.at.page,
        box=text.field.at.box,
    )


def _texts(
    document: pdfium.PdfDocument, pages: Sequence[Page], fields: Iterable[Field]
) -> tuple[list[_Text], dict[int, Shape]]:
    """Key texts with their characters, and the pictures of the pages that they stand on."""
    plain = {
        page.number: page for page in pages if page.scan is None and page.picture_share < _PICTURE
    }
    wanted: dict[int, list[Field]] = {}
    seen: set[tuple[int, str]] = set()  # one field may be told under several names
    for field in fields:
        key = field.at.page, field.raw
        if (
            field.at.method in (ReadMethod.TEXT, ReadMethod.TABLE)
            and field.at.page in plain
            and 2 <= len(field.raw) <= _MOST_LENGTH
            and key not in seen
        ):
            seen.add(key)
            if len(seen) <= _MOST_FIELDS:
                wanted.setdefault(field.at.page, []).append(field)
    texts, pictures = [], {}
    for number, own in list(wanted.items())[:_MOST_PAGES]:
        source = document[number - 1]
        if (
            source.get_rotation() == 0
            and plain[number].width * plain[number].height * _SCALE**2 < _MOST_PIXELS
        ):
            colours = source.render(
                scale=_SCALE, may_draw_forms=False, draw_annots=False
            ).to_numpy()[..., :3]  # blue, green, red
            pictures[number] = np.asarray(
                cv2.cvtColor(np.ascontiguousarray(colours), cv2.COLOR_BGR2GRAY), np.float32
            )
            texts += list(
                _on_page(
                    source,
                    plain[number],
                    own,
                    pictures[number],
                    np.asarray(colours[..., 2], np.float32),
                )
            )
        source.close()
    return texts, pictures


def _on_page(
    source: pdfium.PdfPage, page: Page, fields: Sequence[Field], grey: Shape, red: Shape
) -> Iterator[_Text]:
    textpage, place = source.get_textpage(), Placer.of(source)
    chars = textpage.get_text_range()
    if len(chars) == textpage.count_chars():
        boxes = np.array([place(*textpage.get_charbox(n)) for n in range(len(chars))]).reshape(
            -1, 4
        )
        across, down = (
            boxes[:, [0, 2]].mean(axis=1) / page.width,
            boxes[:, [1, 3]].mean(axis=1) / page.height,
        )
        for field in fields:
            at = field.at.box
            inside = np.flatnonzero(
                (at.left <= across) & (across <= at.right) & (at.top <= down) & (down <= at.bottom)
            ).tolist()
            said = "".join(chars[name] for name in inside)
            start = said.find(field.raw) if field.raw else -1
            own = inside[start : start + len(field.raw)] if start >= 0 else []
            places = {name: boxes[name].tolist() for name in own if not chars[name].isspace()}
            found = [
                _Char(fold(chars[name]), tuple(box), _cell(grey, box), _cell(red, box))
                for name, box in places.items()
            ]
            if found:
                yield _Text(field, found)
    textpage.close()


def _cell(grey: Shape, box: Sequence[float]) -> Shape:
    left, top, right, bottom = (value * _SCALE for value in box)
    return grey[max(0, int(top) - 1) : int(bottom) + 2, max(0, int(left) - 1) : int(right) + 2]


def _is_chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


class _Known:
    """Shapes of a paper's Chinese characters as this machine's own Chinese font draws them; empty
    where it has none, or where the paper's is of quite another kind (a brush hand against a
    plain face), so that unlike shapes tell nothing.
    """

    def __init__(self, chars: Sequence[_Char]) -> None:
        order = sorted({char.char for char in chars})
        drawn = zip(order, _drawn(order), strict=True) if len(order) >= _LEAST_COMPARED else ()
        known = {char: shape for char, cell in drawn if (shape := _normal(cell)) is not None}
        alike = [
            float((known[char.char] * shape).sum())
            for char in chars
            if char.char in known and (shape := _normal(char.cell)) is not None
        ]
        self._order = list(known)
        self._shapes = (
            np.stack(list(known.values()))
            if alike and float(np.median(alike)) >= _ONE_KIND
            else None
        )

    def oddness(self, char: str, cell: Shape) -> int:
        """0 for a character that looks as it should, or of which nothing is known; 1 for one that
        does not, 2 for one that clearly does not.
        """
        if char in "0123456789":
            shape = shape_of(cell)
            far = distance_to(shape, char) if shape is not None else _FAR + 1
            if shape is None or far < _CLOSE:
                return int(shape is None)
            other, surely = digit_of([shape], char)
            return 2 if surely else int(bool(other) or far > _FAR)
        shape = _normal(cell)
        if self._shapes is None or char not in self._order or shape is None:
            return 0
        like = (self._shapes * shape).sum(axis=(1, 2))
        own = float(like[self._order.index(char)])
        if own < _UNLIKE:
            return 2
        return int(own < min(_LIKE, float(like.max())))


def _normal(cell: Shape) -> Shape | None:
    """A character's ink in a square, of mean zero and length one."""
    if cell.size == 0 or float(np.ptp(cell)) < _INK:
        return None
    ink = np.clip((float(np.percentile(cell, 95)) - cell) / float(np.ptp(cell)), 0, 1)
    rows, columns = np.flatnonzero((ink > 0.3).any(axis=1)), np.flatnonzero((ink > 0.3).any(axis=0))
    piece = cv2.resize(
        ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1],
        (_SIDE, _SIDE),
        interpolation=cv2.INTER_AREA,
    )
    piece = cv2.GaussianBlur(piece, (0, 0), 1.5)
    piece = piece - piece.mean()
    return np.asarray(piece / max(float(np.linalg.norm(piece)), 1e-6), np.float32)


def _drawn(chars: Sequence[str]) -> list[Shape]:
    """Each character drawn by PDFium in a font that the file does not carry, so that the machine's
    own stands in for it.
    """
    step, size = 40, 24
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(step * len(chars) + 8, step)).obj
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=chinese_font(pdf)))
        page.Contents = pdf.make_stream(
            b"".join(shown(char, 8 + step * n, 10, size) for n, char in enumerate(chars))
        )
        out = io.BytesIO()
        pdf.save(out)
    drawn = pdfium.PdfDocument(out.getvalue())
    grey = drawn[0].render(scale=1.5, grayscale=True).to_numpy()
    drawn.close()
    grey = np.asarray(grey[..., 0] if grey.ndim == 3 else grey, np.float32)
    wide = int(1.5 * step)
    return [grey[:, wide * n + 6 : wide * (n + 1) + 3] for n in range(len(chars))]


def _read(
    doubtful: Sequence[tuple[_Text, set[int]]], pictures: dict[int, Shape]
) -> Iterator[Signal]:
    try:
        reader = engines().careful
    except NeedsEngines:
        raise
    except ReadError:
        return  # no engines here: two that agree are asked for, and one alone tells nothing
    lines = [np.repeat(_line(text, pictures)[:, :, None], 3, axis=2) for text, _ in doubtful]
    for (text, odd), glyphs in zip(doubtful, reader.read(lines), strict=True):
        drawn = [glyph for glyph in glyphs if glyph.char.strip()]
        if _denied(text, odd, drawn):
            yield _signal(text, "".join(glyph.char for glyph in drawn))


def _line(text: _Text, pictures: dict[int, Shape]) -> npt.NDArray[np.uint8]:
    places = np.array([char.place for char in text.chars]) * _SCALE
    left, top, right, bottom = (
        int(places[:, 0].min()),
        int(places[:, 1].min()),
        int(places[:, 2].max()),
        int(places[:, 3].max()),
    )
    grey = pictures[text.field.at.page]
    edge = max(3, (bottom - top) // 4)
    return np.ascontiguousarray(
        grey[max(0, top - edge) : bottom + edge, max(0, left - edge) : right + edge]
        .clip(0, 255)
        .astype(np.uint8)
    )


def _denied(text: _Text, odd: set[int], drawn: Sequence[Glyph]) -> bool:
    """Whether an engine surely reads another character where one looks like another."""
    said, read = text.said, "".join(fold(glyph.char)[:1] or " " for glyph in drawn)
    for what, a0, a1, b0, b1 in SequenceMatcher(None, said, read, autojunk=False).get_opcodes():
        other = [glyph for glyph in drawn[b0:b1] if glyph.char.isalnum()]
        if (
            what == "replace"
            and odd & set(range(a0, a1))
            and other
            and all(glyph.sure >= _SURE for glyph in other)
        ):
            return True
    return False
