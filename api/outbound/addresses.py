"""Which addresses the service may be sent to by what a user typed.

Anything that is not plainly public is refused (OWASP, server-side request forgery).
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpx

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolver = Callable[[str, int], Sequence[str]]
_NAT64 = IPv6Network("64:ff9b::/96")
_PUBLIC_V6 = IPv6Network("2000::/3")
_SIX_TO_FOUR = IPv6Network("2002::/16")
_TEREDO = IPv6Network("2001::/32")
_MINE = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "onion")
_NEVER_PUBLIC = tuple(
    IPv4Network(name)
    for name in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)  # also where a release of `ipaddress` does not know it
_LONGEST = 2_000  # characters; browsers and proxies cut longer addresses


class Refused(ValueError):
    """An address that is not reached. `reason` is a stable code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What an operator allows: plain http, ports (none: any), networks of the house."""

    allow_http: bool = False
    ports: frozenset[int] = frozenset((443, 8443))
    networks: tuple[Network, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address taken apart once, by one parser; what is checked is what is connected to."""

    scheme: str
    host: str
    port: int
    path: bytes


def target(url: str, reach: Reach) -> Target:
    """Takes a URL apart. Raises Refused. Nothing is looked up."""
    if len(url) > _LONGEST or any(c.isspace() or ord(c) < 32 or c == "\\" for c in url):
        raise Refused("url")
    try:
        parts = httpx.URL(url)
        host, port = parts.raw_host.decode("ascii").rstrip(".").lower(), parts.port
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise Refused("url") from error
    if parts.scheme not in (("https", "http") if reach.allow_http else ("https",)):
        raise Refused("scheme")
    if parts.userinfo or "@" in parts.netloc.decode("ascii", "replace") or parts.fragment:
        raise Refused("userinfo")
    port = (443 if parts.scheme == "https" else 80) if port is None else port
    if not port or (
        reach.ports and port not in reach.ports and not (reach.allow_http and port == 80)
    ):
        raise Refused("port")
    number = literal(host)
    if number is not None:
        check(number, reach)
    elif not host or "%" in host or (not reach.networks and _names_this_house(host)):
        raise Refused("host")
    return Target(
        scheme=parts.scheme, host=str(number or host), port=port, path=parts.raw_path or b"/"
    )


def _names_this_house(host: str) -> bool:
    return "." not in host or host.rsplit(".", 1)[-1] in _MINE or host.endswith(".home.arpa")


def literal(host: str) -> Address | None:
    """The address that a host is in any of its spellings (decimal, octal, hexadecimal, short), or
    None for a name. Raises Refused for neither.
    """
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        pass
    last = host.rsplit(".", 1)[-1]
    if not (last[:1].isdigit() or last.startswith("0x")):
        if ":" in host:
            raise Refused("host")
        return None
    try:
        return IPv4Address(socket.inet_aton(host))  # the parser that a connect would use
    except OSError as error:
        raise Refused("host") from error


def check(address: Address, reach: Reach) -> None:
    """Raises Refused unless the address is public or in a network that the operator named."""
    if any(address.version == network.version and address in network for network in reach.networks):
        return
    if isinstance(address, IPv6Address):
        inner = _inner(address)
        if inner is not None:
            check(inner, reach)
            return
        if address not in _PUBLIC_V6 or address.scope_id or address in _TEREDO:
            raise Refused("private")
    elif any(address in name for name in _NEVER_PUBLIC):
        raise Refused("private")
    if not address.is_global or address.is_multicast or address.is_reserved:
        raise Refused("private")


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address to which packets to this one go."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.sixtofour if address in _SIX_TO_FOUR else None


def system_resolver(host: str, port: int) -> list[str]:
    """Addresses of a name by the system's resolver."""
    found: list[tuple[Any, ...]] = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


def resolved(host: str, port: int, reach: Reach, resolver: Resolver) -> str:
    """An address of a name, looked up once.

    Raises Refused where any of its addresses is not reached: a mixed answer is an attack.
    """
    number = literal(host)
    if number is not None:
        check(number, reach)
        return str(number)
    try:
        addresses = [ip_address(a) for a in resolver(host, port)]
    except (OSError, ValueError, UnicodeError) as error:
        raise Refused("unknown_host") from error
    if not addresses:
        raise Refused("unknown_host")
    for each in addresses:
        check(each, reach)
    return str(addresses[0])
