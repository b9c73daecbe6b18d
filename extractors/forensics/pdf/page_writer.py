"""How each page of a PDF is written: one page of several whose content another program wrote.

A producer writes all its pages in one manner: the operators that place and show text, how it writes
strings, how it names fonts, which boxes and keys a page has. A page that an editor rewrote, or that
came from another file, differs in several of these at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf

from extractors.formats.pdf_file import PdfFile
from extractors.formats.pdf_streams import UNREAD, inflated, inherited
from extractors.model import Signal

_LEAST_PAGES = 3
_MOST_PAGES = 60
_MOST_BYTES = 2**18
# Texts that a page shows before its manner tells something; share that one manner of it must have
_LEAST_SHOWN = 12
_MAIN = 0.6
# Share of pages that are written alike, and how many may be otherwise
_ALIKE = 0.7
_FEW = 2
_LEAST_APART = 2  # manners that must differ
_SAME_FONTS = "the same fonts"
_SHOWS = {
    "Tj": re.compile(rb"[)>]\s*Tj\b"),
    "TJ": re.compile(rb"\]\s*TJ\b"),
    "'": re.compile(rb"[)>]\s*'"),
}
_STRINGS = {
    "(…)": re.compile(rb"\)\s*(?:Tj|'|\]\s*TJ|-?[\d.]+\s*\()"),
    "<…>": re.compile(rb">\s*(?:Tj|'|\]\s*TJ|-?[\d.]+\s*<)"),
}
_PLACES = {"Tm": re.compile(rb"\bTm\b"), "Td": re.compile(rb"\bT[dD]\b"), "T*": re.compile(rb"T\*")}
_FONT = re.compile(rb"/([^\s/\[\]()<>]+)\s+-?[\d.]+\s+Tf\b")
_OWN_KEYS = (
    "/PieceInfo",
    "/LastModified",
    "/Trans",
    "/Thumb",
    "/UserUnit",
    "/CropBox",
    "/TrimBox",
    "/BleedBox",
    "/ArtBox",
    "/Rotate",
)

Manner = dict[str, str]


def page_hands(file: PdfFile) -> Iterator[Signal]:
    """other_hand, one a page: "shows TJ, others Tj; names FXF#, others F#"; "the same fonts"
    follows where it uses the others' very subsets.
    """
    try:
        pages = [page.obj for page in file.qpdf.pages[: _MOST_PAGES + 1]]
        if _LEAST_PAGES <= len(pages) <= _MOST_PAGES:
            manners = {
                number: manner for number, page in enumerate(pages, 1) if (manner := _manner(page))
            }
            for number, what in _apart(manners):
                others = set().union(
                    *(
                        _subsets(page)
                        for n, page in enumerate(pages, 1)
                        if n != number and n in manners
                    )
                )
                told = f"{what}; {_SAME_FONTS}" if others & _subsets(pages[number - 1]) else what
                yield Signal(kind="other_hand", detail=told, page=number)
    except UNREAD:
        return


def _apart(manners: dict[int, Manner]) -> Iterator[tuple[int, str]]:
    """Pages that are written otherwise than the others, which all agree, and in what."""
    if len(manners) < _LEAST_PAGES:
        return
    usual: Manner = {}
    for what in sorted({word for manner in manners.values() for word in manner}):
        (value, count), *_ = Counter(
            manner.get(what, "") for manner in manners.values()
        ).most_common(1)
        if count >= _ALIKE * len(manners):
            usual[what] = value
    told = {
        number: [
            word for word, value in usual.items() if value and m.get(word) and m[word] != value
        ]
        for number, m in manners.items()
    }
    apart = {number: what for number, what in told.items() if len(what) >= _LEAST_APART}
    if len(apart) <= _FEW and all(
        not what or number in apart for number, what in told.items()
    ):  # others all in one manner
        for number, ways in apart.items():
            yield (
                number,
                "; ".join(f"{way} {manners[number][way]}, others {usual[way]}" for way in ways)[
                    :200
                ],
            )


def _manner(page: Any) -> Manner:
    """By what is looked at, how a page does it; empty where it shows too little text."""
    content = _content(page)
    shown = _main(_SHOWS, content)
    if not shown:
        return {}
    names = Counter(re.sub(rb"\d+", b"#", name) for name in _FONT.findall(content)[:4000])
    out = {"shows": shown, "strings": _main(_STRINGS, content), "places": _main(_PLACES, content)}
    if names and names.most_common(1)[0][1] >= _MAIN * names.total():
        out["names"] = names.most_common(1)[0][0].decode("latin-1")[:20]
    out["keys"] = " ".join(key[1:] for key in _OWN_KEYS if key in page) or "none"
    filters = {str(part.get("/Filter")) for part in _parts(page)}
    out["packed"] = (
        " ".join(re.findall(r"/(\w+)Decode", filters.pop())) or "plain" if len(filters) == 1 else ""
    )
    out["resources"] = (
        "own"
        if "/Resources" in page
        else "above"
        if inherited(page, "/Resources") is not None
        else ""
    )
    return {what: how for what, how in out.items() if how}


def _subsets(page: Any) -> set[str]:
    """Names of a page's fonts that are tagged as a subset, which no two programs choose alike (ISO
    32000-1 9.6.4).
    """
    resources = inherited(page, "/Resources")
    fonts = resources.get("/Font") if isinstance(resources, pikepdf.Dictionary) else None
    named = (
        [
            str(font.get("/BaseFont", ""))
            for _, font in fonts.items()
            if isinstance(font, pikepdf.Dictionary)
        ]
        if isinstance(fonts, pikepdf.Dictionary)
        else []
    )
    return {name for name in named if "+" in name}


def _main(manners: dict[str, re.Pattern[bytes]], content: bytes) -> str:
    """The one of several manners that most of a page is written in; empty where none is, or where
    there is little of any.
    """
    counts = {name: len(pattern.findall(content)) for name, pattern in manners.items()}
    best = max(counts, key=lambda name: counts[name])
    total = sum(counts.values())
    return best if total >= _LEAST_SHOWN and counts[best] >= _MAIN * total else ""


def _content(page: Any) -> bytes:
    return b"\n".join(inflated(part, _MOST_BYTES) for part in _parts(page))[:_MOST_BYTES]


def _parts(page: Any) -> Sequence[Any]:
    content = page.get("/Contents")
    parts = (
        [content]
        if isinstance(content, pikepdf.Stream)
        else list(content)
        if isinstance(content, pikepdf.Array)
        else []
    )
    return [part for part in parts if isinstance(part, pikepdf.Stream)]
