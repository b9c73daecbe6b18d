"""What an organisation has set for itself, with what holds where it set nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy.orm import Session

from api.store.people_tables import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationSettings:
    """Cases from `four_eyes_from` yuan are decided by two people, policies are activated by another than who made them, personal data is masked."""

    four_eyes_from: str = "1000000"
    policy_four_eyes: bool = True
    mask: bool = True


def own_organisation(session: Session) -> Organisation:
    """The session's own organisation."""
    return session.get_one(Organisation, session.info["org"])


def settings_of(row: Organisation) -> OrganisationSettings:
    """An organisation's settings."""
    return OrganisationSettings(**{f.name: row.settings[f.name] for f in fields(OrganisationSettings) if f.name in row.settings})


def own_settings(session: Session) -> OrganisationSettings:
    """Those of the session's own organisation."""
    return settings_of(own_organisation(session))
