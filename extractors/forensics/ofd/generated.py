"""Generators' marks within an OFD: what the package says of its own making, labels of GB 45438 among
its own entries, and the pictures in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.errors import ReadError
from extractors.forensics.picture.containers import Note, notes_of
from extractors.forensics.picture.generator_marks import generator_marks
from extractors.formats.ofd_package import Package
from extractors.model import Signal

_MOST_PICTURES = 40  # pictures of one package
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".gif", ".jp2", ".bmp")
_MAKERS = ("Creator", "CreatorVersion")
# What a document is about may well be a generator or its company.
_OF_THE_CONTENT = ("Title", "Subject", "Abstract", "Keywords", "Keyword", "Author", "DocID")


def generated_parts(package: Package, *, has_scans: bool) -> Iterator[Signal]:
    """generated_picture or part_generated for the package and for pictures that are its pages,
    generated_inset for a picture among text.
    """
    package.count_anew()
    try:
        for mark in generator_marks(_own_notes(package)):
            kind = "generated_picture" if mark.is_whole else "part_generated"
            yield Signal(kind=kind, detail=mark.text, page=0)
        for name in _pictures(package):
            for mark in generator_marks(notes_of(package.read(name))):
                whole = "generated_picture" if mark.is_whole else "part_generated"
                kind = whole if has_scans else "generated_inset"
                yield Signal(kind=kind, detail=mark.text, page=0)
    except ReadError:
        return


def _pictures(package: Package) -> list[str]:
    named = [name for name in package.parts if name.casefold().endswith(_PICTURES)]
    return sorted(named)[:_MOST_PICTURES]


def _own_notes(package: Package) -> Iterator[Note]:
    """Entries of DocInfo (GB/T 33190 7.4), those that a program added itself (CustomDatas) too."""
    root = package.find("OFD.xml")
    if root is None:
        return
    for entry in package.xml(root).iter():
        key = entry.get("Name") if entry.tag == "CustomData" else entry.tag
        text = (entry.text or "").strip()
        if key and text and key not in _OF_THE_CONTENT:
            yield Note("Software" if key in _MAKERS else key, text.encode())
