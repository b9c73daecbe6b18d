"""Bank of China (中国银行)."""

from __future__ import annotations

from extractors.layouts.declare import IssuerKind, Role, TableLayout, issuer_layout

BOC = issuer_layout(
    id="boc",
    kind=IssuerKind.BANK,
    names=("中国银行",),
    tables=(
        TableLayout(
            form="personal print",
            headings=(
                ("记账日期", Role.DATE),
                ("记账时间", Role.TIME),
                ("币别", Role.CURRENCY),
                ("金额", Role.AMOUNT),
                ("余额", Role.BALANCE),
                ("交易名称", Role.DESCRIPTION),
                ("渠道", Role.DESCRIPTION),
                ("网点名称", Role.OTHER),
                ("附言", Role.DESCRIPTION),
                ("对方账户名", Role.COUNTERPARTY_NAME),
                ("对方卡号/账号", Role.COUNTERPARTY_ACCOUNT),
                ("对方开户行", Role.COUNTERPARTY_BANK),
                ("借记卡号", Role.OTHER),
            ),
            source="https://github.com/jiegec/china_bean_importers",
        ),
        TableLayout(
            form="corporate export",
            headings=(
                ("交易类型[ Transaction Type ]", Role.DESCRIPTION),
                ("业务类型[ Business type ]", Role.DESCRIPTION),
                ("付款人开户行号[ Account holding bank number of payer ]", Role.OTHER),
                ("付款人开户行名[ Payer account bank ]", Role.OTHER),
                ("付款人账号[ Debit Account No. ]", Role.PAYER_ACCOUNT),
                ("付款人名称[ Payer's Name ]", Role.PAYER_NAME),
                ("收款人开户行行号[ Account holding bank number of beneficiary ]", Role.OTHER),
                ("收款人开户行名[ Beneficiary account bank ]", Role.OTHER),
                ("收款人账号[ Payee's Account Number ]", Role.PAYEE_ACCOUNT),
                ("收款人名称[ Payee's Name ]", Role.PAYEE_NAME),
                ("交易日期[ Transaction Date ]", Role.DATE),
                ("交易时间[ Transaction time ]", Role.TIME),
                ("交易货币[ Trade Currency ]", Role.CURRENCY),
                ("交易金额[ Trade Amount ]", Role.AMOUNT),
                ("交易后余额[ After-transaction balance ]", Role.BALANCE),
                ("起息日期[ Value Date ]", Role.VALUE_DATE),
                ("汇率[ Exchange rate ]", Role.OTHER),
                ("交易流水号[ Transaction reference number ]", Role.SERIAL_NUMBER),
                ("凭证类型[ Voucher type ]", Role.OTHER),
                ("凭证号码[ Voucher number ]", Role.OTHER),
                ("记录标识号[ Record ID ]", Role.OTHER),
                ("摘要[ Reference ]", Role.DESCRIPTION),
                ("用途[ Purpose ]", Role.DESCRIPTION),
                ("交易附言[ Remark ]", Role.DESCRIPTION),
                ("备注[ Remarks ]", Role.DESCRIPTION),
            ),
            source="Columns of the bank's internet banking export, as named in its user guide",
        ),
    ),
)
