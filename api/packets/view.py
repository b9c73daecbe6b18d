"""Packets as the API shows them, any number of them by the same four queries."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from api.packets import repository
from api.packets.schemas import FileOut, PacketOut
from api.store.packet_tables import File, Packet

_OWN = (
    "id",
    "reference",
    "branch",
    "amount",
    "mode",
    "status",
    "revision",
    "created_at",
    "updated_at",
)


def shown(session: Session, packet: Packet) -> PacketOut:
    """A packet with the head of its latest report, its case and its files."""
    return all_shown(session, [packet])[0]


def all_shown(session: Session, packets: Sequence[Packet]) -> list[PacketOut]:
    """Packets in the order given."""
    ids = [packet.id for packet in packets]
    heads, reasons, cases = (
        repository.heads(session, ids),
        repository.reasons(session, ids),
        repository.case_ids(session, ids),
    )
    files: dict[str, list[FileOut]] = {}
    for file in repository.files_of(session, ids):
        files.setdefault(file.packet_id, []).append(file_shown(file))
    return [
        PacketOut(
            **{name: getattr(packet, name) for name in _OWN},
            **heads.get(packet.id, {}),
            reason=reasons.get((packet.id, packet.revision), ""),
            case_id=cases.get(packet.id),
            files=files.get(packet.id, []),
        )
        for packet in packets
    ]


def file_shown(file: File) -> FileOut:
    return FileOut(
        id=file.id, name=file.name, sha256=file.sha256, size=file.size, added_at=file.added_at
    )
