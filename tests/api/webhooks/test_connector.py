"""No address but a public one is connected to, and it is the one that was checked (T10).

The backend is replaced: nothing leaves the machine.
"""

from __future__ import annotations

import ssl
from ipaddress import ip_network
from typing import Any

import httpcore
import pytest

from api.outbound.addresses import Reach
from api.outbound.connector import GuardedConnector, NotSent

PUBLIC = "93.184.216.34"


class Recorded(httpcore.NetworkBackend):
    """Notes what would be connected to, and answers with fixed bytes."""

    def __init__(self, answer: bytes = b"HTTP/1.1 204 No Content\r\n\r\n") -> None:
        self.connects: list[tuple[str, int]] = []
        self.names: list[str | None] = []
        self.sent = bytearray()
        self._answer = answer

    def connect_tcp(self, host: str, port: int, *rest: Any, **named: Any) -> httpcore.NetworkStream:
        self.connects.append((host, port))
        return _Stream(self, self._answer)


class _Stream(httpcore.NetworkStream):
    def __init__(self, owner: Recorded, answer: bytes) -> None:
        self._owner, self._left = owner, answer

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        part, self._left = self._left[:max_bytes], self._left[max_bytes:]
        return part

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._owner.sent += buffer

    def close(self) -> None: ...

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        assert ssl_context.verify_mode == ssl.CERT_REQUIRED and ssl_context.check_hostname
        self._owner.names.append(server_hostname)
        return self

    def get_extra_info(self, info: str) -> Any:
        return None


class Names:
    """A resolver with answers in turn, the last of which stays."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = list(answers), 0

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1]


def _post(url: str, resolver: Names, backend: Recorded, **reach: Any) -> int:
    return (
        GuardedConnector(resolver, backend)
        .request("POST", url, Reach(**reach), {"content-type": "application/json"}, b"{}")
        .status
    )


REFUSED = [
    "https://127.0.0.1/", "https://127.1/", "https://127.0.1/", "https://2130706433/", "https://0x7f000001/", "https://0x7f.1/", "https://0177.0.0.1/",
    "https://017700000001/", "https://127.000.000.001/", "https://0/", "https://0.0.0.0/", "https://10.0.0.1/", "https://172.16.3.4/",
    "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data/", "https://2852039166/", "https://0xa9fea9fe/", "https://0251.0376.0251.0376/",
    "https://100.64.0.1/", "https://192.0.0.8/", "https://192.0.2.1/", "https://198.18.0.1/", "https://198.51.100.1/", "https://203.0.113.9/",
    "https://224.0.0.1/", "https://239.1.1.1/", "https://255.255.255.255/", "https://240.0.0.1/", "https://192.88.99.1/",
    "https://[::1]/", "https://[::]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[::ffff:10.0.0.1]/", "https://[::127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/", "https://[64:ff9b::169.254.169.254]/", "https://[64:ff9b:1::1]/", "https://[2002:7f00:1::]/", "https://[2002:a9fe:a9fe::1]/",
    "https://[2001:0:7f00:1::]/", "https://[2001:db8::1]/", "https://[fe80::1]/", "https://[fe80::1%25eth0]/", "https://[fc00::1]/", "https://[fd00:ec2::254]/",
    "https://[fec0::1]/", "https://[ff02::1]/", "https://[100::1]/",
    "https://localhost/", "https://LOCALHOST./", "https://a.localhost/", "https://metadata.google.internal/", "https://printer.local/", "https://intranet/",
    "https://user@bank.example/", "https://user:pw@bank.example/", "https://bank.example@127.0.0.1/", "https://127.0.0.1#@bank.example/",
    "https://bank.example\\@127.0.0.1/", "https://bank.example%2f@127.0.0.1/", "https://127.0.0.1:443@bank.example/",
    "https://bank.example:22/", "https://bank.example:25/", "https://bank.example:6379/", "https://bank.example:80/", "https://bank.example:0/",
    "https://bank.example:99999/", "http://bank.example/", "gopher://bank.example/", "file:///etc/passwd", "ftp://bank.example/", "dict://bank.example:11211/",
    "javascript:alert(1)", "//bank.example/", "bank.example", "", "https://", "https:///x", "https://①②⑦.⓪.⓪.①/", "https://127。0。0。1/", "https://1.2.3.4.5/",
    "https://0x7f.0x0.0x0.0xg/", "https://bank.example /", "https://bank.example\r\nHost: x/", "https://bank.example\t/", "https://[::1", "https://[v1.x]/",
]  # fmt: skip


@pytest.mark.parametrize("url", REFUSED)
def test_nothing_is_connected_to(url: str) -> None:
    backend = Recorded()
    with pytest.raises(NotSent):
        _post(url, Names([PUBLIC]), backend)
    assert not backend.connects


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["169.254.169.254"],
        ["::1"],
        ["fd00::1"],
        [PUBLIC, "127.0.0.1"],
        ["::ffff:192.168.0.1"],
        ["64:ff9b::a00:1"],
        [],
    ],
    ids=str,
)
def test_names_that_lead_inside(answers: list[str]) -> None:
    backend = Recorded()
    with pytest.raises(NotSent):
        _post("https://bank.example/", Names(answers), backend)
    assert not backend.connects


def test_a_name_is_looked_up_once_and_its_address_kept() -> None:
    backend, names = Recorded(), Names([PUBLIC], ["127.0.0.1"])
    assert _post("https://bank.example:8443/hook?x=1", names, backend) == 204
    assert (
        names.asked == 1
        and backend.connects == [(PUBLIC, 8443)]
        and backend.names == ["bank.example"]
    )
    assert b"POST /hook?x=1 HTTP/1.1\r\nHost: bank.example:8443\r\n" in bytes(backend.sent)
    with pytest.raises(NotSent):  # bound to another address since: the next time it is checked anew
        _post("https://bank.example:8443/hook", names, backend)
    assert backend.connects == [(PUBLIC, 8443)]


@pytest.mark.parametrize(
    "place", ["http://127.0.0.1/", "https://127.0.0.1/", "https://bank.example/"]
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(place: str, status: int) -> None:
    backend = Recorded(
        f"HTTP/1.1 {status} Moved\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode()
    )
    assert _post("https://bank.example/", Names([PUBLIC]), backend) == status
    assert backend.connects == [(PUBLIC, 443)]


def test_what_an_operator_allows() -> None:
    networks = (ip_network("10.1.0.0/16"),)
    backend = Recorded()
    assert _post("https://approval/hook", Names(["10.1.2.3"]), backend, networks=networks) == 204
    with pytest.raises(NotSent):
        _post("https://approval/hook", Names(["10.2.2.3"]), backend, networks=networks)
    assert _post("http://bank.example/", Names([PUBLIC]), backend, allow_http=True) == 204
    assert _post("https://bank.example:9000/", Names([PUBLIC]), backend, ports=frozenset()) == 204
    assert backend.connects == [("10.1.2.3", 443), (PUBLIC, 80), (PUBLIC, 9000)]
    assert (
        _post("https://[2606:4700:4700::1111]/", Names([]), backend)
        == _post("https://1.1.1.1/", Names([]), backend)
        == 204
    )
