"""Registers of shareholders as templates of authorities, articles, lawyers and companies print
them.

Columns follow the form 股东（发起人）出资情况 of the market authority, the printout of
国家企业信用信息公示系统 (股东及出资信息: 认缴额, 实缴额, 认缴明细, 实缴明细), and appendices of
articles. Names are invented.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from printed_pages import grid, ruled_page, text_page

from extractors.layout.page import Page, Word

COMPANY = "青岚机电设备有限公司"
CODE = "91441900MA9917268G"
PERSON = "沈知秋"
FIRM = "北麓钢材贸易有限公司"


def without_rules() -> Page:
    """Title and company apart, head line with code, index column, shares as fractions."""
    return text_page(
        [
            [(230, "股东信息")],
            [(60, f"企业名称：{COMPANY}"), (330, f"统一社会信用代码：{CODE}")],
            [(60, "序号"), (100, "股东"), (260, "认缴出资额（万元）"), (400, "出资比例")],
            [(60, "1"), (100, PERSON), (260, "350.00"), (400, "0.70")],
            [(60, "2"), (100, FIRM), (260, "150.00"), (400, "0.30")],
            [(100, "合计"), (260, "500.00"), (400, "1.00")],
        ]
    )


def publicity_system() -> Page:
    """The printout of the publicity system: two levels of heads, masked numbers, no shares."""
    cells = [
        (30, 140, 70, 184, "序号"),
        (70, 140, 190, 184, "股东"),
        (190, 140, 250, 184, "认缴额\n（万元）"),
        (250, 140, 310, 184, "实缴额\n（万元）"),
        (310, 140, 440, 162, "认缴明细"),
        (440, 140, 570, 162, "实缴明细"),
        (310, 162, 370, 184, "出资额\n（万元）"),
        (370, 162, 440, 184, "出资日期"),
        (440, 162, 500, 184, "出资额\n（万元）"),
        (500, 162, 570, 184, "出资日期"),
    ]
    rows = [
        ("1", PERSON, "350", "200", "350", "2040-12-31", "200", "2022-05-06"),
        ("2", FIRM, "150", "100", "150", "2040-12-31", "100", "2022-05-06"),
    ]
    cells += grid([30.0, 70, 190, 250, 310, 370, 440, 500, 570], rows, top=184, high=30)
    return ruled_page(
        cells,
        [
            (190, 40, "国家企业信用信息公示系统"),
            (40, 66, f"企业名称：{COMPANY}"),
            (320, 66, f"统一社会信用代码：{CODE}"),
            (40, 88, "注册资本：500万元人民币"),
            (40, 112, "股东及出资信息"),
        ],
    )


def articles_appendix() -> Page:
    """The table behind the articles: company in the title line, amounts in yuan."""
    rows = [
        ("股东姓名或名称", "出资方式", "认缴出资额（元）", "出资比例", "出资时间"),
        (PERSON, "货币", "3,500,000.00", "70%", "2040-12-31"),
        (FIRM, "货币", "1,500,000.00", "30%", "2040-12-31"),
        ("合计", "", "5,000,000.00", "100%", ""),
    ]
    return ruled_page(
        grid([40.0, 190, 250, 370, 450, 550], rows, top=120),
        [
            (60, 40, "公司章程附表"),
            (150, 70, f"{COMPANY}股东出资情况表"),
        ],
    )


def side_by_side() -> Page:
    """认缴 and 实缴 with a share each, head over two levels without rules, unit beside each amount."""
    return text_page(
        [
            [(200, "股东及出资信息")],
            [(60, f"公司：{COMPANY}")],
            [(230, "认缴"), (410, "实缴")],
            [(60, "投资人"), (200, "出资额"), (300, "占比"), (380, "出资额"), (480, "占比")],
            [(60, PERSON), (200, "350万元"), (300, "70%"), (380, "200万元"), (480, "66.67%")],
            [(60, FIRM), (200, "150万元"), (300, "30%"), (380, "100万元"), (480, "33.33%")],
        ]
    )


def shares_of_stock() -> Page:
    """A company limited by shares: numbers of shares in 万股 are no amounts of money."""
    rows = [
        ("序号", "发起人姓名或名称", "证件号码", "持股数（万股）", "持股比例（%）"),
        ("1", PERSON, "3301********0012", "350", "70"),
        ("2", FIRM, "9133****MA2H****7U", "150", "30"),
    ]
    return ruled_page(
        grid([40.0, 80, 220, 360, 460, 550], rows, top=110),
        [
            (230, 40, "发起人名册"),
            (60, 70, "截止日期：2025年6月30日"),
            (320, 700, f"{COMPANY}（公章）"),
        ],
    )


def numbered_declaration() -> Page:
    """A company's own sheet: the company stands alone above the title, numbers masked."""
    rows = [
        ("股东名称", "身份证号/统一代码", "出资金额", "股权比例"),
        (PERSON, "330108********0012", "350", "70.00%"),
        (FIRM, "91330108MA2H3KXQ7U", "150", "30.00%"),
    ]
    return ruled_page(
        grid([40.0, 190, 350, 450, 550], rows, top=120),
        [(220, 30, COMPANY), (250, 56, "股权结构表"), (460, 90, "单位：万元")],
    )


def _sheet(rows: Sequence[Sequence[str]]) -> Page:
    words = []
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                left, top = column * 90.0, number * 16.0
                words.append(Word(text, left, top, left + 84, top + 12))
    return Page(1, 900.0, 600.0, words, is_sheet=True)


def spreadsheet() -> Page:
    """A workbook: title, company, unit, heads and rows, each cell a word."""
    return _sheet(
        [
            ["股东出资明细表"],
            ["公司名称", COMPANY, "", "单位：元"],
            ["序号", "股东名称", "证件号码", "认缴金额", "实缴金额", "股比"],
            ["1", PERSON, "3301********0012", "3500000", "2000000", "70%"],
            ["2", FIRM, "91330108MA2H3KXQ7U", "1500000", "1000000", "30%"],
            ["", "合计", "", "5000000", "3000000", "100%"],
        ]
    )


LAYOUTS: dict[str, Callable[[], Page]] = {
    "aligned, fractions, totals": without_rules,
    "publicity system": publicity_system,
    "appendix of the articles": articles_appendix,
    "subscribed and paid side by side": side_by_side,
    "shares of stock": shares_of_stock,
    "company above the title": numbered_declaration,
    "spreadsheet": spreadsheet,
}
