"""Reading, verifying and exporting the audit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from api.audit import repository
from api.audit.checkpoints import Signer, sign_end
from api.audit.files import checkpoints_file, line_of
from api.audit.verify import Verdict, verify

if TYPE_CHECKING:
    from api.parts import Parts

SYSTEM = {"system": "系统"}


def verified(wiring: Parts, session: Session, org: str) -> Verdict:
    """The chain of an organisation in the database against its checkpoints."""
    return verify(
        repository.links(session, org),
        repository.checkpoints(session, org),
        Signer(wiring.settings.key).public,
        org,
    )


def exported(wiring: Parts, org: str) -> tuple[Iterator[bytes], Iterator[bytes]]:
    """Lines of the chain and of its checkpoints, the end signed first, so that a file that lost its
    end is seen.
    """
    signer = Signer(wiring.settings.key)
    with wiring.database.writing(org) as session:
        signed = sign_end(wiring, session, org)
        session.flush()
        checkpoints = list(repository.checkpoints(session, org))
    last = signed.seq if signed else 0

    def lines() -> Iterator[bytes]:
        with wiring.database.reading(org) as session:
            for link in repository.links(session, org):
                if link.seq > last > 0:
                    return  # written since: the next export has it, signed
                yield line_of(link)

    return lines(), checkpoints_file(signer.public_text, checkpoints)
