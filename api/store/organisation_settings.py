"""What an organisation has set for itself, with what holds where it set nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from api.store.people_tables import Organisation

# Asked for with every page of cases: made once, and a column instead of an object.
_SETTINGS = select(Organisation.settings).where(Organisation.id == bindparam("org"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationSettings:
    """Cases from `four_eyes_from` yuan are decided by two people, policies are activated by another
    than who made them, changes of people's rights are agreed to by a second administrator where
    there is one, personal data is masked.
    """

    four_eyes_from: str = "1000000"
    policy_four_eyes: bool = True
    people_four_eyes: bool = True
    mask: bool = True


def own_organisation(session: Session) -> Organisation:
    """The session's own organisation."""
    return session.get_one(Organisation, session.info["org"])


def settings_of(kept: dict[str, Any]) -> OrganisationSettings:
    """Settings as an organisation's row keeps them."""
    return OrganisationSettings(
        **{f.name: kept[f.name] for f in fields(OrganisationSettings) if f.name in kept}
    )


def own_settings(session: Session) -> OrganisationSettings:
    """Those of the session's own organisation."""
    return settings_of(session.scalars(_SETTINGS, {"org": session.info["org"]}).one())
