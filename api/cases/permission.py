"""Who may do what to a case, and when. Pure, so that four eyes can be tried with every order of
acts.

A case needs two persons when its amount reaches the organisation's limit or is not known, or when
any of its reports was in the high band: a correction that lowers the score does not make the second
person unnecessary. The second person is not the one who proposed, nor one who made the packet, gave
it files or corrected its fields, and decides just what was proposed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from api.http.authentication import Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What of a case decides who may act.

    `makers` made the packet; `under_way`: a verification is, so that its report is about to change.
    """

    state: str
    assignee: str
    proposed_by: str
    proposed: str
    two: bool
    makers: frozenset[str]
    under_way: bool


def reaches(amount: str, limit: str) -> bool:
    """Whether a requested amount in yuan needs a second person; one that is not known does."""
    try:
        return Decimal(amount) >= Decimal(limit)
    except InvalidOperation:
        return True


def _claim(s: Situation, caller: Caller) -> str:
    return "" if s.state == "open" else "wrong_state"


def _release(s: Situation, caller: Caller) -> str:
    if s.state != "claimed":
        return "wrong_state"
    return "" if caller.id == s.assignee or "cases:decide" in caller.scopes else "not_allowed"


def _assign(s: Situation, caller: Caller) -> str:
    return "" if s.state in ("open", "claimed") else "wrong_state"


def _comment(s: Situation, caller: Caller) -> str:
    return ""


def _propose(s: Situation, caller: Caller) -> str:
    if s.state != "claimed" or s.under_way:
        return "wrong_state"
    return "" if caller.id == s.assignee else "not_allowed"


def _decide(s: Situation, caller: Caller) -> str:
    if s.under_way or s.state not in ("claimed", "proposed"):
        return "wrong_state"
    if not s.two:
        alone = s.state == "claimed" and caller.id == s.assignee
        return (
            ""
            if alone or (s.state == "proposed" and "cases:decide" in caller.scopes)
            else "not_allowed"
        )
    if "cases:decide" not in caller.scopes:
        return "not_allowed"
    if s.state != "proposed":
        return "wrong_state"
    return "same_person" if caller.id == s.proposed_by or caller.id in s.makers else ""


def _return(s: Situation, caller: Caller) -> str:
    if s.state != "proposed":
        return "wrong_state"
    return "" if caller.id == s.proposed_by or "cases:decide" in caller.scopes else "not_allowed"


def _reopen(s: Situation, caller: Caller) -> str:
    return "" if s.state == "decided" else "wrong_state"


_ACTS: dict[str, tuple[str, Callable[[Situation, Caller], str]]] = {
    "claim": ("cases:work", _claim),
    "release": ("cases:work", _release),
    "assign": ("cases:decide", _assign),
    "comment": ("cases:work", _comment),
    "propose": ("cases:work", _propose),
    "decide": ("cases:work", _decide),
    "return": ("cases:work", _return),
    "reopen": ("cases:decide", _reopen),
}


def refusal(act: str, situation: Situation, caller: Caller) -> str:
    """The code of why the caller may not do this now; empty when he may.

    Programs never act in cases.
    """
    scope, check = _ACTS[act]
    if not caller.is_person or scope not in caller.scopes:
        return "not_allowed"
    return check(situation, caller)


def permitted(situation: Situation, caller: Caller) -> list[str]:
    """All that the caller may do now."""
    return [act for act in _ACTS if not refusal(act, situation, caller)]
