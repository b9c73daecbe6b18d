"""One page of a paper that is not made as the others are: another size, or fonts that no other page
uses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.layout.page import Page
from extractors.model import Signal

_LEAST = 3  # pages of which one can be the odd one


def stitched(pages: Sequence[Page]) -> Iterator[Signal]:
    """other_page, with what differs: "size 595 x 842, others 612 x 792" or "fonts SimHei, others
    SimSun".
    """
    pages = [each for each in pages if not each.is_sheet]
    if len(pages) < _LEAST:
        return
    sizes = Counter(_size(each) for each in pages)
    (usual, count), *_ = sizes.most_common(1)
    texts = [each for each in pages if each.fonts and each.words]
    for page in pages:
        told = []
        if count >= len(pages) - 1 and _size(page) != usual:
            told.append(f"size {_shown(_size(page))}, others {_shown(usual)}")
        others = [p for p in texts if p is not page]
        if page in texts and len(others) >= _LEAST - 1:
            shared = set.intersection(*(_fonts(p) for p in others))
            if shared and not shared & _fonts(page):
                told.append(
                    f"fonts {', '.join(sorted(_fonts(page))[:3])}, others "
                    f"{', '.join(sorted(shared)[:3])}"
                )
        if (
            page.scan is not None
            and sum(each.scan is not None for each in pages) == 1
            and len(texts) >= _LEAST - 1
        ):
            told.append("a picture, others text")
        if told:
            yield Signal(kind="other_page", detail="; ".join(told), page=page.number)


def _size(page: Page) -> tuple[int, int]:
    """Short and long side, to the nearest ten points: a page lying on its side is of the same size."""
    if page.scan is not None:
        return (0, 0)
    short, long = sorted((page.width, page.height))
    return round(short / 10) * 10, round(long / 10) * 10


def _shown(size: tuple[int, int]) -> str:
    return f"{size[0]} x {size[1]}"


def _fonts(page: Page) -> set[str]:
    return {font.name.split("+", 1)[-1] for font in page.fonts}
