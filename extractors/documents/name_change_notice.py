"""准予变更登记通知书 / 名称变更核准通知书: which name a firm bore before and bears since."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from extractors.documents.declare import DATE, TEXT, Maker, Recognise, document_type
from extractors.documents.parts import Parts
from extractors.layout.page import Page
from extractors.values.credit_code import FIND as CREDIT_CODE
from extractors.values.glyphs import squeeze, tidy
from extractors.values.period import parse_date

NAME_CHANGE_NOTICE = document_type(
    id="name_change_notice",
    title="Notice of a change of name",
    title_zh="名称变更通知书",
    recognise=Recognise(
        titles=re.compile(
            r"准予变更登记通知书|名称变更.{0,4}通知书|变更登记.{0,4}通知书|企业名称变更(?:证明|核准)"
        ),
        cues=(
            "变更前|原名称|原企业名称",
            "变更后|现名称|新名称",
            "名称变更|企业名称",
            "登记机关|市场监督管理局|行政审批局",
            "准予|核准",
        ),
        never=re.compile(r"资产负债表|价税合计|对账单|保证合同"),
    ),
    vocabulary={
        "old_name": ("变更前名称", "变更前企业名称", "原企业名称", "原名称", "变更前"),
        "new_name": ("变更后名称", "变更后企业名称", "现企业名称", "现名称", "新名称", "变更后"),
        "uscc": ("统一社会信用代码",),
        "changed": ("核准日期", "变更日期", "登记日期", "日期"),
    },
    required=("old_name", "new_name"),
    made_by=Maker.INSTITUTION,
)
OLD_NAME = NAME_CHANGE_NOTICE.field("old_name", TEXT, label_zh="变更前名称")
NEW_NAME = NAME_CHANGE_NOTICE.field("new_name", TEXT, label_zh="变更后名称")
USCC = NAME_CHANGE_NOTICE.field("uscc", TEXT, label_zh="统一社会信用代码")
CHANGED = NAME_CHANGE_NOTICE.field("changed", DATE, label_zh="核准日期")


@NAME_CHANGE_NOTICE.reader
def read(pages: Sequence[Page]) -> Parts:
    """Both names, the credit code and the day of the change."""
    parts = Parts()
    for page in pages:
        form = NAME_CHANGE_NOTICE.form(page)
        for key in ("old_name", "new_name"):
            parts.put(form.field(key, _name))
        parts.put(
            form.field(
                "uscc", lambda t: m[0] if (m := CREDIT_CODE.search(squeeze(t).upper())) else None
            )
        )
        parts.put(form.field("changed", parse_date, date.isoformat))
    return parts


def _name(text: str) -> str | None:
    value = tidy(text)
    return (
        value
        if len(squeeze(value)) >= 4 and not CREDIT_CODE.search(squeeze(value).upper())
        else None
    )
