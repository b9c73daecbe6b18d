"""China Merchants Bank (招商银行)."""

from __future__ import annotations

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout

CMB = issuer_layout(
    id="cmb",
    kind=IssuerKind.BANK,
    names=("招商银行", "招行", "China Merchants Bank"),
    tables=(
        TableLayout(
            form="personal print",
            headings=(
                ("记账日期", Role.DATE),
                ("货币", Role.CURRENCY),
                ("交易金额", Role.AMOUNT),
                ("联机余额", Role.BALANCE),
                ("交易摘要", Role.DESCRIPTION),
                ("对手信息", Role.COUNTERPARTY),
                ("客户摘要", Role.DESCRIPTION),
            ),
            source="https://github.com/deb-sig/double-entry-generator",
        ),
        TableLayout(
            form="corporate export",
            headings=(
                ("交易日", Role.DATE),
                ("交易时间", Role.TIME),
                ("起息日", Role.VALUE_DATE),
                ("交易类型", Role.DESCRIPTION),
                ("借方金额", Role.DEBIT),
                ("贷方金额", Role.CREDIT),
                ("余额", Role.BALANCE),
                ("摘要", Role.DESCRIPTION),
                ("流水号", Role.SERIAL_NUMBER),
                ("流程实例号", Role.OTHER),
                ("业务名称", Role.OTHER),
                ("用途", Role.DESCRIPTION),
                ("业务参考号", Role.OTHER),
                ("业务摘要", Role.DESCRIPTION),
                ("其它摘要", Role.DESCRIPTION),
                ("收/付方分行名", Role.OTHER),
                ("收/付方名称", Role.COUNTERPARTY_NAME),
                ("收/付方帐号", Role.COUNTERPARTY_ACCOUNT),
                ("收/付方开户行行号", Role.OTHER),
                ("收/付方开户行名", Role.COUNTERPARTY_BANK),
                ("收/付方开户行地址", Role.OTHER),
                ("母/子公司帐号分行名", Role.OTHER),
                ("母/子公司帐号", Role.OTHER),
                ("母/子公司名称", Role.OTHER),
                ("信息标志", Role.OTHER),
                ("有否附件信息", Role.OTHER),
                ("冲帐标志", Role.OTHER),
                ("扩展摘要", Role.DESCRIPTION),
                ("交易分析码", Role.OTHER),
                ("票据号", Role.OTHER),
                ("商务支付订单号", Role.OTHER),
                ("内部编号", Role.OTHER),
            ),
            source="Columns of the bank's internet banking export, as named in its user guide",
        ),
    ),
)
