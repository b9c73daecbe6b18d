"""准予变更登记通知书 / 名称变更核准通知书: which name a firm bore before and bears since."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.documents.chosen_values import put_choice
from extractors.documents.declare import DATE, PARTY, TEXT, Maker, Recognise, document_type
from extractors.documents.parts import Parts
from extractors.keyvalue import value_types
from extractors.keyvalue.candidates import Candidate, Role
from extractors.keyvalue.reading import KeyValueReading
from extractors.keyvalue.vocabulary import Vocabulary
from extractors.layout.page import Page
from extractors.values.glyphs import squeeze
from extractors.values.party_name import is_company

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
        essential=(
            "变更前|原(?:企业)?名称|原名",
            "变更后|[现新](?:企业)?名称",
            "核准|准予|登记|变更",
        ),
        ends=re.compile(r"(?:通知书?|证明|决定书?|登记表)$"),
        sheets=False,
    ),
    vocabulary={
        "old_name": (
            "变更前名称",
            "变更前企业名称",
            "原企业名称",
            "原名称",
            "变更前",
            "变更前内容",
            "原登记名称",
        ),
        "new_name": (
            "变更后名称",
            "变更后企业名称",
            "现企业名称",
            "现名称",
            "新名称",
            "变更后",
            "变更后内容",
            "现登记名称",
        ),
        "uscc": ("统一社会信用代码",),
        "other": ("登记机关", "变更事项", "法定代表人", "住所", "编号"),
        "changed": ("核准日期", "变更日期", "登记日期", "日期"),
    },
    required=("old_name", "new_name"),
    made_by=Maker.INSTITUTION,
)
OLD_NAME = NAME_CHANGE_NOTICE.field("old_name", PARTY, label_zh="变更前名称")
NEW_NAME = NAME_CHANGE_NOTICE.field("new_name", PARTY, label_zh="变更后名称")
USCC = NAME_CHANGE_NOTICE.field("uscc", TEXT, label_zh="统一社会信用代码")
CHANGED = NAME_CHANGE_NOTICE.field("changed", DATE, label_zh="核准日期")


_VOCABULARY = Vocabulary(NAME_CHANGE_NOTICE.vocabulary)
_OFFICE = re.compile(r"(?:管理局|审批局|登记机关|政府)(?:[(（].*)?$")
_NO_COMPANY = -2.5  # the name of a company ends as companies' names do; shops' names may not
_NOT_THE_OFFICE = -6.0
_ORDER = 0.5  # the old name is mostly printed first

_ROLES = (
    Role(name="old_name", find=value_types.names, labels=("old_name",), takes_parts=False),
    Role(name="new_name", find=value_types.names, labels=("new_name",), takes_parts=False),
)


@NAME_CHANGE_NOTICE.reader
def read(pages: Sequence[Page]) -> Parts:
    """Read both names, the credit code and the day of the change."""
    reading = KeyValueReading(pages, _VOCABULARY)
    for role in _ROLES:
        reading.add(role, _name_odds)
    reading.add(Role(name="uscc", find=value_types.credit_codes, labels=("uscc",)))
    reading.add(Role(name="changed", find=value_types.dates, labels=("changed",)))
    reading.choose({("old_name", "new_name"): _in_order})
    parts = Parts()
    put_choice(reading, NAME_CHANGE_NOTICE, parts)
    return parts


def _name_odds(candidate: Candidate) -> float:
    plain = squeeze(candidate.value)
    if _OFFICE.search(plain):
        return _NOT_THE_OFFICE
    return 0.0 if is_company(plain) else _NO_COMPANY


def _in_order(old: Candidate, new: Candidate) -> float:
    """Return the little that the order of two different names says."""
    if old.value == new.value:
        return _NOT_THE_OFFICE
    before = (old.word.top, old.word.x0) <= (new.word.top, new.word.x0)
    return _ORDER if before else -_ORDER
