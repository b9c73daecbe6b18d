"""China Guangfa Bank (广发银行)."""

from __future__ import annotations

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout

CGB = issuer_layout(
    id="cgb",
    kind=IssuerKind.BANK,
    names=("广发银行", "广东发展银行"),
    tables=(
        TableLayout(
            form="corporate export",
            headings=(
                ("交易日期", Role.DATE),
                ("交易时间", Role.TIME),
                ("交易货币", Role.CURRENCY),
                ("借贷标识", Role.FLAG),
                ("交易金额", Role.AMOUNT),
                ("当前余额", Role.BALANCE),
                ("对手账号", Role.COUNTERPARTY_ACCOUNT),
                ("对手账号名称", Role.COUNTERPARTY_NAME),
                ("摘要中文", Role.DESCRIPTION),
                ("附言", Role.DESCRIPTION),
                ("备注", Role.DESCRIPTION),
            ),
            source="https://github.com/search?q=BANK_PARAS+广发银行&type=code",
        ),
        TableLayout(
            form="data for investigations",
            headings=(
                ("客户名称", Role.OWN_NAME),
                ("本方账号", Role.OWN_ACCOUNT),
                ("本方交易介质", Role.OWN_ACCOUNT),
                ("交易日期", Role.DATE),
                ("交易渠道中文", Role.DESCRIPTION),
                ("借贷标识", Role.FLAG),
                ("交易货币", Role.CURRENCY),
                ("交易金额", Role.AMOUNT),
                ("当前余额", Role.BALANCE),
                ("对手账号名称", Role.COUNTERPARTY_NAME),
                ("对方账号", Role.COUNTERPARTY_ACCOUNT),
                ("对手账号行所号", Role.OTHER),
                ("交易行", Role.OTHER),
                ("交易柜员", Role.OTHER),
                ("交易码中文", Role.DESCRIPTION),
                ("摘要中文", Role.DESCRIPTION),
            ),
            source="https://github.com/search?q=BANK_PARAS+广发银行&type=code",
        ),
    ),
)
