"""The command line on real folders: exit codes, files written, bad usage."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from conftest import honest_files
from make_packets import FORGERIES
from typer.testing import CliRunner

from api.cli import app

Write = Callable[..., Path]
AS_OF = ["--as-of", "2026-01-31"]


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_an_honest_packet(write_packet: Write, tmp_path: Path) -> None:
    folder = write_packet(honest_files(7, "ruled.pdf")[1])
    for lang, word in (("zh", "低风险"), ("en", "low")):
        forms = (
            "--json",
            tmp_path / "r.json",
            "--html",
            tmp_path / f"{lang}.html",
            "--pdf",
            tmp_path / f"{lang}.pdf",
        )
        code, output = run("verify", folder, *AS_OF, *forms, "--lang", lang)
        assert code == 0 and word in output
        assert (tmp_path / f"{lang}.pdf").read_bytes().startswith(b"%PDF")
        page = (tmp_path / f"{lang}.html").read_text("utf-8")
        assert word in page and "http://" not in page and "<script" not in page
    report = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert report["schema"] == "huoyan.report/1"
    assert report["application"]["applicant"]["name"] == honest_files(7, "ruled.pdf")[0].name
    assert (
        abs(sum(c["points"] for c in report["risk"]["contributions"]) - report["risk"]["score"])
        < 1e-9
    )
    assert {"name", "uscc", "registered_capital"} <= set(
        next(d for d in report["documents"] if d["type"] == "business_licence")["fields"]
    )
    for document in report["documents"]:
        assert all(
            0 <= v <= 1
            for f in document["fields"].values()
            if isinstance(f, dict)
            for v in f["box"]
        )


def test_a_forged_packet_and_fail_on(write_packet: Write) -> None:
    firm, files = honest_files(7, "ruled.pdf")
    files = dict(files)
    FORGERIES["invoice_raised"](firm, files)
    folder = write_packet(files)
    assert run("verify", folder, *AS_OF)[0] == 1
    assert run("verify", folder, *AS_OF, "--fail-on", "100")[0] == 0


def test_unreadable_files_exit_with_3(write_packet: Write) -> None:
    folder = write_packet(dict(honest_files(7, "ruled.pdf")[1]) | {"坏.pdf": b"%PDF-1.4 rubbish"})
    code, output = run("verify", folder, *AS_OF)
    assert code == 3 and "已损坏" in output


def test_zip_and_checks_file(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in honest_files(7, "ruled.pdf")[1].items():
            archive.writestr(name, data)
        archive.writestr(
            "checks.yaml", "- {what: 中登网, result: 不通过, date: 2026-01-20, by: 张三}\n"
        )
    packet = tmp_path / "packet.zip"
    packet.write_bytes(out.getvalue())
    _, output = run("verify", packet, *AS_OF, "--json", tmp_path / "r.json")
    report = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert any(f["rule"] == "EXT04" for f in report["findings"]) and "EXT04" in output


def test_wrong_usage(tmp_path: Path, write_packet: Write) -> None:
    assert run("verify", write_packet({}, "empty"))[0] == 2
    assert run("verify", tmp_path / "nothing")[0] == 2
    assert run("batch", tmp_path / "nothing", "--out", tmp_path / "o")[0] == 2
    (tmp_path / "bare").mkdir()
    assert run("batch", tmp_path / "bare", "--out", tmp_path / "o")[0] == 2
    folder = write_packet({"checks.yaml": b"- {what: x}"})
    code, output = run("verify", folder, *AS_OF)
    assert code == 3 and "checks.yaml" in output


def _batch(tmp_path: Path, packets: Mapping[str, Mapping[str, bytes]]) -> tuple[int, Path]:
    for name, files in packets.items():
        (tmp_path / "in" / name).mkdir(parents=True)
        for file, data in files.items():
            (tmp_path / "in" / name / file).write_bytes(data)
    return run("batch", tmp_path / "in", "--out", tmp_path / "out", *AS_OF)[0], tmp_path / "out"


def test_batch_finds_circles_and_shared_invoices(tmp_path: Path) -> None:
    from decimal import Decimal

    from other_layouts import contract

    firms = {n: honest_files(n, "ruled.pdf") for n in (7, 31, 44)}
    ring = {7: 31, 31: 44, 44: 7}
    packets = {}
    for n, (firm, files) in firms.items():
        packets[f"P{n}"] = dict(files) | {
            "保证合同.pdf": contract(firm, [firms[ring[n]][0].name], Decimal(900_000), f"B{n}")
        }
    packets["P31"]["发票9.pdf"] = packets["P7"]["发票1.pdf"]
    code, out = _batch(tmp_path, packets)
    portfolio = json.loads((out / "portfolio.json").read_text("utf-8"))
    assert [set(c["members"]) for c in portfolio["guarantee_circles"]] == [
        {f.name for f, _ in firms.values()}
    ]
    assert portfolio["guarantee_circles"][0]["external_support"] == "0.00"
    assert any(d["rule"] == "DUP01" for d in portfolio["duplicate_documents"])
    report = json.loads((out / "P44.json").read_text("utf-8"))
    assert (
        any(f["rule"] == "GUA02" and f["evidence"] for f in report["findings"])
        and report["risk"]["band"] != "high"
    )
    before = (out / "P44.json").read_text("utf-8")
    assert run("batch", tmp_path / "in", "--out", out, *AS_OF, "--resume")[0] == code
    after = json.loads((out / "P44.json").read_text("utf-8"))
    strip = {"timings"}
    assert {k: v for k, v in json.loads(before).items() if k not in strip} == {
        k: v for k, v in after.items() if k not in strip
    }


def test_rules_and_doctor() -> None:
    assert "BNK03" in run("rules")[1]
    assert "Why it matters" in run("rules", "BNK03")[1]
    assert run("rules", "XXX99")[0] == 2
    assert "isolation level" in run("doctor")[1]
