"""Signatures that are a bare RSA value over the covered bytes: `adbe.x509.rsa_sha1` (ISO 32000-1,
12.8.3.2).

Chinese e-invoices were signed this way for years: /Cert holds the certificate, /Contents an octet
string with the value (PKCS #1). The padding of the value states which digest was signed, so that
changed bytes are told from a value that fits no key.
"""

from __future__ import annotations

from collections.abc import Sequence

from asn1crypto import algos
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from extractors.forensics.ofd.seal_value import SealValue, elements, holds, key_of
from extractors.forensics.ofd.sm2 import digest

_OCTET_STRING = 0x04
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "md5": hashes.MD5(),
    "sha1": hashes.SHA1(),
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_SM2_WITH_SM3 = "1.2.156.10197.1.501"
_UNREAD = (ValueError, IndexError, KeyError, TypeError, UnsupportedAlgorithm, OverflowError)


def rsa_value(contents: bytes, certificates: Sequence[bytes], covered: bytes) -> SealValue:
    """Check a bare signature value over the covered bytes with the first certificate."""
    out = SealValue()
    if not certificates:
        out.why = "no certificate in the file"
        return out
    out.certificate = certificates[0]
    try:
        _name_signer(out)
        key = key_of(out.certificate)
        value = _octets(contents)
        if isinstance(key, tuple):
            _conclude_sm2(out, value, covered)
        else:
            _conclude_rsa(out, key, value, covered)
    except (*_UNREAD, StopIteration) as error:
        out.verdict, out.why = "unsupported", f"{type(error).__name__}: {error}"[:120]
    return out


def _name_signer(out: SealValue) -> None:
    known = x509.load_der_x509_certificate(out.certificate)
    out.signer = known.subject.rfc4514_string()[:160]
    out.issuer = known.issuer.rfc4514_string()[:160]


def _octets(contents: bytes) -> bytes:
    """Return the value in the octet string; some writers leave the value bare."""
    first = next(elements(contents), None) if contents[:1] == b"\x04" else None
    return first.body if first is not None and first.tag == _OCTET_STRING else contents


def _conclude_sm2(out: SealValue, value: bytes, covered: bytes) -> None:
    good = holds(out.certificate, _SM2_WITH_SM3, value, covered)
    out.verdict, out.why = ("holds", "") if good else ("fails", "signature value")


def _conclude_rsa(out: SealValue, key: rsa.RSAPublicKey, value: bytes, covered: bytes) -> None:
    size = (key.key_size + 7) // 8
    stated = _signed_digest(key, value[:size])
    if stated is None:
        out.verdict, out.why = "fails", "signature value"
        return
    name, signed = stated
    method = _HASHES.get(name)
    if method is None:
        out.why = f"digest {name}"
        return
    if digest(method, covered) == signed:
        out.verdict = "holds"
        return
    out.verdict, out.why, out.is_over_these_bytes = "fails", "digest of the covered bytes", False


def _signed_digest(key: rsa.RSAPublicKey, value: bytes) -> tuple[str, bytes] | None:
    """Return the digest that an RSA value signs, with its algorithm; None where it is not by this
    key.
    """
    try:
        block = key.recover_data_from_signature(value, padding.PKCS1v15(), None)
        info = algos.DigestInfo.load(block)
        return str(info["digest_algorithm"]["algorithm"].native), bytes(info["digest"].native)
    except (InvalidSignature, ValueError):
        return None
