"""Where a PDF says that it comes from: Document Info beside XMP, XMP's own history, what it derives
from, and what it runs when opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

import pikepdf

from extractors.errors import ReadError
from extractors.formats.ofd_package import parse_xml
from extractors.formats.pdf_file import PdfFile
from extractors.formats.pdf_streams import UNREAD, inflated
from extractors.model import Signal
from extractors.values.timestamp import parse_timestamp, same_time

_PAIRS = (
    ("/CreationDate", "CreateDate"),
    ("/ModDate", "ModifyDate"),
    ("/Producer", "Producer"),
    ("/Creator", "CreatorTool"),
)
_SAVES = ("saved", "edited", "modified")
_MOST_XML = 2**20
_MOST_PAGES = 200


def pdf_origin(file: PdfFile) -> Iterator[Signal]:
    """origin_differs, origin_history, origin_derived, xmp_document_id, file_id, active_content;
    each with what the file states.
    """
    try:
        yield from _of(file.qpdf)
    except UNREAD:
        return


def _of(pdf: pikepdf.Pdf) -> Iterator[Signal]:
    stated = pdf.trailer.get("/Info")
    info = (
        {
            key: str(value).strip("\0 ")
            for key, value in stated.items()
            if isinstance(value, pikepdf.String)
        }
        if isinstance(stated, pikepdf.Dictionary)
        else {}
    )
    meta = pdf.Root.get("/Metadata")
    root = _xmp(inflated(meta, _MOST_XML)) if isinstance(meta, pikepdf.Stream) else None
    if root is not None:
        xmp = _properties(root)
        yield from _differs(info, xmp)
        yield from _history(root)
        if "DerivedFrom" in xmp:
            yield Signal(kind="origin_derived", detail=xmp["DerivedFrom"][:120])
        if lasting := xmp.get("OriginalDocumentID") or xmp.get("DocumentID"):
            yield Signal(kind="xmp_document_id", detail=lasting[:120])
    mark = pdf.trailer.get("/ID")
    if (
        isinstance(mark, pikepdf.Array)
        and len(mark)
        and isinstance(mark[0], pikepdf.String)
        and any(bytes(mark[0]))
    ):
        yield Signal(kind="file_id", detail=bytes(mark[0]).hex()[:64])
    yield from (Signal(kind="active_content", detail=what) for what in _active(pdf))


def _xmp(raw: bytes) -> Element | None:
    raw = raw.strip(b"\0\r\n\t ")
    if len(raw) > _MOST_XML:
        return None
    try:
        return parse_xml(re.sub(rb"<\?xpacket.*?\?>", b"", raw, flags=re.S), "XMP")
    except ReadError:
        return None


def _properties(root: Element) -> dict[str, str]:
    """Simple properties by name, written as attributes or as elements; the first of a list."""
    flat: dict[str, str] = {}
    for about in root.iter("Description"):
        flat |= {key: value for key, value in about.attrib.items() if value.strip()}
        for item in about:
            texts = [
                (item.text or "").strip(),
                *((li.text or "").strip() for li in item.iter("li")),
                *(f"{key} {value}" for key, value in item.attrib.items()),
            ]
            if text := next((each for each in texts if each), ""):
                flat.setdefault(item.tag, text)
    return flat


def _differs(info: Mapping[str, str], xmp: Mapping[str, str]) -> Iterator[Signal]:
    for key, name in _PAIRS:
        one, two = info.get(key, ""), xmp.get(name, "")
        if not one or not two:
            continue
        a, b = parse_timestamp(one), parse_timestamp(two)
        apart = (a and b and not same_time(a, b)) if "Date" in key else _squash(one) != _squash(two)
        if apart:
            yield Signal(kind="origin_differs", detail=f"{key[1:]}: {one} / {two}"[:200])


def _squash(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _history(root: Element) -> Iterator[Signal]:
    """The steps that the file itself records: "3 saves: A → B"."""
    steps: list[dict[str, str]] = []
    for history in root.iter("History"):
        for step in history.iter("li"):
            told = dict(step.attrib) | {
                e.tag: (e.text or "").strip() for e in step.iter() if e.text
            }
            steps.append(told | {key: value for e in step for key, value in e.attrib.items()})
    tools = list(
        dict.fromkeys(each["softwareAgent"] for each in steps if each.get("softwareAgent"))
    )
    if tools:
        saves = sum(each.get("action") in _SAVES for each in steps)
        yield Signal(kind="origin_history", detail=f"{saves} saves: {' → '.join(tools[:6])}"[:200])


def _active(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What the file runs or carries beside its pages."""
    names, opens = pdf.Root.get("/Names"), pdf.Root.get("/OpenAction")
    if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
        yield "JavaScript"
    pages = [page.obj for page in pdf.pages[:_MOST_PAGES]]
    if "/AA" in pdf.Root or any("/AA" in page for page in pages):
        yield "AA"
    if isinstance(form := pdf.Root.get("/AcroForm"), pikepdf.Dictionary) and "/XFA" in form:
        yield "XFA"
    if _action(opens) in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/URI"):
        yield f"OpenAction {_action(opens)[1:]}"
    if isinstance(names, pikepdf.Dictionary) and "/EmbeddedFiles" in names:
        yield "EmbeddedFiles"


def _action(item: Any) -> str:
    return str(item.get("/S", "")) if isinstance(item, pikepdf.Dictionary) else ""
