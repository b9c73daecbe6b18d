"""Declaring a rule: one function in one file, with its page in both languages.

An incomplete declaration is refused.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from extractors.documents.declare import DocumentType, FieldSpec
from verify.doubt.parts import Part
from verify.model import BilingualText, Evidence, Severity

FIRST_VERSION = "0.1"
_ID = re.compile(r"^[A-Z]{3}\d{2}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A rule's page in one language."""

    why: str
    example: str
    innocent: str
    ask: str
    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A fault that the rule sees: places in doubt, and the places that they were set against where
    the rule knows which is which.

    `severity` overrides the rule's own, only downwards; `group` says with which fault this one
    shares its cause.
    """

    say: BilingualText
    evidence: tuple[Evidence, ...]
    against: tuple[Evidence, ...] = ()
    expected: str = ""
    observed: str = ""
    difference: str = ""
    confidence: float
    severity: Severity | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Clear:
    """The rule looked at something and it agreed; `rests_on` are the places that it compared."""

    say: BilingualText
    rests_on: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InDoubt:
    """A difference that a mistake of reading explains.

    `slip` names the mistake, `evidence` the places to look at.
    """

    slip: str
    say: BilingualText
    evidence: tuple[Evidence, ...]
    severity: Severity


@dataclass(frozen=True, slots=True)
class NotChecked:
    """The papers are there but could not be judged, and why."""

    say: BilingualText


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """There is nothing here for the rule to look at, and what is missing."""

    say: BilingualText


Result = Hit | Clear | InDoubt | NotChecked | NotApplicable
# A rule takes a RuleView (verify/case_file.py), which knows rules: naming it here would be a
# circle.
Check = Callable[..., Iterator[Result]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A declared rule. `reads` are the only papers and fields that it is handed; `needs` papers
    without which it is not applicable.

    `stands_on` are the parts that the documents of a hit must have yielded; `stands_on_all` those
    that every document of the applicant's that the rule reads must have yielded.
    """

    id: str
    title: str
    title_zh: str
    severity: Severity
    group: str
    reads: tuple[FieldSpec[Any] | DocumentType, ...]
    needs: tuple[str, ...]
    stands_on: tuple[Part, ...]
    stands_on_all: tuple[Part, ...]
    proof: bool
    cross: bool
    since: str
    known_problems: BilingualText | None
    zh: Page
    en: Page
    check: Check
    file: str


def rule(
    *,
    id: str,
    title: str,
    title_zh: str,
    severity: str,
    group: str,
    reads: tuple[FieldSpec[Any] | DocumentType, ...],
    zh: Page,
    en: Page,
    needs: tuple[str, ...] | None = None,
    stands_on: tuple[Part, ...] = (),
    stands_on_all: tuple[Part, ...] = (),
    proof: bool = False,
    cross: bool = False,
    since: str = FIRST_VERSION,
    known_problems: BilingualText | None = None,
) -> Callable[[Check], Rule]:
    """Declares a rule.

    `proof`: a hit is a contradiction that no business explains; `cross`: it sets one paper against
    another; `since`: the version that brought it; `known_problems`: what it cannot see yet.
    """

    def declare(check: Check) -> Rule:
        file = inspect.getsourcefile(check) or "?"
        if not _ID.match(id):
            raise TypeError(f"{file}: rule id {id!r} is not three letters and two digits")
        for name, page in (("zh", zh), ("en", en)):
            for part in fields(page):
                if not str(getattr(page, part.name)).strip():
                    raise TypeError(f"{file}: rule {id} has no {part.name} in {name}")
        if not title or not title_zh or not group:
            raise TypeError(f"{file}: rule {id} lacks a title or group")
        types = tuple(
            dict.fromkeys(
                read.id if isinstance(read, DocumentType) else read.type_id for read in reads
            )
        )
        return Rule(
            id=id,
            title=title,
            title_zh=title_zh,
            severity=Severity(severity),
            group=group,
            reads=reads,
            needs=types if needs is None else needs,
            stands_on=stands_on,
            stands_on_all=stands_on_all,
            proof=proof,
            cross=cross,
            since=since,
            known_problems=known_problems,
            zh=zh,
            en=en,
            check=check,
            file=file,
        )

    return declare
