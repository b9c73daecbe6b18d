"""The amount that a contract guarantees: of all amounts in its text the one its words point to.

A clause number (1.1) has no unit and no mark and is no amount. A figure and the words behind it are
one amount said twice; where they differ both are kept, for the rules to find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractors.keyvalue.joint_choice import confidence_of
from extractors.values.amount_in_words import FIND as WORDS
from extractors.values.amount_in_words import parse_words
from extractors.values.glyphs import fold
from extractors.values.money import FIND as FIGURES
from extractors.values.money import UNITS, parse_money

_BEFORE = 70  # characters before an amount that say what it is
_TOGETHER = 30  # characters between a figure and the same amount in words
_AGREE = 2.0  # the figure and the words beside it are equal
_AGAIN = 0.5  # another place names the same amount
_MOST_SURE = 0.98
_BASE = -1.5

# Words before an amount, with what they say about it in log-odds. The nearest phrase counts.
_CONTEXT = (
    (
        # 最高额保证合同 is a title and says nothing of the amount below it.
        re.compile(
            r"最高(?:本金)?(?:主)?(?:债权)?(?:的)?(?:本金(?:余额)?|数额|限额|余额|额度|金额|额)"
            r"(?!保证|担保|抵押|质押|不可撤销)"
        ),
        4.5,
    ),
    (
        re.compile(
            r"(?:担保|保证)(?:的)?(?:最高)?(?:主?债权)?(?:本金)?(?:金额|数额|余额|限额|额度)"
        ),
        4.5,
    ),
    (re.compile(r"主债权|债权(?:的)?(?:本金)?(?:数额|金额|余额|最高额)|被担保(?:的)?债权"), 3.5),
    (
        re.compile(r"本金|借款(?:金额|总额)|贷款(?:金额|总额)|授信(?:额度|金额)|融资(?:金额|额度)"),
        2.5,
    ),
    (re.compile(r"担保|保证|债务|借款|贷款"), 1.0),
    (
        re.compile(
            r"注册资本|实收资本|违约金|手续费|评估|律师费|公证|抵押物|质押|账户余额|罚款|保费"
        ),
        -4.0,
    ),
    (re.compile(r"利息|利率|罚息|复利|每(?:日|月|期)|首期|已(?:付|还|偿)"), -2.5),
)
_UNIT_IN_HEADING = re.compile(
    r"(?:金额|限额|余额|数额|额度)[ \t]*[(（](?:人民币)?(亿元|万元|元)[)）][ \t:：]*$"
)
_CEILING_BEHIND = re.compile(r"[^。；;]{0,12}?的?最高(?:本金)?(?:债权)?(?:余额|限额|额)")
_PRICE_BEHIND = re.compile(r"\s*(?:元)?\s*(?:减|起|[/每](?:笔|年|月|次|户|份)|优惠|返现)")
_OF_PRICES = -4.0  # an advert or a price list
_BEHIND = 30  # characters behind an amount that may call it a ceiling
_CEILING = 4.5
_ONLY_A_CAPTION = re.compile(
    r"(?:[\s(（)）:：,，]|大写|小写|币种|人民币|金额|整|[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分]|[\d,.¥])*"
)
_TAIL = re.compile(r"\s*(亿元|万元|万|元|圆)?")


@dataclass(frozen=True, slots=True)
class Span:
    """An amount in yuan and its offsets."""

    value: Decimal
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Said:
    """One amount as the text says it: in figures, in words, or both."""

    figure: Span | None
    words: Span | None
    odds: float

    @property
    def value(self) -> Decimal:
        span = self.figure or self.words
        assert span is not None
        return span.value

    @property
    def start(self) -> int:
        return min(s.start for s in (self.figure, self.words) if s is not None)


@dataclass(frozen=True, slots=True)
class Guaranteed:
    """The amount chosen and how sure it is that no other one is meant."""

    said: Said
    confidence: float


def guaranteed_amount(text: str) -> Guaranteed | None:
    """Return the amount that the contract guarantees; None where the text names none."""
    said = [*_amounts_said(text)]
    if not said:
        return None
    totals: dict[Decimal, float] = {}
    for each in said:
        totals[each.value] = max(totals.get(each.value, -99.0), each.odds)
    for each in said:
        totals[each.value] += _AGAIN / 2
    best = max(said, key=lambda s: (totals[s.value], s.odds, -s.start))
    if totals[best.value] <= 0:
        return None
    other = max((odds for value, odds in totals.items() if value != best.value), default=-99.0)
    margin = min(totals[best.value] - other, totals[best.value])
    return Guaranteed(best, min(_MOST_SURE, confidence_of(margin + 0.5)))


def _amounts_said(text: str) -> Iterator[Said]:
    """Yield the amounts of a text in order, a figure with the words beside it as one."""
    folded = fold(text)
    figures, words = [*_figures(folded)], [*_words(folded)]
    taken: set[int] = set()
    for figure in figures:
        beside = [
            each for each in words if each.start not in taken and _adjacent(folded, figure, each)
        ]
        word = min(beside, key=lambda w: abs(w.start - figure.start), default=None)
        if word is not None:
            taken.add(word.start)
        start = min(figure.start, word.start) if word else figure.start
        end = max(figure.end, word.end) if word else figure.end
        agrees = _AGREE if word is not None and word.value == figure.value else 0.0
        yield Said(figure, word, _context(folded, start, end) + agrees)
    for word in words:
        if word.start not in taken:
            yield Said(None, word, _context(folded, word.start, word.end))


def _adjacent(text: str, figure: Span, words: Span) -> bool:
    first, second = sorted((figure, words), key=lambda s: s.start)
    between = text[first.end : second.start]
    return len(between) <= _TOGETHER and not re.search(r"[。；;]|\d{3}", between)


def _figures(text: str) -> Iterator[Span]:
    for match in FIGURES.finditer(text):
        tail = _TAIL.match(text, match.end())
        unit = tail[1] if tail and tail[1] else ""
        heading = _UNIT_IN_HEADING.search(text[: match.start()])
        marked = match[0].lstrip().startswith(("¥", "RMB", "CNY")) or "," in match[0]
        if not (unit or marked or heading):
            continue
        value = parse_money(match[0].replace(" ", "") + unit.replace("圆", "元"))
        if value is None or value <= 0:
            continue
        if heading and not unit:
            value *= UNITS[heading[1]]
        end = match.end() + (tail.end() - match.end() if tail and unit else 0)
        yield Span(value, match.start(), end)


def _words(text: str) -> Iterator[Span]:
    for match in WORDS.finditer(text):
        value = parse_words(match[0])
        if value is not None and value > 0 and match.end() - match.start() > 2:
            yield Span(value, match.start(), match.end())


def _words_before(text: str, start: int) -> str:
    """Return the words of a sentence before an amount; （小写）： alone goes on from the last one."""
    sentences = re.split(r"[。；;]", text[max(0, start - _BEFORE) : start])
    before = sentences.pop()
    while sentences and _ONLY_A_CAPTION.fullmatch(before):
        before = sentences.pop() + before
    return before


def _context(text: str, start: int, end: int) -> float:
    """Return what the telling words around an amount say about it."""
    before = _words_before(text, start)
    nearest = (-1, 0.0)
    for pattern, odds in _CONTEXT:
        for match in pattern.finditer(before):
            better = match.end() > nearest[0] or (match.end() == nearest[0] and odds > nearest[1])
            if better:
                nearest = (match.end(), odds)
    if _PRICE_BEHIND.match(text[end : end + _BEHIND]):
        return _BASE + _OF_PRICES
    strongest = max((o for p, o in _CONTEXT if o > 0 and p.search(before)), default=0.0)
    if nearest[1] >= 0 and _CEILING_BEHIND.match(text[end : end + _BEHIND]):
        strongest = max(strongest, _CEILING)
    return _BASE + (nearest[1] if nearest[1] < 0 else max(strongest, nearest[1]))


def principal_of(text: str) -> Span | None:
    """Return the principal of the main contract where a sentence names it."""
    found = re.search(
        r"(?:主合同|借款合同)[^。\n]{0,40}?(?:借款|贷款)?(?:本金|金额)[^。\n]{0,30}?[¥]?([\d,]+(?:\.\d+)?)(万元|元)",
        text,
    )
    value = parse_money(found[1] + found[2]) if found else None
    return Span(value, found.start(1), found.end(2)) if found and value is not None else None
