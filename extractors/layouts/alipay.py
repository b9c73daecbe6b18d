"""Alipay (支付宝)."""

from __future__ import annotations

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout

ALIPAY = issuer_layout(
    id="alipay",
    kind=IssuerKind.PLATFORM,
    names=("支付宝", "Alipay"),
    tables=(
        TableLayout(
            form="personal bill",
            headings=(
                ("交易时间", Role.TIME),
                ("交易分类", Role.DESCRIPTION),
                ("交易对方", Role.COUNTERPARTY_NAME),
                ("对方账号", Role.COUNTERPARTY_ACCOUNT),
                ("商品说明", Role.DESCRIPTION),
                ("收/支", Role.FLAG),
                ("金额", Role.AMOUNT),
                ("收/付款方式", Role.DESCRIPTION),
                ("交易状态", Role.STATUS),
                ("交易订单号", Role.SERIAL_NUMBER),
                ("商家订单号", Role.OTHER),
                ("备注", Role.DESCRIPTION),
            ),
            source="https://github.com/deb-sig/double-entry-generator",
        ),
        TableLayout(
            form="personal bill, older",
            headings=(
                ("交易号", Role.SERIAL_NUMBER),
                ("商家订单号", Role.OTHER),
                ("交易创建时间", Role.TIME),
                ("付款时间", Role.OTHER),
                ("最近修改时间", Role.OTHER),
                ("交易来源地", Role.OTHER),
                ("类型", Role.DESCRIPTION),
                ("交易对方", Role.COUNTERPARTY_NAME),
                ("商品名称", Role.DESCRIPTION),
                ("金额(元)", Role.AMOUNT),
                ("收/支", Role.FLAG),
                ("交易状态", Role.STATUS),
                ("服务费(元)", Role.OTHER),
                ("成功退款(元)", Role.OTHER),
                ("备注", Role.DESCRIPTION),
                ("资金状态", Role.STATUS),
            ),
            source="https://github.com/deb-sig/double-entry-generator",
        ),
        TableLayout(
            form="certificate",
            headings=(
                ("收/支", Role.FLAG),
                ("交易对方", Role.COUNTERPARTY_NAME),
                ("商品说明", Role.DESCRIPTION),
                ("收/付款方式", Role.DESCRIPTION),
                ("金额", Role.AMOUNT),
                ("交易订单号", Role.SERIAL_NUMBER),
                ("商家订单号", Role.OTHER),
                ("交易时间", Role.TIME),
            ),
            source="https://github.com/deb-sig/double-entry-generator",
        ),
        TableLayout(
            form="merchant fund flow",
            headings=(
                ("账务流水号", Role.SERIAL_NUMBER),
                ("业务流水号", Role.OTHER),
                ("商户订单号", Role.OTHER),
                ("商品名称", Role.DESCRIPTION),
                ("发生时间", Role.TIME),
                ("对方账号", Role.COUNTERPARTY_ACCOUNT),
                ("收入金额(+元)", Role.CREDIT),
                ("支出金额(-元)", Role.DEBIT),
                ("账户余额(元)", Role.BALANCE),
                ("交易渠道", Role.DESCRIPTION),
                ("业务类型", Role.DESCRIPTION),
                ("备注", Role.DESCRIPTION),
            ),
            source="https://opendocs.alipay.com/open/204/106262",
        ),
    ),
)
