"""The difference of two revisions: what a correction, a new file or another day changes, with
points that sum exactly.
"""

from __future__ import annotations

import copy
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from conftest import honest_files, read_packet, report_on
from sample_report import forged

from api.reports.compare import compare
from api.reports.difference import ReportDifference
from api.reports.errors import NotComparable
from verify.report import report_json


def _honest(**more: Any) -> dict[str, Any]:
    return report_json(report_on(read_packet(honest_files(7, "ruled.pdf")[1]), **more))


def test_equal_reports_do_not_differ() -> None:
    report = forged()[0]
    later = copy.deepcopy(report) | {"timings": {"total_seconds": 99}}
    told = compare(report, later)
    assert told["sentences"] == [
        {"zh": "两份报告没有差异。", "en": "The two reports do not differ."}
    ]
    assert not any(told[k] for k in ("values", "rows", "contributions", "checks", "inputs"))


def test_a_forged_slip_beside_the_honest_packet() -> None:
    before, after = _honest(), forged()[0]
    told = compare(before, after)
    ReportDifference.model_validate(told)
    assert json.loads(json.dumps(told)) == told
    assert {f["rule"] for f in told["findings"]["new"]} >= {"ARI16", "CON23"}
    assert sum(Decimal(str(c["points"])) for c in told["contributions"]) == Decimal(
        str(told["risk"]["points"])
    )
    assert Decimal(str(after["risk"]["score"])) - Decimal(str(before["risk"]["score"])) == Decimal(
        str(told["risk"]["points"])
    )
    assert [i["name"] for i in told["inputs"] if i["name"].startswith("file:")] == ["file:回单.pdf"]
    assert (
        {d["file"] for d in told["documents"]["added"]}
        == {"回单.pdf"}
        == {d["file"] for d in told["documents"]["removed"]}
    )
    assert {(c["rule"], c["after"]) for c in told["checks"]} >= {("ARI16", "hit")}
    assert (
        all("变为" in s["zh"] or "：" in s["zh"] for s in told["sentences"])
        and "高风险" in told["sentences"][1]["zh"]
    )
    back = compare(after, before)
    assert (
        back["findings"]["gone"] == told["findings"]["new"]
        and back["risk"]["points"] == -told["risk"]["points"]
    )


def test_a_correction_and_lost_rows() -> None:
    before = _honest()
    after = copy.deepcopy(before)
    licence = next(d for d in after["documents"] if d["type"] == "business_licence")
    licence["fields"]["name"] |= {"value": "另一公司", "method": "reviewer"}
    sheet = next(d for d in after["documents"] if d["type"] == "balance_sheet")
    sheet["lines"]["货币资金"]["ending"] = "1.00"
    statement = next(d for d in after["documents"] if d["rows"])
    lost = statement["rows"].pop(3)
    after["inputs"]["corrections"] = [{"field": "name"}]
    told = compare(before, after)
    name, cash = sorted(told["values"], key=lambda v: v["path"])
    assert name["path"] == "name" and name["after"] | {"confidence": 0, "raw": ""} == {
        "value": "另一公司",
        "method": "reviewer",
        "confidence": 0,
        "raw": "",
    }
    assert cash["path"] == "货币资金/ending" and cash["after"]["value"] == "1.00"
    (rows,) = told["rows"]
    assert rows["added"] == [] and rows["removed"] == [
        {k: v for k, v in lost.items() if k not in ("page", "box")}
    ]
    assert [i["name"] for i in told["inputs"]] == ["corrections"]
    words = " ".join(s["zh"] for s in told["sentences"])
    assert (
        "另一公司（人工更正）" in words and "货币资金 (期末)" in words and "1 笔不再出现" in words
    )


def test_a_finding_told_otherwise() -> None:
    before = forged()[0]
    after = copy.deepcopy(before)
    after["findings"][0]["confidence"] = 0.5
    (changed,) = compare(before, after)["findings"]["changed"]
    assert changed["changed"] == {"confidence": [before["findings"][0]["confidence"], 0.5]}


def test_another_day_is_an_input() -> None:
    told = compare(_honest(), _honest(as_of=date(2026, 2, 1)))
    assert {"name": "as_of", "before": "2026-01-31", "after": "2026-02-01"} in told["inputs"]


def test_reports_of_two_applications_are_refused() -> None:
    other = copy.deepcopy(forged()[0])
    other["application"]["id"] = "other"
    with pytest.raises(NotComparable):
        compare(forged()[0], other)
