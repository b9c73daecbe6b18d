"""Containers are started again where they end, and tell whether they serve."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest
import yaml
from conftest import ROOT

from api.commands.settings_check import unknown_names


def test_every_container_is_started_again_and_watched() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    assert {name: each.get("restart") for name, each in services.items()} == dict.fromkeys(
        services, "unless-stopped"
    )
    assert all("healthcheck" in each for each in services.values())
    assert "/ready" in str(services["service"]["healthcheck"])


def test_the_image_tells_whether_it_lives() -> None:
    image = (ROOT / "Dockerfile").read_text("utf-8")
    assert "HEALTHCHECK" in image
    assert "/health" in image


UNITS = ROOT / "deploy" / "systemd"


def _unit(name: str) -> dict[str, list[str]]:
    """The lines of a unit by their key."""
    found: dict[str, list[str]] = {}
    for line in (UNITS / name).read_text("utf-8").splitlines():
        key, separator, value = line.partition("=")
        if separator and not line.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


def test_units_have_the_same_defaults_as_the_containers() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    for unit, container in (("huoyan.service", "service"), ("huoyan-worker@.service", "worker1")):
        told, environment = _unit(unit), services[container]["environment"]
        assert told["Restart"] == ["always"]
        command = told["ExecStart"][0].split("/bin/")[1].split()
        assert command[:2] == services[container]["command"][:2]
        named = {pair.split("=")[0] for line in told["Environment"] for pair in line.split()}
        outside = (UNITS / "environment.example").read_text("utf-8")
        assert all(name in named or f"{name}=" in outside for name in environment)
        assert ("HUOYAN_WORKERS=0" in told["Environment"][0]) == ("HUOYAN_WORKERS" in environment)


def test_units_are_understood() -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd is not here")
    for name in ("huoyan.service", "huoyan-worker@.service"):
        done = subprocess.run(
            [program, "verify", "--man=no", str(UNITS / name)],
            capture_output=True,
            text=True,
            check=False,
        )
        faults = [line for line in done.stderr.splitlines() if "not executable" not in line]
        assert not [line for line in faults if name.split("@")[0] in line], done.stderr


def test_settings_of_the_units_exist() -> None:
    text = "".join((UNITS / name).read_text("utf-8") for name in os.listdir(UNITS))
    assert unknown_names(set(re.findall(r"HUOYAN_[A-Z_]+", text))) == []
