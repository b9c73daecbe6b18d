"""A file of another system read in a process of its own, confined as readers of papers are: what it
holds is whatever someone sent.

Run as a program it is that process: the file on its standard input, the graph (huoyan.graph/1) or
what is wrong on its standard output.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from threading import Timer
from typing import Any

from extractors.errors import OverLimit, ReaderDied
from extractors.intake.limits import Limits
from extractors.sandbox.confine import confine, end_with_parent
from extractors.sandbox.isolation import command, environment
from graphs.formats.json_graph import graph_json, graph_of
from graphs.model import PartyGraph
from graphs.registers.foreign import read_foreign
from graphs.registers.import_report import (
    REASONS,
    Imported,
    ImportReport,
    NotAGraph,
    Noted,
)

MOST_RELATIONS = 100_000  # of one file
_LONGEST, _DIGITS = 1_000, 18  # characters of a text, digits of a number before or after its point
_ENTITIES = (
    "company",
    "person",
    "account",
    "phone",
    "email",
    "address",
    "author",
    "device",
    "file",
)
_RELATIONS = (
    "guarantees",
    "holds_shares",
    "represents",
    "has_interest",
    "invoices",
    "pays",
    "has_contact",
)
_START = 60  # seconds for the process to load, beyond a file's own
_GRAPHS = Path(__file__).resolve().parents[1]


def imported_apart(name: str, data: bytes, limits: Limits, level: int) -> PartyGraph:
    """The graph alone of `read_apart`."""
    return read_apart(name, data, limits, level).graph


def read_apart(name: str, data: bytes, limits: Limits, level: int) -> Imported:
    """See `read_foreign`; at an isolation level.

    Raises NotAGraph, OverLimit for too large a file, ReaderDied where the process came to no end.
    """
    arguments = [
        sys.executable,
        "-P",
        "-m",
        "graphs.registers.apart",
        f"--level={level}",
        json.dumps(asdict(limits)),
        name,
    ]
    with tempfile.TemporaryFile() as body:
        body.write(data)
        body.seek(0)
        answer = _answer(command(level, arguments, limits, (str(_GRAPHS),)), body.fileno(), limits)
    try:
        told = json.loads(answer)
        if "graph" in told:
            graph = _sound(graph_of(told["graph"]))
            return Imported(graph, _report(told["report"], name, len(graph.relations)))
        problem = told["problem"]
    except (
        ArithmeticError,
        AttributeError,
        KeyError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        raise ReaderDied from error
    if problem["code"] == OverLimit.code:
        raise OverLimit(str(problem["en"]))
    raise NotAGraph(str(problem["zh"]), str(problem["en"]))


def _report(told: dict[str, Any], name: str, relations: int) -> ImportReport:
    """What the process says became of the rows; codes that are not known here are refused."""
    noted = tuple(
        Noted(REASONS[str(code)], int(count), tuple(str(text)[:_LONGEST] for text in where))
        for code, count, where in told["noted"]
    )
    return ImportReport(name, str(told["form"])[:_LONGEST], int(told["rows"]), relations, (), noted)


def _answer(arguments: list[str], body: int, limits: Limits) -> bytes:
    """What the process wrote, cut off at the limit, after which it is ended."""
    with subprocess.Popen(
        arguments,
        stdin=body,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(os.environ),
    ) as process:
        timer = Timer(limits.seconds + _START, process.kill)
        timer.start()
        try:
            assert process.stdout is not None
            return process.stdout.read(limits.answer_bytes)
        finally:
            timer.cancel()
            process.kill()


def _sound(graph: PartyGraph) -> PartyGraph:
    """The graph, what it says being of the kinds, sizes and characters that others can hold, and
    its contacts under ids that no party has.

    Raises ValueError or TypeError for any other.
    """
    for entity in graph.entities.values():
        if entity.kind not in _ENTITIES or not entity.names:
            raise ValueError(entity.kind)
        _plain((entity.id, entity.name, entity.code, *entity.names))
    for relation in graph.relations:
        if relation.kind not in _RELATIONS or not relation.places:
            raise ValueError(relation.kind)
        _plain(
            (
                relation.contract,
                relation.mode,
                *(
                    t
                    for place in relation.places
                    for t in (
                        place.packet,
                        place.file,
                        place.document,
                        place.text,
                        place.source,
                        place.target,
                    )
                ),
            )
        )
        if any(
            number is not None and (not number.is_finite() or abs(number.adjusted()) > _DIGITS)
            for number in (relation.amount, relation.share)
        ):
            raise ValueError("a number")
    ids = {
        key: key if e.is_party or key.startswith(f"{e.kind}:") else f"{e.kind}:{key}"
        for key, e in graph.entities.items()
    }
    entities = {ids[key]: replace(e, id=ids[key]) for key, e in graph.entities.items()}
    return PartyGraph(
        entities,
        tuple(
            replace(each, source=ids[each.source], target=ids[each.target])
            for each in graph.relations
        ),
    )


def _plain(texts: Sequence[str]) -> None:
    for text in texts:
        if len(text) > _LONGEST or "\0" in text:
            raise ValueError("a text that is too long, or holds NUL")
        text.encode()  # half a character is none


def main() -> None:
    """The process itself: loads all that it needs, gives up the rest, then reads."""
    import python_calamine  # noqa: F401 - loaded before the file system is out of reach

    end_with_parent()
    level, limits, name = (
        int(sys.argv[1].removeprefix("--level=")),
        Limits(**json.loads(sys.argv[2])),
        sys.argv[3],
    )
    data = sys.stdin.buffer.read()
    if confine(limits, most=level) < min(level, 1):
        return  # a process that does not reach the level that it was started for reads nothing
    sys.stdout.write(json.dumps(_told(name, data), separators=(",", ":")))
    sys.stdout.flush()


def _told(name: str, data: bytes) -> dict[str, Any]:
    try:
        found = read_foreign(name, data)
        graph = found.graph
    except NotAGraph as error:
        return {"problem": {"code": "not_a_graph", "zh": error.zh, "en": error.en}}
    if len(graph.relations) > MOST_RELATIONS or len(graph.entities) > MOST_RELATIONS:
        return {
            "problem": {
                "code": OverLimit.code,
                "zh": "",
                "en": f"more than {MOST_RELATIONS} relations",
            }
        }
    report = found.report
    noted = [(each.reason.code, each.count, list(each.where)) for each in report.noted]
    return {
        "graph": graph_json(graph),
        "report": {"form": report.form, "rows": report.rows, "noted": noted},
    }


if __name__ == "__main__":
    main()
