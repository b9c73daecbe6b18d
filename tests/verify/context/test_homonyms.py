"""Parties of one name: none of them is taken for another."""

from __future__ import annotations

from graphs.model import Entity, PartyGraph
from verify.context.context import Context

NAME = "成都嘉泰印刷有限公司"


def _context(*codes: str) -> Context:
    entities = {
        f"e{n}": Entity(id=f"e{n}", kind="company", name=NAME, names=(NAME,), code=code)
        for n, code in enumerate(codes)
    }
    return Context({}, (), PartyGraph(entities, ()))


def test_a_homonym_is_told_by_its_credit_code() -> None:
    context = _context("91510107MA00000001", "91510107MA00000002")
    assert context.party_of(NAME, "91510107MA00000001") == "e0"
    assert context.party_of(NAME, "91510107MA00000002") == "e1"


def test_homonyms_that_no_code_tells_apart_are_nobody() -> None:
    assert _context("91510107MA00000001", "91510107MA00000002").party_of(NAME) == ""


def test_a_name_borne_once_needs_no_code() -> None:
    assert _context("").party_of(NAME, "91510107MA00000001") == "e0"
