"""A sandbox of several processes, of which one alone reads the language of contracts."""

from __future__ import annotations

from conftest import honest_files

from extractors.intake.limits import Limits
from extractors.sandbox.parent import Sandbox


def test_a_contract_is_read_whichever_process_gets_it_first() -> None:
    _, files = honest_files(7, "ruled.pdf")
    name = next(n for n in files if "合同" in n)
    with Sandbox(Limits(), jobs=2) as sandbox:
        readings = sandbox.read_all([(f"{n}.pdf", files[name]) for n in range(4)])
    found = [(d.type, d.status) for r in readings for d in r.documents]
    assert found == [("guarantee_contract", "read")] * 4
