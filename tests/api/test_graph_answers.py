"""What `huoyan graph` says: losses by exit code, sentences in both languages, evidence, days, cuts,
files read in place of graphs.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from api.cli import app

RING = "保证人,债务人,金额,合同编号,到期日\n甲公司,乙公司,5,C1,2030-01-01\n乙公司,甲公司,3,C2,2030-01-01\n丙公司,丁公司,9,C3,2011-01-01\n"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["graph", *words])


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    path = tmp_path / "台账.csv"
    path.write_text(RING, "utf-8")
    return str(path)


def test_exit_code_3_says_that_something_was_lost(tmp_path: Path) -> None:
    path, out, told = tmp_path / "t.csv", tmp_path / "g.json", tmp_path / "report.json"
    path.write_text(RING + "丁公司,,1,C4,\n", "utf-8")
    found = run("import", str(path), "--out", str(out), "--report", str(told))
    assert found.exit_code == 3 and "party_missing" in found.stderr and out.exists()
    (report,) = json.loads(told.read_text("utf-8"))
    assert report["rows"] == 4 and report["relations"] == 3 and report["lost"]
    assert report["noted"][0]["where"] == ["5"]
    assert run("import", str(path), "--dry-run").exit_code == 3
    assert run("import", str(path)).exit_code == 2


def test_options_that_say_nothing_are_refused(ledger: str) -> None:
    for options in (("--column", "x"), ("--column", "a=b"), ("--rate", "USD=x"), ("--delimiter", "ab"), ("--share-unit", "x")):  # fmt: skip
        assert run("import", ledger, "--dry-run", *options).exit_code == 2


def test_a_table_is_asked_in_place_of_a_graph_in_both_languages(ledger: str) -> None:
    zh, en = run("circles", ledger).stdout, run("circles", ledger, "--lang", "en").stdout
    assert (
        "互保" in zh and "互相担保" in zh and "台账.csv #2" in zh and "→" not in zh.split("\n")[0]
    )
    assert "guarantee each other" in en and "support from outside" in en
    (pair,) = json.loads(run("circles", ledger, "--json").stdout)["patterns"]
    assert pair["kind"] == "mutual_guarantee" and pair["evidence"][0]["file"] == "台账.csv"


def test_what_ended_is_left_out_and_told(ledger: str) -> None:
    told = json.loads(run("circles", ledger, "--json").stdout)
    assert told["not_live"] == 1
    assert json.loads(run("circles", ledger, "--json", "--as-of", "all").stdout)["not_live"] == 0
    assert run("circles", ledger, "--as-of", "x").exit_code == 2
    ladder = json.loads(run("maturities", ledger, "--json").stdout)["ladder"]
    assert {r["due"]: r["guarantees"] for r in ladder if r["guarantees"]}["ended"] == 1


def test_a_cut_says_what_it_costs_and_leaves(ledger: str) -> None:
    told = json.loads(run("cut", ledger, "--json").stdout)
    (release,) = told["release"]
    assert release["amount"] == 3 and told["optimal"] and told["complete_to_length"] == "all"
    assert release["debtor_keeps"]["guarantees"] == 0
    kept = json.loads(run("cut", ledger, "--json", "--keep", "乙公司>甲公司").stdout)
    assert kept["release"][0]["amount"] == 5


def test_stress_tells_the_loss_of_the_bank(ledger: str) -> None:
    told = json.loads(run("stress", ledger, "甲公司", "--capacity", "1", "--json").stdout)
    assert told["rounds"] == [["甲公司"], ["乙公司"]]
    assert told["bank_loss"] == {"at_least": "6.00", "at_most": "6.00"}
    ranking = json.loads(run("stress", ledger, "--all", "--json").stdout)["ranking"]
    assert {r["company"] for r in ranking} == {"甲公司", "乙公司"}
    assert run("stress", ledger).exit_code == 2


def test_communities_checks_declarations_and_flows(ledger: str, tmp_path: Path) -> None:
    (found,) = json.loads(run("communities", ledger, "--json").stdout)["patterns"]
    assert found["exposure"] == "8.00" and found["mutual_pairs"] == "1"
    new = tmp_path / "new.csv"
    new.write_text("保证人,债务人,金额\n丙公司,甲公司,1\n甲公司,丙公司,2\n", "utf-8")
    closed = json.loads(run("check", ledger, str(new), "--json").stdout)
    assert [p["kind"] for p in closed["patterns"]] == ["mutual_guarantee"]
    declared = json.loads(run("declared", ledger, str(new), "甲公司", "--json").stdout)
    assert len(declared["declared_only"]) == 2 and len(declared["not_declared"]) == 2
    pays = tmp_path / "pays.csv"
    pays.write_text("付款人,收款人,金额,日期\n甲公司,乙公司,100,2026-01-01\n乙公司,丙公司,99,2026-01-02\n丙公司,甲公司,98,2026-01-03\n", "utf-8")  # fmt: skip
    (flow,) = json.loads(run("flows", str(pays), "--json").stdout)["patterns"]
    assert flow["hops"] == "3"


def test_a_page_shows_amounts_and_is_capped(tmp_path: Path) -> None:
    path, page = tmp_path / "star.csv", tmp_path / "p.html"
    rows = "".join(f"中心公司,第{n}公司,10000\n" for n in range(400))
    path.write_text("保证人,债务人,金额\n" + rows, "utf-8")
    found = run("neighbours", str(path), "中心公司", "--html", str(page))
    text = page.read_text("utf-8")
    assert (
        found.exit_code == 0 and "未画出" in text and "http" not in text.replace("http-equiv", "")
    )
    assert text.count("<g>") == 300 and "1 万元" not in text
    assert len(found.stdout.splitlines()) <= 201


def test_words_about_nobody_are_told(ledger: str, tmp_path: Path) -> None:
    words = tmp_path / "words.csv"
    words.write_text("apart,甲公司,无此公司\n", "utf-8")
    found = run("import", ledger, "--told", str(words), "--out", str(tmp_path / "g.json"))
    assert found.exit_code == 3 and "无此公司" in found.stderr
