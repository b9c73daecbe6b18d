"""Whether the bytes that a PDF signature covers are those that were signed, and by whom, offline.

CMS is checked by pyHanko; signatures over SM3 and those without CMS (`adbe.x509.rsa_sha1`) are
checked here and in `signature_value`. Integrity is one thing, trust another: anyone can make a
certificate that vouches for itself, so the issuer is told, and trust only where a list of roots is
set (HUOYAN_TRUST_LIST names a PEM file, read before the reading process gives up its rights).
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Coroutine, Iterator
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from extractors.forensics.ofd.seal_value import SealValue, read_value
from extractors.forensics.pdf.form_fields import Held
from extractors.forensics.pdf.signature_value import rsa_value
from extractors.intake.installed_paths import TRUST_LIST

for _loud in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_loud).setLevel(
        logging.CRITICAL + 1
    )  # they log names and tracebacks of what they refuse
_UNCHECKED = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
    AssertionError,
    LookupError,
)
_RSA_OVER_BYTES = "/adbe.x509.rsa_sha1"
_CHINESE_BYTES = bytes.fromhex("2a811ccf55")  # the same arc in DER


class Verdict(StrEnum):
    """What a check of a signature answers."""

    HOLDS = "holds"
    BYTES_CHANGED = "bytes changed"
    VALUE_UNFIT = "value does not fit"
    NO_SIGNATURE = "contents are no signature"
    UNKNOWN_ALGORITHM = "algorithm unknown"
    UNCHECKED = "unchecked"


@cache
def trust_list() -> bytes:
    """PEM certificates that are trusted; empty where none are set."""
    path = os.environ.get(TRUST_LIST, "")
    return Path(path).read_bytes() if path else b""


def check_signature(covered: bytes, held: Held) -> tuple[Verdict, dict[str, str]]:
    """Return the verdict and the facts: signer, issuer, until, time, said, why; trusted where a
    list is set.
    """
    facts = {"said": held.said} if held.said else {}
    if held.encoding == _RSA_OVER_BYTES or held.certificates:
        return _from_value(rsa_value(held.contents, held.certificates, covered), facts)
    if _CHINESE_BYTES in held.contents:
        value = read_value(held.contents, covered)
        if value.verdict != "unsupported":
            return _from_value(value, facts)
    return _from_cms(covered, held, facts)


def _from_value(value: SealValue, facts: dict[str, str]) -> tuple[Verdict, dict[str, str]]:
    named = {"signer": value.signer, "issuer": value.issuer, "why": value.why}
    facts |= {name: text for name, text in named.items() if text}
    if value.verdict == "holds":
        return Verdict.HOLDS, facts
    if value.verdict == "unsupported":
        return Verdict.UNKNOWN_ALGORITHM, facts
    return (Verdict.VALUE_UNFIT if value.is_over_these_bytes else Verdict.BYTES_CHANGED), facts


def _from_cms(covered: bytes, held: Held, facts: dict[str, str]) -> tuple[Verdict, dict[str, str]]:
    from asn1crypto import cms

    try:
        signed: Any = cms.ContentInfo.load(held.contents)["content"]
        stated = list(_algorithms(signed))
    except _UNCHECKED as error:
        return Verdict.NO_SIGNATURE, facts | {"why": f"{type(error).__name__}: {error}"[:120]}
    unknown = [name for name in stated if "." in name]  # asn1crypto names all that it knows
    try:
        facts |= _signer(signed)
        status = _status(covered, held, signed)
    except _UNCHECKED as error:
        verdict = Verdict.UNKNOWN_ALGORITHM if unknown else Verdict.UNCHECKED
        why = ", ".join(unknown) or f"{type(error).__name__}: {error}"
        return verdict, facts | {"why": why[:120]}
    when: datetime | None = getattr(status, "timestamp", None) or getattr(
        status, "signer_reported_dt", None
    )
    if when:
        facts["time"] = when.isoformat()
    if trust_list():
        facts["trusted"] = "yes" if status.trusted else "no"
    return _verdict(status, signed, unknown), facts


def _verdict(status: Any, signed: Any, unknown: list[str]) -> Verdict:
    if status.intact and status.valid:
        return Verdict.HOLDS
    if unknown:
        return Verdict.UNKNOWN_ALGORITHM
    # Without signed attributes no digest is stated, so that a failing value is all that can be
    # known.
    states_a_digest = any(_has_attributes(signer) for signer in signed["signer_infos"])
    if states_a_digest and status.intact:
        return Verdict.VALUE_UNFIT
    return Verdict.BYTES_CHANGED


def _has_attributes(signer: Any) -> bool:
    return bool(signer["signed_attrs"].native)


def _algorithms(signed: Any) -> Iterator[str]:
    """Names of the digests and signature algorithms that a CMS structure states; dotted where
    unknown.
    """
    for signer in signed["signer_infos"]:
        yield str(signer["digest_algorithm"]["algorithm"].native)
        yield str(signer["signature_algorithm"]["algorithm"].native)


def _signer(signed: Any) -> dict[str, str]:
    from pyhanko.sign.validation.generic_cms import extract_certs_for_validation

    own = extract_certs_for_validation(signed).signer_cert
    issuer = "itself" if own.self_signed != "no" else str(own.issuer.human_friendly)
    return {
        "signer": str(own.subject.human_friendly),
        "issuer": issuer,
        "until": own.not_valid_after.date().isoformat(),
    }


def _status(covered: bytes, held: Held, signed: Any) -> Any:
    """pyHanko's answer, at the time that the signer states, since a certificate may have run out
    since.
    """
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko.sign.validation import generic_cms as g
    from pyhanko.sign.validation import settings, status
    from pyhanko_certvalidator import ValidationContext

    moment = None
    for signer in signed["signer_infos"]:
        moment = g.extract_self_reported_ts(signer)
    context = ValidationContext(
        trust_roots=list(load_certs_from_pemder_data(trust_list()))
        if trust_list()
        else [],  # a list: None would load the system's own
        allow_fetching=False,
        moment=moment if moment and moment.tzinfo else None,
        algorithm_usage_policy=_lenient(),
    )
    terms: dict[str, Any] = {
        "key_usage_settings": settings.KeyUsageConstraints(key_usage=set()),
        "algorithm_policy": _lenient(),
    }
    if held.encoding == "/ETSI.RFC3161" or held.kind == "/DocTimeStamp":
        told = _run(
            g.validate_tst_signed_data(
                signed,
                context,
                lambda name: hashlib.new(name, covered).digest(),
                algorithm_policy=_lenient(),
            )
        )
        return status.TimestampSignatureStatus(**told)
    if held.encoding == "/adbe.pkcs7.sha1":
        if (
            signed["encap_content_info"]["content"].native
            != hashlib.sha1(covered, usedforsecurity=False).digest()
        ):
            return SimpleNamespace(intact=False, valid=False, trusted=False)
        return _run(g.async_validate_cms_signature(signed, validation_context=context, **terms))
    return _run(
        g.async_validate_detached_cms(covered, signed, signer_validation_context=context, **terms)
    )


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    """The result of a coroutine that waits for nothing; asyncio.run would open a socket pair, which
    confinement refuses.
    """
    try:
        work.send(None)
    except StopIteration as done:
        return done.value
    work.close()
    raise RuntimeError("a validation waited")


def _lenient() -> Any:
    """Old algorithms are no edit: SHA-1 and short keys are let pass, and a digest that differs from
    the one the signature names.
    """
    from pyhanko.sign.validation.utils import CMSAlgorithmUsagePolicy
    from pyhanko_certvalidator.policy_decl import AlgorithmUsageConstraint

    class Lenient(CMSAlgorithmUsagePolicy):
        def digest_algorithm_allowed(self, algo: Any, moment: Any) -> Any:
            return AlgorithmUsageConstraint(allowed=True)

        def signature_algorithm_allowed(self, algo: Any, moment: Any, public_key: Any) -> Any:
            return AlgorithmUsageConstraint(allowed=True)

        def digest_combination_allowed(
            self, signature_algo: Any, message_digest_algo: Any, moment: Any
        ) -> Any:
            return AlgorithmUsageConstraint(allowed=True)

    return Lenient()
