"""Whole packets: honest ones come out low, forged ones do not, in every statement layout."""

from __future__ import annotations

import json

import pytest
from conftest import honest_files, honest_packet, read_packet, report_on
from make_packets import FORGERIES
from statement_layouts import LAYOUTS

from verify.model import Severity
from verify.report import report_json

EXPECTED = {
    "revenue_inflated": "CON02",
    "row_raised": "ARI17",
    "rows_removed": "ARI17",
    "balances_inflated": "BNK03",
    "interest_left_out": "BNK01",
    "invoice_raised": "ARI15",
    "slip_raised": "ARI16",
    "sheet_unbalanced": "ARI01",
    "cash_inflated": "CON09",
    "hidden_loan": "CON10",
    "month_taken_out": "PRA11",
    "statement_invented": "PRA13",
    "money_round": "BNK10",
    "turnover_made": "PRA12",
    "lender_unnamed": "PRA10",
    "two_versions": "PRA14",
    "capital_raised": "CON27",
    "invoices_mirrored": "PRA08",
    "balance_dressed": "BNK12",
}
ALONE_IS_LITTLE = {"invoices_mirrored"}  # one such finding asks a question and raises no band
NAMED = {
    "revenue_inflated": "利润表",
    "invoice_raised": "发票1",
    "slip_raised": "回单",
    "sheet_unbalanced": "资产负债表",
    "cash_inflated": "资产负债表",
    "hidden_loan": "资产负债表",
    "two_versions": "利润表",
    "capital_raised": "营业执照",
    "invoices_mirrored": "发票",
}


@pytest.mark.parametrize("statement", sorted(LAYOUTS))
@pytest.mark.parametrize("seed", [7, 44])
def test_an_honest_packet_is_low(seed: int, statement: str) -> None:
    report = report_on(honest_packet(seed, statement))
    assert report.score.band == "low", [(f.rule, f.message.zh) for f in report.findings]
    assert not [f for f in report.findings if f.severity in (Severity.MEDIUM, Severity.HIGH)]
    assert report.score.coverage > 0.7


def test_missing_papers_lower_coverage_and_raise_no_points() -> None:
    files = dict(honest_files(7, "ruled.pdf")[1])
    whole = report_on(read_packet(files))
    for name in ("增值税申报表.pdf", "利润表.pdf"):
        files.pop(name)
    fewer = report_on(read_packet(files))
    assert fewer.score.value == whole.score.value and fewer.score.band == "low"
    assert fewer.score.coverage < whole.score.coverage
    assert {n.type for n in fewer.next_papers} >= {"vat_return", "income_statement"}


def test_nothing_to_cross_check_is_not_verified() -> None:
    files = honest_files(7, "ruled.pdf")[1]
    report = report_on(read_packet({"营业执照.pdf": files["营业执照.pdf"]}))
    assert report.score.band == "not_verified"


@pytest.mark.parametrize("forgery", sorted(FORGERIES))
@pytest.mark.parametrize("statement", ["unruled.pdf", "halves.xlsx"])
def test_a_forged_packet_is_seen(forgery: str, statement: str) -> None:
    firm, files = honest_files(31, statement)
    files = dict(files)
    FORGERIES[forgery](firm, files)
    report = report_on(read_packet(files))
    assert report.score.band in ("medium", "high") or forgery in ALONE_IS_LITTLE, [
        (f.rule, f.message.zh) for f in report.findings
    ]
    found = next((f for f in report.findings if f.rule == EXPECTED[forgery]), None)
    assert found is not None, [(f.rule, f.message.zh) for f in report.findings]
    assert NAMED.get(forgery, "流水") in found.evidence[0].file


def test_the_same_inputs_give_the_same_report() -> None:
    packet = read_packet(honest_files(7, "ruled.pdf")[1])
    again = read_packet(dict(reversed(honest_files(7, "ruled.pdf")[1].items())))
    assert json.dumps(report_json(report_on(packet)), sort_keys=True) == json.dumps(
        report_json(report_on(again)), sort_keys=True
    )


def test_a_guarantee_circle_alone_is_never_high() -> None:
    from dataclasses import replace

    from rule_examples import apply

    changed, others, _ = apply(
        honest_packet(),
        [
            {"copy": "guarantee_contract"},
            {"set": "guarantee_contract#1.parties.guarantor", "to": ["成都嘉泰07号印刷有限公司"]},
            {"set": "guarantee_contract#1.parties.debtor", "to": ["昆明恒丰阀门有限公司"]},
        ],
    )
    report = report_on(replace(changed, id="x"), *others)
    assert any(f.rule == "GUA01" for f in report.findings) and report.score.band in (
        "low",
        "medium",
    )


def _numbered(data: bytes, keep: list[int]) -> bytes:
    """A statement with page numbers in its footer, and only some of its pages kept."""
    import io

    import pikepdf
    from paper import Paper

    whole = pikepdf.open(io.BytesIO(data))
    marks = Paper(wide=True)
    for number in range(1, len(whole.pages) + 1):
        marks.text(600, f"第 {number} 页 共 {len(whole.pages)} 页", 8, y=20)
        marks.page()
    footers = pikepdf.open(io.BytesIO(marks.bytes()))
    for page, footer in zip(whole.pages, footers.pages, strict=False):
        page.add_overlay(footer)
    out = pikepdf.new()
    out.pages.extend(whole.pages[n] for n in keep)
    written = io.BytesIO()
    out.save(written)
    return written.getvalue()


@pytest.mark.parametrize(("gone", "outcome"), [([], "clear"), ([2], "hit"), ([-1], "hit")])
def test_a_page_taken_out_is_told_by_the_page_numbers(gone: list[int], outcome: str) -> None:
    import io

    import pikepdf

    data = honest_files(7, "ruled.pdf")[1]["流水_ruled.pdf"]
    count = len(pikepdf.open(io.BytesIO(data)).pages)
    keep = [n for n in range(count) if n not in [g % count for g in gone]]
    report = report_on(
        read_packet({**honest_files(7, "ruled.pdf")[1], "流水_ruled.pdf": _numbered(data, keep)})
    )
    assert next(r.outcome for r in report.runs if r.rule == "ARI20") == outcome
