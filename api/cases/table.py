"""The queue as a table for a spreadsheet: CSV in UTF-8 with the mark that spreadsheets need to read
Chinese.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from api.cases.schemas import CaseOut
from api.runtime.business_day import day_in_china
from extractors.values.csv_cell import guarded

BYTE_ORDER_MARK = "\ufeff"

_HEADS = {
    "zh": ("申请编号", "申请人", "经办机构", "申请金额（元）", "风险评分", "风险档", "核查覆盖率",
           "状态", "经办人", "处置结论", "主要原因", "进件日"),
    "en": ("Application", "Applicant", "Branch", "Amount (yuan)", "Risk score", "Band", "Coverage",
           "State", "Assignee", "Disposition", "Main reason", "Opened"),
}  # fmt: skip
_WORDS = {
    "high": ("高风险", "High"),
    "medium": ("中风险", "Medium"),
    "low": ("低风险", "Low"),
    "not_verified": ("未能核实", "Not verified"),
    "open": ("待领取", "Open"),
    "claimed": ("办理中", "Claimed"),
    "proposed": ("待复核", "Proposed"),
    "decided": ("已处置", "Decided"),
    "clean": ("未见虚假", "Nothing false found"),
    "ask_for_papers": ("要求补件", "Request papers"),
    "false_information": ("信息虚假", "False information"),
    "unclear": ("无法判定", "Cannot be told"),
}


def csv_of(cases: Iterable[CaseOut], lang: str) -> str:
    """The cases as CSV in `lang`, heads first; no cell is a formula."""
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out)
    writer.writerow(_HEADS[lang])
    for case in cases:
        writer.writerow([guarded(cell) for cell in _cells(case, lang)])
    return out.getvalue()


def _cells(case: CaseOut, lang: str) -> tuple[str, ...]:
    def word(key: str) -> str:
        zh, en = _WORDS.get(key, (key, key))
        return zh if lang == "zh" else en

    return (
        case.reference,
        case.applicant,
        case.branch,
        case.amount,
        f"{case.score:.1f}",
        word(case.band),
        f"{case.coverage:.0%}",
        word(case.state),
        case.assignee_name,
        word(case.disposition),
        case.reason.get(lang, ""),
        day_in_china(case.opened_at).isoformat(),
    )
