"""Signed checkpoints of the audit chains.

The key that signs is derived of the service's own; its public half is for whoever verifies.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import structlog
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from api.audit import repository
from api.audit.verify import Signed, verify
from api.store.audit_chain import START
from api.store.ids import new_id
from api.store.service_tables import Checkpoint

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from api.parts import Parts

_LOG = structlog.get_logger("huoyan.audit")


class Signer:
    """Signs ends of chains with Ed25519."""

    def __init__(self, key: bytes) -> None:
        seed = HKDF(
            algorithm=hashes.SHA256(), length=32, salt=None, info=b"huoyan.audit.checkpoint"
        ).derive(key)
        self._private = Ed25519PrivateKey.from_private_bytes(seed)

    @cached_property
    def public(self) -> Ed25519PublicKey:
        return self._private.public_key()

    @cached_property
    def public_text(self) -> str:
        """The public key in hex."""
        return self.public.public_bytes_raw().hex()

    def sign(self, org: str, seq: int, link: str, at: datetime) -> Signed:
        bare = Signed(org=org, seq=seq, hash=link, at=at.isoformat(), signature="")
        return Signed(
            org=org,
            seq=seq,
            hash=link,
            at=bare.at,
            signature=self._private.sign(bare.signed_bytes()).hex(),
        )


def sign_end(wiring: Parts, session: Session, org: str) -> Signed | None:
    """Signs the end of a chain, unless it is signed or what was added since the last checkpoint is
    not whole. Returns the newest checkpoint.
    """
    signer = Signer(wiring.settings.key)
    last = repository.newest_checkpoint(session, org)
    after = (last.seq, last.hash) if last else (0, START)
    found = verify(repository.links(session, org, after[0]), [], signer.public, org, after)
    if not found.whole:
        _LOG.error(
            "audit chain is not whole", organisation=org, code=found.code, row=found.first_bad
        )
        return last
    end = repository.end(session, org)
    if end is None or end.seq == after[0]:
        return last
    signed = signer.sign(org, end.seq, end.hash, wiring.now())
    session.add(
        Checkpoint(
            id=new_id("chk"),
            org_id=org,
            seq=signed.seq,
            hash=signed.hash,
            at=datetime.fromisoformat(signed.at),
            signature=signed.signature,
        )
    )
    # Also to the log: whoever can change the database may not be able to change what was shipped
    # from here.
    _LOG.info(
        "audit checkpoint",
        organisation=org,
        row=signed.seq,
        hash=signed.hash,
        at=signed.at,
        signature=signed.signature,
    )
    return signed


def sign_due(wiring: Parts) -> int:
    """Signs every chain that has grown enough, or for long enough, since its last checkpoint.

    Returns how many.
    """
    settings, now, made = wiring.settings, wiring.now(), 0
    for org in repository.organisations(wiring.database):
        with wiring.database.reading(org) as session:
            end, last = repository.end(session, org), repository.newest_checkpoint(session, org)
        if end is None or (last and end.seq == last.seq):
            continue
        waited = last is None or now - datetime.fromisoformat(last.at) >= timedelta(
            minutes=settings.checkpoint_minutes
        )
        if waited or end.seq - (last.seq if last else 0) >= settings.checkpoint_rows:
            with wiring.database.writing(org) as session:
                made += sign_end(wiring, session, org) != last
    return made
