"""Earlier revisions of a PDF, told by a confined child: how many, what a page showed, and its
picture.
"""

from __future__ import annotations

import io

import forge_pdf as forge
import pytest
from conftest import honest_files
from PIL import Image

from extractors.errors import ReaderDied, ReadError
from extractors.sandbox.parent import Sandbox

NEW = "9999999.99"


def _saved_twice() -> tuple[bytes, str]:
    """An invoice whose largest figure was changed in a second revision, and what it was."""
    data = honest_files(7, "ruled.pdf")[1]["发票1.pdf"]
    spot = max(forge.figures(data), key=lambda s: len(s.text))
    return forge.incremental(data, spot, NEW), spot.text


def test_what_a_page_showed_before() -> None:
    data, old = _saved_twice()
    with Sandbox(jobs=1) as sandbox:
        assert [(r.number, r.pages) for r in sandbox.revisions(data).items] == [(1, 1)]
        found = sandbox.changes(data, 1, 1)
        changed = next(c for c in found.items if NEW in c.after)
        assert (
            found.readable
            and not found.more
            and old.replace("¥", "") in changed.before.replace("¥", "")
        )
        assert (
            changed.before_box
            and changed.after_box
            and abs(changed.before_box[1] - changed.after_box[1]) < 0.02
        )
        now, before = (
            Image.open(io.BytesIO(sandbox.page(data, 1, 800, revision=r))) for r in (None, 1)
        )
        assert now.size == before.size and now.tobytes() != before.tobytes()
        for revision, page in ((2, 1), (1, 9)):
            with pytest.raises(ReadError):
                sandbox.changes(data, revision, page)
        assert sandbox.page(data, 1, 800, revision=2) == b""


def test_files_without_a_past() -> None:
    data = honest_files(7, "ruled.pdf")[1]["发票1.pdf"]
    with Sandbox(jobs=1) as sandbox:
        assert (
            sandbox.revisions(data).items == []
            and sandbox.revisions(b"\x89PNG not a pdf").items == []
        )
        # thousands of ends cost no more than the last few
        assert len(sandbox.revisions(data + b"%%EOF\n" * 20_000).items) <= 8


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b'{"items": [{"number": 0, "pages": 1, "size": 1}]}',
        b'{"items": [{"number": "<b>", "pages": 1, "size": 1}]}',
    ],
)
def test_what_a_taken_over_reader_says_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    with Sandbox(jobs=1) as sandbox:
        monkeypatch.setattr(sandbox, "_ask", lambda *_, **__: ("ok", answer))
        with pytest.raises(ReaderDied):
            sandbox.revisions(b"%PDF-")
