"""What the observers of electronic papers state of the PDFs of a folder: for each kind of signal
how many files have it, and some names.

python benchmarks/signals.py ../shared [--kinds glyph_differs,other_hand]

Pages are taken as text: no picture is read, so that a folder of hundreds of files takes minutes.
Files that cannot be opened are counted.
"""

from __future__ import annotations

import argparse
import os
from collections import defaultdict
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path

from extractors.errors import ReadError
from extractors.forensics.pdf.observe_pdf import pdf_making
from extractors.formats.pdf import read_document
from extractors.formats.pdf_file import PdfFile

_KINDS = (
    "glyph_differs,odd_font,odd_subset,set_apart,other_hand,covering_note,loose_text,two_papers"
)


def _kinds(path: Path) -> tuple[Path, set[str] | None]:
    try:
        with PdfFile(path.read_bytes()) as file:
            return path, {
                s.kind for s in pdf_making(file, read_document(file.document, max_pages=500))
            }
    except ReadError:
        return path, None


def _lines(folder: Path, kinds: list[str]) -> Iterator[str]:
    paths = [
        Path(root) / name
        for root, _, names in os.walk(folder, followlinks=True)
        for name in sorted(names)
        if name.endswith(".pdf")
    ]
    found: dict[str, list[str]] = defaultdict(list)
    refused = 0
    with Pool(2) as pool:
        for path, told in pool.imap_unordered(_kinds, sorted(paths), chunksize=8):
            refused += told is None
            for kind in told or ():
                found[kind].append(path.name)
    yield f"{len(paths)} PDFs, {refused} of them not opened"
    yield from (
        f"{kind}: {len(found[kind])}  {' '.join(sorted(found[kind])[:8])}" for kind in kinds
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kinds", default=_KINDS)
    given = parser.parse_args()
    for line in _lines(given.folder, given.kinds.split(",")):
        print(line)


if __name__ == "__main__":
    main()
