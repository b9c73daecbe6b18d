"""Checking SM2 signatures over SM3 digests (GB/T 32918.2 and .5, GB/T 32905).

The curve is in no well-kept permissive library that verifies; what is computed here is public, so
its timing tells nothing.
"""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes

_P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
_A = _P - 3
_B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
_USER = b"1234567812345678"  # the identity that GM/T 0009 sets where none is agreed

Key = tuple[int, int]
_Point = tuple[int, int] | None


def digest(kind: hashes.HashAlgorithm, data: bytes) -> bytes:
    state = hashes.Hash(kind)
    state.update(data)
    return state.finalize()


def sm3(data: bytes) -> bytes:
    return digest(hashes.SM3(), data)


def sm3_with_signer(key: Key, data: bytes) -> bytes:
    """SM3 over who signs (Z) and what is signed."""
    z = sm3(
        (len(_USER) * 8).to_bytes(2, "big")
        + _USER
        + b"".join(v.to_bytes(32, "big") for v in (_A, _B, *G, *key))
    )
    return sm3(z + data)


def sm2_holds(key: Key, data: bytes, r: int, s: int) -> bool:
    """Whether (r, s) is a signature over `data` by the holder of a public key, a point on the
    curve.
    """
    x, y = key
    if (
        not (0 < r < N and 0 < s < N and 0 <= x < _P and 0 <= y < _P)
        or (y * y - x**3 - _A * x - _B) % _P
    ):
        return False
    t = (r + s) % N
    point = _add(times(s, G), times(t, key)) if t else None
    return (
        point is not None
        and (int.from_bytes(sm3_with_signer(key, data), "big") + point[0]) % N == r
    )


def _add(p: _Point, q: _Point) -> _Point:
    if p is None or q is None:
        return p or q
    if p[0] == q[0]:
        if (p[1] + q[1]) % _P == 0:
            return None
        slope = (3 * p[0] * p[0] + _A) * pow(2 * p[1], -1, _P) % _P
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, _P) % _P
    x = (slope * slope - p[0] - q[0]) % _P
    return x, (slope * (p[0] - x) - p[1]) % _P


def times(k: int, p: _Point) -> _Point:
    """A point added to itself k times."""
    out: _Point = None
    for bit in bin(k)[2:]:
        out = _add(out, out)
        if bit == "1":
            out = _add(out, p)
    return out
