"""The value of an OFD signature: an electronic seal (GB/T 38540-2020, GM/T 0031-2014) or signed
data (GM/T 0010), and whether it holds.

That it holds says that the holder of the named certificate signed these parts; it says nothing of
who issued that certificate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from asn1crypto import parser
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from extractors.forensics.ofd.sm2 import Key, digest, sm2_holds, sm3

_RSA = {
    "1.2.840.113549.1.1.1": hashes.SHA256(),
    "1.2.840.113549.1.1.5": hashes.SHA1(),
    "1.2.840.113549.1.1.11": hashes.SHA256(),
    "1.2.840.113549.1.1.13": hashes.SHA512(),
}
_DIGESTS = (
    sm3,
    lambda data: digest(hashes.SHA256(), data),
    lambda data: digest(hashes.SHA1(), data),
)
_SM2_KEY = ["1.2.840.10045.2.1", "1.2.156.10197.1.301"]
_LARGEST = 1 << 18
_MOST_ELEMENTS = 2_000
_UNREAD = (ValueError, IndexError, KeyError, TypeError, UnsupportedAlgorithm, OverflowError)


@dataclass(slots=True)
class SealValue:
    """`verdict` is holds, fails or unsupported, and `why`."""

    verdict: str = "unsupported"
    why: str = ""
    signer: str = ""
    issuer: str = ""
    name: str = ""  # what the seal calls itself
    certificate: bytes = b""
    is_over_these_bytes: bool = True  # False where the signed digest is that of other bytes


@dataclass(slots=True)
class Der:
    """One element of DER with its own bytes."""

    tag: int
    body: bytes
    raw: bytes
    parts_: list[Der] = field(default_factory=list)

    @property
    def parts(self) -> list[Der]:
        if not self.parts_:
            self.parts_ = list(elements(self.body))
        return self.parts_

    @property
    def bits(self) -> bytes:
        return self.body[1:]

    @property
    def oid(self) -> str:
        out, value = [], 0
        for byte in self.body[:64]:
            value = value << 7 | byte & 127
            if byte < 128:
                out.append(value)
                value = 0
        first = min(out[0] // 40, 2)
        return ".".join(map(str, (first, out[0] - 40 * first, *out[1:])))


def elements(data: bytes) -> Iterator[Der]:
    """The elements that follow each other in DER. Raises ValueError."""
    at = count = 0
    while at < len(data):
        count += 1
        if count > _MOST_ELEMENTS or len(data) > _LARGEST:
            raise ValueError("too many elements")
        kind, method, tag, head, body, tail = parser.parse(data[at:], strict=False)
        size = len(head) + len(body) + len(tail)
        yield Der(kind << 6 | method << 5 | tag, body, data[at : at + size])
        at += size


def read_value(raw: bytes, xml: bytes) -> SealValue:
    """The value of a signature over the bytes of its Signature.xml."""
    out = SealValue()
    try:
        top = next(elements(raw)).parts
        if top[0].tag == 0x06:
            _signed_data(top, xml, out)
        elif top[0].tag == 0x02 and len(top) == 2:
            out.why = "no certificate in the file"
        else:
            _seal(top, xml, out)
    except (*_UNREAD, StopIteration) as error:
        out.verdict, out.why = "unsupported", f"{type(error).__name__}: {error}"[:120]
    return out


def _seal(top: list[Der], xml: bytes, out: SealValue) -> None:
    signed = top[0].parts
    if len(top) >= 4:  # GB/T 38540-2020: content, certificate, algorithm, value
        certificate, algorithm, value = top[1].body, top[2].oid, top[3].bits
    else:  # GM/T 0031-2014: content (with certificate and algorithm), value
        certificate, algorithm, value = signed[5].body, signed[6].oid, top[1].bits
    _name(certificate, out)
    out.name = signed[1].parts[0].parts[2].parts[1].body.decode("utf-8", "replace")
    stated = signed[3].bits
    good = holds(certificate, algorithm, value, top[0].raw)
    _conclude(good, any(stated == of(xml) for of in _DIGESTS), out)


def _conclude(good: bool, over_this: bool, out: SealValue) -> None:
    out.verdict = "holds" if good and over_this else "fails"
    out.is_over_these_bytes = over_this
    out.why = (
        "" if good and over_this else "signature value" if over_this else "digest of Signature.xml"
    )


def _signed_data(top: list[Der], xml: bytes, out: SealValue) -> None:
    """GM/T 0010 (PKCS #7 with Chinese object ids) or CMS; the content within it, or Signature.xml,
    or its digest.
    """
    data = top[1].parts[0].parts
    inner = data[2].parts
    content = inner[1].parts[0].body if len(inner) > 1 else None
    certificates = [candidate.raw for der in data[3:] if der.tag == 0xA0 for candidate in der.parts]
    signer = data[-1].parts[0].parts
    serial = signer[1].parts[1].body
    certificate = next(
        (each for each in certificates if next(elements(each)).parts[0].parts[1].body == serial),
        certificates[0],
    )
    _name(certificate, out)
    rest = signer[3:]
    attributes = rest.pop(0) if rest[0].tag == 0xA0 else None
    algorithm, value = rest[0].parts[0].oid, rest[1].body
    candidates = [xml, sm3(xml)] if content is None else [content]
    over_this = content is None or content in (xml, sm3(xml))
    if attributes is not None:
        held = {a.parts[0].oid: a.parts[1].parts[0].body for a in attributes.parts}
        over_this = over_this and held.get("1.2.840.113549.1.9.4") in {
            of(candidate) for candidate in candidates for of in _DIGESTS
        }
        candidates = [b"\x31" + attributes.raw[1:]]
    _conclude(
        any(holds(certificate, algorithm, value, candidate) for candidate in candidates),
        over_this,
        out,
    )


def key_of(certificate: bytes) -> Key | rsa.RSAPublicKey:
    """The public key of a certificate; the SM2 curve is unknown to `cryptography`, so its point is
    read here. Raises ValueError.
    """
    fields = next(elements(certificate)).parts[0].parts
    algorithm, point = fields[6 if fields[0].tag == 0xA0 else 5].parts
    if (
        [der.oid for der in algorithm.parts if der.tag == 6] == _SM2_KEY
        and len(point.bits) == 65
        and point.bits[0] == 4
    ):
        return int.from_bytes(point.bits[1:33], "big"), int.from_bytes(point.bits[33:], "big")
    key = x509.load_der_x509_certificate(certificate).public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return key
    raise ValueError("a key of another kind")


def holds(certificate: bytes, algorithm: str, value: bytes, data: bytes) -> bool:
    """Whether a signature value holds.

    Raises ValueError or KeyError for a kind that is not known here.
    """
    key = key_of(certificate)
    if isinstance(key, tuple):
        if value[:1] == b"\x30":
            r, s = (
                int.from_bytes(der.body, "big") for der in next(elements(value)).parts[:2]
            )  # unsigned: some writers drop the zero
        elif len(value) == 64:
            r, s = int.from_bytes(value[:32], "big"), int.from_bytes(value[32:], "big")
        else:
            raise ValueError("an SM2 value of another form")
        return sm2_holds(key, data, r, s)
    try:
        key.verify(value, data, padding.PKCS1v15(), _RSA[algorithm])
    except InvalidSignature:
        return False
    return True


def _name(certificate: bytes, out: SealValue) -> None:
    out.certificate = certificate
    try:
        known = x509.load_der_x509_certificate(certificate)
        out.signer, out.issuer = (
            known.subject.rfc4514_string()[:160],
            known.issuer.rfc4514_string()[:160],
        )
    except (ValueError, UnsupportedAlgorithm):
        out.signer = "?"
