"""Who is who in a contract's free text, with spaCy: role words and party names, and what ties them
together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from extractors.errors import AnotherProcess

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import Matcher
    from spacy.tokens import Doc

ROLE_WORDS = {
    "creditor": (
        "债权人",
        "贷款人",
        "授信人",
        "债权银行",
        "贷款银行",
        "授信银行",
        "债权方",
        "贷款方",
        "出借人",
    ),
    "debtor": (
        "债务人",
        "借款人",
        "被担保人",
        "受信人",
        "主债务人",
        "被保证人",
        "债务方",
        "借款方",
        "借款单位",
        "借款企业",
        "被担保方",
        "被担保单位",
        "被担保企业",
        "被保证方",
        "被保证单位",
        "授信申请人",
    ),
    "guarantor": (
        "保证人",
        "担保人",
        "连带保证人",
        "连带责任保证人",
        "共同保证人",
        "联保人",
        "保证方",
        "担保方",
        "保证单位",
        "担保单位",
        "反担保人",
        "反担保方",
        "反担保保证人",
        "保证反担保人",
    ),
}
_SUFFIX = r"(?:有限公司|有限责任公司|公司|支行|分行|总行|营业部|银行|信用社|合作社|合伙[)]|合伙）|事务所|商行|经营部|厂)"
_LINK = re.compile(r"^(?:与|和|及|同|向|为|对|就|由|给)")
_TIE = r"(?:以下|下)?(?:合称|统称|简称|称)(?:为)?|作为(?:本合同的?)?|系|即|担任"
_ROLE = "|".join(
    sorted((word for words in ROLE_WORDS.values() for word in words), key=len, reverse=True)
)
_TOKEN = re.compile(
    rf"{_ROLE}|[甲乙丙丁]方|{_TIE}|确保|自愿|同意|鉴于|由于|为了|签订的?|签署的?|名称|全称|[()（）:：,，、。;；“”\"‘’'/]|\s+|\d+[、.．]|(?:(?!{_ROLE}|[甲乙丙丁]方|{_TIE}|确保|自愿|同意|鉴于|由于|为了|签订|签署|名称[:：]|全称[:：])[\u4e00-\u9fffA-Za-z0-9·]|(?<=[\u4e00-\u9fff])[(（][\u4e00-\u9fff]{{2,6}}[)）](?=[\u4e00-\u9fff]))+|.",
    re.S,
)
_PERSON = r"^[\u4e00-\u9fff·]{2,4}$"


allowed = True  # a reading process that shall not load the language reader sets this False


class NeedsLanguage(AnotherProcess):
    """The paper is a contract and this process has no language reader: another one is to read it."""

    code = "needs_language"


@dataclass(frozen=True, slots=True)
class Party:
    """A named party with its role and the offsets of the name in the text."""

    role: str
    name: str
    start: int
    end: int
    confidence: float


@cache
def _pipeline() -> tuple[Language, Matcher]:
    """A blank Chinese vocabulary and a matcher of the ways in which contracts tie a name to a role.

    Tokens are role words, marks and the runs between them: a name is one token, so that patterns
    stay short.
    """
    import spacy  # imported here: it takes longer than reading all other papers of a packet
    from spacy.matcher import Matcher

    nlp = spacy.blank("zh")
    matcher = Matcher(nlp.vocab)
    org = {"TEXT": {"REGEX": f"{_SUFFIX}$"}}
    opening, closing, colon = (
        {"TEXT": {"REGEX": f"^[{marks}]$"}} for marks in ("(（", ")）", ":：")
    )
    side = [opening, {"TEXT": {"REGEX": r"^[^()（）]+$"}, "OP": "{1,3}"}, closing]
    title = {"TEXT": {"REGEX": "^(?:名称|全称)$"}}
    number = {"TEXT": {"REGEX": r"^\d+[、.．]?$"}, "OP": "?"}
    quote = {"TEXT": {"REGEX": "^[“\"‘']$"}, "OP": "?"}
    for role, words in ROLE_WORDS.items():
        who = {"TEXT": {"IN": list(words)}}
        for name in (org, {"TEXT": {"REGEX": _PERSON}}):
            for lead in ([who], [who, *side], [who, number]):
                matcher.add(
                    f"{role}/after",
                    [[*lead, colon, number, name], [*lead, colon, title, colon, name]],
                )
        matcher.add(
            f"{role}/before",
            [
                [
                    org,
                    opening,
                    {"TEXT": {"REGEX": f"^(?:{_TIE})$"}},
                    colon | {"OP": "?"},
                    quote,
                    {"TEXT": {"REGEX": "^[甲乙丙丁]方$"}, "OP": "?"},
                    {"ORTH": "/", "OP": "?"},
                    who,
                ],
                [org, {"TEXT": {"REGEX": "^(?:作为.*|系|即|担任)$"}}, who],
            ],
        )
    return nlp, matcher


def _doc(nlp: Language, text: str) -> tuple[Doc, list[tuple[int, int]]]:
    """Tokens with their offsets in `text`; white space is no token but a line's end divides names."""
    from spacy.tokens import Doc

    spans = [each.span() for each in _TOKEN.finditer(text) if each[0].strip() or "\n" in each[0]]
    return Doc(
        nlp.vocab, words=[text[first:second].strip(" \t") or "\n" for first, second in spans]
    ), spans


def parties_in(text: str) -> list[Party]:
    """Parties, firmest tie first: 债权人（甲方）：X, then X（以下简称债务人）, then X作为保证人."""
    if not allowed:
        raise NeedsLanguage
    nlp, matcher = _pipeline()
    doc, spans = _doc(nlp, text)
    found: dict[tuple[str, int], Party] = {}
    for span in matcher(doc, as_spans=True):
        role, _, where = span.label_.partition("/")
        index = span.end - 1 if where == "after" else span.start
        for at in (index, *_more(doc, index, where)):
            party = _party(role, text, spans, at, 0.98 if where == "after" else 0.97)
            found.setdefault((role, party.start), party)
    return sorted(found.values(), key=lambda p: (-p.confidence, p.start))


def _more(doc: Doc, index: int, where: str) -> list[int]:
    """Further names after 、 or ； in the same list."""
    more = []
    while (
        where == "after"
        and index + 2 < len(doc)
        and doc[index + 1].text in "、,，;；"
        and re.search(_SUFFIX + "$", doc[index + 2].text)
    ):
        index += 2
        more.append(index)
    return more


def _party(
    role: str, text: str, spans: list[tuple[int, int]], index: int, confidence: float
) -> Party:
    start, end = spans[index]
    before = text[spans[index - 1][0] : spans[index - 1][1]] if index else ""
    if (
        before
        and before.strip()
        and before not in ":：、,，"
        and (link := _LINK.match(text[start:end]))
    ):
        start += link.end()
    name = text[start:end].strip()
    return Party(role, name, start, end, confidence if len(name) > 4 else confidence - 0.04)
