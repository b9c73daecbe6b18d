"""How well the cells of a column fit what a role holds, as log-odds."""

from __future__ import annotations

from extractors.layouts.declare import Role
from extractors.statements.profiles import Profile

_CONTENT = 4.0  # of cells that are what the role holds
_AGAINST = -8.0  # of cells that cannot be what the role holds
MIXED = 0.5  # share of cells that hold a name and an account, or name a bank
_ACCOUNT_ROLES = {Role.COUNTERPARTY_ACCOUNT, Role.PAYER_ACCOUNT, Role.PAYEE_ACCOUNT}
_NAME_ROLES = {Role.COUNTERPARTY_NAME, Role.PAYER_NAME, Role.PAYEE_NAME}
_FEWEST_REPEATS = 3  # rows in which a value has to stand
_ACCOUNT_DIGITS = 11  # of the account itself; shorter numbers are branches and tellers


def content_odds(role: Role, profile: Profile) -> float:
    """Log-odds of a role by what the filled cells hold."""
    if role in (Role.OWN_ACCOUNT, Role.OWN_NAME):
        return _own_odds(role, profile)
    if role in _NAME_ROLES:
        return _name_odds(profile)
    if role in _ACCOUNT_ROLES:
        return _account_odds(profile)
    if role is Role.COUNTERPARTY:
        return _CONTENT if profile.mixed > 0.3 else 0.0
    if role is Role.COUNTERPARTY_BANK:
        return _CONTENT if profile.banks > MIXED and not profile.constant else 0.0
    if role is Role.SERIAL_NUMBER:
        return 1.0 if profile.distinct > 0.9 and not profile.texts else -1.0
    if role is Role.INDEX:
        return _CONTENT if profile.counts_rows else 0.0
    return 0.0


def _own_odds(role: Role, profile: Profile) -> float:
    """The account itself stands in every row; a short number is a branch or a teller."""
    if len(profile.cells) < _FEWEST_REPEATS:
        return 0.0  # too few rows to see that a column repeats itself
    if not profile.constant:
        return _AGAINST / 2
    if role is Role.OWN_NAME:
        return _CONTENT if profile.companies > 0.9 else 0.0  # else its heading has to say so
    own = profile.accounts > 0.9 and profile.digits >= _ACCOUNT_DIGITS
    return _CONTENT if own else _AGAINST / 2


def _name_odds(profile: Profile) -> float:
    if profile.mixed > 0.5:
        return -1.0
    if profile.accounts > 0.5 or profile.constant or profile.banks > MIXED:
        return _AGAINST
    return _CONTENT if profile.companies > 0.3 else 0.0


def _account_odds(profile: Profile) -> float:
    if profile.ordered or profile.dated > 0.5 or profile.times > 0.5:
        return _AGAINST
    if profile.accounts > 0.5 and not profile.constant:
        repeats = profile.distinct < 1.0 or profile.filled < 1.0
        return _CONTENT if repeats else 1.0
    return _AGAINST if profile.companies > 0.3 and profile.accounts < 0.1 else 0.0
