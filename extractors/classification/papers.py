"""Pages of a file to documents: which pages belong together, and of what kind each group is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.classification.look import CUES_UNDER_TITLE, Look, count_cues, look_at
from extractors.classification.slices import slices
from extractors.documents.declare import DocumentType
from extractors.documents.registry import document_types
from extractors.layout.lines import lines_of
from extractors.layout.page import Page
from extractors.model import Likeness
from extractors.values.glyphs import squeeze

HEAD_LETTERS = 120  # characters of a page within which an appendix names itself
WEAK_POINTS = (
    5.0  # cues up to which a page without a title follows the document of another type before it
)


@dataclass(slots=True)
class Paper:
    """Pages that make one document.

    `likeness` says what a document of no declared type looks like.
    """

    kind: DocumentType | None
    pages: list[Page] = field(default_factory=list)
    identity: str = ""
    likeness: Likeness | None = None
    is_other: bool = False  # its title names another kind


def papers_of(pages: Sequence[Page]) -> list[Paper]:
    """Groups pages into documents; pages without a title follow the document before them when it
    may continue.
    """
    papers: list[Paper] = []
    listed: dict[str, Paper] = {}
    for whole in [each for each in pages if not each.is_blank] or pages[:1]:
        if _add_listed(whole, papers, listed):
            continue
        for page in slices(whole):
            owner = _owner_of(page, papers)
            if owner is not None:
                owner.pages.append(page)
                continue
            _add(papers, page, look_at(page))
    return [_with_fields(paper) for paper in papers]


def _add(papers: list[Paper], page: Page, look: Look) -> None:
    last = papers[-1] if papers else None
    if last and _continues(last, look, page):
        last.pages.append(page)
        last.identity = last.identity or look.identity
        last.likeness = last.likeness or look.likeness
        return
    papers.append(Paper(look.kind, [page], look.identity, look.likeness, look.is_other))


def _continues(last: Paper, look: Look, page: Page) -> bool:
    if look.is_other and not look.is_annex:
        return False
    if last.kind is None:
        return _continues_unknown(last, look, page)
    if page.is_picture or last.pages[-1].is_picture:
        return False
    if look.kind is None:
        return last.kind.recognise.continues and not page.is_sheet and bool(page.words)
    if look.kind is not last.kind:
        return (
            not look.titled
            and last.kind.recognise.continues
            and look.points < WEAK_POINTS
            and not page.is_sheet
        )
    if last.identity and look.identity:
        return last.identity == look.identity
    if last.identity and last.kind.recognise.continues and not page.is_sheet:
        return True
    return not look.titled and last.kind.recognise.continues


def _continues_unknown(last: Paper, look: Look, page: Page) -> bool:
    """A page in a document of another kind: tables of a credit report look like a licence, so it
    needs a title of its own to begin a new one.
    """
    same_form = page.is_picture == last.pages[-1].is_picture
    if look.kind is None:
        return same_form and not page.is_sheet
    return last.is_other and not look.titled and page.scan is None and not page.is_sheet


def _with_fields(paper: Paper) -> Paper:
    """A document whose pages bear a type's title and none of its fields is not of that type."""
    if paper.kind is None or any(
        page.scan or page.is_picture or page.is_sheet for page in paper.pages
    ):
        return paper
    recognise = paper.kind.recognise
    for proof in (recognise.shows, recognise.proves, recognise.bears):
        if proof is not None and any(proof(page) for page in paper.pages):
            return paper
    if count_cues(paper.kind, paper.pages) >= CUES_UNDER_TITLE:
        return paper
    return Paper(None, paper.pages, likeness=paper.likeness)


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
    """The document that a page is an appendix of: the one whose number the page names, else the
    last.
    """
    if page.is_sheet or page.is_picture or not papers:
        return None
    text = "\n".join(squeeze(line.text) for line in lines_of(page))
    head = text[:HEAD_LETTERS]
    for paper in papers[::-1]:
        pattern = paper.kind.recognise.appendix if paper.kind else None
        if pattern and pattern.search(head) and paper.identity and paper.identity in text:
            return paper
    return None
