"""Importing tables of the bank's own: guarantees, loans, shareholders and firms, FollowTheMoney,
BODS. The file is read in a confined process.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.errors import Problem
from api.graph import repository
from api.graph.schemas import ImportNote, ImportOut
from api.http.authentication import Caller
from api.packets.service import delete_unused
from api.store.audit_chain import append_audit
from api.store.case_tables import GraphImport
from api.store.codec import keep
from api.store.ids import new_id
from api.store.rows import remove
from extractors.errors import OverLimit, ReaderDied
from graphs.formats.json_graph import graph_json
from graphs.registers.apart import MOST_RELATIONS, read_apart
from graphs.registers.import_report import NotAGraph, Noted

if TYPE_CHECKING:
    from api.parts import Parts

listed = repository.graph_imports
MOST_BYTES = 16 * 2**20  # a bank's whole table of guarantees; larger ones are split by year
MOST_IMPORTS, MOST_TOGETHER = 50, 200_000  # of an organisation: files, and relations in all of them


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was read: digest and size, the blob of its graph, how much that tells."""

    sha256: str
    size: int
    graph: str
    entities: int
    relations: dict[str, int]
    noted: tuple[Noted, ...] = ()


def found(session: Session, caller: Caller, import_id: str) -> GraphImport:
    """Raises Problem "not_found"."""
    row = repository.graph_import(session, import_id, caller.mode)
    if row is None:
        raise Problem("not_found")
    return row


def read(wiring: Parts, org: str, name: str, data: bytes) -> Read:
    """Reads a file apart and keeps it, before any row names it.

    Raises Problem "over_limit", "not_a_graph", "nothing_told", "unreadable_import".
    """
    too_large = _over_limit(
        f"导入文件超出上限（{MOST_BYTES // 2**20} MiB、{MOST_RELATIONS} 条关系）；请按年份或机构拆分后导入。",
        (
            f"The file is over the limit ({MOST_BYTES // 2**20} MiB, {MOST_RELATIONS} "
            "relations); split it by year or branch."
        ),
    )
    if len(data) > MOST_BYTES:
        raise too_large
    try:
        imported = read_apart(name, data, wiring.limits, wiring.sandbox.level)
    except NotAGraph as error:
        zh, en = (
            f"文件中没有可识别的关系表。查找过：{error.zh}。",
            f"The file holds no table of relations that is known here. Looked for: {error.en}.",
        )
        raise Problem("not_a_graph", zh, en) from error
    except OverLimit as error:
        raise too_large from error
    except ReaderDied as error:
        raise Problem("unreadable_import") from error
    graph = imported.graph
    if not graph.relations and not any(entity.worth for entity in graph.entities.values()):
        raise Problem("nothing_told")
    body = json.dumps(graph_json(graph), separators=(",", ":")).encode()
    kinds = Counter(relation.kind.value for relation in graph.relations)
    counts = dict(sorted(kinds.items()))
    return Read(
        wiring.blobs.put(org, data),
        len(data),
        keep(wiring.blobs, org, body),
        len(graph.entities),
        counts,
        imported.report.noted,
    )


def added(
    wiring: Parts, session: Session, caller: Caller, name: str, made: Read
) -> tuple[GraphImport, bool]:
    """The import and whether it is new: the same bytes under the same name are imported once.

    Raises Problem "over_limit".
    """
    known = repository.same_import(session, caller.mode, name, made.sha256)
    if known is not None:
        return known, False
    before = repository.all_imports(session, caller.mode)
    if (
        len(before) >= MOST_IMPORTS
        or sum(sum(relation.relations.values()) for relation in before)
        + sum(made.relations.values())
        > MOST_TOGETHER
    ):
        raise _over_limit(
            f"导入的表已达上限（{MOST_IMPORTS} 份、{MOST_TOGETHER} 条关系）；请先移除不再需要的导入。",
            (
                f"Imported tables have come to the limit ({MOST_IMPORTS} files, "
                f"{MOST_TOGETHER} relations); remove those that are no longer needed."
            ),
        )
    row = GraphImport(
        id=new_id("imp"),
        org_id=caller.org,
        mode=caller.mode,
        name=name,
        sha256=made.sha256,
        size=made.size,
        graph=made.graph,
        entities=made.entities,
        relations=made.relations,
        made_by=caller.id,
        made_at=wiring.now(),
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise Problem("already_there") from error  # sent twice at once
    told = {"sha256": row.sha256, "size": row.size, "relations": sum(made.relations.values())}
    append_audit(session, wiring.now(), caller.id, "graph.imported", row.id, told)
    return row, True


def removed(wiring: Parts, session: Session, caller: Caller, import_id: str) -> Callable[[], None]:
    """Takes a table out of the graph; reports that rest on it stay as they are.

    Returns the act that forgets its bytes once this is durable.
    """
    row = found(session, caller, import_id)
    org, blobs = row.org_id, (row.sha256, row.graph)
    remove(session, row)
    append_audit(
        session, wiring.now(), caller.id, "graph.import_removed", row.id, {"sha256": row.sha256}
    )
    return lambda: _forget(wiring, org, blobs)


def _forget(wiring: Parts, org: str, blobs: tuple[str, ...]) -> None:
    delete_unused(wiring, org, blobs)


def shown(row: GraphImport, noted: Sequence[Noted] = ()) -> ImportOut:
    """A table as it is told; what became of its rows where it was just read."""
    values = {name: getattr(row, name) for name in ImportOut.model_fields if name != "noted"}
    notes = [
        ImportNote(
            code=each.reason.code,
            count=each.count,
            where=list(each.where),
            loss=each.reason.is_loss,
            zh=each.reason.zh,
            en=each.reason.en,
        )
        for each in noted
    ]
    return ImportOut(**values, noted=notes)


def _over_limit(zh: str, en: str) -> Problem:
    return Problem("over_limit", zh, en)
