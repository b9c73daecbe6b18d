"""Settings that are not right are each told in a sentence of both languages, without their values."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.commands.settings_check import checked_settings, unknown_names

WRONG = {
    "HUOYAN_JOBS": ("many", "0", "65", "2.5"),
    "HUOYAN_LEASE_SECONDS": ("soon", "0", "-1"),
    "HUOYAN_SECURE_COOKIES": ("perhaps",),
    "HUOYAN_WEBHOOK_PORTS": ("443,8443", "[https]", "{"),
    "HUOYAN_WEBHOOK_NETWORKS": ('["10.1.2.0/99"]', '["bank"]', "10.0.0.0/8"),
    "HUOYAN_LOG_LEVEL": ("LOUD", "info ", "10"),
    "HUOYAN_PUBLIC_URL": ("bank.example", "ftp://bank", "http://", "https://a b", "http://a:x"),
    "HUOYAN_S3_ENDPOINT": ("s3.bank", "https:/bank", "http://[::1"),
    "HUOYAN_BLOBS": ("http://bucket", "s3://", "gs://bucket"),
    "HUOYAN_DATABASE_URL": ("postgresql://", "postgresql://db:x/y", "sqlite:///", "mysql://a/b"),
    "HUOYAN_OIDC_ISSUER": ("login.bank", "https://login.bank.example"),
}


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [n for n in os.environ if n.startswith("HUOYAN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HUOYAN_DATA", str(tmp_path))


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, each in WRONG.items() for v in each])
def test_a_wrong_value_is_told(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    settings, faults = checked_settings()
    assert settings is None
    assert len(faults) >= 1
    assert all(name in fault or "HUOYAN_OIDC" in fault for fault in faults)
    assert all(" / " in fault for fault in faults)
    assert not [
        fault for fault in faults if len(value) > 4 and not value.endswith("://") and value in fault
    ]


def test_right_values_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    right = {
        "HUOYAN_PUBLIC_URL": "https://huoyan.bank.example:8443/app",
        "HUOYAN_S3_ENDPOINT": "http://10.0.0.7:9000",
        "HUOYAN_BLOBS": "s3://bucket/prefix",
        "HUOYAN_DATABASE_URL": "postgresql://huoyan:s%40cret@db:5432/huoyan?sslmode=require",
        "HUOYAN_WEBHOOK_NETWORKS": '["10.1.2.0/24"]',
        "huoyan_jobs": "4",
    }
    for name, value in right.items():
        monkeypatch.setenv(name, value)
    settings, faults = checked_settings()
    assert faults == []
    assert settings is not None
    assert settings.jobs == 4


def test_an_unknown_name_is_told_with_the_one_that_was_meant() -> None:
    names = ["HUOYAN_WORKER", "HUOYAN_FIRST_PASSWORD", "HUOYAN_MINIMUM_ISOLATION", "HOME"]
    (fault,) = unknown_names(names)
    assert fault.startswith("HUOYAN_WORKER: ")
    assert "HUOYAN_WORKERS" in fault


def test_doctor_tells_every_fault_and_ends_with_2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUOYAN_JOBS", "many")
    monkeypatch.setenv("HUOYAN_PUBLIC_URL", "nonsense")
    monkeypatch.setenv("HUOYAN_WORKRES", "1")
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 2
    for name in ("HUOYAN_JOBS", "HUOYAN_PUBLIC_URL", "HUOYAN_WORKRES"):
        assert name in result.output


def test_doctor_tells_of_a_key_and_a_database_that_do_not_serve(tmp_path: Path) -> None:
    (tmp_path / "huoyan.db").write_bytes(b"no database " * 500)
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 2
    assert "HUOYAN_DATABASE_URL" in result.output


def test_doctor_is_content_with_a_fresh_machine(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 0, result.output
    assert list(tmp_path.iterdir()) == []
