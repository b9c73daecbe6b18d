"""Fonts and programs that did not exist when the file says that it was made.

Years of first release, from their makers: a font or program of a later year than the file's own
time of making was there when the file was written, so that time is not when it was. The years err
early, never late.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from extractors.layout.page import Page
from extractors.model import Signal
from extractors.values.timestamp import parse_timestamp

_FIRST_PDF = 1993  # a file dated before was written by a clock that was not set
_FONTS: tuple[tuple[str, int], ...] = (
    (r"microsoft ?yahei|微软雅黑|calibri|cambria|consolas|segoe ?ui", 2006),
    (r"source ?han|思源|noto ?(?:sans|serif) ?cjk", 2014),
    (r"deng ?xian|等线|pingfang|苹方", 2015),
    (r"alibaba ?puhuiti|阿里巴巴普惠", 2019),
    (r"harmonyos|鸿蒙|misans", 2021),
)
_TOOLS: tuple[tuple[str, int], ...] = (
    (r"microsoft: print to pdf", 2015),
    (r"photoshop 2[0-9]\.", 2018),
    (r"itext.{0,3}(?:core)? ?7\b", 2016),
    (r"libreoffice (?:[5-9]|2[4-9])\.", 2015),
)
_YEAR_IN_NAME = re.compile(
    r"(?:\b(?:word|excel|powerpoint)|photoshop cc|wps 文字)\W{0,3}(20[0-3][0-9])\b", re.I
)


def anachronisms(pages: Sequence[Page], notes: Mapping[str, str]) -> Iterator[Signal]:
    """anachronism, one a font or program: "made 2012-03-01; DengXian of 2015"."""
    made = parse_timestamp(notes.get("CreationDate", ""))
    if (
        made is None
        or made.digits < 3
        or made.at.year < _FIRST_PDF
        or (made.at.month, made.at.day, made.at.hour, made.at.minute) == (1, 1, 0, 0)
    ):
        return  # midnight of the first of January is what a clock shows that was never set
    fonts = {font.name.split("+", 1)[-1] for page in pages for font in page.fonts}
    since = {name: _first_year(name, _FONTS) for name in sorted(fonts)}
    for name in (notes.get("Creator", ""), notes.get("Producer", "")):
        in_name = _YEAR_IN_NAME.search(name)
        since[name] = (
            int(in_name[1]) - 1 if in_name else _first_year(name, _TOOLS)
        )  # a version is sold from the year before its name
    for name, year in since.items():
        if year > made.at.year:
            yield Signal(
                kind="anachronism", detail=f"made {made.at:%Y-%m-%d}; {name[:120]} of {year}"
            )


def _first_year(name: str, known: Sequence[tuple[str, int]]) -> int:
    return max((year for pattern, year in known if re.search(pattern, name, re.I)), default=0)
