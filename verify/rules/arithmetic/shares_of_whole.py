"""The shares of a register's holders make no more than the whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents.shareholder_register import SHAREHOLDER_REGISTER
from extractors.model import Document
from verify.case_file import RuleView
from verify.doubt.place import is_picture_page
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule

_WHOLE = Decimal(100)


@rule(
    id="ARI25",
    title="Shares make no more than the whole",
    title_zh="持股比例合计不超过百分之百",
    severity="high",
    group="capital",
    since="0.2",
    reads=(SHAREHOLDER_REGISTER,),
    zh=Page(
        why="持股比例合计应为 100%。合计不足可能是漏读或漏页；合计超过 100% 则无论漏读与否都不可能，说明有一处比例被改大或名册是拼凑的。",
        example="股东两人，比例 75% 和 40%，合计 115%。",
        innocent="四舍五入（允许尾差）；表决权比例与出资比例并列被误读（合计成倍超过时先怀疑识别）。",
        ask="股东比例合计为何超过 100%？请提供最新章程。",
        paper="公司登记机关备案的章程、股东名册",
    ),
    en=Page(
        why="Shares add up to 100%. Less may be a holder that was not read; more is impossible whoever is missing: one share was raised, or the register was put together.",
        example="Two holders of 75% and 40%, 115% in all.",
        innocent="Rounding (allowed); voting rights beside shares taken for them (a multiple of the whole first suggests a misreading).",
        ask="Why do the shares make more than 100%? Please show the latest articles.",
        paper="The articles and the register as filed with the company register",
    ),
)
def shares_of_whole(case: RuleView) -> Iterator[Result]:
    for register in case.papers(SHAREHOLDER_REGISTER):
        yield _judged(case, register)


def _judged(case: RuleView, register: Document) -> Result:
    holders = [h for h in register.shareholders if h.share is not None]
    total = sum((h.share for h in holders if h.share is not None), Decimal(0))
    if not holders:
        return NotApplicable(BilingualText("名册未列比例", "the register lists no shares"))
    if total <= _WHOLE + case.limit("slack"):
        return Clear(BilingualText("持股比例合计未超过 100%", "shares make no more than 100%"))
    if total >= _WHOLE * case.limit("misread_times") or _is_pictured(register):
        return NotChecked(
            BilingualText(
                f"读到的比例合计 {total:f}%，可能识别有误，请对照原件",
                f"the shares read make {total:f}%, perhaps misread: compare with the original",
            )
        )
    say = BilingualText(
        f"名册持股比例合计 {total:f}%，超过 100%", f"the shares of the register make {total:f}%"
    )
    return Hit(
        say=say,
        evidence=tuple(case.at_shareholder(register, holder) for holder in holders[:6]),
        expected="100",
        observed=f"{total:f}",
        difference=f"{total - _WHOLE:f}",
        confidence=0.9,
    )


def _is_pictured(register: Document) -> bool:
    return any(is_picture_page(register, page) for page in register.pages)
