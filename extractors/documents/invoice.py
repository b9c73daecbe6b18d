"""增值税发票: legacy electronic and paper (code and number) and fully digital 数电票, with lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.documents.declare import (
    DATE,
    MONEY,
    PARTY,
    TEXT,
    Maker,
    Recognise,
    Stated,
    document_type,
)
from extractors.documents.invoice_contacts import put_contacts
from extractors.documents.invoice_head import mended, put_head
from extractors.documents.invoice_items import read_items
from extractors.documents.invoice_list import is_listed, listed_invoices, read_listed
from extractors.documents.invoice_parties import put_parties
from extractors.documents.invoice_sides import without_captions
from extractors.documents.invoice_sums import put_sums, put_sums_of_items
from extractors.documents.invoice_ties import invoice_ties
from extractors.documents.parts import Parts
from extractors.errors import IncompleteLines, as_failure
from extractors.layout.page import Page

INVOICE = document_type(
    id="invoice",
    title="VAT invoice",
    title_zh="增值税发票",
    recognise=Recognise(
        titles=re.compile(
            r"(?<!红字)(?<!所属)增值税.{0,6}(?:专用|普通|电子)?.{0,6}发票(?!信息表|代码|号码)|电子发票(?!号)"
            r"|(?<!蓝字)数电票(?!号)|机动车销售统一发票|二手车销售统一发票|通用机打发票|电子普通发票"
            r"|(?<!开具)(?<!增值税)专用发票(?!章|代码|号码|信息表)"
        ),
        cues=(
            "发票号码",
            "开票日期",
            "价税合计",
            "购买方|购货单位|购方|买方单位",
            "销售方|销货单位|销方|卖方单位",
            "税额",
            "税率|征收率",
            "开票人",
            "校验码",
            "小写",
            # What stands on an invoice whose labels are part of a picture: the total in words, and
            # sums.
            "[壹贰叁肆伍陆柒捌玖拾佰仟万亿零]{2,}[圆元]",
            r"[¥￥]-?\d[\d,]*\.\d{2}",
        ),
        appendix=re.compile(r"(?:应税劳务|服务|销货|货物).{0,6}清单"),
        never=re.compile(r"申报表|资产负债表|利润表"),
        essential=("发票|票据号码", "价税合计|合计|小写", "购|买|付款方", "销|售|收款方"),
        ends=re.compile(r"(?:发票|票)$"),
        identity="number",
        repeats=True,
    ),
    vocabulary={
        "number": ("发票号码", "发票号", "票据号码", "数电票号码", "数电发票号码"),
        "cancelled": (
            "被红冲蓝字数电票号码",
            "被红冲蓝字数电发票号码",
            "对应正数发票代码",
            "对应正数发票号码",
            "所属增值税专用发票代码",
        ),
        "code": ("发票代码",),
        "issue_date": ("开票日期", "开具日期", "填开日期"),
        "check_code": ("校验码",),
        "buyer_name": (
            "购买方名称",
            "购方名称",
            "购货单位名称",
            "购货单位(人)",
            "购买方名称及身份证号码/组织机构代码",
            "买方单位/个人",
            "购买方",
        ),
        "seller_name": (
            "销售方名称",
            "销方名称",
            "销货单位名称",
            "卖方单位/个人",
            "销售方",
        ),
        "buyer_tax_id": (
            "购买方纳税人识别号",
            "购方税号",
            "购买方税号",
            "购方纳税人识别号",
            "购买方统一社会信用代码/纳税人识别号",
        ),
        "seller_tax_id": (
            "销售方纳税人识别号",
            "销方税号",
            "销售方税号",
            "销方纳税人识别号",
            "销售方统一社会信用代码/纳税人识别号",
        ),
        "name": ("名称", "单位名称"),
        "tax_id": (
            "统一社会信用代码/纳税人识别号",
            "纳税人识别号",
            "统一社会信用代码",
            "税号",
            "纳税识别号",
            "单位代码/身份证号码",
        ),
        "address": ("地址、电话", "地址电话", "地址"),
        "account": ("开户行及账号", "开户行账号", "开户银行及账号"),
        "total_amount": ("小写", "价税合计小写", "价税合计(小写)", "合计金额(小写)"),
        "total_words": ("价税合计(大写)", "价税合计大写", "价税合计", "合计金额(大写)"),
        "net_amount": ("不含税价", "不含税价小写"),
        "tax_amount": ("增值税税额",),
        "issuer": ("开票人",),
        "payee": ("收款人",),
        "reviewer": ("复核人", "复核"),
        "remark": ("备注",),
    },
    required=("number", "issue_date", "buyer_name", "seller_name", "total_amount"),
    made_by=Maker.PARTIES,
    system_issued=True,
    ties=invoice_ties,
    relations=(Stated.SALES,),
)
NUMBER = INVOICE.field("number", TEXT, label_zh="发票号码")
CODE = INVOICE.field("code", TEXT, label_zh="发票代码")
ISSUE_DATE = INVOICE.field("issue_date", DATE, label_zh="开票日期")
SELLER_NAME = INVOICE.field("seller_name", PARTY, label_zh="销售方名称")
SELLER_TAX_ID = INVOICE.field("seller_tax_id", TEXT, label_zh="销售方税号")
BUYER_NAME = INVOICE.field("buyer_name", PARTY, label_zh="购买方名称")
BUYER_TAX_ID = INVOICE.field("buyer_tax_id", TEXT, label_zh="购买方税号")
NET_AMOUNT = INVOICE.field("net_amount", MONEY, label_zh="合计金额")
TAX_AMOUNT = INVOICE.field("tax_amount", MONEY, label_zh="合计税额")
TOTAL_AMOUNT = INVOICE.field("total_amount", MONEY, label_zh="价税合计")
TOTAL_WORDS = INVOICE.field("total_words", MONEY, label_zh="价税合计（大写）")
CHECK_CODE = INVOICE.field("check_code", TEXT, label_zh="校验码")
STATE = INVOICE.field("state", TEXT, label_zh="发票状态")
CANCELS = INVOICE.field("cancels", TEXT, label_zh="被红冲的蓝字发票号码")
TAX_METHOD = INVOICE.field("tax_method", TEXT, label_zh="计税方法")
TITLE = INVOICE.field("title", TEXT, label_zh="票种")
QR = INVOICE.field("qr", TEXT, label_zh="二维码内容")
SELLER_ADDRESS = INVOICE.field("seller_address", TEXT, label_zh="销售方地址")
SELLER_PHONE = INVOICE.field("seller_phone", TEXT, label_zh="销售方电话")
SELLER_ACCOUNT = INVOICE.field("seller_account", TEXT, label_zh="销售方账号")
BUYER_ADDRESS = INVOICE.field("buyer_address", TEXT, label_zh="购买方地址")
BUYER_PHONE = INVOICE.field("buyer_phone", TEXT, label_zh="购买方电话")
BUYER_ACCOUNT = INVOICE.field("buyer_account", TEXT, label_zh="购买方账号")


@INVOICE.reader
def read(pages: Sequence[Page]) -> Parts:
    """Head, parties, sums and lines. A red-letter invoice has negative amounts."""
    if is_listed(pages[0]):
        return read_listed(pages)
    parts = Parts()
    forms = []
    bodies = []
    for page in pages:
        body, captions = without_captions(mended(page))
        form = INVOICE.form(body)
        put_head(form, INVOICE.recognise.titles, parts)
        put_parties(form, captions, parts)
        put_sums(form, parts)
        forms.append((form, captions))
        bodies.append(body)
    net = parts.fields.get("net_amount")
    lines = read_items(bodies, Decimal(net.value) if net else None)
    parts.items = lines.items
    if not lines.whole:
        parts.failures.append(as_failure(IncompleteLines(), pages[0].number))
    put_contacts(forms, parts)
    put_sums_of_items(parts)
    return parts


@INVOICE.splitter
def split(page: Page) -> list[tuple[str, Page]]:
    """The invoices that a sheet lists, each with its identity."""
    return listed_invoices(page)
