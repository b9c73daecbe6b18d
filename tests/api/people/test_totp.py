"""Codes by time, against the vectors of RFC 6238, appendix B."""

from __future__ import annotations

import base64
from urllib.parse import parse_qs, urlsplit

import pytest

from api.people.totp import address, code_at, fitting_step, new_secret, recovery_codes

VECTORS = (
    (59, "94287082", "46119246", "90693936"),
    (1111111109, "07081804", "68084774", "25091201"),
    (1111111111, "14050471", "67062674", "99943326"),
    (1234567890, "89005924", "91819424", "93441116"),
    (2000000000, "69279037", "90698825", "38618901"),
    (20000000000, "65353130", "77737706", "47863826"),
)
SEED = b"1234567890"


def _secret(length: int) -> str:
    return base64.b32encode((SEED * 7)[:length]).decode()


@pytest.mark.parametrize(("seconds", "sha1", "sha256", "sha512"), VECTORS)
def test_vectors_of_the_rfc(seconds: int, sha1: str, sha256: str, sha512: str) -> None:
    for digest, length, code in (
        ("sha1", 20, sha1),
        ("sha256", 32, sha256),
        ("sha512", 64, sha512),
    ):
        assert code_at(_secret(length), seconds // 30, 8, digest) == code


def test_a_code_holds_for_the_step_before_and_after_and_once() -> None:
    secret, now = new_secret(), 1_700_000_000.0
    step = int(now // 30)
    for offset, fits in ((-2, False), (-1, True), (0, True), (1, True), (2, False)):
        found = fitting_step(secret, code_at(secret, step + offset), now, 0)
        assert (found is not None) == fits, offset
    assert fitting_step(secret, code_at(secret, step), now, used=step) is None
    assert fitting_step(secret, "１２３４５６", now, 0) is None


def test_an_authenticator_can_read_the_address() -> None:
    parts = urlsplit(address("ABC", "li.na", "甲 银行"))
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parse_qs(parts.query)["secret"] == ["ABC"]


def test_recovery_codes_are_all_different() -> None:
    codes = recovery_codes()
    assert len(set(codes)) == 10 and all(len(code) == 9 for code in codes)
