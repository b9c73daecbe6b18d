"""Every lawful layout of an invoice gives its number, date, parties, sums and lines; captions and
remarks are never values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from conftest import read_packet, report_on
from invoice_forms import (
    bare_special,
    list_of_goods,
    roll,
    used_vehicle,
    vehicle,
)
from invoice_prints import (
    BUYER,
    BUYER_ID,
    DIGITAL_ITEM,
    ITEM,
    SELLER,
    SELLER_ID,
    Ink,
    Sheet,
    digital,
    legacy,
    legacy_head,
    legacy_table,
    pdf,
    shuffled,
    singly,
)

from extractors.model import Document

Lines = tuple[tuple[str | None, ...], ...]


def read_one(data: bytes, name: str = "a.pdf") -> Document:
    (document,) = read_packet({name: data}).documents
    assert document.type == "invoice"
    return document


def values(document: Document, *names: str) -> tuple[str | None, ...]:
    return tuple(document.fields[n].value if n in document.fields else None for n in names)


def parties(document: Document) -> tuple[str | None, ...]:
    return values(document, "buyer_name", "buyer_tax_id", "seller_name", "seller_tax_id")


def sums(document: Document) -> tuple[str | None, ...]:
    return values(document, "net_amount", "tax_amount", "total_amount")


def lines(document: Document) -> Lines:
    out = []
    for item in document.items:
        figures = (item.quantity, item.unit_price, item.net, item.tax)
        out.append((item.name, item.rate, *(None if f is None else str(f) for f in figures)))
    return tuple(out)


def assert_quiet(data: bytes, name: str = "a.pdf") -> None:
    findings = report_on(read_packet({name: data})).findings
    loud = [(f.rule, f.message.en) for f in findings if f.severity.value in ("medium", "high")]
    assert not loud


BOTH = (BUYER, BUYER_ID, SELLER, SELLER_ID)
BOLTS = (("*五金*螺栓", "13%", "10", "16.831", "168.31", "21.88"),)
WRITTEN: dict[str, Callable[[Sequence[Ink]], Sequence[Ink]]] = {
    "in runs": list,
    "letter by letter": singly,
    "in another order": shuffled,
}


@pytest.mark.parametrize(
    "caption", ["销售方：（章）", "销售方:(章)", "销售方（章）：", "（章）", ""]
)
@pytest.mark.parametrize("written", sorted(WRITTEN))
def test_legacy_electronic_invoice(caption: str, written: str) -> None:
    document = read_one(pdf(legacy(), change=WRITTEN[written]))
    assert document.status == "read"
    assert parties(document) == BOTH
    assert values(document, "code", "number", "issue_date", "check_code") == (
        "033002000211",
        "83089600",
        "2020-07-23",
        "16197833567414507415",
    )
    assert sums(document) == ("168.31", "21.88", "190.19")
    assert lines(document) == BOLTS


@pytest.mark.parametrize("written", sorted(WRITTEN))
def test_digital_invoice(written: str) -> None:
    document = read_one(pdf(digital(), change=WRITTEN[written]))
    assert document.status == "read"
    assert parties(document) == BOTH
    assert sums(document) == ("199.06", "11.94", "211.00")
    assert lines(document) == (
        ("*信息技术服务*技术服务费", "6%", "1", "199.06", "199.06", "11.94"),
    )


def test_contacts_stay_with_their_side_in_the_legacy_form() -> None:
    document = read_one(pdf(legacy()))
    assert values(document, "buyer_address", "seller_address", "seller_account") == (
        "杭州市西湖区文三路1号",
        "杭州市滨江区江南大道88号",
        "2102013319200088776",
    )


def test_values_without_labels() -> None:
    document = read_one(pdf(digital(labels=False)))
    assert document.status == "read"
    assert parties(document) == BOTH
    assert values(document, "number", "issue_date") == ("25332000000123456789", "2025-12-08")
    assert sums(document) == ("199.06", "11.94", "211.00")


def test_code_and_number_of_a_printed_form_are_unlabelled() -> None:
    document = read_one(pdf(bare_special()))
    assert values(document, "code", "number") == ("3300204130", "12345678")
    assert parties(document) == BOTH


def test_legacy_values_without_labels() -> None:
    sheet = legacy()
    sheet.inks = [ink for ink in sheet.inks if ink.y != 152 and not is_label(ink)]
    document = read_one(pdf(sheet))
    assert values(document, "code", "number", "issue_date") == (
        "033002000211",
        "83089600",
        "2020-07-23",
    )
    assert parties(document) == BOTH
    assert sums(document) == ("168.31", "21.88", "190.19")


def is_label(ink: Ink) -> bool:
    text = ink.text.strip()
    return len(text) == 1 or text.endswith(("：", "（大写）", "（小写）"))


def test_two_invoices_on_one_sheet_of_paper() -> None:
    for framed in (True, False):
        page = Sheet(width=595, height=842)
        for place, number in enumerate(("25332000000123456781", "25332000000123456782")):
            half = digital(number=number, total="¥211.00")
            page.add(*(Ink(i.x * 0.97, i.y + 400 * place, i.text, i.size) for i in half.inks))
            if framed:
                page.rules += [
                    (a * 0.97, b + 400 * place, c * 0.97, d + 400 * place)
                    for a, b, c, d in half.rules
                ]
        found = read_packet({"a.pdf": pdf(page)}).documents
        assert [values(d, "number", "total_amount") for d in found] == [
            ("25332000000123456781", "211.00"),
            ("25332000000123456782", "211.00"),
        ]


def test_a_long_price_that_touches_the_quantity() -> None:
    touching = (
        "*餐饮服务*餐饮服务费",
        "",
        "次",
        "",
        "1176.99115044",
        "176.99",
        "6%",
        "10.62",
    )
    sheet = legacy(
        items=(touching,),
        net="￥176.99",
        tax="￥10.62",
        words="ⓧ 壹佰捌拾柒圆陆角壹分",
        total="￥187.61",
    )
    assert lines(read_one(pdf(sheet))) == (
        ("*餐饮服务*餐饮服务费", "6%", "1", "176.99115044", "176.99", "10.62"),
    )


@pytest.mark.parametrize(
    "words", ["ⓧ（负数）壹佰玖拾圆壹角玖分", "（负数）ⓧ壹佰玖拾圆壹角玖分", "ⓧ负壹佰玖拾圆壹角玖分"]
)
@pytest.mark.parametrize("sign", ["￥-{}", "-￥{}"])
def test_ways_of_writing_a_negative_amount(words: str, sign: str) -> None:
    sheet = legacy(
        items=(("*五金*螺栓", "M8", "盒", "-10", "16.831", "-168.31", "13%", "-21.88"),),
        net=sign.format("168.31"),
        tax=sign.format("21.88"),
        words=words,
        total=sign.format("190.19"),
    )
    document = read_one(pdf(sheet))
    assert sums(document) == ("-168.31", "-21.88", "-190.19")
    assert values(document, "total_words") == ("-190.19",)


def test_names_that_wrap_around_their_label() -> None:
    sheet = digital(buyer="", seller="")
    sheet.add(
        Ink(58, 88, "中国石油化工股份有限公司浙江杭州"),
        Ink(58, 97, "石油分公司"),
        Ink(353, 88, "青岚机电设备集团股份有限公司浙江"),
        Ink(353, 97, "销售分公司"),
    )
    assert parties(read_one(pdf(sheet))) == (
        "中国石油化工股份有限公司浙江杭州石油分公司",
        BUYER_ID,
        "青岚机电设备集团股份有限公司浙江销售分公司",
        SELLER_ID,
    )


def test_three_copies_in_one_file_are_one_invoice() -> None:
    document = read_one(pdf(legacy(), legacy(), legacy()))
    assert document.pages == (1, 2, 3)
    assert lines(document) == BOLTS
    assert_quiet(pdf(legacy(), legacy(), legacy()))
    assert_quiet(pdf(bare_special(), bare_special(), bare_special()))


def test_names_that_wrap() -> None:
    sheet = legacy(buyer="")
    sheet.add(
        Ink(92, 88, "中国（上海）自由贸易试验区云栖国际供应链", 7),
        Ink(92, 97, "管理股份有限公司", 7),
    )
    document = read_one(pdf(sheet))
    assert values(document, "buyer_name", "seller_name", "buyer_tax_id") == (
        "中国(上海)自由贸易试验区云栖国际供应链管理股份有限公司",
        SELLER,
        BUYER_ID,
    )


@pytest.mark.parametrize(
    "name", ["个人", "李晓明", "个人（个人）", "杭州市第一人民医院", "ABB (China) Ltd."]
)
def test_buyers_that_are_no_company(name: str) -> None:
    document = read_one(pdf(legacy(buyer=name, buyer_id="")))
    assert values(document, "buyer_name", "buyer_tax_id", "seller_name") == (
        name.replace("（", "(").replace("）", ")"),
        None,
        SELLER,
    )
    assert document.status == "read"


def test_remarks_hold_other_numbers_and_names() -> None:
    remark = (
        "购房款 销方联系人 名称：北麓钢材贸易有限公司",
        "发票号码：12345678 开票日期：2019年01月01日",
        "合计 ￥1.00 纳税人识别号：91330108MA00000000",
        "价税合计（小写）￥5.00",
    )
    document = read_one(pdf(legacy(remark=remark)))
    assert parties(document) == BOTH
    assert values(document, "number", "issue_date") == ("83089600", "2020-07-23")
    assert sums(document) == ("168.31", "21.88", "190.19")


def test_captions_across_or_none() -> None:
    def is_caption(ink: Ink) -> bool:
        return len(ink.text) == 1 and 84 <= ink.y < 140

    bare = digital()
    bare.inks = [ink for ink in bare.inks if not is_caption(ink)]
    assert parties(read_one(pdf(bare))) == BOTH
    bare.add(Ink(14, 84, "购　买　方　信　息"), Ink(310, 84, "销　售　方　信　息"))
    assert parties(read_one(pdf(bare))) == BOTH


def test_label_and_value_of_both_sides_in_one_run() -> None:
    sheet = digital()
    sheet.inks = [ink for ink in sheet.inks if not 84 <= ink.y < 130]
    gap = " " * 16
    names = f"名称：{BUYER}{gap}名称：{SELLER}"
    label = "统一社会信用代码/纳税人识别号："
    sheet.add(Ink(30, 92, names), Ink(30, 122, f"{label}{BUYER_ID}    {label}{SELLER_ID}", 7))
    assert parties(read_one(pdf(sheet))) == BOTH


def test_sums_a_line_below_their_caption() -> None:
    sheet = digital()
    sheet.inks = [
        Ink(i.x, i.y + 9, i.text, i.size) if i.text in ("¥199.06", "¥11.94") and i.y > 250 else i
        for i in sheet.inks
    ]
    assert sums(read_one(pdf(sheet))) == ("199.06", "11.94", "211.00")


def test_red_letter_invoices() -> None:
    old = legacy(
        items=(("*五金*螺栓", "M8", "盒", "-10", "16.831", "-168.31", "13%", "-21.88"),),
        net="￥-168.31",
        tax="￥-21.88",
        words="ⓧ （负数）壹佰玖拾圆壹角玖分",
        total="￥-190.19",
        remark=("对应正数发票代码:033002000211号码:83089501",),
    )
    document = read_one(pdf(old))
    assert values(document, "number", "total_amount", "total_words") == (
        "83089600",
        "-190.19",
        "-190.19",
    )
    assert_quiet(pdf(old))
    new = digital(
        title="电子发票（增值税专用发票）",
        items=(("*五金*螺栓", "M8", "盒", "-10", "16.831", "-168.31", "13%", "-21.88"),),
        net="¥-168.31",
        tax="¥-21.88",
        words="（负数）壹佰玖拾圆壹角玖分",
        total="¥-190.19",
        remark=(
            "被红冲蓝字数电发票号码：25332000000123456780",
            "红字发票信息确认单编号：33010825120000000001",
            "开具红字增值税专用发票信息表编号3301082512000001",
        ),
    )
    assert values(read_one(pdf(new)), "number", "total_words") == (
        "25332000000123456789",
        "-190.19",
    )
    assert_quiet(pdf(new))


def test_discounts_mixed_rates_and_names_with_a_percentage() -> None:
    name = "*日用杂品*润本驱蚊液婴\n儿110ml花露水7%驱"
    whole = name.replace("\n", "")
    document = read_one(
        pdf(
            legacy(
                items=(
                    (name, "", "瓶", "2", "50.00", "100.00", "13%", "13.00"),
                    (name, "", "", "", "", "-10.00", "13%", "-1.30"),
                    ("*图书*课本", "", "册", "1", "100.00", "100.00", "9%", "9.00"),
                ),
                net="￥190.00",
                tax="￥20.70",
                words="ⓧ 贰佰壹拾圆柒角整",
                total="￥210.70",
            )
        )
    )
    assert lines(document) == (
        (whole, "13%", "2", "50.00", "100.00", "13.00"),
        (whole, "13%", None, None, "-10.00", "-1.30"),
        ("*图书*课本", "9%", "1", "100.00", "100.00", "9.00"),
    )


@pytest.mark.parametrize("mark", ["*", "***", "免税", "不征税"])
def test_untaxed_supplies(mark: str) -> None:
    item = ("*谷物*大米", "", "公斤", "100", "5", "500.00", "免税", mark)
    sheet = digital(items=(item,), net="¥500.00", tax=mark, words="伍佰圆整", total="¥500.00")
    document = read_one(pdf(sheet))
    assert sums(document) == ("500.00", "0.00", "500.00")
    assert lines(document) == (("*谷物*大米", "免税", "100", "5", "500.00", None),)
    assert_quiet(pdf(sheet))


def test_toll_invoice() -> None:
    header = ("项目名称", "车牌号", "类型", "通行日期起", "通行日期止", "金额", "税率", "税额")
    item = ("*经营租赁*通行费", "浙A12345", "客车", "20200701", "20200702", "96.12", "3%", "2.88")
    table = legacy_table((item,), "￥96.12", "￥2.88", "ⓧ玖拾玖圆整", "￥99.00", header)
    head = [*legacy_head(code="033002000112"), Ink(30, 40, "通行费", 12)]
    sheet = legacy(items=(), net="", tax="", words="", total="", head=head)
    sheet.inks = [i for i in sheet.inks if i.y != 152 and not 250 < i.y < 275]
    sheet.add(*table)
    document = read_one(pdf(sheet))
    assert parties(document) == BOTH
    assert lines(document) == (("*经营租赁*通行费", "3%", None, None, "96.12", "2.88"),)
    assert_quiet(pdf(sheet))


def test_electronic_invoice_of_shenzhen_has_another_last_label() -> None:
    sheet = legacy(head=legacy_head("深圳电子普通发票", code="144032009110", number="01234567"))
    sheet.inks = [
        Ink(i.x, i.y, "电子支付标识：", i.size) if i.text == "开户行及账号：" and i.y < 200 else i
        for i in sheet.inks
    ]
    assert parties(read_one(pdf(sheet))) == BOTH
    assert_quiet(pdf(sheet))


def under(texts: Sequence[str], y: float) -> list[Ink]:
    """A line of a second table under the lines of an invoice."""
    places = (20, 100, 200, 270, 350, 430, 500)
    return [Ink(x, y, text) for x, text in zip(places, texts, strict=False)]


def test_construction() -> None:
    header = ("项目名称", "建筑服务发生地", "建筑项目名称", "", "", "金 额", "税率/征收率", "税 额")
    sheet = digital(
        header=header,
        items=(
            (
                "*建筑服务*工程款",
                "浙江省杭州市",
                "云栖厂房\n改建工程",
                "",
                "",
                "100000.00",
                "9%",
                "9000.00",
            ),
        ),
        net="¥100000.00",
        tax="¥9000.00",
        words="壹拾万玖仟圆整",
        total="¥109000.00",
        extra=[Ink(14, 60, "建筑服务", 9)],
        remark=("土地增值税项目编号： 跨地（市）标志：否",),
    )
    assert lines(read_one(pdf(sheet))) == (
        ("*建筑服务*工程款", "9%", None, None, "100000.00", "9000.00"),
    )


def test_freight_and_passengers_have_a_second_table() -> None:
    freight = digital(
        items=(
            (
                "*运输服务*国内道路货\n物运输服务",
                "",
                "次",
                "1",
                "1000.00",
                "1000.00",
                "9%",
                "90.00",
            ),
        ),
        net="¥1000.00",
        tax="¥90.00",
        words="壹仟零玖拾圆整",
        total="¥1090.00",
        extra=[
            *under(("运输工具种类", "运输工具牌号", "起运地", "到达地", "运输货物名称"), 200),
            *under(("公路运输", "浙A12345", "浙江省杭州市", "江苏省南京市", "水泵"), 212),
        ],
    )
    assert lines(read_one(pdf(freight))) == (
        ("*运输服务*国内道路货物运输服务", "9%", "1", "1000.00", "1000.00", "90.00"),
    )
    head = ("出行人", "有效身份证件号", "出行日期", "出发地", "到达地", "等级", "交通工具类型")
    row = ("张三", "3301**********1234", "2025-12-01", "杭州", "南京", "二等", "公路")
    passenger = digital(
        items=(("*运输服务*客运服务费", "", "次", "1", "291.26", "291.26", "3%", "8.74"),),
        net="¥291.26",
        tax="¥8.74",
        words="叁佰圆整",
        total="¥300.00",
        extra=[*under(head, 190), *under(row, 202)],
    )
    assert lines(read_one(pdf(passenger))) == (
        ("*运输服务*客运服务费", "3%", "1", "291.26", "291.26", "8.74"),
    )


def test_lease_with_a_title_number_that_wraps() -> None:
    header = (
        "项目名称",
        "产权证书/不动产权证号",
        "面积单位",
        "数 量",
        "单 价",
        "金 额",
        "税率/征收率",
        "税 额",
    )
    title = "浙（2020）杭\n州市不动产权\n第0012345号"
    sheet = digital(
        header=header,
        items=(
            (
                "*经营租赁*房屋租金",
                title,
                "平方米",
                "100",
                "91.743119266",
                "9174.31",
                "9%",
                "825.69",
            ),
        ),
        net="¥9174.31",
        tax="¥825.69",
        words="壹万圆整",
        total="¥10000.00",
        remark=("不动产地址：浙江省杭州市西湖区 租赁期起止：2025-01-01 2025-12-31",),
    )
    assert lines(read_one(pdf(sheet))) == (
        ("*经营租赁*房屋租金", "9%", "100", "91.743119266", "9174.31", "825.69"),
    )
    assert_quiet(pdf(sheet))


def test_farm_produce_bought_from_a_person() -> None:
    sheet = digital(
        seller="王大明",
        seller_id="330106196501011234",
        items=(("*水果*苹果", "", "公斤", "1000", "5", "5000.00", "免税", "***"),),
        net="¥5000.00",
        tax="***",
        words="伍仟圆整",
        total="¥5000.00",
        extra=[Ink(14, 60, "收购", 9)],
    )
    document = read_one(pdf(sheet))
    assert parties(document) == (BUYER, BUYER_ID, "王大明", "330106196501011234")
    assert_quiet(pdf(sheet))


def test_tax_on_a_margin() -> None:
    sheet = digital(
        title="电子发票（增值税专用发票）",
        items=(("*人力资源服务*劳务派遣", "", "月", "1", "9952.38", "9952.38", "5%", "47.62"),),
        net="¥9952.38",
        tax="¥47.62",
        words="壹万圆整",
        total="¥10000.00",
        extra=[Ink(14, 60, "差额征税", 9)],
        remark=("差额征税：9000.00。",),
    )
    assert values(read_one(pdf(sheet)), "tax_method") == ("差额征税",)
    assert_quiet(pdf(sheet))


def test_lines_over_two_pages_and_several_invoices_in_a_file() -> None:
    first = digital(items=(DIGITAL_ITEM,) * 3, net="", tax="", words="", total="")
    first.inks = [i for i in first.inks if i.y not in (262, 282)]
    first.add(Ink(52, 250, "小"), Ink(106, 250, "计"), Ink(386, 250, "¥597.18", 9))
    last = digital(
        items=(DIGITAL_ITEM,) * 2,
        net="¥995.30",
        tax="¥59.70",
        words="壹仟零伍拾伍圆整",
        total="¥1055.00",
    )
    other = digital(number="25332000000123456790")
    one, two = read_packet({"a.pdf": pdf(first, last, other)}).documents
    assert (one.pages, two.pages) == ((1, 2), (3,))
    assert sums(one) == ("995.30", "59.70", "1055.00")
    assert len(one.items) == 5
    assert values(two, "number") == ("25332000000123456790",)


def test_a_list_of_goods_belongs_to_its_invoice() -> None:
    reference = ("(详见销货清单)", "", "批", "1", "168.31", "168.31", "13%", "21.88")
    sheets = (legacy(items=(reference,)), list_of_goods())
    document = read_one(pdf(*sheets))
    assert document.pages == (1, 2)
    assert lines(document) == (
        ("*五金*螺栓", "13%", "5", "20.00", "100.00", "13.00"),
        ("*五金*螺母", "13%", "10", "6.831", "68.31", "8.88"),
    )
    assert_quiet(pdf(*sheets))
    alone = read_one(pdf(legacy(items=(reference,))))
    assert [item.name for item in alone.items] == ["(详见销货清单)"]


def test_a_list_of_goods_of_another_invoice_stays_apart() -> None:
    packet = read_packet({"a.pdf": pdf(legacy(), list_of_goods(number="83089601"))})
    one, two = packet.documents
    assert lines(one) == BOLTS
    assert two.status != "read"


def test_a_line_that_could_not_be_read_or_a_missing_page_is_said() -> None:
    overlapping = ("*餐饮服务*餐费", "", "次", "", "1176.99115044247787", "176.99", "6%", "10.62")
    sheet = legacy(
        items=(overlapping, ITEM),
        net="￥345.30",
        tax="￥32.50",
        words="ⓧ 叁佰柒拾柒圆捌角整",
        total="￥377.80",
    )
    second = digital(
        extra=[Ink(280, 60, "共2页 第2页")],
        net="¥995.30",
        tax="¥59.70",
        words="壹仟零伍拾伍圆整",
        total="¥1055.00",
    )
    for incomplete in (sheet, second):
        document = read_one(pdf(incomplete))
        assert (document.status, [f.code for f in document.failures]) == (
            "partial",
            ["incomplete_lines"],
        )
        assert_quiet(pdf(incomplete))


def test_roll_vehicle_and_used_vehicle_invoices() -> None:
    for sheet, total in (
        (roll(), "190.19"),
        (vehicle(), "113000.00"),
        (used_vehicle(), "50000.00"),
    ):
        document = read_one(pdf(sheet))
        assert document.status == "read"
        assert parties(document) == BOTH
        assert values(document, "total_amount", "total_words") == (total, total)
        assert_quiet(pdf(sheet))


def test_the_market_of_a_used_vehicle_is_no_party() -> None:
    sheet = used_vehicle()
    assert "91330100MA00000012" not in parties(read_one(pdf(sheet)))


@pytest.mark.parametrize(
    ("lost", "named"),
    [("number", "number"), ("seller", "seller's name"), ("buyer", "buyer's name")],
)
def test_an_invoice_says_what_it_lacks(lost: str, named: str) -> None:
    document = read_one(pdf(digital(**{lost: ""})))
    assert document.status == "partial"
    (failure,) = document.failures
    assert failure.code == "incomplete_invoice"
    assert named in failure.en


@pytest.mark.parametrize("sheet", [legacy(), digital(), bare_special()])
def test_honest_invoices_stay_quiet(sheet: Sheet) -> None:
    assert_quiet(pdf(sheet))


def test_a_raised_amount_is_found_in_the_legacy_form() -> None:
    sheet = legacy(net="￥168.31", total="￥1190.19")
    found = {f.rule for f in report_on(read_packet({"a.pdf": pdf(sheet)})).findings}
    assert {"ARI14", "ARI15"} <= found


def test_items_sum_exactly() -> None:
    document = read_one(pdf(legacy(items=(ITEM,))))
    assert sum((i.net for i in document.items), Decimal(0)) == Decimal("168.31")


def test_old_rates_on_red_letter_and_late_invoices() -> None:
    red = legacy(
        items=(("*五金*螺栓", "M8", "盒", "-10", "10", "-100.00", "16%", "-16.00"),),
        net="￥-100.00",
        tax="￥-16.00",
        words="ⓧ（负数）壹佰壹拾陆圆整",
        total="￥-116.00",
    )
    assert_quiet(pdf(red))
    late = legacy(
        items=(("*五金*螺栓", "M8", "盒", "10", "10", "100.00", "16%", "16.00"),),
        net="￥100.00",
        tax="￥16.00",
        words="ⓧ壹佰壹拾陆圆整",
        total="￥116.00",
    )
    assert_quiet(pdf(late))


def test_a_mark_of_margin_taxation_hides_no_larger_tax() -> None:
    item = ("*人力资源服务*劳务派遣", "", "月", "1", "1000.00", "1000.00", "5%", "500.00")
    sheet = digital(
        items=(item,),
        net="¥1000.00",
        tax="¥500.00",
        words="壹仟伍佰圆整",
        total="¥1500.00",
        extra=[Ink(14, 60, "差额征税", 9)],
    )
    found = {f.rule for f in report_on(read_packet({"a.pdf": pdf(sheet)})).findings}
    assert found & {"ARI13", "ARI21"}
