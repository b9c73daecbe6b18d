"""Page text to document type, and a file that holds several papers to one group of pages each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from extractors.documents.declare import DocumentType
from extractors.documents.registry import document_types
from extractors.layout.lines import TextLine, lines_of
from extractors.layout.page import Page, Word
from extractors.values.glyphs import squeeze

TITLE_POINTS, CUE_POINTS, ENOUGH = 4.0, 1.0, 4.0
_HEAD_LETTERS = 120  # characters of a page within which an appendix names itself
SHOWN_POINTS = 8.0  # a table that only this type has outweighs a title and the cues of another
_APART = 60.0  # points from one paper's title to the next below it
_GUTTER, _FEWEST = (
    0.02,
    10,
)  # width of the strip between two pages of a spread as a share of both, and words of a page


@dataclass(slots=True)
class Look:
    """What a page looks like: the best type, its points, and whether the type's title stands near the top."""

    kind: DocumentType | None
    points: float
    titled: bool
    identity: str = ""


@dataclass(slots=True)
class Paper:
    """Pages that make one paper."""

    kind: DocumentType | None
    pages: list[Page] = field(default_factory=list)
    identity: str = ""


@cache
def _cues(kind_id: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_inline_flags(cue)) for cue in document_types()[kind_id].recognise.cues)


def _inline_flags(cue: str) -> str:
    """Cues may set a flag for one alternative; Python wants it in a group of its own."""
    return "|".join(
        f"(?i:{part[4:]})" if part.startswith("(?i)") else part for part in cue.split("|")
    )


def look_at(page: Page) -> Look:
    """Points per type: the title among the first lines counts four, each cue one; what a type never says rules it out."""
    lines = lines_of(page)
    head = [squeeze(x.text) for x in lines[:14] if x.text.count("\t") < 3]
    if page.title:
        head.append(squeeze(page.title))
    body = "\n".join(squeeze(x.text) for x in (lines if len(lines) < 120 else lines[:100]))
    best = Look(None, 0.0, False)
    for kind in document_types().values():
        recognise = kind.recognise
        if recognise.never and recognise.never.search(body):
            continue
        titled = any(_is_title(recognise.titles, text) for text in head)
        points = TITLE_POINTS * titled + CUE_POINTS * sum(
            bool(cue.search(body)) for cue in _cues(kind.id)
        )
        if recognise.shows is not None and recognise.shows(page):
            points += SHOWN_POINTS
        if points > best.points:
            best = Look(kind, points, titled)
    if best.points < ENOUGH:
        return Look(None, best.points, False)
    best.identity = _identity(best.kind, page) if best.kind else ""
    return best


def hidden_type(page: Page) -> DocumentType | None:
    """The type that a picture's invisible text layer speaks of. Only the type: what the page shows may say otherwise."""
    words = [
        Word(text, 0, n * 10, 100, n * 10 + 8) for n, text in enumerate(page.invisible.split())
    ]
    return look_at(Page(page.number, page.width, page.height, words)).kind


def _is_title(titles: re.Pattern[str], text: str) -> bool:
    """A title fills most of its line, or is the start of it: a mention within a sentence is none."""
    rest = re.sub(r"发票号码.*|开票日期.*|打印.*|日期.*|编号.*|[:：].*", "", text)
    match = titles.search(rest)
    if match is None:
        return False
    plain = re.sub(r"[(（][^()（）]*[)）]", "", rest)
    return (
        match.start() <= 24
        and len(plain) - len(match[0]) <= 26
        and not re.search(r"[。，；]", rest)
    )


def _identity(kind: DocumentType, page: Page) -> str:
    key = kind.recognise.identity
    if not key:
        return ""
    small = Page(page.number, page.width, page.height, page.words[:400], is_sheet=page.is_sheet)
    form = kind.form(small)
    for label in form.of(key):
        if label.line.text.count("\t") >= 3 and not label.colon:
            continue  # a table's header, not a form's label
        for candidate in form.candidates(label):
            digits = re.sub(r"[^0-9A-Za-z]", "", candidate.text)
            if len(digits) >= 6 and any(c.isdigit() for c in digits):
                return re.match(r"[0-9A-Za-z]*", digits)[0]  # type: ignore[index]  # matches at least nothing
    return ""


def papers_of(pages: Sequence[Page]) -> list[Paper]:
    """Groups pages into papers; pages that say nothing known follow the paper before them when it may continue."""
    papers: list[Paper] = []
    listed: dict[str, Paper] = {}
    for whole in [p for p in pages if not p.is_blank] or pages[:1]:
        if _add_listed(whole, papers, listed):
            continue
        for page in _slices(whole):
            owner = _owner_of(page, papers)
            if owner is not None:
                owner.pages.append(page)
                continue
            look = look_at(page)
            last = papers[-1] if papers else None
            if last and _continues(last, look, page):
                last.pages.append(page)
                last.identity = last.identity or look.identity
            else:
                papers.append(Paper(look.kind, [page], look.identity))
    return papers


def _add_listed(page: Page, papers: list[Paper], listed: dict[str, Paper]) -> bool:
    """Adds the documents that a sheet lists; what several sheets of a file list is one document."""
    for kind in document_types().values() if page.is_sheet else ():
        pieces = kind.split(page) if kind.split else []
        for identity, piece in pieces:
            if identity in listed:
                listed[identity].pages.append(piece)
                continue
            papers.append(Paper(kind, [piece], identity))
            if identity:
                listed[identity] = papers[-1]
        if pieces:
            return True
    return False


def _owner_of(page: Page, papers: Sequence[Paper]) -> Paper | None:
    """The document that a page is an appendix of: the one whose number the page names, else the last."""
    if page.is_sheet or page.is_picture or not papers:
        return None
    text = "\n".join(squeeze(line.text) for line in lines_of(page))
    head = text[:_HEAD_LETTERS]
    for paper in papers[::-1]:
        pattern = paper.kind.recognise.appendix if paper.kind else None
        if pattern and pattern.search(head) and paper.identity and paper.identity in text:
            return paper
    return None


def _continues(last: Paper, look: Look, page: Page) -> bool:
    if last.kind is None or page.is_picture or last.pages[-1].is_picture:
        return (
            last.kind is None and look.kind is None and page.is_picture == last.pages[-1].is_picture
        )
    same = look.kind is last.kind
    if look.kind is None:
        return last.kind.recognise.continues and not page.is_sheet and bool(page.words)
    if not same:
        return (
            not look.titled
            and last.kind.recognise.continues
            and look.points < ENOUGH + 1
            and not page.is_sheet
        )
    if last.identity and look.identity:
        return last.identity == look.identity
    if last.identity and last.kind.recognise.continues and not page.is_sheet:
        return True
    return not look.titled and last.kind.recognise.continues


def _slices(page: Page) -> list[Page]:
    """A page that shows several papers is cut between them: side by side at the gutter, one below the other at the widest gap."""
    if page.is_sheet or len(page.words) < 12:
        return [page]
    return [piece for half in _halves(page) for piece in _stacked(half)]


def _halves(page: Page) -> list[Page]:
    """The two pages of a spread. Each half has a title of its own, or a table that goes on from the left half is read more fully so."""
    gutter = _gutter(page)
    if gutter is None:
        return [page]
    left, right = _beside(page, 0.0, gutter), _beside(page, gutter, page.width + 1)
    first, second = look_at(left), look_at(right)
    if not first.titled or min(len(left.words), len(right.words)) < _FEWEST:
        return [page]
    if second.titled:
        return [left, right]
    kind = first.kind
    if (
        kind is None
        or kind.read is None
        or not kind.recognise.continues
        or kind.id == "guarantee_contract"
    ):
        return [page]
    return (
        [left, right]
        if len(kind.read([left, right]).rows) > len(kind.read([page]).rows)
        else [page]
    )


def _gutter(page: Page) -> float | None:
    """Middle of the widest empty strip from top to bottom near the middle of a page that is wider than high."""
    if page.width < page.height:
        return None
    low, high = 0.3 * page.width, 0.7 * page.width
    edge, best, at = low, _GUTTER * page.width, None
    for word in sorted(page.words, key=lambda w: w.x0):
        if word.x0 - edge > best and edge < high:
            best, at = word.x0 - edge, (edge + min(word.x0, high)) / 2
        edge = max(edge, word.x1)
    return at


def _stacked(page: Page) -> list[Page]:
    """Papers one below the other: a title that comes again for a type that may share a page, or titles of two types."""
    lines = lines_of(page)
    titles: list[tuple[TextLine, DocumentType]] = []
    for line in lines:
        text = squeeze(line.text)
        kind = next(
            (k for k in document_types().values() if _is_title(k.recognise.titles, text)), None
        )
        if kind is not None and (not titles or line.top - titles[-1][0].top > _APART):
            titles.append((line, kind))
    titles = [
        t
        for i, t in enumerate(titles)
        if i == 0 or t[1].recognise.repeats or t[1] is not titles[i - 1][1]
    ]
    if len(titles) < 2:
        return [page]
    pieces = _cut(page, lines, [line for line, _ in titles])
    looks = [look_at(piece) for piece in pieces]
    one = all(kind is titles[0][1] for _, kind in titles)
    if one and looks[0].kind is titles[0][1]:
        return pieces
    sure = all(
        look.kind is kind and look.points >= ENOUGH + 2
        for look, (_, kind) in zip(looks, titles, strict=True)
    )
    return pieces if sure else [page]


def _cut(page: Page, lines: list[TextLine], titles: list[TextLine]) -> list[Page]:
    edges = [0.0]
    for before, title in zip(titles, titles[1:], strict=False):
        between = [x for x in lines if before.bottom < x.mid <= title.mid]
        gaps = [
            (b.top - a.bottom, (a.bottom + b.top) / 2)
            for a, b in zip([before, *between], between, strict=False)
        ]
        edges.append(max(gaps)[1])
    edges.append(page.height + 1)
    return [_part(page, a, b) for a, b in zip(edges, edges[1:], strict=False)]


def _beside(page: Page, left: float, right: float) -> Page:
    """The part of a page between two places across; places stay those of the whole page."""
    return replace(
        page,
        words=[w for w in page.words if left <= w.cx < right],
        vertical=[r for r in page.vertical if left <= r[0] < right],
        horizontal=[
            (y, max(a, left), min(b, right))
            for y, a, b in page.horizontal
            if a < right and b > left
        ],
        known={},
    )


def _part(page: Page, top: float, bottom: float) -> Page:
    """The part of a page between two heights; places stay those of the whole page."""
    return replace(
        page,
        words=[w for w in page.words if top <= w.mid < bottom],
        vertical=[r for r in page.vertical if r[1] < bottom and r[2] > top],
        horizontal=[r for r in page.horizontal if top <= r[0] < bottom],
        known={},
    )
