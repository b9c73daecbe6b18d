"""Files that come past the log-in: an address for just one file of one packet, signed and sealed,
which holds for minutes.

What an upload is to be (organisation, packet, name, size, digest, until when) is in its ticket,
sealed with the service's key; no row is kept of it. The file's row has the upload's id, so that a
ticket works once.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.blobs.errors import StoreAway
from api.errors import Problem
from api.http.authentication import Caller
from api.packets import repository, service
from api.packets.schemas import NewUpload
from api.runtime.encryption import Sealer
from api.store.ids import new_id
from api.store.packet_tables import File, Packet

if TYPE_CHECKING:
    from api.parts import Parts

ADDRESS = "/v1/uploads"  # of the service itself; a ticket follows
_PURPOSE = b"huoyan.uploads"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A file that may come.

    `id` is what its row is called once it came; `until` is in seconds since 1970.
    """

    id: str
    org: str
    packet: str
    name: str
    size: int
    sha256: str
    until: int
    mode: str = "live"


def asked(
    wiring: Parts, session: Session, caller: Caller, packet_id: str, new: NewUpload
) -> tuple[Ticket, str]:
    """A ticket and its sealed text. Raises Problem where the packet takes no such file."""
    packet = service.found(session, packet_id)
    service.takes_files(packet)
    within_limits(wiring, session, packet, [new.size])
    until = wiring.now() + timedelta(minutes=wiring.settings.upload_minutes)
    name = service.base_name(new.name)
    ticket = Ticket(
        new_id("fil"),
        caller.org,
        packet.id,
        name,
        new.size,
        new.sha256,
        int(until.timestamp()),
        packet.mode,
    )
    return ticket, _sealer(wiring).seal(json.dumps(asdict(ticket), ensure_ascii=False)).rstrip("=")


def within_limits(wiring: Parts, session: Session, packet: Packet, sizes: list[int]) -> None:
    """Raises Problem "over_limit" when these come to what the packet holds."""
    total = sum(file.size for file in repository.files(session, packet.id)) + sum(sizes)
    if total > wiring.limits.packet_bytes or len(sizes) > wiring.limits.members:
        raise Problem("over_limit")


def opened(wiring: Parts, sealed: str, within: tuple[str, str, str] | None = None) -> Ticket:
    """The ticket.

    Raises Problem "not_found" for one that this service did not make, or not `within` an
    organisation's and mode's packet, "upload_expired" later.
    """
    try:
        ticket = Ticket(**json.loads(_sealer(wiring).open(sealed + "=" * (-len(sealed) % 4))))
    except (ValueError, TypeError) as error:
        raise Problem("not_found") from error
    if within not in (None, (ticket.org, ticket.mode, ticket.packet)):
        raise Problem("not_found")
    if wiring.now().timestamp() >= ticket.until:
        raise Problem("upload_expired")
    return ticket


def _sealer(wiring: Parts) -> Sealer:
    return Sealer(hashlib.sha256(_PURPOSE + wiring.settings.key).digest())


def refuse_used(wiring: Parts, ticket: Ticket) -> None:
    """Raises Problem "upload_used" once the file is the packet's, and what the packet itself
    refuses.
    """
    with wiring.database.reading(ticket.org, ticket.mode) as session:
        service.takes_files(service.found(session, ticket.packet))
        if _made(session, ticket) is not None:
            raise Problem("upload_used")


def _made(session: Session, ticket: Ticket) -> File | None:
    """The file of an upload that was finished, also when it was taken out of the packet since."""
    return session.scalar(select(File).where(File.id == ticket.id, File.packet_id == ticket.packet))


def compare(ticket: Ticket, data: bytes) -> None:
    """Raises Problem "upload_differs" when these are other bytes than were to come."""
    if len(data) != ticket.size or hashlib.sha256(data).hexdigest() != ticket.sha256:
        raise Problem("upload_differs")


def receive(wiring: Parts, ticket: Ticket, data: bytes) -> None:
    """Keeps the bytes until the upload is finished. Raises Problem "upload_differs"."""
    compare(ticket, data)
    wiring.blobs.receive(ticket.org, ticket.id, data)


def collect(wiring: Parts, ticket: Ticket) -> None:
    """Keeps what came as a blob, before any row names it. Raises Problem "upload_missing" when
    nothing came, "upload_differs" for other bytes.

    A blob of the organisation that has the digest already is not enough: who knows a digest need
    not have the paper.
    """
    refuse_used(wiring, ticket)
    data = wiring.blobs.arrived(ticket.org, ticket.id, ticket.size + 1)
    if data is None:
        raise Problem("upload_missing")
    try:
        compare(ticket, data)
    except Problem:
        clear(wiring, ticket)
        raise
    wiring.blobs.put(ticket.org, data)


def finish(wiring: Parts, session: Session, caller: Caller, ticket: Ticket, password: str) -> File:
    """The file's row, as it is made of any other upload."""
    session.execute(
        select(Packet.id).where(Packet.id == ticket.packet).with_for_update()
    )  # of two at once the second sees the first one's file
    packet = service.found(session, ticket.packet)
    if _made(session, ticket) is not None:
        raise Problem("upload_used")
    within_limits(wiring, session, packet, [ticket.size])
    blob, sealed = (ticket.sha256, ticket.size), wiring.sealer.seal(password)
    return service.add_file(
        session, caller, packet, ticket.name, blob, sealed, wiring.now(), file_id=ticket.id
    )


def clear(wiring: Parts, ticket: Ticket) -> None:
    """Forgets what waited beside the blobs; what cannot be forgotten now is swept later."""
    with suppress(StoreAway):
        wiring.blobs.drop_upload(ticket.org, ticket.id)
