"""Declared issuers: complete, known by name, and refused when something is missing."""

from __future__ import annotations

import pytest

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout
from extractors.layouts.headings import role_of_heading, similarity
from extractors.layouts.registry import issuer_in, issuers

NAMED = """icbc abc boc ccb bocom cmb citic ceb cmbc cib spdb pab hxb cgb psbc bob rural wechat alipay"""


def test_every_bank_and_platform_has_a_file() -> None:
    assert set(NAMED.split()) <= set(issuers())


def test_every_declared_heading_is_known() -> None:
    for issuer in issuers().values():
        for table in issuer.tables:
            for text, _ in table.headings:
                assert role_of_heading(text) is not None, (issuer.id, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("中国工商银行借记账户历史明细（电子版）", "中国工商银行"),
        ("微信支付交易明细证明", "微信支付"),
        ("对账单", None),
    ],
)
def test_an_issuer_is_known_by_its_name(text: str, name: str | None) -> None:
    found = issuer_in(text)
    assert (found[0] if found else None) == name


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("借方发生额/元(支取)", Role.DEBIT),
        ("交易金额(收入)", Role.CREDIT),
        ("收入/支出金额", Role.AMOUNT),
        ("记账日期 Date", Role.DATE),
        ("付款人账号[ Debit Account No. ]", Role.PAYER_ACCOUNT),
        ("对手账号名称", Role.COUNTERPARTY_NAME),
        ("日 志 号", Role.SERIAL_NUMBER),
        ("甲栏", None),
    ],
)
def test_headings(heading: str, role: Role | None) -> None:
    assert role_of_heading(heading) == role


def test_a_heading_that_is_not_known_comes_near_to_one() -> None:
    near = similarity("交易对手单位")
    assert max(near, key=lambda role: near[role]) == Role.COUNTERPARTY_NAME


TABLE = TableLayout(
    form="export",
    headings=(("日期", Role.DATE), ("金额", Role.AMOUNT)),
    source="https://example.com",
)


def _table(*headings: tuple[str, Role], source: str = "https://example.com") -> TableLayout:
    return TableLayout(form="export", headings=headings, source=source)


@pytest.mark.parametrize(
    ("names", "tables"),
    [
        ((), (TABLE,)),
        (("某银行",), ()),
        (("某银行",), (_table(("金额", Role.AMOUNT)),)),
        (("某银行",), (_table(("日期", Role.DATE)),)),
        (("某银行",), (_table(("日期", Role.DATE), ("金额", Role.AMOUNT), source=""),)),
        (
            ("某银行",),
            (_table(("日期", Role.DATE), ("金额", Role.AMOUNT), ("金额", Role.BALANCE)),),
        ),
    ],
)
def test_an_incomplete_declaration_is_refused(
    names: tuple[str, ...], tables: tuple[TableLayout, ...]
) -> None:
    with pytest.raises(TypeError, match="test_layouts_declared"):
        issuer_layout(id="some", kind=IssuerKind.BANK, names=names, tables=tables)
