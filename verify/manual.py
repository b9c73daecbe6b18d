"""Checks that a reviewer made elsewhere and recorded beside the packet (checks.yaml)."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import WHOLE_PAGE, ManualCheck
from verify.case_file import RuleView
from verify.model import BilingualText, Evidence
from verify.rule import Clear, Hit, NotChecked, Result

NAMES = {
    "invoice_verification": ("invoice_verification", "发票查验"),
    "credit_report": ("credit_report", "征信报告", "征信"),
    "company_register": ("company_register", "工商登记", "工商查询"),
    "receivables_register": ("receivables_register", "中登网", "动产融资登记"),
}


def recorded(case: RuleView, what: str) -> Iterator[Result]:
    """What the reviewer recorded under `what`: passed is clear, failed a hit, nothing is not
    checked.
    """
    own = [each for each in case.manual_checks if each.what in NAMES[what]]
    for check in own:
        said = BilingualText(
            f"{check.day} 由 {check.by} 记录：{check.result} {check.note}".strip(),
            f"recorded by {check.by} on {check.day}: {check.result} {check.note}".strip(),
        )
        if check.result == "failed":
            yield Hit(
                say=said, evidence=(_evidence(case, check),), observed=check.result, confidence=0.95
            )
        elif check.result == "passed":
            yield Clear(said)
        else:
            yield NotChecked(said)
    if not own:
        yield NotChecked(
            BilingualText(
                "尚未核查：可在 checks.yaml 中记录结果",
                "not checked: record the result in checks.yaml",
            )
        )


def _evidence(case: RuleView, check: ManualCheck) -> Evidence:
    return Evidence(
        packet=case.packet_id,
        file="checks.yaml",
        document="",
        page=1,
        box=WHOLE_PAGE,
        text=f"{check.what}: {check.result}",
    )
