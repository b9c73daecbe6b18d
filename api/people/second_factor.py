"""A person's second factor: codes by time on a telephone, and recovery codes for when it is lost."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from api.errors import Problem
from api.http.authentication import Caller, digest
from api.people import repository, totp
from api.people.passwords import fits
from api.runtime.encryption import Sealer
from api.store.audit_chain import append_audit
from api.store.organisation_settings import own_organisation
from api.store.people_tables import User


def begin(session: Session, sealer: Sealer, caller: Caller, password: str) -> tuple[str, str]:
    """Return a new secret and its address. It counts once a first code has confirmed it.

    Raises Problem "wrong_login", or "wrong_state" where there is a second factor.
    """
    user = _own(session, caller, password)
    if user.sealed_totp:
        raise Problem("wrong_state")
    secret = totp.new_secret()
    user.sealed_new_totp = sealer.seal(secret)
    return secret, totp.address(secret, user.login, own_organisation(session).name)


def confirm(
    session: Session, sealer: Sealer, caller: Caller, code: str, now: datetime
) -> list[str]:
    """Put the second factor into force by a first code; return the recovery codes, shown once."""
    user = session.get_one(User, caller.id)
    secret = sealer.open(user.sealed_new_totp)
    step = totp.fitting_step(secret, code, now.timestamp(), 0) if secret else None
    if step is None:
        raise Problem("wrong_code")
    codes = totp.recovery_codes()
    user.sealed_totp, user.sealed_new_totp = user.sealed_new_totp, ""
    user.totp_step, user.recovery = step, [digest(each) for each in codes]
    append_audit(session, now, caller.id, "second_factor.added", user.id)
    return codes


def remove(session: Session, caller: Caller, password: str, now: datetime) -> None:
    """Take a person's own second factor away. Raises Problem "wrong_login"."""
    clear(_own(session, caller, password))
    append_audit(session, now, caller.id, "second_factor.removed", caller.id)


def clear(user: User) -> None:
    user.sealed_totp = user.sealed_new_totp = ""
    user.totp_step, user.recovery = 0, []


def accepts(session: Session, sealer: Sealer, user_id: str, code: str, now: datetime) -> bool:
    """Whether a code is the person's, of the telephone or for recovery; each is taken once."""
    user = session.get_one(User, user_id, with_for_update=True)
    given = code.strip().lower()
    step = totp.fitting_step(sealer.open(user.sealed_totp), given, now.timestamp(), user.totp_step)
    if step is not None:
        user.totp_step = step
        return True
    kept = digest(given)
    if kept not in user.recovery:
        return False
    user.recovery = [each for each in user.recovery if each != kept]
    append_audit(
        session, now, user.id, "second_factor.recovered", user.id, {"left": len(user.recovery)}
    )
    return True


def _own(session: Session, caller: Caller, password: str) -> User:
    user = repository.user(session, caller.id)
    if user is None or not fits(password, user.password_hash):
        raise Problem("wrong_login")
    return user
