"""What a PDF's pages draw, as digests of the objects that they reach: two revisions compared
without rendering either.
"""

from __future__ import annotations

import hashlib
from typing import Any

import pikepdf

from extractors.formats.pdf_streams import inherited

_QUIET = frozenset(
    {
        "/Pages",
        "/AcroForm",
        "/DSS",
        "/Metadata",
        "/Extensions",
        "/Version",
        "/Perms",
        "/StructTreeRoot",
        "/Root",
        "/Info",
        "/ID",
        "/Size",
    }
    | {
        "/Prev",
        "/XRefStm",
        "/Type",
        "/W",
        "/Index",
        "/Length",
        "/Filter",
        "/DecodeParms",
        "/Encrypt",
    }
    # how a viewer opens and lists the file, which changes nothing that its pages show
    | {"/Outlines", "/PageLabels", "/PageMode", "/PageLayout", "/ViewerPreferences", "/Lang"}
    | {"/MarkInfo", "/PieceInfo", "/Dests", "/Threads", "/URI", "/SpiderInfo"}
)
_MOST_BYTES = 64 * 2**20
_DEEPEST = 60


class Digest:
    """A digest of what an object reaches; a page reached from elsewhere counts as its number, and a
    circle as nothing.
    """

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf, self._known, self._budget = pdf, dict[tuple[int, int], bytes](), _MOST_BYTES
        for number, page in enumerate(pdf.pages):
            self._known[page.obj.objgen] = b"page %d" % number

    def page(self, page: Any) -> dict[str, bytes]:
        """Content, boxes, rotation and each resource, inherited ones too; annotations apart."""
        told = {"content": self._content(page)}
        for key in ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit"):
            told[key] = self.of(inherited(page, key))
        resources = inherited(page, "/Resources")
        for kind, named in resources.items() if isinstance(resources, pikepdf.Dictionary) else ():
            if isinstance(
                named, pikepdf.Dictionary
            ):  # one by one: a tool that adds a font of its own changes nothing that is drawn
                told |= {f"{kind}{name}": self.of(item) for name, item in named.items()}
        return told

    def rest(self) -> bytes:
        """Everything that the file holds outside its pages and what saving it anew changes."""
        items = [*self._pdf.trailer.items(), *self._pdf.Root.items()]
        return b"|".join(
            k.encode() + self.of(v) for k, v in sorted(items, key=lambda i: i[0]) if k not in _QUIET
        )

    def notes(self) -> set[tuple[str, bytes]]:
        """Kind and digest of every annotation; fields of signatures are of kind /Signature."""
        out = set()
        for page in self._pdf.pages:
            notes = page.obj.get("/Annots")
            for note in notes if isinstance(notes, pikepdf.Array) else ():
                if isinstance(note, pikepdf.Dictionary):
                    kind = (
                        "/Signature"
                        if inherited(note, "/FT") == "/Sig"
                        else str(note.get("/Subtype", ""))
                    )
                    out.add((kind, self.of_note(note)))
        return out

    def of_note(self, note: pikepdf.Object) -> bytes:
        """Digest of an annotation without what ties it to the rest of the file."""
        return self.of(note, frozenset({"/P", "/Parent", "/Popup"}))

    def _content(self, page: Any) -> bytes:
        content = page.get("/Contents")
        parts = (
            [content]
            if isinstance(content, pikepdf.Stream)
            else list(content)
            if isinstance(content, pikepdf.Array)
            else []
        )
        return b"".join(self._raw(part) for part in parts if isinstance(part, pikepdf.Stream))

    def of(self, item: Any, without: frozenset[str] = frozenset(), depth: int = 0) -> bytes:
        if depth > _DEEPEST or not isinstance(item, pikepdf.Object):
            return repr(item).encode() if depth <= _DEEPEST else b"deep"
        key = item.objgen if item.is_indirect else None
        if key is not None and key in self._known:
            return self._known[key]
        if key is not None:
            self._known[key] = b"circle"
        done = hashlib.sha256(self._text(item, without, depth)).digest()
        if key is not None:
            self._known[key] = done
        return done

    def _text(self, item: pikepdf.Object, without: frozenset[str], depth: int) -> bytes:
        if isinstance(item, pikepdf.Array):
            return b"[" + b",".join(self.of(i, without, depth + 1) for i in item)
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            own: Any = item.stream_dict if isinstance(item, pikepdf.Stream) else item
            quiet = without | (
                {"/Length", "/Filter", "/DecodeParms"}
                if isinstance(item, pikepdf.Stream)
                else set()
            )
            text = b"<" + b",".join(
                k.encode() + self.of(v, without, depth + 1)
                for k, v in sorted(own.items())
                if k not in quiet
            )
            return text + (self._raw(item) if isinstance(item, pikepdf.Stream) else b"")
        return bytes(item.unparse())

    def _raw(self, stream: Any) -> bytes:
        raw = bytes(stream.read_raw_bytes())
        self._budget -= len(raw)
        if self._budget < 0:
            raise ValueError("too much to compare")
        return hashlib.sha256(raw).digest()
