"""WeChat Pay (微信支付, 财付通)."""

from __future__ import annotations

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout

WECHAT = issuer_layout(
    id="wechat",
    kind=IssuerKind.PLATFORM,
    names=("微信支付", "财付通"),
    tables=(
        TableLayout(
            form="personal bill",
            headings=(
                ("交易时间", Role.TIME),
                ("交易类型", Role.DESCRIPTION),
                ("交易对方", Role.COUNTERPARTY_NAME),
                ("商品", Role.DESCRIPTION),
                ("收/支", Role.FLAG),
                ("金额(元)", Role.AMOUNT),
                ("支付方式", Role.DESCRIPTION),
                ("当前状态", Role.STATUS),
                ("交易单号", Role.SERIAL_NUMBER),
                ("商户单号", Role.OTHER),
                ("备注", Role.DESCRIPTION),
            ),
            source="https://github.com/deb-sig/double-entry-generator",
        ),
        TableLayout(
            form="certificate",
            headings=(
                ("交易单号", Role.SERIAL_NUMBER),
                ("交易时间", Role.TIME),
                ("交易类型", Role.DESCRIPTION),
                ("收/支/其他", Role.FLAG),
                ("交易方式", Role.DESCRIPTION),
                ("金额(元)", Role.AMOUNT),
                ("交易对方", Role.COUNTERPARTY_NAME),
                ("商户单号", Role.OTHER),
            ),
            source="https://github.com/jiegec/china_bean_importers",
        ),
        TableLayout(
            form="merchant fund flow",
            headings=(
                ("记账时间", Role.TIME),
                ("微信支付业务单号", Role.OTHER),
                ("资金流水单号", Role.SERIAL_NUMBER),
                ("业务名称", Role.DESCRIPTION),
                ("业务类型", Role.DESCRIPTION),
                ("收支类型", Role.FLAG),
                ("收支金额(元)", Role.AMOUNT),
                ("账户结余(元)", Role.BALANCE),
                ("资金变更提交申请人", Role.OTHER),
                ("备注", Role.DESCRIPTION),
                ("业务凭证号", Role.OTHER),
            ),
            source="https://pay.weixin.qq.com/doc/v3/merchant/4013071238",
        ),
    ),
)
