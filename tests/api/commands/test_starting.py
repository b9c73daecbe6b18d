"""The first password is given out once, and never to a log."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from typer import Exit

from api.commands.starting import give_out, keep_to_oneself, own_address, require_strong, wired
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


@pytest.mark.parametrize(
    ("host", "port", "address"),
    [
        ("127.0.0.1", 9000, "http://127.0.0.1:9000"),
        ("0.0.0.0", 80, "http://127.0.0.1:80"),
        ("::", 8080, "http://127.0.0.1:8080"),
        ("::1", 8080, "http://[::1]:8080"),
        ("huoyan.bank", 8443, "http://huoyan.bank:8443"),
    ],
)
def test_the_address_of_a_service_heeds_its_port(host: str, port: int, address: str) -> None:
    assert own_address(host, port) == address


def test_a_set_public_address_comes_before_that_of_the_port(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [n for n in os.environ if n.startswith("HUOYAN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr("api.runtime.logs.set_up", lambda level: None)
    monkeypatch.setenv("HUOYAN_DATA", str(tmp_path))
    wiring = wired("http://127.0.0.1:9000")
    assert wiring.settings.public_url == "http://127.0.0.1:9000"
    wiring.close()
    monkeypatch.setenv("HUOYAN_PUBLIC_URL", "https://huoyan.bank.example")
    wiring = wired("http://127.0.0.1:9000")
    assert wiring.settings.public_url == "https://huoyan.bank.example"
    wiring.close()


def test_nobody_else_reads_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    (data / "huoyan.db").touch(mode=0o644)
    former = os.umask(0o022)
    try:
        keep_to_oneself(data)
        (data / "later").touch()
    finally:
        os.umask(former)
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in data.iterdir()}
    assert modes == {"huoyan.db": 0o600, "later": 0o600}
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
