"""Whether an audit chain is whole: pure, over rows from anywhere, so that it can be done without
the service.

A link's hash covers its row and the link before, so a changed, moved, removed or inserted row is
seen where it stands. Whoever can write the database can also compute a whole chain anew, or cut off
its end: signed checkpoints, kept elsewhere too, show that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from api.store.audit_chain import START, link_hash

WORDS = {
    "": ("审计链完整。", "The chain is whole."),
    "wrong_place": (
        "此处应有的一条缺失，或有记录被插入、移动。",
        "The row of this number is missing, or another was put in or moved.",
    ),
    "other_organisation": ("此条属于另一机构。", "This row is another organisation's."),
    "broken_link": (
        "此条与前一条不相接：其中之一被改过。",
        "This row does not follow from the one before: one of the two was changed.",
    ),
    "changed": ("此条内容被改过。", "This row was changed."),
    "rewritten": (
        "此条与签名的检查点不符：链曾被重写。",
        "This row is not what a signed checkpoint says: the chain was written anew.",
    ),
    "cut_off": (
        "此条起的末尾被截去：签名的检查点表明它曾经存在。",
        "From this row on the end was cut off: a signed checkpoint tells that it was there.",
    ),
    "bad_checkpoint": ("检查点的签名不对。", "A checkpoint's signature is not right."),
    "not_readable": (
        "此行不是规范的导出格式：被改过。",
        "This line is not as an export writes it: it was changed.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A row of a chain, as it was hashed."""

    org: str
    seq: int
    at: str
    actor: str
    action: str
    subject: str
    detail: str
    before: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A checkpoint: at `at` (ISO text) the link `seq` of the chain had this hash.

    Signature in hex.
    """

    org: str
    seq: int
    hash: str
    at: str
    signature: str

    def signed_bytes(self) -> bytes:
        """What the signature covers."""
        return json.dumps(
            ["huoyan.checkpoint/1", self.org, self.seq, self.hash, self.at], ensure_ascii=False
        ).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`code` is "" for a whole chain, else a key of WORDS; `first_bad` is the number of the first
    row that is not right, counted from 1.
    """

    rows: int
    code: str = ""
    first_bad: int | None = None
    covered: int = 0  # the last row that a checkpoint vouches for

    @property
    def whole(self) -> bool:
        return not self.code


def fits_signature(signed: Signed, public: Ed25519PublicKey | None) -> bool:
    """Whether the signature of a checkpoint is right."""
    if public is None:
        return False
    try:
        public.verify(bytes.fromhex(signed.signature), signed.signed_bytes())
    except (InvalidSignature, ValueError):
        return False
    return True


def verify(
    links: Iterable[Link],
    checkpoints: Iterable[Signed],
    public: Ed25519PublicKey | None,
    org: str,
    after: tuple[int, str] = (0, START),
) -> Verdict:
    """Walks a chain from the link `after` (number, hash).

    Stops at the first row that is not right; a chain of no rows lacks its first.
    """
    known: dict[int, str] = {}
    for each in checkpoints:
        if each.org != org or not fits_signature(each, public):
            return Verdict(rows=0, code="bad_checkpoint", first_bad=each.seq)
        if known.setdefault(each.seq, each.hash) != each.hash:
            return Verdict(rows=0, code="rewritten", first_bad=each.seq)
    seq, before = after
    covered = max((s for s in known if s <= seq), default=0)
    for link in links:
        code = _wrong(link, org, seq + 1, before) or (
            "rewritten" if known.get(link.seq, link.hash) != link.hash else ""
        )
        if code:
            return Verdict(rows=seq, code=code, first_bad=seq + 1, covered=covered)
        seq, before = link.seq, link.hash
        covered = seq if seq in known else covered
    if max(known, default=1) > seq:
        return Verdict(rows=seq, code="cut_off", first_bad=seq + 1, covered=covered)
    return Verdict(rows=seq, covered=covered)


def _wrong(link: Link, org: str, seq: int, before: str) -> str:
    if link.seq != seq:
        return "wrong_place"
    if link.org != org:
        return "other_organisation"
    if link.before != before:
        return "broken_link"
    if link.hash != link_hash(
        link.org, link.seq, link.at, link.actor, link.action, link.subject, link.detail, link.before
    ):
        return "changed"
    return ""
