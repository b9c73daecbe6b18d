"""The PDF as a bank files it: what people said of the findings, who proposed and who decided."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

import pypdfium2
from running_service import Service


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    joined = "".join(page.get_textpage().get_text_range() for page in document)
    return "".join(joined.replace("\u200b", "").replace("\ufffe", "").split())


def test_judgements_and_decision_stand_in_the_file(
    service: Service, altered: Callable[[], dict[str, bytes]]
) -> None:
    kept = ("回单.pdf", "营业执照.pdf", "流水_ruled.pdf")
    files = {name: data for name, data in altered().items() if name in kept}
    packet = service.verified("档案-0001", files)
    report = service.client.get(f"/v1/packets/{packet}/report").json()
    one, other = service.person("li.na", "reviewer"), service.person("wang.fang", "senior_reviewer")
    finding = report["findings"][0]
    address = f"/v1/packets/{packet}/findings/{finding['fingerprint']}/judgement"
    said = {"verdict": "confirmed", "reason": "与开户行核对不符"}
    case = service.client.get("/v1/cases").json()["items"][0]["id"]

    def act(client: object, name: str, body: dict[str, str]) -> None:
        tag = client.get(f"/v1/cases/{case}").headers["etag"]  # type: ignore[attr-defined]
        answer = client.post(  # type: ignore[attr-defined]
            f"/v1/cases/{case}/{name}", json=body, headers={"If-Match": tag}
        )
        assert answer.status_code == 200, answer.text

    act(one, "claim", {})
    assert one.post(address, json=said).status_code == 201
    act(one, "propose", {"disposition": "false_information", "reason": "回单金额被改"})
    act(other, "decide", {"disposition": "false_information", "reason": "同意"})
    answer = service.client.get(f"/v1/packets/{packet}/report.pdf")
    text = _text(answer.content)
    for part in (
        "属实",
        "与开户行核对不符",
        "信息虚假",
        "回单金额被改",
        "同意",
        "经办人（签字）",
        "复核人（签字）",
    ):
        assert part in text, part
    assert "".join(report["risk"]["verdict"]["zh"].split())[:12] in text
    name = unquote(answer.headers["content-disposition"].split("''")[1])
    company = report["application"]["applicant"]["name"]
    assert name == f"档案-0001_{company}_2026-01-31.pdf"
    english = _text(service.client.get(f"/v1/packets/{packet}/report.pdf?lang=en").content)
    assert "Falseinformation" in english and "Secondperson" in english
