"""Every rule on a hit, a clear and an innocent example, and the promises that all rules keep."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, honest_packet, report_on
from rule_examples import apply

from extractors.documents.invoice import BUYER_NAME, NET_AMOUNT, NUMBER
from extractors.model import Packet
from verify.model import Outcome, RuleRun, Severity
from verify.registry import rules

EXAMPLES = ROOT / "fixtures" / "rules"


def _filled(text: str, packet: Packet) -> str:
    """Names and amounts of the made-up packet in place of the examples' capital words."""
    invoice = packet.of_type("invoice")[0]
    buyer, net, number = BUYER_NAME.of(invoice), NET_AMOUNT.of(invoice), NUMBER.of(invoice)
    assert buyer and net and number
    receipts: dict[str, int] = {}
    for row in packet.of_type("bank_statement")[0].rows:
        receipts[row.counterparty_name] = receipts.get(row.counterparty_name, 0) + int(row.credit)
    biggest = max(receipts, key=lambda k: receipts[k])
    rows = packet.of_type("bank_statement")[0].rows
    biggest = max(receipts, key=lambda k: receipts[k])
    words = {
        "APPLICANT": packet.of_type("business_licence")[0].fields["name"].value,
        "HOLDER": packet.of_type("shareholder_register")[0].shareholders[0].name,
        "OLDNET": invoice.fields["net_amount"].value,
        "BUYERCODE": invoice.fields["buyer_tax_id"].value,
        "BIGGESTACCOUNT": next(
            r.counterparty_account for r in rows if r.counterparty_name == biggest
        ),
        "SLIPAMOUNT": packet.of_type("bank_slip")[0].fields["amount"].value,
        "SLIPPARTY": packet.of_type("bank_slip")[0].fields["payee_name"].value,
        "ALLROWS": f"'{len(rows)}'",
        "CREDITROWS": f"'{sum(r.credit > 0 for r in rows)}'",
    }
    for word, value in words.items():
        text = text.replace(word, value)
    code = f"'01,32,,{number.value},{net.value},{invoice.fields['issue_date'].value.replace('-', '')},,A1B2'"
    return text.replace("BUYER", buyer.value).replace("NETQR", code).replace("BIGGEST", biggest)


def _run(rule_id: str, kind: str) -> RuleRun:
    packet = honest_packet()
    example = yaml.safe_load(_filled((EXAMPLES / f"{rule_id}.yaml").read_text("utf-8"), packet))
    changed, others, as_of = apply(packet, example[kind])
    report = report_on(changed, *others, as_of=as_of)
    return next(r for r in report.runs if r.rule == rule_id)


@pytest.mark.parametrize("rule_id", [r.id for r in rules()])
def test_hit(rule_id: str) -> None:
    run = _run(rule_id, "hit")
    assert run.outcome is Outcome.HIT, run.reason
    for finding in run.findings:
        assert (
            finding.message.zh
            and finding.message.en
            and finding.question.zh
            and finding.paper_to_ask_for.en
        )
        assert finding.evidence and all(e.packet for e in finding.evidence)
        assert "伪造" not in finding.message.zh and "forged" not in finding.message.en


@pytest.mark.parametrize("rule_id", [r.id for r in rules()])
def test_clear(rule_id: str) -> None:
    run = _run(rule_id, "clear")
    may_be_empty = {"ARI19", "BNK08", "CON10", "IDE08", "PRA03", "CON05"}
    assert run.outcome is Outcome.CLEAR or (
        rule_id in may_be_empty and run.outcome in (Outcome.NOT_APPLICABLE, Outcome.NOT_CHECKED)
    ), run.reason


@pytest.mark.parametrize("rule_id", [r.id for r in rules()])
def test_innocent(rule_id: str) -> None:
    run = _run(rule_id, "innocent")
    assert run.outcome is not Outcome.ERROR, run.reason
    assert all(f.severity in (Severity.LOW, Severity.INFO) for f in run.findings), [
        f.message.zh for f in run.findings
    ]


def test_every_rule_has_examples() -> None:
    assert {p.stem for p in EXAMPLES.glob("*.yaml")} == {r.id for r in rules()}


def test_a_rule_reads_only_what_it_declares() -> None:
    from extractors.documents.bank_statement import BANK_STATEMENT
    from verify.case_file import RuleView, UndeclaredRead

    rule = next(r for r in rules() if r.id == "ARI01")
    view = RuleView.__new__(RuleView)
    view._rule, view._types = rule, {"balance_sheet"}
    with pytest.raises(UndeclaredRead):
        view.papers(BANK_STATEMENT)


def test_an_incomplete_declaration_is_refused() -> None:
    from verify.rule import Page, rule

    page = Page(why="w", example="e", innocent="i", ask="a", paper="p")
    with pytest.raises(TypeError, match="why"):

        @rule(
            id="TST01",
            title="t",
            title_zh="t",
            severity="low",
            group="g",
            reads=(),
            zh=Page(why="", example="e", innocent="i", ask="a", paper="p"),
            en=page,
        )
        def broken(case: object) -> Iterator[object]:
            yield from ()


def test_a_failing_rule_is_an_error_and_stops_no_other() -> None:
    from dataclasses import replace

    from verify.engine import run

    def fails(case: object) -> Iterator[object]:
        raise ValueError("broken")
        yield

    all_rules = rules()
    broken = replace(all_rules[0], check=fails, needs=())  # type: ignore[arg-type]
    from verify.case_file import CaseFile
    from verify.context.context import context_of
    from verify.parties.applicant import applicant_of
    from verify.policy import default_policy

    packet = honest_packet()
    context = context_of([packet])
    from datetime import date

    case = CaseFile(
        packet=packet,
        applicant=applicant_of(packet),
        context=context,
        policy=default_policy(),
        as_of=date(2026, 1, 31),
    )
    first, second = run(case, [broken, all_rules[1]])
    assert first.outcome is Outcome.ERROR and second.outcome is Outcome.CLEAR


def test_rule_pages_are_current(tmp_path: Path) -> None:
    from verify.docs import write_pages

    write_pages(tmp_path)
    for page in tmp_path.glob("*.md"):
        assert (ROOT / "docs" / "rules" / page.name).read_text("utf-8") == page.read_text(
            "utf-8"
        ), f"run: make docs ({page.name})"
