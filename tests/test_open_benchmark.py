"""The open benchmark: families of disjoint splits, frauds that change what they say they change,
and tables that agree with what is known of their figures.
"""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))

from open_fit import calibration, honest_rates, written
from open_measure import Reader, judge
from open_packets.company import make_company
from open_packets.families import KINDS, families
from open_packets.frauds.declare import Grade, frauds
from open_packets.packets import MadePacket, forged_packet, honest_packet
from open_packets.places import marks_of
from open_packets.printing import Choice, print_paper
from open_packets.words import SPLITS
from open_tables import area, load, page, recall, share, write_between_marks

from verify.policy import parse_policy

SEED = 1_003


@pytest.fixture(scope="module")
def honest() -> MadePacket:
    return honest_packet(SEED, "development")


def test_every_paper_has_fourteen_families_and_no_split_shares_one() -> None:
    for kind in KINDS:
        by_split = {split: {f.id for f in families(kind, split)} for split in SPLITS}
        assert sum(map(len, by_split.values())) >= 14
        for one, other in combinations(SPLITS, 2):
            assert not by_split[one] & by_split[other]


def test_a_family_is_the_same_each_time_and_unlike_the_others() -> None:
    for kind in KINDS:
        looks = {str(f).replace(f.id, "") for split in SPLITS for f in families(kind, split)}
        assert len(looks) == sum(len(families(kind, split)) for split in SPLITS)


@pytest.mark.parametrize("kind", ["balance_sheet", "income_statement", "vat_return"])
def test_every_layout_prints_every_line_that_the_books_hold(kind: str) -> None:
    """A sheet that leaves out a loan would make an honest company lie."""
    company = make_company(7, ("declared_lease", "bridged_renewal"))
    paper = company.one(kind)
    needed = {
        "balance_sheet": {"短期借款", "长期应付款", "未分配利润", "资产总计", "存货"},
        "income_statement": {"营业收入", "财务费用", "净利润"},
        "vat_return": {"销售额", "销项税额", "应纳税额"},
    }[kind]
    for split in SPLITS:
        for family in families(kind, split):
            printed = print_paper(paper, Choice(family, "text"), 7)
            assert needed <= printed.truth.lines.keys(), (split, family.id)


def test_fifty_kinds_of_fraud_of_every_grade() -> None:
    kinds = frauds()
    assert len(kinds) >= 50
    for grade in Grade:
        assert sum(kind.grade is grade for kind in kinds.values()) >= 10


@pytest.mark.parametrize("kind", sorted(frauds()))
def test_a_fraud_changes_the_papers_that_it_names_and_no_other(
    kind: str, honest: MadePacket
) -> None:
    forged = forged_packet(honest, kind)
    if forged is None:
        pytest.skip("this company gives no occasion")
    before = {f.name: f.data for f in honest.files}
    changed = {f.name for f in forged.files if before.get(f.name) != f.data}
    assert changed and changed <= forged.forged_files
    assert {f.name for f in forged.files} >= set(before)


def test_an_honest_packet_is_read_as_it_was_printed(honest: MadePacket) -> None:
    judged = judge(honest, Reader())
    assert judged.kind == "" and judged.untouched == 0
    statements = [c for name, c in judged.reading.items() if name.startswith("bank_statement")]
    assert statements and all(c.get("rows_lost", 0) == 0 for c in statements)
    right = sum(counts.get("values_right", 0) for counts in judged.reading.values())
    wrong = sum(counts.get("values_wrong", 0) for counts in judged.reading.values())
    assert right > 50 and wrong == 0


def test_a_forged_paper_is_named_and_its_place_is_hit(honest: MadePacket) -> None:
    forged = forged_packet(honest, "invoice_total_raised")
    assert forged is not None
    judged = judge(forged, Reader())
    assert judged.localised and judged.boxes >= 1 and judged.box_hit
    assert "ARI15" in judged.named_by


def test_marks_are_found_by_the_figure_and_not_within_a_longer_one(honest: MadePacket) -> None:
    sheet = next(f for f in honest.files if f.kind == "balance_sheet")
    total = sheet.truth.lines["资产总计"]["ending"]
    marks = marks_of(sheet.data, (total,))
    assert marks and all(0 <= edge <= 1 for mark in marks for edge in mark.box)
    assert marks_of(sheet.data, (total % 1000,)) == ()


def test_areas_and_recalls() -> None:
    assert area([3, 4], [1, 2]) == 1.0
    assert area([1, 2], [1, 2]) == 0.5
    assert recall([5, 1, 9], [1, 2, 3, 4], 0.0) == (2, 3)
    assert share(0, 10).startswith("0 of 10 = 0.0% (0.0%–27.8%")


def test_tables_are_written_between_the_marks_of_a_page(tmp_path: Path) -> None:
    record = {"score": 2.0, "log_odds": -3.9, "band": "low", "grade": "", "facts": [], "twins": []}
    record |= {"findings": [], "open_readings": [], "seconds": 1.0, "reading": {}, "named_by": []}
    record |= {"boxes": 0, "box_hit": False, "localised": False, "untouched": 0, "kind": ""}
    forged = record | {"kind": "row_raised", "grade": "careless", "score": 60.0, "band": "high"}
    records = [r | {"seed": n} for n in range(3) for r in (record, forged)]
    text = page(records, "measuring")
    assert "3 honest packets, 3 forged twins" in text
    assert "1.000 (1.000–1.000)" in text
    docs = tmp_path / "accuracy.md"
    docs.write_text(
        "before\n<!-- written by benchmarks/open_benchmark.py --docs docs/accuracy.md -->\n"
        "old\n<!-- end of what benchmarks/open_benchmark.py wrote -->\nafter\n",
        "utf-8",
    )
    write_between_marks(docs, text)
    written = docs.read_text("utf-8")
    assert written.startswith("before") and written.endswith("after\n") and "old" not in written
    assert load([tmp_path / "absent.jsonl"]) == []


def _record(seed: int, kind: str, log_odds: float, *found: tuple[str, str]) -> dict[str, object]:
    return {"seed": seed, "kind": kind, "log_odds": log_odds, "findings": [list(f) for f in found]}


def test_rates_and_calibration_of_records() -> None:
    honest = [_record(n, "", -3.9 + n % 3, ("CON01", "medium")) for n in range(40)]
    forged = [_record(n, "row_raised", 1.0 + n % 4, ("ARI17", "high")) for n in range(40)]
    rates = honest_rates([*honest, *forged], "2026-12-01")
    assert rates["packets"] == 40 and rates["rates"] == {"CON01/medium": 40}
    fitted = calibration([*honest, *forged], "2026-12-01")
    assert isinstance(fitted["slope"], float) and fitted["slope"] > 0
    text = (ROOT / "verify" / "policy.json").read_text("utf-8")
    policy = parse_policy(written(written(text, "honest_rates", rates), "calibration", fitted))
    low, high = policy.calibration.chance(-3.9), policy.calibration.chance(3.0)
    assert low is not None and high is not None
    assert low < 0.02 < 0.5 < high
    assert policy.most_points("CON01", "medium") == 0
    assert policy.most_points("ARI17", "high") == policy.points["high"]
