"""Text that a page hides and that says something else than the page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.model import Document, Signal
from extractors.values.money import parse_money, yuan
from verify.case_file import View
from verify.model import Evidence, Say, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule

_AMOUNT = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+\.\d{2}|(?<![\d.,])\d+\.\d{2}(?!\d)")


@rule(
    id="FOR08",
    title="No hidden text that contradicts the page",
    title_zh="隐藏文字与页面不符",
    severity="high",
    group="hidden_text",
    reads=(),
    needs=(),
    zh=Page(
        why="肉眼看到一个数，机器读到另一个数：隐藏的文字层是为欺骗自动读取系统而加的。本系统按页面所见读取，并把隐藏的内容列出来。",
        example="页面价税合计 198,967.07，隐藏文字层写着 1,989,670.70。",
        innocent="扫描仪自带的识别文字层与页面大体相同（个别识别错误不提示）；表单的辅助说明。",
        ask="该文件的隐藏文字从何而来？",
        paper="出具机构重新出具的原件",
    ),
    en=Page(
        why="The eye sees one figure and a machine reads another: a hidden layer of text is put there to deceive automatic readers. Huoyan reads what the page shows and lists what it hides.",
        example="The page shows a total of 198,967.07, the hidden text says 1,989,670.70.",
        innocent="A scanner's own text layer that about equals the page (single misreadings are silent); help texts of a form.",
        ask="Where does the hidden text come from?",
        paper="The original, issued again",
    ),
)
def hidden_text(case: View) -> Iterator[Result]:
    looked = False
    for document in case.all_papers():
        for signal in document.signals:
            if signal.kind == "invisible_text":
                looked = True
                yield _judged(case, document, signal)
    if not looked:
        yield NotApplicable(Say("没有隐藏文字", "no hidden text"))


def _judged(case: View, document: Document, signal: Signal) -> Result:
    shown = _shown(document)
    hidden = [v for m in _AMOUNT.finditer(signal.detail) if (v := parse_money(m[0])) is not None and abs(v) >= 1]
    other = [v for v in hidden if abs(v) not in shown]
    if not hidden or not shown or not other:
        return Clear(Say("隐藏文字与页面一致或不含金额", "hidden text agrees with the page or holds no amounts"))
    picture = any(f.at.method == "ocr" for f in document.fields.values())
    if picture and len(other) < max(2, len(hidden) / 2):
        return Clear(Say("扫描件的识别文字层与页面大体一致", "the scan's text layer about agrees with the page"))
    listed = "、".join(yuan(v) for v in other[:3])
    say = Say(f"隐藏文字写有页面上没有的金额：{listed}", f"hidden text states amounts that the page does not show: {listed}")
    place = Evidence(packet=case.packet_id, file=document.file, document=document.id, page=signal.page, box=signal.box, text=signal.detail[:120])
    fields = [
        f for f in document.fields.values() if f.at.page == signal.page and f.name in ("total_amount", "net_amount", "amount", "closing_balance")
    ]
    evidence = (place, *(case.at_field(document, f) for f in fields[:3]))
    severity = Severity.MEDIUM if picture and len(other) < len(hidden) * 0.75 else Severity.HIGH
    return Hit(say=say, evidence=evidence, observed=f"{other[0]:.2f}", confidence=0.9, severity=severity)


def _shown(document: Document) -> set[Decimal]:
    """Every amount that was read from what the pages show."""
    out = {abs(v) for f in document.fields.values() if (v := parse_money(f.value)) is not None}
    out |= {abs(a.value) for line in document.lines.values() for a in line.columns.values()}
    out |= {abs(v) for r in document.rows for v in (r.debit, r.credit, r.balance) if v is not None}
    out |= {abs(v) for i in document.items for v in (i.net, i.tax, i.unit_price, i.quantity) if v is not None}
    return out | {abs(s.amount) for s in document.shareholders if s.amount is not None}
