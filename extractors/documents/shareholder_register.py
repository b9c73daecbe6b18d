"""股东名册 / 股东及出资信息."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.documents.declare import TEXT, Maker, Recognise, document_type
from extractors.documents.parts import Parts
from extractors.layout.columns import Row, find_header, rows_below
from extractors.layout.page import Page, Word
from extractors.model import Shareholder
from extractors.values.credit_code import FIND as CREDIT_CODE
from extractors.values.glyphs import fold, squeeze, tidy
from extractors.values.money import UNITS, parse_money

SHAREHOLDER_REGISTER = document_type(
    id="shareholder_register",
    title="Shareholder register",
    title_zh="股东名册",
    recognise=Recognise(
        titles=re.compile(
            r"股东.{0,6}名册|股东名单|股东及出资|出资人名册|股权结构|股东信息|出资情况"
        ),
        cues=(
            "持股比例|出资比例|股权比例",
            "认缴|实缴|出资额",
            "股东名称|股东姓名|出资人",
            "公司名称",
            "统一社会信用代码",
        ),
        never=re.compile(r"保证合同|资产负债表|营业执照"),
    ),
    vocabulary={
        "company": ("公司名称", "企业名称", "单位名称", "名称"),
        "uscc": ("统一社会信用代码",),
        "legal_representative": ("法定代表人",),
        "former_name": ("曾用名", "曾用名称", "原公司名称", "原名称"),
        "phone": ("联系电话", "电话"),
        "email": ("电子邮箱", "电子邮件", "邮箱", "E-mail"),
        "address": ("联系地址", "地址", "住所"),
    },
    required=("company",),
    made_by=Maker.APPLICANT,
    owner="company",
    bears_own_seal=True,
)
COMPANY = SHAREHOLDER_REGISTER.field("company", TEXT, label_zh="公司名称")
USCC = SHAREHOLDER_REGISTER.field("uscc", TEXT, label_zh="统一社会信用代码")
LEGAL_REPRESENTATIVE = SHAREHOLDER_REGISTER.field(
    "legal_representative", TEXT, label_zh="法定代表人"
)
FORMER_NAME = SHAREHOLDER_REGISTER.field("former_name", TEXT, label_zh="曾用名")
EMAIL = SHAREHOLDER_REGISTER.field("email", TEXT, label_zh="电子邮箱")
PHONE = SHAREHOLDER_REGISTER.field("phone", TEXT, label_zh="联系电话")
ADDRESS = SHAREHOLDER_REGISTER.field("address", TEXT, label_zh="联系地址")
_ROLES = {
    "name": re.compile(
        r"(?:股东|出资人|投资人|发起人)(?:名称|姓名|名称/姓名|姓名/名称|或姓名)?|姓名"
    ),
    "share": re.compile(r"(?:持股|出资|股权|股份|投资)比例%?|占比|share%?"),
    "amount": re.compile(r"(?:认缴|实缴)?(?:出资|投资)(?:额|金额)(?:万元|元)?|认缴额|持股数"),
    "index": re.compile(r"序号|编号"),
}


@SHAREHOLDER_REGISTER.reader
def read(pages: Sequence[Page]) -> Parts:
    """Company and its shareholders with share in percent and amount in yuan."""
    parts = Parts()
    holders: list[Shareholder] = []
    for page in pages:
        form = SHAREHOLDER_REGISTER.form(page)
        for key in ("company", "former_name", "legal_representative", "phone", "email", "address"):
            parts.put(form.field(key, lambda t: tidy(t) if len(tidy(t)) >= 2 else None))
        parts.put(
            form.field(
                "uscc", lambda t: m[0] if (m := CREDIT_CODE.search(squeeze(t).upper())) else None
            )
        )
        holders.extend(_holders(page))
    parts.shareholders = tuple(holders)
    return parts


def _holders(page: Page) -> list[Shareholder]:
    header = find_header(
        page, _ROLES, lambda roles: "name" in roles and bool({"share", "amount"} & roles)
    )
    if header is None:
        return []
    columns = {c.role: i for i, c in reversed(list(enumerate(header.columns))) if c.role}
    subscribed = [
        i for i, c in enumerate(header.columns) if c.role == "amount" and "实缴" not in c.text
    ]
    if "amount" in columns and subscribed:
        columns["amount"] = subscribed[0]  # what was subscribed, not what was paid in so far
    unit = next(
        (UNITS["万元"] for c in header.columns if c.role == "amount" and "万" in c.text), Decimal(1)
    )

    def is_anchor(cells: dict[int, list[Word]]) -> bool:
        return any(
            re.search(r"\d", "".join(w.text for w in cells.get(columns[r], [])))
            for r in ("share", "amount")
            if r in columns
        )

    found = (_holder(row, columns, unit) for row in rows_below(page, header, is_anchor))
    return [h for h in found if h]


def _holder(row: Row, columns: dict[str, int], unit: Decimal) -> Shareholder | None:
    name = tidy(row.text(columns["name"]))
    share = (
        re.search(r"\d+(?:\.\d+)?", fold(row.text(columns["share"])))
        if "share" in columns
        else None
    )
    amount = parse_money(row.text(columns["amount"])) if "amount" in columns else None
    if not name or re.match(r"合计|总计|小计", name) or (share is None and amount is None):
        return None
    return Shareholder(
        name=name,
        share=Decimal(share[0]) if share else None,
        amount=amount * unit if amount is not None else None,
        page=row.page.number,
        box=row.page.box_of(row.words),
    )
