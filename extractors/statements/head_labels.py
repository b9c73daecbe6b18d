"""The head of a statement as labels with values, whatever the labels say and wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.layout.lines import TextLine
from extractors.layouts.declare import Role
from extractors.layouts.headings import normal, role_of_heading

_LABEL = re.compile(
    r"(?:^|(?<=[\s\]】)）|,，;；]))"
    r"(?P<label>[^\d\s:：\[\]【】|]{1,16}(?:\s+(?:[A-Za-z/.']+|[\u4e00-\u9fff]{1,2}(?=[\s:：])))*)\s*[:：]"
)
_LONGEST_LABEL = 16  # characters of a piece that may be the label of the piece after or below it
_ALIGNED = 12.0  # points by which a value may start beside the label above it
_NUMBER_OF_OTHERS = re.compile(
    r"对方|对手|证件|身份证|客户号(?!码)|流水|验证|电话|手机|机构|网点|行号|柜员|打印|日期|时间|期间|区间|防伪"
    r"|校验|凭证|序号|回单|笔数|热线|客服|终端|编号|信用代码|税号|操作员|联系|传真|查询码|id"
)
_ACCOUNT = re.compile(
    r"账号|卡号|账户(?!名|户名|类)|商户号|存折号|(?:account|a/c|card|acct)(?:\W*(?:no|number|num))?"
)
_MERCHANT = re.compile(r"(?:商户|账户|账号|卡片)编?号码?")  # the account at a platform
_HOLDER = re.compile(
    r"(?:.{0,4}(?:户名|姓名|账户名称?|账号名称?|客户名称?|单位名称|公司名称|企业名称|商户名称)|存款(?:人|单位)(?:名称)?"
    r"|开户(?:人|单位)(?:名称)?|持卡人(?:姓名)?|户主|账户(?:持有|所有)人|(?:account|a/c|customer)?name)"
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value of the head with the text that stands before it, or above it."""

    label: str
    value: str
    line: TextLine
    start: int
    end: int


def labelled_values(lines: Sequence[TextLine]) -> Iterator[Labelled]:
    """Every value with its label: behind a colon, in the next cell, or below."""
    for index, line in enumerate(lines):
        above = lines[index - 1] if index else None
        before = ""  # the piece to the left, where it may be a label
        for start, end in _pieces(line):
            inline = list(_inline(line, start, end))
            if inline:
                yield from inline
                last = inline[-1]
                before = last.label if not last.value else ""
                continue
            text = line.text[start:end]
            over = _label_above(above, line, start, end)
            label = over if role_of_heading(over) is not None else before or over
            if label:
                yield Labelled(label, text.strip(), line, start, end)
            before = "" if before else _as_label(text)


def _pieces(line: TextLine) -> Iterator[tuple[int, int]]:
    start = 0
    for piece in line.text.split("\t"):
        if piece.strip():
            yield start, start + len(piece)
        start += len(piece) + 1


def _inline(line: TextLine, start: int, end: int) -> Iterator[Labelled]:
    """Labels with colons inside one piece, each with the text up to the next."""
    found = list(_LABEL.finditer(line.text[start:end]))
    for index, match in enumerate(found):
        until = found[index + 1].start("label") if index + 1 < len(found) else end - start
        a, b = start + match.end(), start + until
        yield Labelled(match["label"], line.text[a:b].strip(), line, a, b)


def _as_label(text: str) -> str:
    plain = text.strip().strip("[]【】")
    wordy = re.search(r"[^\W\d_]", plain) is not None
    return plain if wordy and len(plain) <= _LONGEST_LABEL and not re.search(r"\d", plain) else ""


def _label_above(above: TextLine | None, line: TextLine, start: int, end: int) -> str:
    """The label in the line above that starts where a value starts."""
    if above is None or ":" in above.text:
        return ""
    left = line.span(start, end).x0
    for a, b in _pieces(above):
        if abs(above.span(a, b).x0 - left) <= _ALIGNED:
            return _as_label(above.text[a:b])
    return ""


def names_account(label: str) -> bool | None:
    """Whether a label names the account itself; None where it says nothing known."""
    plain = normal(label)
    if _MERCHANT.fullmatch(plain):
        return True
    if _NUMBER_OF_OTHERS.search(plain):
        return False
    if role_of_heading(plain) is Role.OWN_ACCOUNT or _ACCOUNT.search(plain):
        return True
    return None if role_of_heading(plain) is None else False


def names_holder(label: str) -> bool | None:
    """Whether a label names the account's holder; None where it says nothing known."""
    plain = normal(label)
    if re.search(r"对方|对手|收款|付款|代理|经办|机构|网点|行名", plain):
        return False
    if role_of_heading(plain) is Role.OWN_NAME or _HOLDER.fullmatch(plain):
        return True
    return None if role_of_heading(plain) is None else False
