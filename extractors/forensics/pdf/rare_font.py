"""A figure in a font of its own: on a page whose other figures share theirs, one or two bear a font
that draws nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.layout.page import FontUse, Page, Word
from extractors.model import Signal
from extractors.values.glyphs import fold

_FIGURE = re.compile(r"[¥￥]?-?[\d,]*\d\.\d{2}")
_NUMBER = re.compile(r"\d{4,}")
_FEW = 2
_LEAST_OTHERS = 3
_LEAST_NUMBERS = 4  # a date, a serial number and two accounts, which every slip prints


def odd_fonts(pages: Sequence[Page]) -> Iterator[Signal]:
    """One signal a figure: "1726982.70: Helvetica, not embedded; others: SimSun".

    Fonts of one family (bold, italic) are one.
    """
    for page in pages:
        figures = [word for word in page.words if _FIGURE.fullmatch(fold(word.text))]
        if len(page.fonts) < 2 or not figures:
            continue
        main = max(page.fonts, key=lambda f: (f.count, f.name))
        for font in page.fonts:
            if font.count > _FEW or _family(font.name) == _family(main.name):
                continue
            own = [word for place in font.places for word in page.words if _inside(word, place)]
            if not own or any(word not in figures for word in own):
                continue
            others = len(figures) - len(own)
            if others >= _LEAST_OTHERS or _numbers_in(page, main, own) >= _LEAST_NUMBERS:
                yield from (_signal(page, word, font, main) for word in own)


def _numbers_in(page: Page, main: FontUse, own: Sequence[Word]) -> int:
    """Numbers of other kinds (accounts, dates, serials) that the page's main font draws: a slip has
    one amount to compare.
    """
    drawn = _places_of(page, main)
    numbers = [word for word in page.words if word not in own and _NUMBER.search(fold(word.text))]
    return sum(any(_inside(word, place) for place in drawn) for word in numbers)


def _places_of(page: Page, font: FontUse) -> list[tuple[float, float, float, float]]:
    by_number = dict(zip(dict.fromkeys(run.font for run in page.runs), page.fonts, strict=False))
    return [run.place for run in page.runs if by_number.get(run.font) is font]


def odd_subsets(pages: Sequence[Page]) -> Iterator[Signal]:
    """odd_subset, one a figure: "98,500.00: SimSun, embedded twice". One base font stands twice on
    a page, and one of the two draws only a figure or two of many; subsets that a program cuts
    from a large font draw different characters, and all figures are in one.
    """
    for page in pages:
        for font in (
            font_use for font_use in page.fonts if font_use.embedded and font_use.count <= _FEW
        ):
            main = max(page.fonts, key=lambda f: (f.count, f.name))
            if font is main or not main.embedded or _plain(font.name) != _plain(main.name):
                continue
            own = [word for place in font.places for word in page.words if _inside(word, place)]
            drawn = _places_of(page, main)
            others = [
                word
                for word in page.words
                if _FIGURE.fullmatch(fold(word.text))
                and word not in own
                and any(_inside(word, place) for place in drawn)
            ]
            if (
                own
                and all(_FIGURE.fullmatch(fold(word.text)) for word in own)
                and len(others) >= _LEAST_OTHERS
            ):
                told = f"{_plain(font.name)}, embedded twice"
                yield from (
                    Signal(
                        kind="odd_subset",
                        detail=f"{word.text}: {told}",
                        page=page.number,
                        box=page.box_of([word]),
                    )
                    for word in own
                )


def _signal(page: Page, word: Word, font: FontUse, main: FontUse) -> Signal:
    carried = "" if font.embedded or not main.embedded else ", not embedded"
    return Signal(
        kind="odd_font",
        detail=f"{word.text}: {_plain(font.name)}{carried}; others: {_plain(main.name)}",
        page=page.number,
        box=page.box_of([word]),
    )


def _inside(word: Word, place: tuple[float, float, float, float]) -> bool:
    return place[0] - 1 <= word.cx <= place[2] + 1 and place[1] - 1 <= word.mid <= place[3] + 1


def _plain(name: str) -> str:
    """A font's name without the tag of its subset (ISO 32000-1 9.6.4)."""
    return name.split("+", 1)[-1]


def _family(name: str) -> str:
    return re.split(r"[-,]", _plain(name))[0].lower().removesuffix("mt").removesuffix("ps")
