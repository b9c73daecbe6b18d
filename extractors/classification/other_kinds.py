"""Kinds of documents that are known by name alone: their fields are not read, and they are never
taken for another kind.

`titles` are patterns on a title without spaces, brackets and decoration; a title must end with one
of them. `cues` are words of the kind's own fields, by which a page without its title is told. Order
does not matter: the longest title wins.
"""

from __future__ import annotations

from extractors.classification.company_kinds import COMPANY_KINDS
from extractors.classification.finance_kinds import FINANCE_KINDS
from extractors.classification.other_kind import OtherKind

OTHER_KINDS: tuple[OtherKind, ...] = (*FINANCE_KINDS, *COMPANY_KINDS)
