"""Every setting is documented."""

from __future__ import annotations

from conftest import ROOT

from api.settings import Settings


def test_every_setting_is_in_the_docs() -> None:
    text = (ROOT / "docs" / "operate.md").read_text("utf-8")
    assert not [n for n in Settings.model_fields if f"`{n.upper()}`" not in text]
