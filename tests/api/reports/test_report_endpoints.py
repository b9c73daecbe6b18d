"""Reports and documents over HTTP: forms, pictures, masking, corrections, the score without a
finding.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from running_service import Service


@pytest.fixture(scope="module")
def packet(service, altered) -> str:  # type: ignore[no-untyped-def]
    found: str = service.verified("ALTERED", altered())
    return found


def test_report_in_every_form(service, packet: str) -> None:  # type: ignore[no-untyped-def]
    get = service.client.get
    report = get(f"/v1/packets/{packet}/report").json()
    assert (
        report["schema"] == "huoyan.report/1"
        and report["risk"]["band"] == "high"
        and report["application"]["id"] == "ALTERED"
    )
    for form, start in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("html", b"<!")):
        answer = get(f"/v1/packets/{packet}/report.{form}", params={"lang": "en"})
        assert answer.status_code == 200 and answer.content.startswith(start), answer.text[:300]
    assert "sandbox" in answer.headers["content-security-policy"]
    assert get(f"/v1/packets/{packet}/report", params={"revision": 9}).status_code == 404


def test_personal_data_is_masked_until_revealed_with_a_reason(service, packet: str) -> None:  # type: ignore[no-untyped-def]
    plain = service.client.get(f"/v1/packets/{packet}/report", params={"reveal": "核对账号"}).json()
    shown = service.client.get(f"/v1/packets/{packet}/report").json()
    numbers = [
        d["fields"]["account_number"]["value"]
        for d in plain["documents"]
        if "account_number" in d["fields"]
    ]
    assert numbers and all(n not in str(shown) for n in numbers)


def test_pictures_of_pages_and_places(service, packet: str) -> None:  # type: ignore[no-untyped-def]
    report = service.client.get(f"/v1/packets/{packet}/report").json()
    place = next(e for f in report["findings"] for e in f["evidence"] if e["file"].endswith(".pdf"))
    at = f"/v1/packets/{packet}/documents/{place['document']}"
    page = service.client.get(f"{at}/pages/{place['page']}.png", params={"width": 600})
    assert page.headers["content-type"] == "image/png" and page.content.startswith(b"\x89PNG")
    box = ",".join(str(v) for v in place["box"])
    assert service.client.get(
        f"{at}/crop.png", params={"page": place["page"], "box": box}
    ).content.startswith(b"\x89PNG")
    assert service.client.get(f"{at}/pages/999.png").json()["code"] == "unreadable_page"


def test_pictures_are_masked_until_revealed_with_a_reason(service, packet: str) -> None:  # type: ignore[no-untyped-def]
    get = service.client.get
    report = get(f"/v1/packets/{packet}/report", params={"reveal": "x"}).json()
    document, number = next(
        (d, d["fields"]["account_number"])
        for d in report["documents"]
        if "account_number" in d["fields"] and d["file"].endswith(".pdf")
    )
    at = f"/v1/packets/{packet}/documents/{document['id']}"
    asked = {"page": number["page"], "box": ",".join(str(v) for v in number["box"])}
    for path, query in ((f"{at}/pages/{number['page']}.png", {}), (f"{at}/crop.png", asked)):
        covered, plain = (
            get(path, params=query | reveal).content for reveal in ({}, {"reveal": "核对账号原件"})
        )
        assert covered.startswith(b"\x89PNG") and plain.startswith(b"\x89PNG")
        assert covered != plain
    rows = get("/v1/audit", params={"action": "personal_data.revealed"}).json()["items"]
    told = [row["detail"] for row in rows if row["subject"] == packet]
    assert {"reason": "核对账号原件", "document": document["id"]} in told


def test_score_without_a_finding(service, packet: str) -> None:  # type: ignore[no-untyped-def]
    report = service.client.get(f"/v1/packets/{packet}/report").json()
    same = service.client.post(
        f"/v1/packets/{packet}/report/without", json={"fingerprints": []}
    ).json()
    assert same["score"] == report["risk"]["score"]
    none = service.client.post(
        f"/v1/packets/{packet}/report/without",
        json={"fingerprints": [f["fingerprint"] for f in report["findings"]]},
    ).json()
    assert (
        none["score"] < same["score"]
        and abs(sum(c["points"] for c in none["contributions"]) - none["score"]) < 1e-9
    )
    assert (
        service.client.post(
            f"/v1/packets/{packet}/report/without", json={"fingerprints": ["x"]}
        ).status_code
        == 422
    )


def test_a_correction_makes_a_new_report_and_keeps_the_old_value(service, packet: str) -> None:  # type: ignore[no-untyped-def]
    client = service.client
    before = client.get(f"/v1/packets/{packet}/report", params={"reveal": "x"}).json()
    slip = next(d for d in before["documents"] if d["type"] == "bank_slip")
    body = {"document": slip["id"], "field": "amount", "value": "1.00", "reason": "看错"}
    assert (
        client.post(f"/v1/packets/{packet}/corrections", json=body | {"value": "abc"}).json()[
            "code"
        ]
        == "bad_correction"
    )
    assert (
        client.post(f"/v1/packets/{packet}/corrections", json=body | {"document": "x"}).json()[
            "code"
        ]
        == "bad_correction"
    )
    assert client.post(f"/v1/packets/{packet}/corrections", json=body).status_code == 202
    assert "event: done" in client.get(f"/v1/packets/{packet}/events").text
    after = client.get(f"/v1/packets/{packet}/report").json()
    corrected = next(d for d in after["documents"] if d["id"] == slip["id"])["fields"]["amount"]
    assert (corrected["value"], corrected["method"]) == ("1.00", "reviewer") and after["inputs"][
        "corrections"
    ][0]["old"] == slip["fields"]["amount"]["value"]
    told = client.get(f"/v1/packets/{packet}/report/diff", params={"before": 1, "after": 2}).json()
    assert any(v["after"]["value"] == "1.00" for v in told["values"])
    assert (
        client.get(f"/v1/packets/{packet}/report", params={"revision": 1, "reveal": "x"}).json()
        == before
    )


def _locked(data: bytes, password: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user=password))
    return out.getvalue()


def test_pictures_of_locked_files_are_in_every_form(
    service: Service, altered: Callable[[], dict[str, bytes]]
) -> None:
    files = {n: _locked(d, "geheim") if d.startswith(b"%PDF") else d for n, d in altered().items()}
    packet = service.client.post("/v1/packets", json={"reference": "locked"}).json()["id"]
    upload = {"data": {"password": "geheim"}, "files": [("files", f) for f in files.items()]}
    assert service.client.post(f"/v1/packets/{packet}/files", **upload).status_code == 201
    service.client.post(
        f"/v1/packets/{packet}/submit", params={"wait": 60}, json={"as_of": "2026-01-31"}
    ).raise_for_status()
    report = service.client.get(f"/v1/packets/{packet}/report").json()
    assert report["findings"] and not [
        f for f in report["failures"] if f["code"] == "encrypted_file"
    ]
    page = service.client.get(f"/v1/packets/{packet}/report.html").text
    assert page.count("data:image/png;base64,") >= 2
    pdf = pikepdf.open(io.BytesIO(service.client.get(f"/v1/packets/{packet}/report.pdf").content))
    assert sum(len(p.images) for p in pdf.pages) >= 2
