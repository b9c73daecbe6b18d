"""Containers are started again where they end, and tell whether they serve."""

from __future__ import annotations

import yaml
from conftest import ROOT


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
