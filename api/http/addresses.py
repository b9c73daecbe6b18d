"""Where a request came from, by what a trusted proxy says and nobody else.

`X-Forwarded-For` is a list to which each proxy appends whom it heard from. What stands left of the
first address that no trusted proxy wrote may be forged.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from starlette.requests import HTTPConnection

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
# One household or office has the whole of such a network, and changes addresses within it at will.
_NETWORK_BITS: Final = {4: 24, 6: 64}
_MOST_PROXIES: Final = 20  # a longer list is a forged one
_BY_A_PROXY: Final = ("x-forwarded-for", "forwarded", "via", "x-real-ip")
_LOOPBACK: Final = ("127.0.0.1", "::1", "testclient")


def address_of(request: HTTPConnection, trusted: Sequence[Network]) -> str:
    """Return the address of whoever asks; empty where that is not known."""
    peer = request.client.host if request.client else ""
    listed = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    for entry in reversed(listed[-_MOST_PROXIES:]):
        if not _is_within(peer, trusted):
            return peer
        named = _parsed(entry)
        if named is None:
            return peer
        peer = str(named)
    return peer


def network_of(address: str) -> str:
    """Return the network that an address stands for when attempts are counted."""
    parsed = _parsed(address)
    if parsed is None:
        return address
    return str(ip_network((parsed, _NETWORK_BITS[parsed.version]), strict=False))


def is_this_machine(request: HTTPConnection) -> bool:
    """Whether a request was made on this machine, and not sent on by a proxy that runs on it."""
    here = request.client is not None and request.client.host in _LOOPBACK
    return here and not any(name in request.headers for name in _BY_A_PROXY)


def _is_within(address: str, networks: Sequence[Network]) -> bool:
    parsed = _parsed(address)
    return parsed is not None and any(parsed in network for network in networks)


def _parsed(text: str) -> Address | None:
    try:
        parsed = ip_address(text.strip())
    except ValueError:
        return None
    return (isinstance(parsed, IPv6Address) and parsed.ipv4_mapped) or parsed
