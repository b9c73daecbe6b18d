"""A case's version as its ETag, and the If-Match that every change must carry."""

from __future__ import annotations

from api.errors import Problem


def tag(version: int) -> str:
    """The ETag of a version."""
    return f'"v{version}"'


def match(version: int, if_match: str | None) -> None:
    """Raises Problem "if_match_needed" without the header and "changed_meanwhile" when none of its
    tags is the version's.

    `*` is no tag that was read, so it does not match.
    """
    if if_match is None:
        raise Problem("if_match_needed")
    if tag(version) not in (each.strip() for each in if_match.split(",")):
        raise Problem("changed_meanwhile")
