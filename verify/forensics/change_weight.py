"""How much a changed word weighs: by what it states and where it stands, not by how it was changed.

Amounts, dates and accounts are what a decision is computed from. Parties, persons, modes of
guarantee, terms and purposes are what it rests on. A word that says the same in other letters, or
that stands elsewhere on the page, changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from extractors.model import Box, Document, Signal
from extractors.values.glyphs import squeeze
from verify.changed_text import change_of, overlap
from verify.model import BilingualText, Severity


class What(StrEnum):
    """What a changed word states."""

    AMOUNT = "amount"
    DATE = "date"
    ACCOUNT = "account"
    PARTY = "party"
    MODE = "mode"
    TERM = "term"
    PURPOSE = "purpose"
    DUTY = "duty"
    FIELD = "field"
    WORDING = "wording"
    SPELLING = "spelling"
    OTHER = "other"


NAMES: dict[What, BilingualText] = {
    What.AMOUNT: BilingualText("金额", "amount"),
    What.DATE: BilingualText("日期", "date"),
    What.ACCOUNT: BilingualText("账号或证件号", "account or identity number"),
    What.PARTY: BilingualText("当事人", "party"),
    What.MODE: BilingualText("担保或结算方式", "mode of guarantee or settlement"),
    What.TERM: BilingualText("期限或利率", "term or rate"),
    What.PURPOSE: BilingualText("用途或摘要", "purpose"),
    What.DUTY: BilingualText("权利义务", "right or duty"),
    What.FIELD: BilingualText("已读取的要素", "a field that was read"),
    What.WORDING: BilingualText("合同文字", "wording of a contract"),
    What.SPELLING: BilingualText("写法", "spelling"),
    What.OTHER: BilingualText("其他文字", "other words"),
}
_SEVERITY = {
    What.AMOUNT: Severity.HIGH,
    What.DATE: Severity.HIGH,
    What.ACCOUNT: Severity.HIGH,
    What.SPELLING: Severity.LOW,
    What.OTHER: Severity.LOW,
}
# What a page says of its own printing, which a second print changes: page counts and the time of
# printing.
_OF_THE_PRINT = re.compile(
    r"第?\d+/?页|共\d+页|\bpage\d+|打印(?:时间|日期|次数)|下载时间|导出时间", re.I
)
# Accounts, identity cards and credit codes: twelve places or more, at least eight figures among
# them.
_LONG_NUMBER = re.compile(r"(?=(?:[a-z*]*\d){8})[0-9a-z*]{12,}")
_WORDS: tuple[tuple[What, re.Pattern[str]], ...] = (
    (
        What.MODE,
        re.compile(r"连带|一般保证|最高额|抵押|质押|留置|信用|汇票|现金|转账|受托支付|自主支付"),
    ),
    (What.DUTY, re.compile(r"不|无须|无需|免除|放弃|撤销|终止|全部|部分|任何|有权|应当|必须")),
    (What.PURPOSE, re.compile(r"用于|用途|采购|货款|工资|往来|借款|还款")),
)
_LABELS: tuple[tuple[What, re.Pattern[str]], ...] = (
    (What.TERM, re.compile(r"期限|期间|利率|费率|\d(?:个月|年|天|日)|%")),
    (What.ACCOUNT, re.compile(r"账号|帐号|卡号|证件号|身份证|信用代码|纳税人识别号")),
    (
        What.PARTY,
        re.compile(
            r"法定代表人|法人代表|代表人|负责人|代理人|经办人|户名|名称|姓名|甲方|乙方|丙方|借款人|保证人|担保人|抵押人"
            r"|出质人|债务人|债权人|收款|付款|购买方|销售方|开户行|股东"
        ),
    ),
    (What.MODE, re.compile(r"担保方式|保证方式|还款方式|支付方式|结算方式|付款方式")),
    (What.PURPOSE, re.compile(r"用途|摘要|附言|备注|事由")),
)
_WRITTEN = re.compile(r"\w")
_LEAST_WORDING = (
    2  # characters: one character alone is a slip of writing more often than another meaning
)
_BLANK = re.compile(r"[\W_]*")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A changed place: what it stated, what it states now, and how much that weighs."""

    signal: Signal
    old: str
    new: str
    what: What
    severity: Severity


def weigh(document: Document, signal: Signal) -> Weighed:
    """Weigh a `revised_text` signal on its document."""
    change = change_of(signal)
    what = _what(document, signal.page, signal.box, change.old, change.new, change.kind)
    return Weighed(signal, change.old, change.new, what, _SEVERITY.get(what, Severity.MEDIUM))


def weigh_removed(document: Document, signal: Signal) -> Weighed:
    """Weigh words that are gone with nothing in their place."""
    what = _stated_by(document, signal, signal.detail)
    severity = _SEVERITY.get(what, Severity.MEDIUM)
    return Weighed(signal, signal.detail, "", what, severity)


def weigh_added(document: Document, signal: Signal) -> Weighed:
    """Weigh words that came with nothing gone: signing, filling and archiving add, so that this
    alone asks nothing.
    """
    what = _stated_by(document, signal, signal.detail)
    return Weighed(signal, "", signal.detail, what, Severity.INFO)


def _stated_by(document: Document, signal: Signal, text: str) -> What:
    kind = change_of(Signal(kind=signal.kind, detail=f"{text} → {text}")).amounts
    if kind is not None and "." in text:
        return What.AMOUNT
    return _by_words(document, signal.page, signal.box, text, text)


def _what(document: Document, page: int, box: Box, old: str, new: str, kind: str) -> What:
    before, now = squeeze(old).casefold(), squeeze(new).casefold()
    if _written(before) == _written(now):
        return What.SPELLING
    if _OF_THE_PRINT.search(before) and _OF_THE_PRINT.search(now):
        return What.OTHER
    if _BLANK.fullmatch(before):
        return What.OTHER  # a form's line that was filled
    numbers = _LONG_NUMBER.findall(before), _LONG_NUMBER.findall(now)
    if any(numbers) and numbers[0] != numbers[1]:
        return What.ACCOUNT
    if kind in ("amount", "date"):
        return What(kind)
    if kind == "name":
        return What.PARTY
    return _by_words(document, page, box, before, now)


def _written(text: str) -> str:
    """Letters and digits alone: what is left of a word without marks and spaces."""
    return "".join(_WRITTEN.findall(text)).replace("_", "")


def _by_words(document: Document, page: int, box: Box, before: str, now: str) -> What:
    differing = list(_differing(before, now)) or [before]
    for what, words in _WORDS:
        if any(words.search(part) for part in differing):
            return what
    for what, labels in _LABELS:
        if labels.search(before) or labels.search(now):
            return what
    if _stands_in_a_field(document, page, box):
        return What.FIELD
    longest = max(len(_written(part)) for part in differing)
    if "contract" in document.type and longest >= _LEAST_WORDING:
        return What.WORDING
    return What.OTHER


def _differing(before: str, now: str) -> Iterator[str]:
    """The parts of two texts that the other has not."""
    for tag, i, j, key, m in SequenceMatcher(a=before, b=now, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (part for part in (before[i:j], now[key:m]) if part)


def _stands_in_a_field(document: Document, page: int, box: Box) -> bool:
    fields = (field.at for field in document.fields.values())
    if any(at.page == page and overlap(at.box, box) for at in fields):
        return True
    return any(row.page == page and overlap(row.box, box) for row in document.rows)
