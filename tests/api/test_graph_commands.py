"""huoyan graph, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from graphs.stored import graph_of

TABLE = "guarantor,debtor,amount,contract\nA Ltd,B Ltd,1000000,1\nB Ltd,C Ltd,800000,2\nC Ltd,A Ltd,900000,3\nD Ltd,A Ltd,500000,4\n"


def _run(*words: str) -> Result:
    return CliRunner().invoke(app, ["graph", *words])


@pytest.fixture
def stored(tmp_path: Path) -> str:
    (tmp_path / "g.csv").write_text(TABLE, "utf-8")
    assert _run("import", str(tmp_path / "g.csv"), "--out", str(tmp_path / "g.json")).exit_code == 0
    return str(tmp_path / "g.json")


def test_circles_cut_and_stress(stored: str) -> None:
    told = json.loads(_run("circles", stored, "--json").stdout)
    assert [p["kind"] for p in told["patterns"]] == ["guarantee_circle"] and told["complete_to_length"] == 8
    cut = json.loads(_run("cut", stored, "--json").stdout)
    assert cut["optimal"] and [(e["guarantor"], e["debtor"]) for e in cut["release"]] == [("B Ltd", "C Ltd")]
    assert json.loads(_run("stress", stored, "a ltd", "--capacity", "850000", "--json").stdout)["rounds"] == [["A Ltd"], ["C Ltd"]]


def test_path_neighbours_export(stored: str, tmp_path: Path) -> None:
    assert [s["source"] for s in json.loads(_run("path", stored, "D Ltd", "B Ltd", "--json").stdout)["path"]] == ["D Ltd", "A Ltd"]
    page = tmp_path / "n.html"
    assert _run("neighbours", stored, "A Ltd", "--html", str(page)).exit_code == 0
    text = page.read_text("utf-8")
    assert "<svg" in text and "D Ltd" in text and "<script" not in text and "http" not in text.replace("http-equiv", "")
    assert _run("export", stored, "--format", "graphml").stdout.startswith("<?xml")


def test_spellings_that_may_be_one(tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text("保证人,债务人\n成都未来科技有限公司,甲公司\n成都末来科技有限公司,甲公司\n", "utf-8")
    _run("import", str(tmp_path / "g.csv"), "--out", str(tmp_path / "g.json"))
    (link,) = json.loads(_run("same", str(tmp_path / "g.json"), "--json").stdout)["links"]
    assert link["decision"] == "likely" and any("shared" in why for why in link["why"])


def test_wrong_use_is_told(stored: str, tmp_path: Path) -> None:
    for words in (
        ("circles", str(tmp_path / "none")),
        ("stress", stored, "Nobody"),
        ("export", stored, "--format", "pdf"),
        ("stress", stored, "A Ltd", "--capacity", "x"),
    ):
        assert _run(*words).exit_code == 2
    assert _run("path", stored, "A Ltd", "A Ltd").exit_code == 0


def test_build_from_packets(tmp_path: Path) -> None:
    from conftest import honest_files

    folder = tmp_path / "all" / "one"
    folder.mkdir(parents=True)
    (folder / "保证合同.pdf").write_bytes(honest_files(7, "ruled.pdf")[1]["保证合同.pdf"])
    out = tmp_path / "g.json"
    assert _run("build", str(tmp_path / "all"), "--out", str(out)).exit_code == 0
    graph = graph_of(json.loads(out.read_text("utf-8")))
    (relation,) = graph.of_kind("guarantees")
    assert relation.mode == "连带责任保证" and relation.places[0].file == "保证合同.pdf"
