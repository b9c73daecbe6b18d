"""The demonstration: packets of a folder put into the service at its first start, as a person would
upload them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from api.http.authentication import caller_of
from api.packets import service
from api.packets.schemas import NewPacket
from api.people.schemas import NewUser
from api.people.service import add_user
from api.store.database import EVERY
from api.store.packet_tables import Packet
from api.store.people_tables import User

if TYPE_CHECKING:
    from api.wiring import Wiring

DAY = date(
    2026, 1, 31
)  # the demonstration packets are of January 2026; a later day would only age them


# Login, name and role of who works on the demonstration's cases: two, since a weighty case needs a
# second person, and one who looks at the graph.
PEOPLE = (
    ("reviewer", "李娜", "reviewer"),
    ("senior", "王芳", "senior_reviewer"),
    ("investigator", "赵磊", "investigator"),
)


def add_people(wiring: Wiring, password: str) -> list[str]:
    """Adds the demonstration's people with the first administrator's password, unless there are
    people besides the administrator already.

    Returns their logins; none without a chosen password, which nobody could be told.
    """
    with wiring.database.reading(EVERY) as session:
        people = list(session.scalars(select(User).order_by(User.id)))
    if not password or len(people) != 1:
        return []
    caller = caller_of(people[0])
    with wiring.database.writing(caller.org, caller.mode) as session:
        for login, name, role in PEOPLE:
            new = NewUser(login=login, name=name, role=role, password=password)
            add_user(session, caller, new, wiring.now())
    return [login for login, _, _ in PEOPLE]


def load(wiring: Wiring, folder: Path) -> int:
    """Uploads and submits every sub-folder of `folder`, unless there are packets already.

    Returns how many.
    """
    with wiring.database.reading(EVERY) as session:
        first = session.scalars(select(User).order_by(User.id)).first()
        if first is None or session.scalar(select(func.count()).select_from(Packet)):
            return 0
    caller = caller_of(first)
    places = sorted(each for each in folder.iterdir() if each.is_dir())
    for place in places:
        with wiring.database.writing(caller.org, caller.mode) as session:
            packet = service.create(
                session,
                caller,
                NewPacket(reference=place.name, branch="演示支行", amount="1200000.00"),
                wiring.now(),
            )
            for path in sorted(each for each in place.iterdir() if each.is_file()):
                data = path.read_bytes()
                blob = (wiring.blobs.put(caller.org, data), len(data))
                service.add_file(session, caller, packet, path.name, blob, "", wiring.now())
            session.flush()
            service.submit(wiring, session, caller.id, packet, DAY)
        wiring.jobs.wake()
    return len(places)
