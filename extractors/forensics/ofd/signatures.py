"""The signatures of an OFD file (GB/T 33190 chapter 18): which parts each covers, whether their
digests and its value hold.
"""

from __future__ import annotations

import base64
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes

from extractors.errors import ReadError
from extractors.forensics.ofd.seal_value import SealValue, key_of, read_value
from extractors.forensics.ofd.sm2 import digest, sm3_with_signer
from extractors.formats.ofd_package import Package, child, parse_xml, text_of
from extractors.model import Signal

# Signatures of a file, parts of one
_MOST = 20
_MOST_PARTS = 5_000
_SM3 = hashes.SM3()
_WITH_SIGNER = "1.2.156.10197.1.401.2"
_METHODS: dict[str, hashes.HashAlgorithm] = {
    **dict.fromkeys(("SM3", "1.2.156.10197.1.401", "1.2.156.10197.1.401.1", _WITH_SIGNER), _SM3),
    **dict.fromkeys(("SHA1", "SHA-1", "1.3.14.3.2.26"), hashes.SHA1()),
    **dict.fromkeys(("MD5", "1.2.840.113549.2.5"), hashes.MD5()),
    **dict.fromkeys(("SHA256", "SHA-256", "2.16.840.1.101.3.4.2.1"), hashes.SHA256()),
}


@dataclass(slots=True)
class _Signed:
    """One signature: parts whose digests hold or fail, and parts that it does not name."""

    part: str
    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    value: SealValue = field(default_factory=SealValue)


def ofd_signatures(package: Package) -> Iterator[Signal]:
    """One signal a signature: signature_intact, _changed_pages (a part differs), _broken (the value
    fails), _unchecked; and signature_uncovered where no signature names a page or template.
    """
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # certificates of Chinese authorities name more than `cryptography` thinks proper
        try:
            package.count_anew()
            found, lost = _signatures(package)
        except ReadError:
            return
        yield from (_told(s) for s in found)
        yield from lost
    if found and not any(signed.wrong for signed in found):
        named = {name for signed in found for name in (*signed.right, *signed.unknown)}
        loose = [
            n
            for n in package.parts
            if n not in named and ("/Pages/" in n or "/Tpls/" in n) and n.endswith(".xml")
        ]
        if loose:
            yield Signal(kind="signature_uncovered", detail=", ".join(loose[:4]))


def _told(signed: _Signed) -> Signal:
    who = "; ".join(
        f"{key} {value}"
        for key, value in (
            ("seal", signed.value.name),
            ("signer", signed.value.signer),
            ("issuer", signed.value.issuer),
        )
        if value
    )
    shown = [
        name
        for name in signed.wrong
        if any(
            word in name
            for word in ("/Pages/", "/Tpls/", "Document.xml", "/Res", "Res.xml", "/Annots/")
        )
    ]
    if signed.wrong or signed.missing:
        kind, why = (
            "changed_pages" if shown else "changed_other",
            "changed after signing: " + ", ".join([*signed.wrong, *signed.missing][:4]),
        )
    elif signed.value.verdict == "fails" and not signed.unknown:
        kind, why = "broken", signed.value.why
    elif signed.value.verdict == "holds" and not signed.unknown:
        kind, why = "intact", f"{len(signed.right)} parts"
    else:
        kind, why = "unchecked", signed.value.why or "digests of an unknown kind"
    return Signal(
        kind=f"signature_{kind}",
        detail=f"{signed.part.split('/')[-2] if '/' in signed.part else '?'}: {why}"
        + (f"; {who}" if who else ""),
    )


def _signatures(package: Package) -> tuple[list[_Signed], list[Signal]]:
    """Those of every document, also of a list that OFD.xml does not name, and what is said of
    signatures that cannot be read.
    """
    entry = package.find("OFD.xml")
    if entry is None:
        return [], []
    lists = [
        package.resolve(entry, text_of(b, "Signatures"))
        for b in package.xml(entry).findall("DocBody")
    ]
    lists += [n for n in package.parts if n.casefold().endswith("/signatures.xml")]
    found: dict[str, _Signed] = {}
    lost: list[Signal] = []
    for place in dict.fromkeys(p for p in lists if p):
        for node in package.xml(place).iter("Signature"):
            part = package.resolve(place, node.get("BaseLoc"))
            if part is None:
                lost.append(
                    Signal(
                        kind="signature_removed",
                        detail=f"{node.get('BaseLoc', '?')[:60]}: listed and not in the file",
                    )
                )
            elif part not in found and len(found) < _MOST:
                try:
                    found[part] = _one(package, place, part)
                except ReadError as error:
                    lost.append(Signal(kind="signature_unread", detail=f"{part}: {error.code}"))
    loose = [n for n in package.parts if n.casefold().endswith(("signedvalue.dat", ".esl"))]
    if loose and not found and not lost:
        lost.append(Signal(kind="signature_orphaned", detail=f"{loose[0]}: no list names it"))
    return list(found.values()), lost[:_MOST]


def _one(package: Package, place: str, part: str) -> _Signed:
    raw = package.read(part)
    root = parse_xml(raw, part)
    references = child(child(root, "SignedInfo"), "References")
    value = package.resolve(part, text_of(root, "SignedValue"))
    out = _Signed(
        part,
        value=read_value(package.read(value), raw)
        if value
        else SealValue(why="no signature value"),
    )
    method = ((references.get("CheckMethod") or "MD5") if references is not None else "").strip()
    kind = _METHODS.get(method.upper())
    for node in list(references.iter("Reference"))[:_MOST_PARTS] if references is not None else ():
        where = node.get("FileRef", "")
        found = package.resolve(part, where) or package.resolve("", where)
        if found is None:
            out.missing.append(where)
        elif kind is None:
            out.unknown.append(found)
        elif _same(
            text_of(node, "CheckValue"),
            kind,
            package.read(found),
            out.value.certificate if method == _WITH_SIGNER else b"",
        ):
            out.right.append(found)
        elif found != place:  # the list of signatures itself grows with every later one
            out.wrong.append(found)
    if (
        method == _WITH_SIGNER and out.wrong
    ):  # a vendor's own scheme: parts that fail may be digested in yet another way
        out.unknown, out.wrong = [*out.unknown, *out.wrong], []
    return out


def _same(stated: str, kind: hashes.HashAlgorithm, data: bytes, certificate: bytes) -> bool:
    try:
        value = base64.b64decode("".join(stated.split()), validate=True)
    except ValueError:
        return False
    if value == digest(kind, data):
        return True
    key = key_of(certificate) if certificate else None
    return isinstance(key, tuple) and value == sm3_with_signer(key, data)
