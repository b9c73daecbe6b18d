"""What each firm is worth by its latest balance sheet."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.documents.balance_sheet import BALANCE_SHEET, COMPANY, PERIOD_END
from extractors.model import Packet
from graphs.model import NetAssets, Place, latest_worth

_EQUITY = "所有者权益合计"


def net_assets(packets: Sequence[Packet]) -> dict[str, NetAssets]:
    """Closing equity of the latest sheet in any application, by folded name of the firm."""
    out: dict[str, list[NetAssets]] = {}
    for packet in sorted(packets, key=lambda p: p.id):
        for document in packet.of_type(BALANCE_SHEET.id):
            company, end, line = (
                COMPANY.of(document),
                PERIOD_END.of(document),
                document.lines.get(_EQUITY),
            )
            amount = line.columns.get("ending") if line else None
            if company and end and amount:
                name = company.value.key
                at = amount.at
                place = Place(
                    packet=packet.id,
                    file=document.file,
                    document=document.id,
                    page=at.page,
                    box=at.box,
                    text=amount.raw,
                )
                out.setdefault(name, []).append(
                    NetAssets(
                        value=amount.value, day=end.value, confidence=amount.confidence, place=place
                    )
                )
    return {name: latest for name, found in out.items() if (latest := latest_worth(found))}
