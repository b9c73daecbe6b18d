"""Where a request came from: a trusted proxy is believed about whom it heard from, and nobody else."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from starlette.requests import HTTPConnection

from api.http.addresses import address_of, is_this_machine, network_of

PROXIES = [ip_network("10.0.0.0/24"), ip_network("127.0.0.1/32")]


def _asked(peer: str, *forwarded: str, **headers: str) -> HTTPConnection:
    listed = [(b"x-forwarded-for", line.encode()) for line in forwarded]
    listed += [(name.encode(), value.encode()) for name, value in headers.items()]
    return HTTPConnection({"type": "http", "client": (peer, 1), "headers": listed})


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.9", (), "203.0.113.9"),
        ("203.0.113.9", ("198.51.100.1",), "203.0.113.9"),
        ("10.0.0.5", ("198.51.100.1",), "198.51.100.1"),
        ("10.0.0.5", ("1.1.1.1, 198.51.100.1",), "198.51.100.1"),
        ("10.0.0.5", ("1.1.1.1", "198.51.100.1, 10.0.0.9"), "198.51.100.1"),
        ("10.0.0.5", ("10.0.0.9",), "10.0.0.9"),
        ("10.0.0.5", ("not an address",), "10.0.0.5"),
        ("10.0.0.5", (), "10.0.0.5"),
        ("::ffff:10.0.0.5", ("2001:db8::7",), "2001:db8::7"),
        ("127.0.0.1", (",".join(["1.1.1.1"] * 500 + ["198.51.100.1"]),), "198.51.100.1"),
    ],
)
def test_what_no_trusted_proxy_wrote_is_not_believed(
    peer: str, forwarded: tuple[str, ...], address: str
) -> None:
    assert address_of(_asked(peer, *forwarded), PROXIES) == address


def test_without_a_trusted_proxy_nothing_is_believed() -> None:
    assert address_of(_asked("127.0.0.1", "198.51.100.1"), []) == "127.0.0.1"


def test_a_network_stands_for_its_addresses() -> None:
    assert network_of("198.51.100.77") == "198.51.100.0/24"
    assert network_of("2001:db8:1:2:3::4") == "2001:db8:1:2::/64"
    assert network_of("") == ""


def test_what_a_proxy_on_this_machine_sends_on_is_not_of_this_machine() -> None:
    assert is_this_machine(_asked("127.0.0.1"))
    assert not is_this_machine(_asked("127.0.0.1", "203.0.113.9"))
    assert not is_this_machine(_asked("127.0.0.1", via="1.1 nginx"))
    assert not is_this_machine(_asked("203.0.113.9"))
