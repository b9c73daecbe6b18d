"""Changed words: what each states, and how much that weighs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from extractors.model import Box, Document, Signal, Transaction
from verify.forensics.change_weight import weigh, weigh_added, weigh_removed

CONTRACT = Document(
    type="guarantee_contract", file="a.pdf", sha256="0" * 64, pages=(1,), kind="pdf", status="read"
)
STATEMENT = Document(
    type="bank_statement", file="b.pdf", sha256="1" * 64, pages=(1,), kind="pdf", status="read"
)
CHANGES = [
    ("本金 500,000.00 元", "本金 900,000.00 元", "amount", "high"),
    ("2026-03-01", "2027-03-01", "date", "high"),
    ("账号 3301040160001234567", "账号 3301040160007654321", "account", "high"),
    ("91330106MA2H8XKQ3P", "91330106MA2H8XKQ5L", "account", "high"),
    ("乙方提供连带责任保证。", "乙方提供保证。", "mode", "medium"),
    ("担保方式：保证", "担保方式：附条件保证", "mode", "medium"),
    ("保证期间三年", "保证期间两年", "term", "medium"),
    ("年利率 4.35%", "年利率 3.85%", "amount", "high"),
    ("借款期限 12个月", "借款期限 36个月", "amount", "high"),
    ("法定代表人：冯俊杰", "法定代表人：冯俊", "party", "medium"),
    ("借款人：杭州启明贸易有限公司", "借款人：杭州启航贸易有限公司", "party", "medium"),
    ("用途：购买原材料", "用途：装修厂房", "purpose", "medium"),
    ("甲方不承担费用", "甲方承担费用", "duty", "medium"),
    ("违约金由守约一方计收", "违约金由银行计收", "wording", "medium"),
    ("合同自签字盖章之日起生郊", "合同自签字盖章之日起生效", "other", "low"),
    ("Total  amount:", "Total amount：", "spelling", "low"),
    ("金额（元）", "金额(元)", "spelling", "low"),
    ("第 1 页 共 12 页", "第 1 页 共 13 页", "other", "low"),
    ("打印时间 2026-01-02 10:00:00", "打印时间 2026-01-05 09:00:00", "other", "low"),
    ("________", "审批同意", "other", "low"),
]


@pytest.mark.parametrize(("old", "new", "what", "severity"), CHANGES)
def test_a_replaced_word(old: str, new: str, what: str, severity: str) -> None:
    found = weigh(CONTRACT, Signal(kind="revised_text", detail=f"{old} → {new}"))
    assert (found.what, found.severity) == (what, severity)


def test_words_that_went_and_words_that_came() -> None:
    gone = weigh_removed(STATEMENT, Signal(kind="removed_text", detail="9,850.00"))
    assert (gone.what, gone.severity) == ("amount", "high")
    came = weigh_added(STATEMENT, Signal(kind="added_text", detail="复核：王芳"))
    assert came.severity == "info"


def test_a_word_in_a_field_that_was_read_weighs_more_than_one_beside_it() -> None:
    row = Transaction(
        day=date(2026, 1, 5),
        page=1,
        box=Box(0.1, 0.5, 0.9, 0.52),
        confidence=1,
    )
    document = replace(STATEMENT, rows=(row,))
    inside = Signal(kind="revised_text", detail="甲 → 乙", box=Box(0.2, 0.505, 0.3, 0.515))
    beside = Signal(kind="revised_text", detail="甲 → 乙", box=Box(0.2, 0.7, 0.3, 0.72))
    assert weigh(document, inside).severity == "medium"
    assert weigh(document, beside).severity == "low"
