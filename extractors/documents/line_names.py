"""Names of statement lines as the 小企业会计准则 forms name them; 企业会计准则 and English forms
map to the same names.
"""

from __future__ import annotations

import re

from extractors.values.glyphs import squeeze

_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．,]|[(（][一二三四五六七八九十\d]+[)）]|\d+[、.．](?!\d))+"
)
_CIRCLED = re.compile("[①-⑳]")  # before folding, which makes plain digits of them
_PREFIX = re.compile(r"^(?:加|减|其中)[:：]")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]?")
SAME = {
    "固定资产": "固定资产账面价值",
    "固定资产净额": "固定资产账面价值",
    "固定资产账面净值": "固定资产账面价值",
    "固定资产原值": "固定资产原价",
    "资产总额": "资产总计",
    "资产合计": "资产总计",
    "负债总计": "负债合计",
    "负债总额": "负债合计",
    "所有者权益总计": "所有者权益合计",
    "股东权益合计": "所有者权益合计",
    "所有者权益总额": "所有者权益合计",
    "净资产合计": "所有者权益合计",
    "负债及所有者权益总计": "负债和所有者权益总计",
    "负债和股东权益总计": "负债和所有者权益总计",
    "负债及股东权益总计": "负债和所有者权益总计",
    "负债与所有者权益总计": "负债和所有者权益总计",
    "负债和所有者权益合计": "负债和所有者权益总计",
    "负债及所有者权益合计": "负债和所有者权益总计",
    "股本": "实收资本",
    "长期待摊费用净额": "长期待摊费用",
    "主营业务收入": "营业收入",
    "主营业务成本": "营业成本",
    "营业税金及附加": "税金及附加",
    "主营业务税金及附加": "税金及附加",
    "所得税": "所得税费用",
    "减所得税费用": "所得税费用",
    "营业费用": "销售费用",
    "产品销售费用": "销售费用",
    "产品销售收入": "营业收入",
    "产品销售成本": "营业成本",
    "产品销售税金及附加": "税金及附加",
    "商品销售收入": "营业收入",
    "经营费用": "销售费用",
    "预付款项": "预付账款",
    "预收款项": "预收账款",
    "应付股利": "应付利润",
    "应交税金及附加": "应交税费",
    "递延所得税资产净额": "递延所得税资产",
    "所有者权益总计数": "所有者权益合计",
    "股东权益总计": "所有者权益合计",
    "所有者权益合计数": "所有者权益合计",
    "负债与股东权益总计": "负债和所有者权益总计",
    "负债和所有者权益总额": "负债和所有者权益总计",
    "负债及权益合计": "负债和所有者权益总计",
    "负债和权益总计": "负债和所有者权益总计",
    "现金及现金等价物的净增加额": "现金净增加额",
    "期末现金及现金等价物": "期末现金余额",
    "现金的期末余额": "期末现金余额",
    "现金的期初余额": "期初现金余额",
    "加期初现金余额": "期初现金余额",
    "汇率变动对现金及现金等价物的影响额": "汇率变动对现金的影响",
    "收到的其他与经营活动有关的现金": "收到其他与经营活动有关的现金",
    "支付的其他与经营活动有关的现金": "支付其他与经营活动有关的现金",
    "收到的其他与投资活动有关的现金": "收到其他与投资活动有关的现金",
    "支付的其他与投资活动有关的现金": "支付其他与投资活动有关的现金",
    "收到的其他与筹资活动有关的现金": "收到其他与筹资活动有关的现金",
    "支付的其他与筹资活动有关的现金": "支付其他与筹资活动有关的现金",
    "支付给职工以及为职工支付的现金净额": "支付的职工薪酬",
    "借款所收到的现金": "取得借款收到的现金",
    "投资所支付的现金": "投资支付的现金",
    "收回投资所收到的现金": "收回投资收到的现金",
    "吸收投资所收到的现金": "吸收投资收到的现金",
    "偿还债务所支付的现金": "偿还债务支付的现金",
    "净利润总额": "净利润",
    "利润总计": "利润总额",
    "非流动资产总计": "非流动资产合计",
    "应交税金": "应交税费",
    "应付工资": "应付职工薪酬",
    "经营活动产生的现金流量净额": "经营活动产生的现金流量净额",
    "现金净增加额": "现金净增加额",
    "现金及现金等价物净增加额": "现金净增加额",
    "现金及现金等价物净增加": "现金净增加额",
    "期初现金及现金等价物余额": "期初现金余额",
    "期末现金及现金等价物余额": "期末现金余额",
    "汇率变动对现金及现金等价物的影响": "汇率变动对现金的影响",
    "汇率变动对现金的影响额": "汇率变动对现金的影响",
    "购买商品、接受劳务支付的现金": "购买原材料、商品、接受劳务支付的现金",
    "销售商品、提供劳务收到的现金": "销售产成品、商品、提供劳务收到的现金",
    "支付给职工以及为职工支付的现金": "支付的职工薪酬",
    "支付的各项税费": "支付的税费",
}
ENGLISH = {
    "cash": "货币资金",
    "cashandcashequivalents": "货币资金",
    "cashatbank": "货币资金",
    "cashatbankandonhand": "货币资金",
    "accountsreceivable": "应收账款",
    "tradereceivables": "应收账款",
    "otherreceivables": "其他应收款",
    "prepayments": "预付账款",
    "inventories": "存货",
    "inventory": "存货",
    "totalcurrentassets": "流动资产合计",
    "fixedassets,net": "固定资产账面价值",
    "fixedassets": "固定资产账面价值",
    "propertyplantandequipment": "固定资产账面价值",
    "fixedassetsatcost": "固定资产原价",
    "accumulateddepreciation": "累计折旧",
    "totalnoncurrentassets": "非流动资产合计",
    "totalnon-currentassets": "非流动资产合计",
    "totalassets": "资产总计",
    "shorttermloans": "短期借款",
    "short-termloans": "短期借款",
    "short-termborrowings": "短期借款",
    "accountspayable": "应付账款",
    "tradepayables": "应付账款",
    "taxespayable": "应交税费",
    "taxpayable": "应交税费",
    "otherpayables": "其他应付款",
    "totalcurrentliabilities": "流动负债合计",
    "longtermloans": "长期借款",
    "long-termloans": "长期借款",
    "totalliabilities": "负债合计",
    "paid-incapital": "实收资本",
    "paidincapital": "实收资本",
    "sharecapital": "实收资本",
    "capitalreserve": "资本公积",
    "surplusreserve": "盈余公积",
    "retainedearnings": "未分配利润",
    "undistributedprofits": "未分配利润",
    "totalequity": "所有者权益合计",
    "totalowners'equity": "所有者权益合计",
    "totalliabilitiesandequity": "负债和所有者权益总计",
    "totalliabilitiesandowners'equity": "负债和所有者权益总计",
    "revenue": "营业收入",
    "operatingrevenue": "营业收入",
    "sales": "营业收入",
    "costofsales": "营业成本",
    "operatingcosts": "营业成本",
    "costofgoodssold": "营业成本",
    "taxesandsurcharges": "税金及附加",
    "sellingexpenses": "销售费用",
    "administrativeexpenses": "管理费用",
    "financialexpenses": "财务费用",
    "financecosts": "财务费用",
    "researchanddevelopmentexpenses": "研发费用",
    "operatingprofit": "营业利润",
    "non-operatingincome": "营业外收入",
    "non-operatingexpenses": "营业外支出",
    "profitbeforetax": "利润总额",
    "totalprofit": "利润总额",
    "incometaxexpense": "所得税费用",
    "incometax": "所得税费用",
    "netprofit": "净利润",
}
# Names of a VAT return as printed, squeezed and without numbering; the first that matches.
VAT = (
    (re.compile(r"^按适用税率(?:征税|计税)?(?:货物及劳务)?销售额"), "销售额"),
    (re.compile(r"应征增值税不含税销售额.*5%"), "5%征收率销售额"),
    (re.compile(r"应征增值税不含税销售额"), "销售额"),
    (re.compile(r"^销售.{0,3}使用过的.*固定资产.*销售额"), "销售使用过的固定资产销售额"),
    (re.compile(r"^按简易(?:征收|计税)?办法(?:征税|计税)?(?:货物)?销售额"), "按简易办法计税销售额"),
    (re.compile(r"^免、?抵、?退办法出口.*销售额"), "免抵退办法出口销售额"),
    (re.compile(r"^出口免税.*销售额"), "出口免税销售额"),
    (re.compile(r"^免税(?:货物及劳务)?销售额$"), "免税销售额"),
    (re.compile(r"^(?:期末)?留抵税额$"), "留抵税额"),
    (re.compile(r"^(?:本期)?应纳税额$"), "应纳税额"),
    (re.compile(r"^(?:本期)?应纳税额减征额$"), "应纳税额减征额"),
    (re.compile(r"^本期应补.{0,3}退?.{0,2}税额$"), "本期应补退税额"),
    (re.compile(r"^(城市维护建设税)本期应补.*税"), "城市维护建设税本期应补退税额"),
    (re.compile(r"^教育费附加本期应补"), "教育费附加本期应补退费额"),
    (re.compile(r"^地方教育附加本期应补"), "地方教育附加本期应补退费额"),
    (re.compile(r"^税务机关代开的增值税专用发票不含税销售额$"), "增值税专用发票不含税销售额"),
    (re.compile(r"^税控器具开具的普通发票不含税销售额$"), "其他增值税发票不含税销售额"),
)


def numbered_off(text: str) -> str:
    """A printed line name without numbering and 加/减/其中, its brackets kept."""
    name = squeeze(_CIRCLED.sub("", text))
    name = name.replace("(", "（").replace(")", "）").replace("（退）", "退")
    for _ in range(2):
        name = _NUMBERING.sub("", name)
        name = _PREFIX.sub("", name)
    return name


def clean(text: str) -> str:
    """A printed line name without numbering, 加/减/其中 and brackets."""
    name = numbered_off(text)
    bare = _BRACKETS.sub("", name)
    return (bare or name).strip("：:*△▲☆★#")


def statement_name(text: str) -> str:
    """The common name of a statement line; an unknown one keeps its own."""
    name = clean(text)
    if name.isascii():
        return ENGLISH.get(name.lower().removeprefix("less:").removeprefix("add:"), name)
    name = name.replace("帐", "账")
    return SAME.get(name, name)


def vat_name(text: str) -> str:
    """The common name of a line of a VAT return, or the line's own."""
    printed = numbered_off(text)
    bare = clean(text)
    for pattern, common in VAT:
        if pattern.search(bare) or (pattern.search(printed) and "5%" in printed):
            return common
    return bare
