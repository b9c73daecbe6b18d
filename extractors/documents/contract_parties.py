"""Who is creditor, debtor and guarantor of a contract: evidence from all its places, one choice.

The head, tables, definitions (以下简称“债务人”), the recitals and the signatures each say something
about a name. A name has one role, a contract one creditor, and several guarantors are common.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.documents.contract_language import ROLE_WORDS, parties_in
from extractors.keyvalue.joint_choice import confidence_of
from extractors.values.party_name import folded_name

ROLES = ("creditor", "debtor", "guarantor")

# Evidence in log-odds that a name has a role, by the place that says so.
NAMED = 5.0  # 保证人（乙方）：X, or X（以下简称“债务人”）
IN_TABLE = 4.5
BY_SIDE = 3.5  # 乙方：X, where 乙方 is said elsewhere to be the guarantor
_BY_LANGUAGE = 4.0
_SIGNED = 3.0
_ADDRESSED = 3.0  # 致：X银行 of a letter of guarantee
_RECITAL = 0.7  # 为X向Y申请的借款: a sentence's wording alone is a hint and never sure
_AGAIN = 0.5  # each further place that says the same
_BANK = 1.0  # lenders are mostly banks, and banks seldom borrow or guarantee here
_ENOUGH = 1.2
_MOST_SURE = 0.98

_WORD_TO_ROLE = {word: role for role, words in ROLE_WORDS.items() for word in words}
_ROLE = "|".join(r"[ \u3000]?".join(word) for word in sorted(_WORD_TO_ROLE, key=len, reverse=True))
_SIDE = "[甲乙丙丁戊]方"
_ENDING = (
    r"(?:有限责任公司|股份有限公司|有限公司|集团公司|公司|支行|分行|营业部|银行|信用社|合作社"
    r"|合伙企业|事务所|商行|经营部|工厂|厂|中心|商店)(?!股份|有限|集团|控股|责任|房|区)"
)
_BRANCH = r"(?:[\u4e00-\u9fff]{2,12}?(?:支行|分行|营业部|分公司))?"
_TAIL = r"(?:[(（](?:有限合伙|普通合伙|特殊普通合伙)[)）])?"
_CHARS = r"[\u4e00-\u9fffA-Za-z0-9·]"
_PLACE = r"[(（][\u4e00-\u9fff]{2,6}[)）]"
_COMPANY = rf"{_CHARS}(?:{_CHARS}|{_PLACE}){{1,40}}?{_ENDING}{_BRANCH}{_TAIL}"
_PERSON = r"[\u4e00-\u9fff·]{2,4}(?=[ \t\n,，、;；。(（]|$)"
_NAME = rf"(?:{_COMPANY}|{_PERSON})"
_NUMBER = r"(?:[一二三四五六七八九十\d]{1,2})?"
_INNER = r"(?:[^()（）\n]|[(（][^()（）\n]{0,8}[)）])"
_BRACKET = rf"(?:[(（/]{_INNER}{{0,14}}[)）])?"
_SPACE = r"[ \t]*"

_HEAD = re.compile(
    rf"(?P<lead>(?:{_ROLE}|{_SIDE}){_SPACE}{_NUMBER}{_SPACE}{_BRACKET}{_NUMBER})"
    rf"{_SPACE}(?:名称|全称|姓名)?{_SPACE}[:：]\s*(?:\d[.、]{_SPACE})?"
    rf"(?:(?:名称|全称|姓名|单位名称|公司名称){_SPACE}[:：]\s*)?"
    rf"(?P<names>{_NAME}(?:{_SPACE}(?:、{_SPACE}{_NAME}|[,，;；和及]{_SPACE}{_COMPANY}))*)"
)
_DEFINED = re.compile(
    rf"(?P<name>{_COMPANY}){_SPACE}[(（][^()（）\n]{{0,8}}?(?:称|作为|即|系){_SPACE}[:：]?[^()（）\n]{{0,8}}?"
    rf"(?P<role>{_ROLE}|{_SIDE})[^()（）\n]{{0,8}}[)）]"
)
_SIGNATURE = re.compile(
    rf"(?P<lead>{_ROLE}|{_SIDE}){_SPACE}(?:[(（][^()（）\n]{{0,10}}[)）])?{_SPACE}"
    rf"[(（]?(?:盖章|公章|签章|签字|盖公章)[^:：\n]{{0,10}}[:：]{_SPACE}(?P<names>{_COMPANY})"
)
_SIDE_ROLE = re.compile(
    rf"(?P<a>{_SIDE}){_SPACE}[(（/][^()（）\n]{{0,8}}?(?P<ra>{_ROLE})"
    rf"|(?P<rb>{_ROLE}){_SPACE}[(（/][^()（）\n]{{0,8}}?(?P<b>{_SIDE})"
)
_DEBTORS = "|".join(sorted(ROLE_WORDS["debtor"], key=len, reverse=True))
_RECITALS = (
    (
        # 债权人与债务人X之间, 借款人X在主合同项下: the role stands right before the name.
        "debtor",
        re.compile(
            rf"(?:{_DEBTORS}){_SPACE}(?P<name>{_COMPANY})"
            rf"(?={_SPACE}(?:之间|签订|签署|在|于|与|自|依|[（(]))"
        ),
        _SIGNED,
    ),
    (
        "debtor",
        re.compile(
            rf"(?:为|替|对){_SPACE}(?P<name>{_COMPANY})[^。\n]{{0,40}}?提供[^。\n]{{0,20}}?(?:保证|担保)"
        ),
        BY_SIDE,
    ),
    (
        "debtor",
        re.compile(
            rf"(?P<name>{_COMPANY}){_SPACE}(?:的)?(?:上述|全部|该笔)?(?:债务|借款|贷款|授信)(?!人|方|银行)"
        ),
        _RECITAL / 2,
    ),
    (
        "creditor",
        re.compile(rf"(?:^|\n){_SPACE}致{_SPACE}[:：]?{_SPACE}(?P<name>{_COMPANY})"),
        _ADDRESSED,
    ),
    (
        "debtor",
        re.compile(
            rf"(?:为|就|对){_SPACE}(?P<name>{_COMPANY}){_SPACE}(?:在|向|与|自|所|的(?:借款|债务))"
        ),
        _RECITAL,
    ),
    (
        "debtor",
        re.compile(
            rf"(?P<name>{_COMPANY}){_SPACE}(?:向|与)[^。\n]{{2,40}}?(?:申请|借款|签订|签署|取得)"
        ),
        _RECITAL / 2,
    ),
    (
        "creditor",
        re.compile(rf"向{_SPACE}(?P<name>{_COMPANY}){_SPACE}(?:申请|借款|贷款|融资|提供)"),
        _RECITAL,
    ),
    (
        "guarantor",
        re.compile(rf"(?P<name>{_COMPANY}){_SPACE}(?:自愿|愿意|同意)[^。\n]{{0,20}}?(?:保证|担保)"),
        _RECITAL,
    ),
)
# What runs into a name from the sentence before it. 和 and 同 begin companies' names (和平, 同方).
_LEADING = re.compile(
    rf"^(?:{_ROLE}|{_SIDE}|鉴于|由于|为了|确保|保证|贵行|与|为|就|由|给|被|即|系|是|因)+"
)
# Words of a sentence before a name, of which the last links it: 保证人自愿为债权人与X, 甲方依据与X.
_BEFORE_NAME = re.compile(
    rf"^.{{0,24}}?(?:{_ROLE}|{_SIDE}|自愿|愿意|同意|依据|根据|基于|鉴于|贵行|贵公司|我行|本行)"
    r"(?:自愿|愿意|同意|依据|根据|其)*(?:与|和|同|为|向|对|就|及|给|替|由)+"
)
_JOINED = re.compile(r"(?<=公司|支行|分行|银行)(?:与|和|及|同|向|为|对)")
_NO_NAME = re.compile(
    r"^(?:[甲乙丙丁戊]方|本人|法人|见附|详见|如下|下列|名称|住所|地址|电话|法定|代表|盖章|签字|签章|公章|签名|身份|证件|全称|姓名|以下|统一|我公司|本公司|贵公司|该公司|[我本贵该]行|银行|公司|负责人|日期|传真|邮编|联系人?|签订|主合同|及其|关联|所属|任何|其他|应当?|未能?|不得?|之间|应付|所欠)"
)
_COUNTER_GUARANTEE = re.compile(r"反担保(?:保证)?(?:合同|协议|函|书|承诺)|保证反担保")
_FIRST_GUARANTOR = re.compile(r"(?<![反被])担保[人方](?!保证)")
_HEAD_OF_TEXT = 400  # characters in which a contract says what it is
_IS_BANK = re.compile(r"银行|信用社|信用合作|支行|分行|农商行")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that gives a name a role, with its offsets and its weight."""

    role: str
    name: str
    start: int
    end: int
    odds: float


@dataclass(frozen=True, slots=True)
class RoleOfName:
    """The role of a name, where it is said first and most clearly, and how sure that is."""

    role: str
    name: str
    start: int
    end: int
    confidence: float


@dataclass(slots=True)
class _Evidence:
    """What all places say about one name."""

    mentions: list[Mention] = field(default_factory=list)

    def odds(self, role: str) -> float:
        weights = sorted(
            (mention.odds for mention in self.mentions if mention.role == role), reverse=True
        )
        if not weights:
            return 0.0
        bank = bool(_IS_BANK.search(self.mentions[0].name))
        prior = _BANK if bank == (role == "creditor") else -_BANK
        return weights[0] + _AGAIN * min(len(weights) - 1, 3) + prior

    def best(self, role: str) -> Mention:
        own = [mention for mention in self.mentions if mention.role == role]
        return min(own, key=lambda m: (m.start < 0, -m.odds, m.start))


def mentions_in(text: str) -> list[Mention]:
    """Return every place of a contract's text that gives a name a role."""
    text = _in_counter_guarantee(text)
    sides = _sides(text)
    found = [*_heads(text, sides), *_definitions(text, sides), *_signatures(text, sides)]
    for role, pattern, odds in _RECITALS:
        for match in pattern.finditer(text):
            found += _mention(role, text, match.start("name"), match.end("name"), odds)
    found += _only_bank(text)
    for party in parties_in(text):
        found += _mention(party.role, text, party.start, party.end, _BY_LANGUAGE)
    return found


def _only_bank(text: str) -> Iterator[Mention]:
    """Yield the one bank that a contract names: guarantees to banks name their creditor."""
    banks: dict[str, Mention] = {}
    for match in re.finditer(_COMPANY, text):
        if not _IS_BANK.search(match[0]):
            continue
        for mention in _mention("creditor", text, match.start(), match.end(), _RECITAL):
            banks.setdefault(folded_name(mention.name), mention)
    if len(banks) == 1:
        yield from banks.values()


def _in_counter_guarantee(text: str) -> str:
    """Return a counter-guarantee with its first guarantor called creditor, which it is there.

    甲方（担保人） has guaranteed to the bank; the counter-guarantors answer to it. Offsets are kept.
    """
    if not _COUNTER_GUARANTEE.search(text[:_HEAD_OF_TEXT]):
        return text
    return _FIRST_GUARANTOR.sub(lambda found: f"债权{found[0][-1]}", text)


def choose_parties(mentions: Sequence[Mention]) -> list[RoleOfName]:
    """Return each named party with the one role that its evidence supports best."""
    names: dict[str, _Evidence] = {}
    for mention in mentions:
        names.setdefault(folded_name(mention.name), _Evidence()).mentions.append(mention)
    chosen = [each for evidence in names.values() if (each := _role_of(evidence, names.values()))]
    clear = {each.role for each in mentions if each.odds >= BY_SIDE}
    chosen = [c for c in chosen if c.role not in clear or _is_said(c, names)]
    creditors = [c for c in chosen if c.role == "creditor"]
    if len(creditors) > 1:
        first = max(creditors, key=lambda c: (c.confidence, -c.start))
        chosen = [c for c in chosen if c.role != "creditor" or c is first]
    return sorted(chosen, key=lambda c: c.start)


def _is_said(chosen: RoleOfName, names: dict[str, _Evidence]) -> bool:
    """Return whether more than a sentence's wording gives a name its role."""
    mentions = names[folded_name(chosen.name)].mentions
    return any(mention.role == chosen.role and mention.odds > _RECITAL for mention in mentions)


def _role_of(evidence: _Evidence, everyone: object) -> RoleOfName | None:
    odds = {role: evidence.odds(role) for role in ROLES}
    role = max(ROLES, key=lambda each: odds[each])
    if odds[role] < _ENOUGH:
        return None
    second = max(odds[other] for other in ROLES if other != role)
    mention = evidence.best(role)
    sure = min(_MOST_SURE, confidence_of(odds[role] - max(0.0, second)))
    return RoleOfName(role, mention.name, mention.start, mention.end, sure)


def _sides(text: str) -> dict[str, str]:
    """Return which role 甲方, 乙方 and so on have; a side with two roles has none."""
    found: dict[str, set[str]] = {}
    for match in _SIDE_ROLE.finditer(text):
        side, word = match["a"] or match["b"], match["ra"] or match["rb"]
        found.setdefault(side, set()).add(_WORD_TO_ROLE["".join(word.split())])
    return {side: next(iter(roles)) for side, roles in found.items() if len(roles) == 1}


def _lead_role(lead: str, sides: dict[str, str]) -> tuple[str, float]:
    """Return the role that the words before a name say, and their weight."""
    words = [m for m in re.findall(_ROLE, lead) if m]
    if words:
        return _WORD_TO_ROLE["".join(words[0].split())], NAMED
    side = re.search(_SIDE, lead)
    return (sides.get(side[0], ""), BY_SIDE) if side else ("", 0.0)


def _heads(text: str, sides: dict[str, str]) -> Iterator[Mention]:
    for match in _HEAD.finditer(text):
        role, odds = _lead_role(match["lead"], sides)
        if not role:
            continue
        for name in re.finditer(_NAME, match["names"]):
            start = match.start("names") + name.start()
            yield from _mention(role, text, start, start + len(name[0]), odds)


def _definitions(text: str, sides: dict[str, str]) -> Iterator[Mention]:
    for match in _DEFINED.finditer(text):
        role, odds = _lead_role(match["role"], sides)
        if role:
            yield from _mention(role, text, match.start("name"), match.end("name"), odds)


def _signatures(text: str, sides: dict[str, str]) -> Iterator[Mention]:
    for match in _SIGNATURE.finditer(text):
        role, _ = _lead_role(match["lead"], sides)
        if role:
            yield from _mention(role, text, match.start("names"), match.end("names"), _SIGNED)


def _mention(role: str, text: str, start: int, end: int, odds: float) -> Iterator[Mention]:
    in_sentence = not re.search(r"[:：、]\s*$", text[max(0, start - 3) : start])
    for pattern in (_JOINED, _BEFORE_NAME, _BEFORE_NAME, _LEADING) if in_sentence else ():
        found = [
            each for each in pattern.finditer(text[start:end]) if end - start - each.end() >= 4
        ]
        start += found[-1].end() if found else 0
    name = text[start:end]
    if name.strip() and not _NO_NAME.match(name.strip()) and name.strip() not in _WORD_TO_ROLE:
        yield Mention(role, name.strip(), start, end, odds)
