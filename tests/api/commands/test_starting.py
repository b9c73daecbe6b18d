"""The first password is given out once, and never to a log."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from typer import Exit

from api.commands.starting import give_out, require_strong
from api.people.passwords import new_password, weakness

WEAK = (
    "short",
    "123456789012",
    "aaaaaaaaaaaa",
    "Admin123456789!",
    "password1234",
    "huoyan-huoyan-2026",
    "P@ssw0rd!P@ssw0rd!"[:9] * 2,
    "wang.fang2026!!",
)


@pytest.mark.parametrize("password", WEAK)
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(Exit) as ended:
        require_strong(password, "wang.fang")
    assert ended.value.exit_code == 2


def test_strong_passwords_are_taken() -> None:
    phrases = ("correct horse battery staple", "杭州西湖的水很清澈见底啊", new_password())
    assert [weakness(phrase, "admin") for phrase in phrases] == [None, None, None]


def test_a_password_goes_to_a_file_where_nobody_sits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    give_out("admin", "the-secret-itself", tmp_path)
    told = capsys.readouterr()
    assert "the-secret-itself" not in told.err + told.out
    place = tmp_path / "admin.password"
    assert str(place) in told.err
    assert place.read_text("utf-8").strip() == "the-secret-itself"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_a_password_is_told_at_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    give_out("admin", "the-secret-itself", tmp_path)
    assert "the-secret-itself" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
