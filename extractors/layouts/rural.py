"""Rural commercial banks, rural credit unions and village banks."""

from __future__ import annotations

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout

RURAL = issuer_layout(
    id="rural",
    kind=IssuerKind.BANK,
    names=(
        "农村商业银行",
        "农商银行",
        "农村信用合作联社",
        "农村信用联社",
        "农村信用社",
        "农村合作银行",
        "村镇银行",
        "农信",
    ),
    tables=(
        TableLayout(
            form="print",
            headings=(
                ("记账日期", Role.DATE),
                ("摘要", Role.DESCRIPTION),
                ("凭证号", Role.OTHER),
                ("支出", Role.DEBIT),
                ("收入", Role.CREDIT),
                ("余额", Role.BALANCE),
                ("对方账号", Role.COUNTERPARTY_ACCOUNT),
                ("对方户名", Role.COUNTERPARTY_NAME),
                ("交易机构", Role.OTHER),
            ),
            source="Columns of the bank's internet banking export, as named in its user guide",
        ),
        TableLayout(
            form="data for investigations",
            headings=(
                ("客户名称", Role.OWN_NAME),
                ("账号", Role.OWN_ACCOUNT),
                ("交易日期", Role.DATE),
                ("DRCRIND", Role.FLAG),
                ("交易金额", Role.AMOUNT),
                ("账户余额", Role.BALANCE),
                ("TRCASH", Role.DESCRIPTION),
                ("交易名称", Role.DESCRIPTION),
                ("交易机构", Role.OTHER),
                ("交易柜员", Role.OTHER),
            ),
            source="https://github.com/search?q=BANK_PARAS+津南村镇银行&type=code",
        ),
        TableLayout(
            form="suspicious transaction table",
            headings=(
                ("户名", Role.OWN_NAME),
                ("账号", Role.OWN_ACCOUNT),
                ("交易日期", Role.DATE),
                ("交易方式", Role.DESCRIPTION),
                ("资金收付标志", Role.FLAG),
                ("币种", Role.CURRENCY),
                ("交易额(按原币计)", Role.AMOUNT),
                ("交易对手姓名或名称", Role.COUNTERPARTY_NAME),
                ("交易对手账号", Role.COUNTERPARTY_ACCOUNT),
                ("对方金融机构网点名称", Role.COUNTERPARTY_BANK),
                ("金融机构名称", Role.OTHER),
                ("涉外收支交易分类与代码", Role.OTHER),
                ("业务标示号", Role.SERIAL_NUMBER),
                ("资金来源和用途", Role.DESCRIPTION),
                ("备注", Role.DESCRIPTION),
            ),
            source="https://github.com/search?q=交易额(按原币计)+交易对手姓名或名称&type=code",
        ),
    ),
)
