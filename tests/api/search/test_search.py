"""One search finds a case by what its head and its papers say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from conftest import honest_files
from other_layouts import contract
from running_service import Service

_SMALL = ("营业执照.pdf", "流水_ruled.pdf", "回单.pdf")


@pytest.fixture(scope="module")
def report(service: Service) -> dict[str, object]:
    firm, files = honest_files(7, "ruled.pdf")
    kept = {name: files[name] for name in _SMALL}
    kept["保证合同.pdf"] = contract(firm, ["甲保证有限公司"], Decimal(900_000), "保字2025第77号")
    packet = service.verified("APP-0007", kept)
    found: dict[str, object] = service.client.get(f"/v1/packets/{packet}/report").json()
    return found


def _found(service: Service, q: str) -> list[dict[str, object]]:
    items: list[dict[str, object]] = service.client.get("/v1/search", params={"q": q}).json()[
        "items"
    ]
    return items


def test_by_head(service: Service, report: dict[str, object]) -> None:
    name = str(report["application"]["applicant"]["name"])  # type: ignore[index]
    for text in ("app-0007", name[2:6], f"  {name} "):
        assert [h["reference"] for h in _found(service, text)] == ["APP-0007"], text


def test_by_what_the_papers_say(service: Service, report: dict[str, object]) -> None:
    documents = report["documents"]
    row = next(r for d in documents for r in d["rows"] if r["counterparty_name"])  # type: ignore[attr-defined]
    for text in (row["counterparty_name"], "保字2025第77", "甲保证有限"):
        (hit,) = _found(service, text)
        assert hit["reference"] == "APP-0007"
        assert hit["document"] and hit["page"] and hit["kind"]
        assert text in str(hit["value"])


def test_numbers_are_found_whole_and_shown_masked(
    service: Service, report: dict[str, object]
) -> None:
    reveal = {"reveal": "核对账号"}
    packet = service.client.get("/v1/cases").json()["items"][0]["packet_id"]
    whole = service.client.get(f"/v1/packets/{packet}/report", params=reveal).json()
    account = next(
        d["fields"]["account_number"]["value"]
        for d in whole["documents"]
        if "account_number" in d["fields"]
    )
    (hit,) = _found(service, account)
    assert "account" in str(hit["kind"])
    assert "*" in str(hit["value"]) and account not in str(hit["value"])


def test_nothing_is_found_by_nothing_or_by_what_is_not_there(
    service: Service, report: dict[str, object]
) -> None:
    for text in ("", " ", "a", "%", "_____", "no such thing"):
        assert _found(service, text) == [], text


def test_an_erased_packet_is_found_no_more(service: Service) -> None:
    _, files = honest_files(31, "ruled.pdf")
    packet = service.verified("APP-0031", {"营业执照.pdf": files["营业执照.pdf"]})
    assert _found(service, "APP-0031")
    legal = service.client.get(f"/v1/packets/{packet}/report").json()["documents"][0]["fields"]
    name = legal["company_name"]["value"] if "company_name" in legal else "APP-0031"
    answer = service.client.request(
        "DELETE", f"/v1/packets/{packet}", params={"reason": "test"}, json={"reason": "test"}
    )
    assert answer.status_code in (200, 204), answer.text
    assert _found(service, "APP-0031") == []
    assert _found(service, name) == []
