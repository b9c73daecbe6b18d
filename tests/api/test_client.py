"""The client against a running service."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from firm import make_firm
from other_layouts import invoice
from running_service import Service

from api.client import Client, ServiceError


def test_from_files_to_a_report(service: Any, address: str, tmp_path: Path) -> None:
    (tmp_path / "发票.pdf").write_bytes(invoice(make_firm(100).sales[0]))
    with Client(address, service.key()) as client:
        report = client.verify("C1", [tmp_path / "发票.pdf"], as_of="2026-01-31")
        assert report["schema"] == "huoyan.report/1" and report["documents"][0]["type"] == "invoice"
        packet = next(client.packets(reference="C1"))
        assert client.report_file(packet["id"], "xlsx").startswith(b"PK")
        with pytest.raises(ServiceError) as caught:
            client.create("C1")
        assert caught.value.code == "already_there" and caught.value.zh
    pandas = pytest.importorskip("pandas")
    assert (
        isinstance(Client.frame(report, "checks"), pandas.DataFrame)
        and len(Client.frame(report, "checks")) > 50
    )


def test_a_client_waits_while_the_service_starts_again(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.client.time.sleep", lambda seconds: None)
    faults = iter(["refused", 502, 503, "broken off"])

    class Restarting(httpx.BaseTransport):
        """The service behind a proxy, which is away for a while before each answer."""

        def __init__(self) -> None:
            self._inner = service.client._transport
            self.keys: list[str] = []

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            request.read()
            self.keys.append(request.headers.get("Idempotency-Key", ""))
            fault = next(faults, None)
            if isinstance(fault, int):
                headers = {"Retry-After": "1"} if fault == 503 else {}
                return httpx.Response(fault, headers=headers)
            answer = self._inner.handle_request(request)
            if fault is not None:
                raise httpx.ReadError(fault)
            return answer

    transport = Restarting()
    with Client("http://testserver", service.key(), transport=transport) as client:
        packet = client.create("RESTART")
        assert packet["reference"] == "RESTART"
        assert len(transport.keys) == 5 and len(set(transport.keys)) == 1
        assert client.packets(reference="RESTART")


def test_a_client_does_not_wait_for_ever(service: Service) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    away = httpx.MockTransport(refuse)
    with (
        Client("http://testserver", "hyk_x", restart=0, transport=away) as client,
        pytest.raises(httpx.ConnectError),
    ):
        client.report("pkt_1")
