"""Changes of people's rights that need a second administrator.

Who may manage people could otherwise make himself any other person: give a role, set a password,
take a second factor away, make a key. Where the organisation asks for four eyes and another
administrator is there to look, such a change waits for that one; a lone administrator acts alone.
The person whom it concerns is told either way.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.orm import Session

from api.errors import Problem
from api.http.authentication import Caller
from api.http.roles import ROLES
from api.people import repository
from api.people.second_factor import clear
from api.store.audit_chain import append_audit
from api.store.ids import new_id
from api.store.organisation_settings import own_organisation, own_settings
from api.store.people_tables import ApiKey, Notice, PersonChange, User
from api.store.rows import insert

# What makes somebody able to do more, or to act as somebody else.
GUARDED: Final = frozenset({"role", "password_hash", "second_factor", "active"})
_WAITS_FOR: Final = timedelta(days=7)
WAITING: Final = "waiting"
# Instead of a change of a person: a key is to be given, or four eyes are to be asked for no longer.
KEY: Final = "key"
FOUR_EYES: Final = "people_four_eyes"


def needs_second(session: Session, caller: Caller) -> bool:
    """Whether another administrator must agree, and there is one."""
    if not own_settings(session).people_four_eyes:
        return False
    return repository.administrators(session, but=_person_of(session, caller)) > 0


def propose(
    session: Session, caller: Caller, user_id: str, asked: dict[str, Any], now: datetime
) -> PersonChange:
    """Keep a change until a second administrator agrees; passwords are in it as hashes alone."""
    change = PersonChange(
        id=new_id("chg"),
        user_id=user_id,
        asked=asked,
        state=WAITING,
        made_by=caller.id,
        made_at=now,
    )
    insert(session, change)
    told = {"change": change.id, "fields": sorted(asked)}
    append_audit(session, now, caller.id, "people_change.proposed", user_id, told)
    return change


def approve(session: Session, caller: Caller, change_id: str, now: datetime) -> PersonChange:
    """Carry out what another administrator proposed. Raises Problem "same_person"."""
    change = _waiting(session, change_id, now)
    maker = repository.maker_of(session, change.made_by)
    if not caller.is_person or caller.id in (maker, change.user_id):
        raise Problem("same_person")
    change.state, change.decided_by, change.decided_at = "approved", caller.id, now
    told = {"change": change.id, "proposed_by": change.made_by}
    append_audit(session, now, caller.id, "people_change.approved", change.user_id, told)
    if KEY in change.asked:
        _let_in(session, change.asked[KEY])
    elif FOUR_EYES in change.asked:
        row = own_organisation(session)
        row.settings = row.settings | change.asked
        append_audit(session, now, caller.id, "organisation.changed", row.id, change.asked)
    else:
        carry_out(session, caller, change.user_id, change.asked, now)
    return change


def refuse(session: Session, caller: Caller, change_id: str, now: datetime) -> PersonChange:
    """End a proposal without effect; its own maker may do so too."""
    change = _waiting(session, change_id, now)
    change.state, change.decided_by, change.decided_at = "refused", caller.id, now
    append_audit(
        session, now, caller.id, "people_change.refused", change.user_id, {"change": change.id}
    )
    if KEY in change.asked:
        key = repository.key(session, change.asked[KEY])
        if key is not None:
            key.revoked_at = now
    return change


def carry_out(
    session: Session, caller: Caller, user_id: str, asked: dict[str, Any], now: datetime
) -> User:
    """Change a person. A new password, a changed role or being shut out ends sessions, and keys
    that the person may no longer give. Raises Problem when no administrator would remain.
    """
    user = repository.user(session, user_id)
    if user is None:
        raise Problem("not_found")
    for name in ("name", "role", "active", "password_hash"):
        if name in asked:
            setattr(user, name, asked[name])
    if "second_factor" in asked:
        clear(user)
    session.flush()
    if repository.administrators(session) == 0:
        raise Problem(
            "wrong_state", "至少须保留一名在用的管理员。", "One active administrator must remain."
        )
    if GUARDED & set(asked):
        repository.end_sessions(session, user.id)
        _end_keys(session, caller, user, now)
        tell(session, user, caller, sorted(GUARDED & set(asked)), now)
    fields = sorted("password" if name == "password_hash" else name for name in asked)
    told = {name: asked[name] for name in ("role", "active") if name in asked}
    append_audit(session, now, caller.id, "user.changed", user.id, told | {"fields": fields})
    return user


def tell(session: Session, user: User, by: Caller, kinds: list[str], now: datetime) -> None:
    """Leave a notice for a person about what another one changed."""
    if user.id == by.id:
        return
    for kind in kinds:
        session.add(Notice(id=new_id("ntc"), user_id=user.id, kind=kind, by=by.id, at=now))


def _end_keys(session: Session, caller: Caller, user: User, now: datetime) -> None:
    """End the keys that a person made and might no longer make."""
    allowed = ROLES[user.role] if user.active else frozenset()
    for key in repository.live_keys_of(session, user.id):
        if set(key.scopes) - allowed:
            key.revoked_at = now
            append_audit(session, now, caller.id, "key.revoked", key.id, {"maker": user.id})


def _let_in(session: Session, key_id: str) -> None:
    key: ApiKey | None = repository.key(session, key_id)
    if key is None or key.revoked_at is not None:
        raise Problem("wrong_state")
    key.waits = False


def _waiting(session: Session, change_id: str, now: datetime) -> PersonChange:
    change = repository.change(session, change_id)
    if change is None:
        raise Problem("not_found")
    if change.state != WAITING or now - change.made_at > _WAITS_FOR:
        raise Problem("wrong_state")
    return change


def _person_of(session: Session, caller: Caller) -> str:
    """Who stands behind a caller: the person, or the maker of the key."""
    return caller.id if caller.is_person else repository.maker_of(session, caller.id)
