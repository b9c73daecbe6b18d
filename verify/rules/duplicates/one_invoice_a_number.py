"""One invoice number stands for one invoice: papers that bear it say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.documents.invoice import (
    BUYER_NAME,
    CODE,
    INVOICE,
    NUMBER,
    SELLER_NAME,
    TOTAL_AMOUNT,
)
from extractors.model import Document, Field
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.model import BilingualText, Evidence
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="DUP15",
    title="One invoice number stands for one invoice",
    title_zh="同一发票号码内容一致",
    severity="high",
    group="duplicate_invoice",
    since="0.2",
    reads=(INVOICE,),
    cross=True,
    zh=Page(
        why="一个发票号码（旧版为代码加号码）只对应一张发票。两份材料号码相同而金额或买卖方不同，必有一份是照另一份改出来的。",
        example="号码 2533…0158 的发票，一份价税合计 8.6 万元，另一份 21.5 万元、购买方也换了。",
        innocent="同一张发票的电子版、打印件、照片（内容一致，不提示）；旧版发票号码相同而代码不同（不是同一张）；图片识别有误（先怀疑识别）。",
        ask="两份发票号码相同而内容不同，哪一份是真的？",
        paper="税务数字账户中该号码发票的查验结果",
    ),
    en=Page(
        why="An invoice number (of old forms with its code) belongs to one invoice. Where two papers bear it with other amounts or parties, one was made from the other.",
        example="Number 2533…0158 once over 86,000 and once over 215,000 with another buyer.",
        innocent="The file, the print and a photograph of one invoice (they agree); old forms of one number and two codes (two invoices); a misread picture, which is doubted first.",
        ask="Two invoices of one number differ: which one is true?",
        paper="The tax platform's verification of that number",
    ),
)
def one_invoice_a_number(case: RuleView) -> Iterator[Result]:
    by_number: dict[str, list[Document]] = {}
    for paper in case.papers(INVOICE):
        number = case.get(NUMBER, paper)
        if number is not None:
            by_number.setdefault(number.value, []).append(paper)
    several = [papers for papers in by_number.values() if len(papers) > 1]
    for papers in several:
        yield from _compared(case, papers)
    if not several:
        yield NotApplicable(BilingualText("没有号码相同的发票", "no two invoices share a number"))


def _compared(case: RuleView, papers: Sequence[Document]) -> Iterator[Result]:
    """Each further paper of a number against the first of the same code."""
    first = papers[0]
    for other in papers[1:]:
        code, other_code = case.get(CODE, first), case.get(CODE, other)
        if code and other_code and code.value != other_code.value:
            continue
        yield (
            _totals(case, first, other)
            or _parties(case, first, other)
            or Clear(BilingualText("号码相同的发票内容一致", "invoices of one number agree"))
        )


def _totals(case: RuleView, first: Document, other: Document) -> Hit | None:
    one, two = case.get(TOTAL_AMOUNT, first), case.get(TOTAL_AMOUNT, other)
    if one is None or two is None or one.value == two.value:
        return None
    say = BilingualText(
        f"两份发票号码相同，价税合计一份 {yuan(one.value)}、一份 {yuan(two.value)}",
        f"two invoices bear one number, one over {yuan(one.value)}, one over {yuan(two.value)}",
    )
    return _hit(
        case,
        say,
        (first, one.field),
        (other, two.field),
        expected=f"{one.value:.2f}",
        observed=f"{two.value:.2f}",
    )


def _parties(case: RuleView, first: Document, other: Document) -> Hit | None:
    for spec in (BUYER_NAME, SELLER_NAME):
        one, two = case.get(spec, first), case.get(spec, other)
        if one is None or two is None or one.value.key == two.value.key:
            continue
        say = BilingualText(
            f"两份发票号码相同，一份写“{one.field.value}”，一份写“{two.field.value}”",
            f"two invoices bear one number, one names “{one.field.value}”, one “{two.field.value}”",
        )
        return _hit(
            case,
            say,
            (first, one.field),
            (other, two.field),
            expected=one.field.value,
            observed=two.field.value,
        )
    return None


def _hit(
    case: RuleView,
    say: BilingualText,
    first: tuple[Document, Field],
    other: tuple[Document, Field],
    *,
    expected: str,
    observed: str,
) -> Hit:
    places: tuple[Evidence, ...] = (case.at_field(*other), case.at_field(*first))
    return Hit(
        say=say,
        evidence=places,
        expected=expected,
        observed=observed,
        confidence=0.95 * min(first[1].confidence, other[1].confidence),
    )
