"""huoyan graph, as a user types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from graphs.formats.json_graph import graph_of

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
    assert [p["kind"] for p in told["patterns"]] == ["guarantee_circle"] and told[
        "complete_to_length"
    ] == 8
    cut = json.loads(_run("cut", stored, "--json").stdout)
    assert cut["optimal"] and [(e["guarantor"], e["debtor"]) for e in cut["release"]] == [
        ("B Ltd", "C Ltd")
    ]
    assert json.loads(_run("stress", stored, "a ltd", "--capacity", "850000", "--json").stdout)[
        "rounds"
    ] == [["A Ltd"], ["C Ltd"]]


def test_path_neighbours_export(stored: str, tmp_path: Path) -> None:
    assert [
        s["source"]
        for s in json.loads(_run("path", stored, "D Ltd", "B Ltd", "--json").stdout)["path"]
    ] == ["D Ltd", "A Ltd"]
    page = tmp_path / "n.html"
    assert _run("neighbours", stored, "A Ltd", "--html", str(page)).exit_code == 0
    text = page.read_text("utf-8")
    assert (
        "<svg" in text
        and "D Ltd" in text
        and "<script" not in text
        and "http" not in text.replace("http-equiv", "")
    )
    assert _run("export", stored, "--format", "graphml").stdout.startswith("<?xml")


def test_spellings_that_may_be_one(tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text(
        "保证人,债务人\n成都未来科技有限公司,甲公司\n成都末来科技有限公司,甲公司\n", "utf-8"
    )
    _run("import", str(tmp_path / "g.csv"), "--out", str(tmp_path / "g.json"))
    (link,) = json.loads(_run("same", str(tmp_path / "g.json"), "--json").stdout)["links"]
    assert link["decision"] == "likely" and any("shared" in why for why in link["why"])


def test_a_person_s_words_join_and_keep_apart(tmp_path: Path) -> None:
    table, words, out = tmp_path / "g.csv", tmp_path / "words.csv", str(tmp_path / "g.json")
    table.write_text("保证人,债务人\n成都旧名印刷厂,甲公司\n成都新名印刷有限公司,甲公司\n", "utf-8")
    words.write_text("same,成都旧名印刷厂,成都新名印刷有限公司\n", "utf-8")
    assert _run("import", str(table), "--told", str(words), "--out", out).exit_code == 0
    (join,) = json.loads(_run("same", out, "--json").stdout)["joined"]
    assert join["by"] == "told" and "人工认定" in _run("same", out).stdout
    words.write_text("不同,成都旧名印刷厂,成都新名印刷有限公司\n", "utf-8")
    assert _run("import", str(table), "--told", str(words), "--out", out).exit_code == 0
    assert not json.loads(_run("same", out, "--json").stdout)["joined"]
    words.write_text("perhaps,a,b\n", "utf-8")
    assert _run("import", str(table), "--told", str(words), "--out", out).exit_code == 2


def test_rings_and_contacts(tmp_path: Path) -> None:
    table, people, out = tmp_path / "g.csv", tmp_path / "p.ftm.json", str(tmp_path / "g.json")
    rows = [
        "甲公司,乙公司,100000,1,2025-01-02",
        "乙公司,丙公司,101000,2,2025-01-05",
        "丙公司,甲公司,100500,3,2025-01-09",
    ]
    table.write_text(
        "\n".join(["source,target,amount,contract,start,kind", *(f"{r},开票" for r in rows)]),
        "utf-8",
    )
    firms = [
        {"id": n, "schema": "Company", "properties": {"name": [n], "phone": ["+8613900001111"]}}
        for n in ("甲公司", "丁公司")
    ]
    people.write_text("\n".join(json.dumps(f, ensure_ascii=False) for f in firms), "utf-8")
    assert _run("import", str(table), str(people), "--out", out).exit_code == 0
    (ring,) = json.loads(_run("rings", out, "--json").stdout)["patterns"]
    assert ring["order"] == "in_time" and ring["members"] == ["甲公司", "乙公司", "丙公司"]
    (shared,) = json.loads(_run("contacts", out, "--json").stdout)["patterns"]
    assert (
        set(shared["members"]) == {"甲公司", "丁公司"} and shared["contacts"] == "phone 13900001111"
    )
    assert '"phone": ["+8613900001111"]' in _run("export", out, "--format", "ftm").stdout


def test_stress_takes_each_firm_s_own_net_assets(stored: str) -> None:
    graph = json.loads(Path(stored).read_text("utf-8"))
    place = {
        "packet": "p",
        "file": "f",
        "document": "d",
        "page": 1,
        "box": [0, 0, 1, 1],
        "text": "500.00",
    }
    for entity in graph["entities"]:
        if entity["name"] == "D Ltd":
            entity["net_assets"] = {
                "value": "400000",
                "day": "2025-12-31",
                "confidence": 0.98,
                "place": place,
            }
    Path(stored).write_text(json.dumps(graph), "utf-8")
    told = json.loads(_run("stress", stored, "A Ltd", "--capacity", "950000", "--json").stdout)
    assert told["rounds"] == [["A Ltd"], ["D Ltd"]] and told["net_assets"] == {"D Ltd": "400000.00"}


def test_a_table_of_firms_tells_net_assets_and_contacts(tmp_path: Path) -> None:
    firms, ties, out = tmp_path / "firms.csv", tmp_path / "g.csv", str(tmp_path / "g.json")
    firms.write_text(
        "企业,净资产(万元),报表日期,联系电话\n甲公司,40,2025-12-31,020-88887777\n乙公司,900,,020-88887777\n",
        "utf-8",
    )
    ties.write_text("保证人,债务人,担保金额(万元)\n甲公司,丙公司,50\n乙公司,丙公司,50\n", "utf-8")
    assert _run("import", str(firms), str(ties), "--out", out).exit_code == 0
    told = json.loads(_run("stress", out, "丙公司", "--json").stdout)
    assert told["rounds"] == [["丙公司"], ["甲公司"]] and told["net_assets"] == {
        "甲公司": "400000.00",
        "乙公司": "9000000.00",
    }
    assert len(json.loads(_run("contacts", out, "--json").stdout)["patterns"]) == 1


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
