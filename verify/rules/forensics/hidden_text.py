"""Text that a page hides and that says something else than the page shows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.model import Document, ReadMethod, Signal
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


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
        why=(
            "The eye sees one figure and a machine reads another: a hidden layer of text "
            "is put there to deceive automatic readers. Huoyan reads what the page shows "
            "and lists what it hides."
        ),
        example="The page shows a total of 198,967.07, the hidden text says 1,989,670.70.",
        innocent=(
            "A scanner's own text layer that about equals the page (single misreadings are "
            "silent); help texts of a form."
        ),
        ask="Where does the hidden text come from?",
        paper="The original, issued again",
    ),
)
def hidden_text(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.all_papers():
        kinds = {signal.kind for signal in document.signals}
        looked = looked or "invisible_text" in kinds
        yield from (
            _judged(case, document, signal)
            for signal in document.signals
            if signal.kind == "hidden_amounts"
        )
        if "invisible_text" in kinds and "hidden_amounts" not in kinds:
            yield Clear(
                BilingualText(
                    "隐藏文字与页面一致或不含金额",
                    "hidden text agrees with the page or holds no amounts",
                )
            )
    if not looked:
        yield NotApplicable(BilingualText("没有隐藏文字", "no hidden text"))


def _judged(case: RuleView, document: Document, signal: Signal) -> Result:
    count, *amounts = signal.detail.split(" ")
    absent, stated = (int(name) for name in count.split("/"))
    picture = any(field.at.method == ReadMethod.OCR for field in document.fields.values())
    # A scanner's own text layer misreads single figures; a layer of which most is not on the page
    # is another text.
    if picture and (absent < case.limit("least_amounts") or absent < case.limit("share") * stated):
        return Clear(
            BilingualText(
                "扫描件的识别文字层与页面大体一致",
                "the scan's text layer about agrees with the page",
            )
        )
    values = [Decimal(amount) for amount in amounts]
    listed, listed_en = (
        "、".join(yuan(value) for value in values[:3]),
        ", ".join(yuan(value) for value in values[:3]),
    )
    say = BilingualText(
        f"隐藏文字写有页面上没有的金额：{listed}",
        f"hidden text states amounts that the page does not show: {listed_en}",
    )
    place = case.at_signal(document, signal, signal.detail[:120])
    fields = [
        field
        for field in document.fields.values()
        if field.at.page == signal.page
        and field.name in ("total_amount", "net_amount", "amount", "closing_balance")
    ]
    evidence = (place, *(case.at_field(document, field) for field in fields[:3]))
    return Hit(say=say, evidence=evidence, observed=f"{values[0]:.2f}", confidence=0.9)
