"""OFD (GB/T 33190) to pages: words with boxes, ruling lines, pictures and the file's own notes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence, Set
from xml.etree.ElementTree import Element

from extractors.errors import DamagedFile, OverLimit
from extractors.formats.ofd_objects import (
    PLAIN,
    Budget,
    Char,
    Drawn,
    Resources,
    Walk,
    numbers,
    placed,
)
from extractors.formats.ofd_package import Package, child, text_of
from extractors.layout.page import Page, Raw, Word
from extractors.model import Signal
from extractors.values.glyphs import unified

POINTS = 72 / 25.4  # a millimetre
_MOST_NOTES = 200
_A4 = [0.0, 0.0, 210.0, 297.0]
_NOTES = {
    "Creator": "Creator",
    "CreatorVersion": "Producer",
    "Author": "Author",
    "CreationDate": "CreationDate",
    "ModDate": "ModDate",
    "Title": "Title",
}


def read_ofd(package: Package, *, max_pages: int) -> tuple[Raw, dict[int, bytes]]:
    """All pages, and by page number the picture that fills a page without text.

    Raises DamagedFile, EncryptedFile, OverLimit, UnsafeArchive.
    """
    package.refuse_doctypes()
    entry = package.find("OFD.xml")
    if entry is None:
        raise DamagedFile("no OFD.xml")
    raw, scans, budget = Raw("ofd", []), dict[int, bytes](), Budget()
    for body in package.xml(entry).findall("DocBody"):
        info = child(body, "DocInfo")
        for node in info if info is not None else ():
            if node.tag in _NOTES and node.text and node.text.strip():
                raw.notes.setdefault(_NOTES[node.tag], node.text.strip()[:200])
        if root := package.resolve(entry, text_of(body, "DocRoot")):
            _Document(package, root, budget).read(raw, scans, max_pages)
    if not raw.pages:
        raise DamagedFile("no pages")
    return raw, scans


def drawn_pages(data: bytes, wanted: Set[int]) -> Iterator[tuple[int, Drawn, Package]]:
    """What the pages `wanted` (from 1, over all documents of the package) draw.

    Raises what read_ofd raises.
    """
    package, budget, number = Package(data), Budget(), 0
    entry = package.find("OFD.xml") or ""
    for body in package.xml(entry).findall("DocBody") if entry else ():
        root = package.resolve(entry, text_of(body, "DocRoot"))
        document = _Document(package, root, budget) if root else None
        for part, notes in document.parts() if document else ():
            number += 1
            if number in wanted and document:
                yield number, document.draw(part, notes), package


class _Document:
    """One document of a package: its shared resources and templates."""

    def __init__(self, package: Package, root: str, budget: Budget) -> None:
        self.package, self.root, self.budget = package, root, budget
        self.tree = package.xml(root)
        common = child(self.tree, "CommonData")
        self.resources = Resources()
        for kind in ("PublicRes", "DocumentRes"):
            for node in common.findall(kind) if common is not None else ():
                if part := package.resolve(root, node.text):
                    self.resources.add(package, part)
        self.templates = {
            t.get("ID", ""): package.resolve(root, t.get("BaseLoc"))
            for t in (common.findall("TemplatePage") if common is not None else ())
        }
        self.size = _box(child(common, "PageArea")) or _A4
        self._trees: dict[str, Element] = {}

    def parts(self) -> Iterator[tuple[str, list[Element]]]:
        """The part of each page, and the annotations that stand on it."""
        notes = self._annotations()
        for node in self.tree.iterfind("Pages/Page"):
            part = self.package.resolve(self.root, node.get("BaseLoc"))
            if part is None:
                raise DamagedFile(f"page part missing: {node.get('BaseLoc')}")
            yield part, notes.get(node.get("ID", ""), [])

    def read(self, raw: Raw, scans: dict[int, bytes], max_pages: int) -> None:
        for part, notes in self.parts():
            if len(raw.pages) >= max_pages:
                raise OverLimit(f"more than {max_pages} pages")
            drawn = self.draw(part, notes)
            page = _page(drawn, len(raw.pages) + 1)
            raw.pages.append(page)
            if drawn.notes:
                raw.signals += _covering(page, drawn)
            if page.is_picture and drawn.pictures:
                widest = max(
                    drawn.pictures, key=lambda p: (p[0][2] - p[0][0]) * (p[0][3] - p[0][1])
                )
                scans[page.number] = self.package.read(widest[1])

    def draw(self, part: str, notes: list[Element]) -> Drawn:
        tree = self.package.xml(part)
        size = _box(child(tree, "Area")) or self.size
        resources = Resources(dict(self.resources.media), dict(self.resources.units))
        for node in tree.findall("PageRes"):
            if found := self.package.resolve(part, node.text) or self.package.resolve(
                self.root, node.text
            ):
                resources.add(self.package, found)
        drawn = Drawn(size[2], size[3])
        walk = Walk(drawn, resources, self.budget)
        frame = (1.0, 0.0, 0.0, 1.0, -size[0], -size[1]) if size[0] or size[1] else PLAIN
        under = [t for t in tree.findall("Template") if t.get("ZOrder") != "Foreground"]
        over = [t for t in tree.findall("Template") if t.get("ZOrder") == "Foreground"]
        for root in (*map(self._template, under), tree, *map(self._template, over)):
            content = child(root, "Content")
            walk.objects(content if content is not None else (), frame)
        count = len(drawn.chars)
        for note in notes:
            look = child(note, "Appearance")
            if look is not None and note.get("Visible") != "false":
                walk.objects(look, placed(look, frame))
        drawn.chars, drawn.notes = drawn.chars[:count], drawn.chars[count:]
        return drawn

    def _template(self, node: Element) -> Element | None:
        part = self.templates.get(node.get("TemplateID", ""))
        if part is None:
            return None
        if part not in self._trees:
            self._trees[part] = self.package.xml(part)
        return self._trees[part]

    def _annotations(self) -> dict[str, list[Element]]:
        """Annotations by the page's number in the document."""
        part = self.package.resolve(self.root, text_of(self.tree, "Annotations"))
        out: dict[str, list[Element]] = {}
        try:
            for page in self.package.xml(part).iterfind("Page") if part else ():
                if where := self.package.resolve(part or "", text_of(page, "FileLoc")):
                    out.setdefault(page.get("PageID", ""), []).extend(
                        self.package.xml(where).iter("Annot")
                    )
        except DamagedFile:
            return out  # a damaged note takes nothing from what the page itself says
        return out


def _box(area: Element | None) -> list[float]:
    values = numbers(text_of(area, "PhysicalBox"))
    return values[:4] if len(values) >= 4 and values[2] > 0 and values[3] > 0 else []


def _page(drawn: Drawn, number: int) -> Page:
    page = Page(number, drawn.width * POINTS, drawn.height * POINTS, [])
    page.words = _words([char for char in drawn.chars if not char.hidden])
    page.invisible = " ".join(
        word.text
        for word in _words(
            [char for char in drawn.chars if char.hidden in ("invisible", "clear", "outside")]
        )
    )
    page.vertical = [
        (x * POINTS, top * POINTS, bottom * POINTS) for x, top, bottom in drawn.vertical
    ]
    page.horizontal = [
        (y * POINTS, left * POINTS, right * POINTS) for y, left, right in drawn.horizontal
    ]
    page.pictures = [page.box(*(value * POINTS for value in box)) for box, _ in drawn.pictures]
    page.picture_share = min(
        1.0, sum((box.right - box.left) * (box.bottom - box.top) for box in page.pictures)
    )
    return page


def _words(chars: Sequence[Char]) -> list[Word]:
    """Characters in drawing order, parted at white space, gaps, jumps back and other lines."""
    words: list[Word] = []
    last: Char | None = None
    for char in chars:
        if char.text.isspace() or unicodedata.category(char.text) in ("Cc", "Cf"):
            last = None
            continue
        x0, top, x1, bottom = (value * POINTS for value in char.box)
        if last is not None and _joins(last, char):
            word = words[-1]
            word.text += char.text
            word.x0, word.top, word.x1, word.bottom = (
                min(word.x0, x0),
                min(word.top, top),
                max(word.x1, x1),
                max(word.bottom, bottom),
            )
        else:
            words.append(Word(char.text, x0, top, x1, bottom))
        last = char
    for word in words:
        word.text = unified(word.text)
    return words


def _joins(last: Char, char: Char) -> bool:
    a, b = last.box, char.box
    small = max(min(b[3] - b[1], a[3] - a[1]), 1e-6)
    return (
        -0.6 * small <= b[0] - a[2] <= 0.28 * small
        and abs(b[1] + b[3] - a[1] - a[3]) / 2 <= 0.45 * small
    )


def _covering(page: Page, drawn: Drawn) -> list[Signal]:
    """Annotations with text that stand over words of the page: covering_note "old → new"."""
    out = []
    for note in _words([char for char in drawn.notes if not char.hidden])[:_MOST_NOTES]:
        under = [
            word
            for word in page.words
            if min(word.x1, note.x1) - max(word.x0, note.x0) > 0
            and abs(word.mid - note.mid) < 0.5 * min(word.height, note.height)
        ]
        if under:
            told = f"{' '.join(word.text for word in under)} → {note.text}"
            out.append(
                Signal(kind="covering_note", detail=told, page=page.number, box=page.box_of([note]))
            )
    return out
