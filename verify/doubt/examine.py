"""Before a rule speaks: do its documents hold what it stands on, and would a slip of reading
explain its hit?
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extractors.model import Document, ReadStatus
from verify.case_file import CaseFile
from verify.doubt.parts import WORDS, Part, is_readable, lacking
from verify.doubt.place import Place
from verify.doubt.scene import Scene
from verify.doubt.slip import slips
from verify.model import BilingualText, Evidence, Severity
from verify.rule import Clear, Hit, InDoubt, NotChecked, Result, Rule

# Findings about how a file was made rest on its bytes, and outside checks on what a register says:
# neither was recognised.
NOT_READ = ("FOR", "PIC", "EXT")
# A reason names no more documents than a reader takes in at a glance.
_NAMED = 3


def examined(case: CaseFile, rule: Rule, results: Iterable[Result]) -> tuple[Result, ...]:
    """Return a rule's results, less what they may not say: hits that a slip explains become doubts,
    and what stands on parts that were not read is not checked."""
    if rule.id.startswith(NOT_READ):
        return tuple(results)
    return tuple(_of_all(case, rule, results))


def _of_all(case: CaseFile, rule: Rule, results: Iterable[Result]) -> Iterator[Result]:
    short = _short_documents(case, rule)
    unread = _unread(case) if rule.stands_on_all else ()
    spoke = False
    for result in results:
        spoke = spoke or isinstance(result, Hit | Clear)
        if (short or unread) and isinstance(result, Hit | Clear):
            continue
        yield _of_one(case, rule, result)
    if spoke and unread:
        yield NotChecked(_reason_unread(unread))
    elif spoke and short:
        yield NotChecked(_reason(short))


def _unread(case: CaseFile) -> tuple[Document, ...]:
    """Documents that could not be opened or read: any may be the account that a rule misses."""
    return tuple(d for d in case.packet.documents if d.status == ReadStatus.UNREADABLE)


def _of_one(case: CaseFile, rule: Rule, result: Result) -> Result:
    if isinstance(result, Clear):
        return _of_clear(case, rule, result)
    if isinstance(result, Hit):
        return _of_hit(Scene(case, rule, result))
    return result


def _of_hit(scene: Scene) -> Result:
    short = _lacks(scene.documents, scene.rule.stands_on)
    if short:
        return NotChecked(_reason(short))
    if scene.is_circular:
        return NotChecked(_CIRCULAR)
    for each in slips():
        found = each.explains(scene)
        if found is not None:
            return InDoubt(
                slip=each.id,
                say=_said(scene.hit, found.say),
                evidence=_shown(scene, found.places),
                severity=_severity(scene, found.is_settled),
            )
    return scene.hit


def _severity(scene: Scene, is_settled: bool) -> Severity:
    """What the finding would have had; a doubt that a clear copy settles asks for nothing."""
    return Severity.LOW if is_settled else scene.hit.severity or scene.rule.severity


_CIRCULAR = BilingualText(
    "其中一个值是参照另一份材料选定的，不能再用来核对该材料，请对照原件",
    "one of the values was chosen with the help of the other document, "
    "so it cannot confirm or refute it: compare with the original",
)


def _of_clear(case: CaseFile, rule: Rule, result: Clear) -> Result:
    documents = {e.document for e in result.rests_on}
    held = [case.places.documents[i] for i in documents if i in case.places.documents]
    short = _lacks(held or _needed(case, rule), rule.stands_on)
    if short:
        return NotChecked(_reason(short))
    places = (place for evidence in result.rests_on for place in case.places.at(evidence))
    if any(documents.intersection(p.derived_from) - {p.document.id} for p in places):
        return NotChecked(_CIRCULAR)
    return result


def _short_documents(case: CaseFile, rule: Rule) -> list[tuple[Document, Part]]:
    """Documents of the applicant's that a rule over all of them needs, and that lack what it stands
    on.
    """
    return _lacks([d for d in _needed(case, rule) if case.is_own(d)], rule.stands_on_all)


def _needed(case: CaseFile, rule: Rule) -> list[Document]:
    """The packet's documents of the types that a rule needs."""
    return [d for d in case.packet.documents if d.type in rule.needs and is_readable(d)]


def _lacks(documents: Sequence[Document], wanted: Sequence[Part]) -> list[tuple[Document, Part]]:
    return [(d, part) for d in documents for part in lacking(d, wanted)]


def _reason(short: Sequence[tuple[Document, Part]]) -> BilingualText:
    shown = short[:_NAMED]
    zh = "；".join(f"“{d.file}”未读到{WORDS[part].zh}" for d, part in shown)
    en = "; ".join(f"not read from “{d.file}”: {WORDS[part].en}" for d, part in shown)
    return BilingualText(zh, en)


def _reason_unread(unread: Sequence[Document]) -> BilingualText:
    shown = "、".join(f"“{d.file}”" for d in unread[:_NAMED])
    listed = ", ".join(f"“{d.file}”" for d in unread[:_NAMED])
    return BilingualText(
        f"{shown}未能读取，其中可能有本项核查所需的材料",
        f"{listed} could not be read and may be what this check needs",
    )


def _said(hit: Hit, why: BilingualText) -> BilingualText:
    return BilingualText(f"{hit.say.zh}。{why.zh}", f"{hit.say.en}. {why.en}")


def _shown(scene: Scene, places: Sequence[Place]) -> tuple[Evidence, ...]:
    """The places to look at; all of the hit's where the slip names none."""
    wanted = {(p.document.id, p.page, p.box) for p in places}
    given = (*scene.hit.evidence, *scene.hit.against)
    chosen = tuple(e for e in given if (e.document, e.page, e.box) in wanted)
    rest = [p for p in places if (p.document.id, p.page, p.box) not in _keys(chosen)]
    return (*chosen, *(_evidence(scene, p) for p in rest)) or given


def _keys(evidence: Iterable[Evidence]) -> set[tuple[str, int, object]]:
    return {(e.document, e.page, e.box) for e in evidence}


def _evidence(scene: Scene, place: Place) -> Evidence:
    return Evidence(
        packet=scene.case.packet.id,
        file=place.document.file,
        document=place.document.id,
        page=place.page,
        box=place.box,
        text=place.raw,
    )
