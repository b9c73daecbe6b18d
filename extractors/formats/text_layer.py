"""Whether the text layer of a PDF page can be believed. Where it cannot, the page is read from its
picture.

A font may draw 金额 and say 䋾灝: it has no map from its glyphs to characters (ISO 32000-1 9.10.2),
or a wrong one. The first is found in the font's own dictionary; of the second no single character
tells, so text that holds none of the words of a business document is compared with what the page's
picture reads.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pikepdf

from extractors.formats.pdf_file import PdfFile
from extractors.layout.page import FontUse, Page, Raw
from extractors.model import WHOLE_PAGE, Signal
from extractors.values.glyphs import squeeze

FEWEST = (
    8  # characters without meaning that make a page unreadable; fewer are marks and boxes to tick
)
UNREADABLE_SHARE = 0.05  # of a page's characters
UNMAPPED_SHARE = 0.1  # of a page's text runs that are drawn by fonts without a map
ACCENTED_SHARE = 0.5  # of its ASCII letters: French and German have fewer accents by far
MISLABELLED_DIGITS = 5  # of the ten: an exchange of a figure's digits touches two to four
ENOUGH_TEXT = 30  # characters of a script that must hold a common word
ALIKE = 0.5  # share of characters that two readings of an honest page have in common, at least
_CHARACTER_SETS = (
    "GB1",
    "CNS1",
    "Japan1",
    "Korea1",
    "KR",
)  # Adobe's ordered sets, whose codes tell the character
_PREFIX = re.compile(r"^[A-Z]{6}\+")
_NAMED_GLYPH = re.compile(
    r"^(?:[A-Za-z]|[a-z]{2,}|[A-Z][a-z]+|uni[0-9A-F]{4}|u[0-9A-F]{4,6}|[a-z]+\d*(?:\.[a-z]+)?)$"
)

_RARE_SIGNS = frozenset("‚ƒ„†‡ˆ‰‹˜›¡¢¤¦¨«¬¯²³´µ¶¸¹»¼½¾¿")

_COMMON = re.compile(
    "公司|银行|名称|日期|金额|合计|账号|账户|户名|编号|单位|人民币|年|月|日|元|号|的|表|合同|姓名|地址|电话|项目|资产|负债|收入|税"
    "|本|中|有限|余额|摘要|第|一"
)
_COMMON_LATIN = re.compile(
    r"(?i)total|date|amount|account|balance|name|bank|number|invoice|page|the|of|and|to|in|for|no\b|tax|co\b|ltd|cny|rmb|usd"
)


def text_set_aside(page: int, why: str) -> Signal:
    """The observation that a page's text layer was not believed."""
    return Signal(kind="text_layer_set_aside", detail=why, page=page)


def set_unmapped_text_aside(file: PdfFile, raw: Raw) -> None:
    """Takes the words of pages away whose fonts do not say which characters they draw; such a page
    counts as a picture.
    """
    unmapped = {page.number: _unmapped(file, page) for page in raw.pages if page.words}
    for page in raw.pages:
        why = unmapped.get(page.number) or _without_meaning(page)
        if not why:
            continue
        page.words = []
        page.invisible = ""
        page.picture_share = 1.0
        raw.signals.append(text_set_aside(page.number, why))


def set_mislabelled_text_aside(raw: Raw) -> None:
    """Takes the words of a file away whose digits are nearly all drawn as others, and says so once
    instead of digit by digit.

    One map that is wrong throughout has one cause, a broken library or a hand that replaced it; a
    figure or two that lie have another.
    """
    lies = [signal for signal in raw.signals if signal.kind == "glyph_differs"]
    digits = {signal.detail.partition(",")[0] for signal in lies}
    if len(digits) < MISLABELLED_DIGITS:
        return
    raw.signals = [signal for signal in raw.signals if signal not in lies]
    told = f"{len(digits)} of 10 digits are drawn as others"
    raw.signals.append(replace(lies[0], kind="broken_font_map", detail=told, box=WHOLE_PAGE))
    for page in raw.pages:
        if page.words:
            page.words = []
            page.invisible = ""
            page.picture_share = 1.0
            raw.signals.append(text_set_aside(page.number, told))


def _unmapped(file: PdfFile, page: Page) -> str:
    """Why the fonts of a page cannot be believed; empty where they can.

    Only subsets that the file carries can hide their characters.
    """
    suspects = [font for font in page.fonts if font.embedded]
    if not suspects:
        return ""
    try:
        silent = silent_fonts(file.qpdf.pages[page.number - 1])
    except (
        pikepdf.PdfError,
        pikepdf.PasswordError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
    ):
        return ""
    runs = sum(font.count for font in page.fonts)
    drawn = sum(font.count for font in suspects if _plain(font) in silent)
    return "fonts without a map to characters" if drawn > UNMAPPED_SHARE * runs else ""


def _plain(font: FontUse) -> str:
    return _PREFIX.sub("", font.name)


def silent_fonts(page: pikepdf.Page) -> set[str]:
    """Names, without the subset's prefix, of a page's fonts that do not tell which characters they
    draw.
    """
    fonts: dict[str, pikepdf.Object] = dict(page.resources.get("/Font", {}).items())
    return {
        _PREFIX.sub("", str(font.get("/BaseFont", ""))[1:])
        for font in fonts.values()
        if "/ToUnicode" not in font and _is_silent(font)
    }


def _is_silent(font: pikepdf.Object) -> bool:
    """Whether a font without a ToUnicode map has no other way to its characters either."""
    subtype = str(font.get("/Subtype", ""))
    if subtype == "/Type0":
        encoding = str(font.get("/Encoding", ""))
        system = font.DescendantFonts[0].get("/CIDSystemInfo")
        ordering = str(system.get("/Ordering", "")) if system is not None else ""
        return encoding.startswith("/Identity") and ordering not in _CHARACTER_SETS
    if subtype == "/Type3":
        names = [str(name)[1:] for name in font.get("/CharProcs", {})]
        named = [name for name in names if _NAMED_GLYPH.match(name)]
        return bool(names) and len(named) < len(names) / 2
    return False


def _without_meaning(page: Page) -> str:
    """Why the characters of a page say nothing; empty where they do."""
    text = "".join(word.text for word in page.words)
    strange = sum(unicodedata.category(ch) in ("Co", "Cn", "Cc") or ch == "\ufffd" for ch in text)
    if strange >= FEWEST and strange > UNREADABLE_SHARE * len(text):
        return "characters for private use or without a meaning"
    return ""


def seems_garbled(page: Page) -> bool:
    """Whether the text of a page holds no word at all that business documents are made of."""
    if page.scan is not None or page.is_sheet or not page.words:
        return False
    text = squeeze("".join(word.text for word in page.words))
    chinese = sum("\u3400" <= ch <= "\u9fff" for ch in text)
    latin = sum(ch.isascii() and ch.isalpha() for ch in text)
    accented = sum(_is_western(ch) for ch in text)
    if accented >= FEWEST and accented > max(chinese, ACCENTED_SHARE * latin):
        return True  # codes of a font that are taken for those of Western Europe
    if chinese >= ENOUGH_TEXT:
        return len(set(_COMMON.findall(text))) < 3
    if latin >= ENOUGH_TEXT:
        return not _COMMON_LATIN.search(text) and not _COMMON.search(text)
    return False


def _is_western(ch: str) -> bool:
    """Whether a character is one that codes of a font are taken for: accented letters, and the
    signs of Windows-1252 that business documents hardly use.
    """
    return ("\u0080" <= ch <= "\u024f" and ch.isalpha()) or ch in _RARE_SIGNS


def reads_alike(page: Page, drawn: Sequence[Page]) -> bool:
    """Whether a page's text and its picture's reading have most characters in common.

    Digits keep their codes in fonts whose letters lost theirs, and make up most of a statement:
    where the picture shows letters, they alone are compared.
    """
    said, seen = _characters([page]), _characters(drawn)
    letters_seen = _letters(seen)
    if letters_seen.total() >= FEWEST:
        said, seen = _letters(said), letters_seen
    shared = sum((said & seen).values())
    return shared >= ALIKE * max(1, min(said.total(), seen.total()))


def _letters(characters: Counter[str]) -> Counter[str]:
    return Counter({ch: count for ch, count in characters.items() if ch.isalpha()})


def _characters(pages: Iterable[Page]) -> Counter[str]:
    return Counter(squeeze("".join(word.text for page in pages for word in page.words)))
