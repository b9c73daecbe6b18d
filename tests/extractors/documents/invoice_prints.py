"""Invoices as Chinese issuers print them, drawn piece by piece: places, spaced labels, captions and
wraps as on real prints.

The layouts follow the forms of the tax administration's announcements (2015 no. 84, 2017 no. 66,
2024 no. 11) and public samples; all companies, persons and figures are invented.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import qrcode
from paper import font
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

BUYER = "云栖水泵股份有限公司"
BUYER_ID = "91330100MA2CCJ4L6L"
SELLER = "青岚机电设备有限公司"
SELLER_ID = "91330108MA2H3KXQX0"
WIDE, HIGH = 610.0, 394.0  # points: the sheet of an electronic invoice, 215 by 139 mm


@dataclass(frozen=True)
class Ink:
    """A run of text with the left end of its baseline, measured from the top of the sheet."""

    x: float
    y: float
    text: str
    size: float = 8.0


Rule = tuple[float, float, float, float]


@dataclass
class Sheet:
    """One page: its runs of text and its ruling lines."""

    inks: list[Ink] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    width: float = WIDE
    height: float = HIGH
    code: str = ""  # text of a QR code at the top left

    def add(self, *inks: Ink) -> Sheet:
        self.inks.extend(inks)
        return self

    def box(self, left: float, top: float, right: float, bottom: float) -> None:
        self.rules += [
            (left, top, right, top),
            (left, bottom, right, bottom),
            (left, top, left, bottom),
            (right, top, right, bottom),
        ]


def down(x: float, y: float, letters: str, step: float = 14.0) -> list[Ink]:
    """A caption with one character under the other."""
    return [Ink(x, y + step * place, letter, 9) for place, letter in enumerate(letters)]


def singly(inks: Iterable[Ink]) -> list[Ink]:
    """The same text with each character placed by itself, as some issuers' tools write it."""
    out = []
    for ink in inks:
        x = ink.x
        for letter in ink.text:
            out.append(Ink(x, ink.y, letter, ink.size))
            x += ink.size if ord(letter) > 0x2E7F else ink.size * 0.55
    return out


def shuffled(inks: Sequence[Ink], seed: int = 3) -> list[Ink]:
    """The same text written into the file in another order."""
    out = list(inks)
    random.Random(seed).shuffle(out)
    return out


def pdf(*sheets: Sheet, change: Callable[[Sequence[Ink]], Sequence[Ink]] = list) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for sheet in sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        canvas.setLineWidth(0.5)
        for x0, y0, x1, y1 in sheet.rules:
            canvas.line(x0, sheet.height - y0, x1, sheet.height - y1)
        for ink in change(sheet.inks):
            canvas.setFont(font(), ink.size)
            canvas.drawString(ink.x, sheet.height - ink.y, ink.text)
        if sheet.code:
            canvas.drawImage(_qr_code(sheet.code), 14, sheet.height - 70, 56, 56)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _qr_code(text: str) -> ImageReader:
    picture = io.BytesIO()
    qrcode.make(text, border=2).save(picture)
    picture.seek(0)
    return ImageReader(picture)


ITEM = ("*五金*螺栓", "M8", "盒", "10", "16.831", "168.31", "13%", "21.88")
_LEGACY_COLUMNS = (26, 152, 216, 252, 300, 376, 440, 480)


def legacy_head(
    title: str = "浙江增值税电子普通发票",
    code: str = "033002000211",
    number: str = "83089600",
    day: str = "2020年07月23日",
) -> list[Ink]:
    """Head of an electronic ordinary invoice of 2016 to 2023: labels and values are runs of their
    own, on uneven baselines.
    """
    return [
        Ink(26, 60, "机器编号："),
        Ink(70, 61.2, "499098892081"),
        Ink(208, 46, title, 16),
        Ink(440, 32, "发票代码："),
        Ink(486, 33.4, code, 9),
        Ink(440, 46, "发票号码："),
        Ink(486, 47.4, number, 9),
        Ink(440, 60, "开票日期："),
        Ink(486, 61.2, day, 9),
        Ink(440, 74, "校 验 码："),
        Ink(486, 75.2, "16197 83356 74145 07415", 9),
    ]


def legacy_party(
    top: float,
    caption: str,
    name: str,
    tax_id: str,
    address: str = "杭州市西湖区文三路1号 0571-88112233",
    account: str = "工商银行西湖支行1202024409900012345",
) -> list[Ink]:
    """A party's block: its vertical caption, four letter-spaced labels and their values."""
    return [
        *down(14, top + 4, caption),
        Ink(30, top, "名        称："),
        Ink(92, top + 1.3, name, 9),
        Ink(30, top + 13, "纳税人识别号："),
        Ink(92, top + 14.3, tax_id, 9),
        Ink(30, top + 26, "地 址、电 话："),
        Ink(92, top + 27, address, 7),
        Ink(30, top + 39, "开户行及账号："),
        Ink(92, top + 40, account, 7),
    ]


def cipher(top: float = 92.0) -> list[Ink]:
    """The cipher area 密码区, whose characters are neither labels nor values."""
    lines = (
        "03*+1>2/3-45<67894*+1>2/3-45",
        "9>/5<*2+0-3/1>7*8<4+6-2/9>05",
        "<7*3+>1/8-2<40*6>5+9/3-1<8*2",
        "+4/0>6*3<2-8+1>9/5*7<3-0+6>4",
    )
    rows = [Ink(372, top + 12 * place, text, 9) for place, text in enumerate(lines)]
    return [*down(356, top + 4, "密码区"), *rows]


def legacy_table(
    items: Sequence[Sequence[str]],
    net: str,
    tax: str,
    words: str,
    total: str,
    header: Sequence[str] = (
        "货物或应税劳务、服务名称",
        "规格型号",
        "单位",
        "数  量",
        "单  价",
        "金    额",
        "税率",
        "税    额",
    ),
) -> list[Ink]:
    inks = [Ink(x, 152, text) for x, text in zip(_LEGACY_COLUMNS, header, strict=True)]
    y = 165.0
    for item in items:
        depth = 0
        for x, cell in zip(_LEGACY_COLUMNS, item, strict=True):
            for place, text in enumerate(cell.split("\n")):
                inks.append(Ink(x, y + 10 * place, text))
                depth = max(depth, place)
        y += 12 + 10 * depth
    return [
        *inks,
        Ink(48, 252, "合"),
        Ink(100, 252, "计"),
        Ink(370, 253, net, 9),
        Ink(476, 253, tax, 9),
        Ink(48, 270, "价税合计（大写）"),
        Ink(150, 271, words, 9),
        Ink(410, 270, "（小写）"),
        Ink(450, 271, total, 9),
    ]


def legacy_foot(caption: str = "销售方：（章）", remark: Sequence[str] = ()) -> list[Ink]:
    notes = [Ink(372, 296 + 11 * place, text, 7) for place, text in enumerate(remark)]
    return [
        *down(356, 296, "备注", 20),
        *notes,
        Ink(30, 352, "收款人："),
        Ink(64, 353, "张三"),
        Ink(170, 352, "复核："),
        Ink(196, 353, "李四"),
        Ink(290, 352, "开票人："),
        Ink(324, 353, "王五"),
        Ink(440, 352, caption),
    ]


def legacy(
    *,
    buyer: str = BUYER,
    buyer_id: str = BUYER_ID,
    seller: str = SELLER,
    items: Sequence[Sequence[str]] = (ITEM,),
    net: str = "￥168.31",
    tax: str = "￥21.88",
    words: str = "ⓧ 壹佰玖拾圆壹角玖分",
    total: str = "￥190.19",
    caption: str = "销售方：（章）",
    remark: Sequence[str] = (),
    head: Sequence[Ink] = (),
) -> Sheet:
    sheet = Sheet()
    sheet.add(*(head or legacy_head()))
    sheet.add(*legacy_party(92, "购买方", buyer, buyer_id), *cipher())
    sheet.add(*legacy_table(items, net, tax, words, total))
    sheet.add(
        *legacy_party(
            292,
            "销售方",
            seller,
            SELLER_ID,
            "杭州市滨江区江南大道88号 0571-88880001",
            "工商银行海棠支行2102013319200088776",
        )
    )
    sheet.add(*legacy_foot(caption, remark))
    _frame(sheet)
    return sheet


def _frame(sheet: Sheet) -> None:
    """Ruling of the legacy form: party, table, total and party bands, with the caption's and the
    cipher's columns.
    """
    sheet.box(10, 80, 600, 340)
    for y in (142, 260, 282):
        sheet.rules.append((10, y, 600, y))
    for x in (26, 352, 368):
        sheet.rules += [(x, 80, x, 142), (x, 282, x, 340)]


# The fully digital invoice (数电票).
_DIGITAL_COLUMNS = (20, 130, 200, 250, 310, 390, 460, 540)
DIGITAL_HEADER = (
    "项目名称",
    "规格型号",
    "单 位",
    "数 量",
    "单 价",
    "金 额",
    "税率/征收率",
    "税 额",
)
DIGITAL_ITEM = ("*信息技术服务*技术服务费", "", "项", "1", "199.06", "199.06", "6%", "11.94")


def digital(
    *,
    title: str = "电子发票（普通发票）",
    number: str = "25332000000123456789",
    day: str = "2025年12月08日",
    buyer: str = BUYER,
    buyer_id: str = BUYER_ID,
    seller: str = SELLER,
    seller_id: str = SELLER_ID,
    header: Sequence[str] = DIGITAL_HEADER,
    columns: Sequence[float] = _DIGITAL_COLUMNS,
    items: Sequence[Sequence[str]] = (DIGITAL_ITEM,),
    extra: Sequence[Ink] = (),
    net: str = "¥199.06",
    tax: str = "¥11.94",
    words: str = "贰佰壹拾壹圆整",
    total: str = "¥211.00",
    remark: Sequence[str] = (),
    labels: bool = True,
) -> Sheet:
    """A 数电票; `labels=False` leaves only the values as text, as where the form itself is a
    picture.
    """
    sheet = Sheet()

    def label(x: float, y: float, text: str, size: float = 8.0) -> None:
        if labels:
            sheet.add(Ink(x, y, text, size))

    sheet.add(Ink(220, 40, title, 16))
    label(430, 36, "发票号码：")
    sheet.add(Ink(474, 36, number, 9))
    label(430, 52, "开票日期：")
    sheet.add(Ink(474, 52, day, 9))
    for left, caption, name, tax_id in (
        (10, "购买方信息", buyer, buyer_id),
        (305, "销售方信息", seller, seller_id),
    ):
        if labels:
            sheet.add(*down(left + 4, 84, caption, 12))
        label(left + 22, 92, "名称：")
        sheet.add(Ink(left + 48, 92, name, 9))
        label(left + 22, 122, "统一社会信用代码/纳税人识别号：")
        sheet.add(Ink(left + 150, 122, tax_id, 9))
    for x, text in zip(columns, header, strict=True):
        label(x, 152, text)
    y = 166.0
    for item in items:
        depth = 0
        for x, cell in zip(columns, item, strict=True):
            for place, text in enumerate(cell.split("\n")):
                sheet.add(Ink(x, y + 10 * place, text))
                depth = max(depth, place)
        y += 12 + 10 * depth
    sheet.add(*extra)
    label(52, 262, "合")
    label(106, 262, "计")
    sheet.add(Ink(386, 262, net, 9), Ink(536, 262, tax, 9))
    label(30, 282, "价税合计（大写）")
    sheet.add(Ink(150, 282, "ⓧ", 9), Ink(164, 282, words, 9))
    label(420, 282, "（小写）")
    sheet.add(Ink(460, 282, total, 9))
    if labels:
        sheet.add(*down(14, 304, "备注", 18))
    sheet.add(*(Ink(34, 304 + 11 * place, text, 7) for place, text in enumerate(remark)))
    label(60, 372, "开票人：")
    sheet.add(Ink(96, 372, "李晓"))
    _digital_frame(sheet)
    return sheet


def _digital_frame(sheet: Sheet) -> None:
    sheet.box(10, 74, 600, 350)
    for y in (140, 268, 290):
        sheet.rules.append((10, y, 600, y))
    for x in (26, 305, 321):
        sheet.rules.append((x, 74, x, 140))
    sheet.rules.append((28, 290, 28, 350))
