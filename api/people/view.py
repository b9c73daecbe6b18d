"""People, keys and changes of people as they are shown."""

from __future__ import annotations

from api.people.approvals import FOUR_EYES, KEY
from api.people.schemas import ChangeOut, KeyOut, UserOut
from api.store.people_tables import ApiKey, PersonChange, User

_SHOWN = ("name", "role", "active", "second_factor", KEY, FOUR_EYES)


def user_shown(user: User, waiting: PersonChange | None = None) -> UserOut:
    return UserOut(
        id=user.id,
        login=user.login,
        name=user.name,
        role=user.role,
        active=user.active,
        created_at=user.created_at,
        second_factor=bool(user.sealed_totp),
        waiting=change_shown(waiting) if waiting else None,
    )


def key_shown(key: ApiKey) -> KeyOut:
    return KeyOut.model_validate(key, from_attributes=True)


def change_shown(row: PersonChange) -> ChangeOut:
    fields = sorted("password" if name == "password_hash" else name for name in row.asked)
    return ChangeOut(
        id=row.id,
        user_id=row.user_id,
        fields=fields,
        values={name: row.asked[name] for name in _SHOWN if name in row.asked},
        state=row.state,
        made_by=row.made_by,
        made_at=row.made_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
