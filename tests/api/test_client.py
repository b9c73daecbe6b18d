"""The client against a running service."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from firm import make_firm
from other_layouts import invoice

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
