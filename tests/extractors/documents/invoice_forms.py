"""Invoice forms beside the common two: special on a printed form, roll, vehicles, and the list of
goods.
"""

from __future__ import annotations

from collections.abc import Sequence

from invoice_prints import BUYER, BUYER_ID, SELLER, SELLER_ID, Ink, Sheet, legacy


def bare_special() -> Sheet:
    """A paper special invoice: its code and number stand printed at the top without labels."""
    head = [
        Ink(60, 40, "3300204130", 14),
        Ink(200, 40, "浙江增值税专用发票", 16),
        Ink(450, 40, "№", 14),
        Ink(470, 40, "12345678", 14),
        Ink(520, 56, "3300204130", 8),
        Ink(520, 66, "12345678", 8),
        Ink(440, 78, "开票日期："),
        Ink(486, 78, "2020年07月23日", 9),
    ]
    return legacy(head=head)


def list_of_goods(number: str = "83089600") -> Sheet:
    """销货清单: the page that lists what the invoice sums up."""
    sheet = Sheet(width=595, height=842)
    sheet.add(
        Ink(180, 50, "销售货物或者提供应税劳务清单", 14),
        Ink(40, 80, "购买方名称："),
        Ink(100, 80, BUYER),
        Ink(40, 95, "销售方名称："),
        Ink(100, 95, SELLER),
        Ink(40, 110, "所属增值税电子普通发票代码：033002000211"),
        Ink(260, 110, f"号码：{number}"),
        Ink(420, 110, "共 1 页 第 1 页"),
    )
    header = (
        "序号",
        "货物（劳务）名称",
        "规格型号",
        "单位",
        "数量",
        "单价",
        "金额",
        "税率",
        "税额",
    )
    _row(sheet, 130, header)
    _row(sheet, 146, ("1", "*五金*螺栓", "", "盒", "5", "20.00", "100.00", "13%", "13.00"))
    _row(sheet, 160, ("2", "*五金*螺母", "", "盒", "10", "6.831", "68.31", "13%", "8.88"))
    for y, caption in ((190, "小计"), (204, "总计")):
        sheet.add(Ink(60, y, caption), Ink(430, y, "￥168.31"), Ink(520, y, "￥21.88"))
    sheet.add(Ink(40, 250, "销售方（章）："), Ink(400, 250, "填开日期：2020年07月23日"))
    return sheet


def _row(sheet: Sheet, y: float, cells: Sequence[str]) -> None:
    places = (40, 80, 220, 280, 320, 370, 430, 480, 520)
    sheet.add(*(Ink(x, y, text) for x, text in zip(places, cells, strict=True)))


def roll() -> Sheet:
    """增值税普通发票（卷票）: a narrow strip; tax numbers stand below their labels, amounts include
    the tax.
    """
    sheet = Sheet(width=165, height=500)
    head = (
        "浙江增值税普通发票（卷票）",
        "发票联",
        "发票代码：033002000207",
        "发票号码：12345678",
        "机打号码：12345678",
        "机器编号：499098892081",
        f"销售方名称：{SELLER}",
        "销售方纳税人识别号：",
        SELLER_ID,
        "开票日期：2020年07月23日",
        "收款员：张三",
        f"购买方名称：{BUYER}",
        "购买方纳税人识别号：",
        BUYER_ID,
    )
    sheet.add(*(Ink(10, 30 + 14 * place, text) for place, text in enumerate(head)))
    places = (10, 60, 95, 120)
    header = ("项目", "单价", "数量", "金额")
    sheet.add(*(Ink(x, 226, text) for x, text in zip(places, header, strict=True)))
    sheet.add(Ink(10, 240, "*餐饮服务*餐费"))
    sheet.add(Ink(60, 252, "190.19"), Ink(95, 252, "1"), Ink(120, 252, "190.19"))
    sheet.add(
        Ink(10, 268, "合计金额（小写）：￥190.19"),
        Ink(10, 282, "合计金额（大写）：壹佰玖拾圆壹角玖分"),
        Ink(10, 296, "校验码：16197 83356 74145 07415"),
    )
    return sheet


def vehicle() -> Sheet:
    """机动车销售统一发票: a ruled form whose labels stand in cells."""
    rows = (
        ("机打代码", "133002022001", "税控码", "0<3*5>"),
        ("机打号码", "00123456", "", ""),
        ("机器编号", "499098892081", "", ""),
        ("购买方名称及身份证号码/组织机构代码", f"{BUYER} {BUYER_ID}", "纳税人识别号", BUYER_ID),
        ("车辆类型", "轿车", "厂牌型号", "大众牌FV7146"),
        ("合格证号", "YE123", "发动机号码", "A12345"),
        ("车辆识别代号/车架号码", "LFV2A21K9G4012345", "", ""),
        ("价税合计", "壹拾壹万叁仟圆整", "小写", "￥113000.00"),
        ("销货单位名称", SELLER, "电话", "0571-88880001"),
        ("纳税人识别号", SELLER_ID, "账号", "2102013319200088776"),
        ("地址", "杭州市滨江区江南大道88号", "开户银行", "工商银行海棠支行"),
        ("增值税税率或征收率", "13%", "增值税税额", "￥13000.00"),
        ("不含税价", "小写 ￥100000.00", "完税凭证号码", ""),
    )
    return _ruled_form("机动车销售统一发票", "133002022001", rows)


def used_vehicle() -> Sheet:
    """二手车销售统一发票: buyer, seller, and the market where they met."""
    rows = (
        ("买方单位/个人", BUYER, "单位代码/身份证号码", BUYER_ID),
        ("买方单位/个人住址", "杭州市西湖区", "电话", "0571-88112233"),
        ("卖方单位/个人", SELLER, "单位代码/身份证号码", SELLER_ID),
        ("卖方单位/个人住址", "杭州市滨江区", "电话", "0571-88880001"),
        ("车牌照号", "浙A12345", "登记证号", "330012345"),
        ("车价合计（大写）", "伍万圆整", "小写", "￥50000.00"),
        ("二手车市场", "杭州二手车交易市场有限公司", "纳税人识别号", "91330100MA00000012"),
    )
    return _ruled_form("二手车销售统一发票", "033002000117", rows)


def _ruled_form(title: str, code: str, rows: Sequence[Sequence[str]]) -> Sheet:
    sheet = Sheet(width=595, height=420)
    sheet.add(
        Ink(200, 40, title, 16),
        Ink(430, 40, "发票代码"),
        Ink(480, 40, code),
        Ink(430, 54, "发票号码"),
        Ink(480, 54, "00123456"),
        Ink(40, 70, "开票日期"),
        Ink(90, 70, "2022-07-23"),
    )
    y = 90.0
    for row in rows:
        cells = zip((40, 150, 350, 440), row, strict=True)
        sheet.add(*(Ink(x, y + 12, text, 7) for x, text in cells if text))
        sheet.rules.append((36, y, 580, y))
        y += 22
    sheet.rules.append((36, y, 580, y))
    for x in (36, 146, 346, 436, 580):
        sheet.rules.append((x, 90, x, y))
    return sheet
