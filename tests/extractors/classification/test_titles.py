"""A title is the line that a kind's name ends; what mentions a kind is none."""

from __future__ import annotations

import pytest

from extractors.classification.titles import named

KNOWN = {
    "营业执照": ("营业执照", "营业执照(副本)", "营 业 执 照".replace(" ", ""), "中华人民共和国营业执照"),
    "balance_sheet": ("资产负债表", "青岚机电设备有限公司资产负债表", "资产负债表BALANCESHEET", "2025年12月资产负债表"),
    "income_statement": ("利润表", "损益表", "利润及利润分配表", "利润表(适用执行小企业会计准则的企业)", "利润表编制单位:青岚"),
    "cash_flow_statement": ("现金流量表", "现金流量表(月报)", "CashFlowStatement"),
    "vat_return": ("增值税及附加税费申报表(一般纳税人适用)", "增值税纳税申报表", "增值税及附加税费申报表(小规模纳税人适用)"),
    "bank_statement": ("单位客户存款对账单", "中国农业银行账户活期交易明细清单", "微信支付交易明细证明", "招商银行交易流水TransactionStatementofChinaMerchantsBank"),
    "bank_slip": ("中国工商银行网上银行电子回单", "中国建设银行单位客户专用回单", "进账单(回单)", "国内支付业务付款回单"),
    "invoice": ("电子发票(普通发票)", "浙江增值税专用发票", "增值税电子普通发票", "浙江增值税专用发票抵扣联"),
    "guarantee_contract": ("保证合同", "最高额保证合同", "自然人保证担保合同", "借款保证合同"),
    "shareholder_register": ("股东名册", "北麓钢材贸易有限公司股东名册", "股东(发起人)出资情况"),
    "name_change_notice": ("准予变更登记通知书", "企业名称变更核准通知书"),
}  # fmt: skip

OTHER = (
    "最高额抵押合同", "保证担保借款合同", "增值税及附加税费申报表附列资料(一)", "资产负债表附注", "电子发票(铁路电子客票)",
    "银行存款日记账", "银行电子缴税付款凭证", "征信查询授权书", "营业执照遗失声明", "银行承兑汇票", "食品经营许可证", "保证合同补充协议",
)  # fmt: skip

MENTIONS = (
    "备注:增值税专用发票", "附:营业执照", "一、资产负债表", "1.1保证合同", "被红冲蓝字数电票号码", "(三)利润表", "第三条保证合同",
    "乙方应向甲方提供资产负债表、利润表,以及银行对账单", "根据2025年保字第8号保证合同", "开具增值税专用发票", "发票号码:25332000000123456789",
    "回单编号", "对账单编号:0012", "请核对营业执照",
)  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, texts in KNOWN.items() for t in texts])
def test_variants_of_a_title_name_the_type(kind: str, text: str) -> None:
    title = named(text)
    assert title is not None and title.known is not None
    assert kind in (title.known.id, title.known.title_zh)


@pytest.mark.parametrize("text", OTHER)
def test_the_last_noun_of_a_title_decides(text: str) -> None:
    title = named(text)
    assert title is not None and title.known is None and title.other is not None


@pytest.mark.parametrize("text", MENTIONS)
def test_a_mention_is_no_title(text: str) -> None:
    title = named(text)
    assert title is None or title.known is None
