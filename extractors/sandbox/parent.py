"""The parent's side of reading in confined processes: a few zygotes, one request at a time each.

What comes back is taken for hostile: framed, of bounded size, checked against a schema and against
what was asked.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import queue
import re
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from extractors.errors import OverLimit, ReaderDied, by_code
from extractors.intake.limits import Limits
from extractors.model import Box, Document, Failure, FileReading, ManualCheck, ReadStatus
from extractors.sandbox.answer_schemas import check_list_schema, reading_schema
from extractors.sandbox.cover import Cover
from extractors.sandbox.isolation import HIGHEST, chosen
from extractors.sandbox.reader_groups import ReaderGroups
from extractors.sandbox.reader_process import ReaderProcess
from extractors.sandbox.scheduling import longest_first

if TYPE_CHECKING:
    from pydantic import BaseModel

    from extractors.intake.archive import Budget
    from extractors.sandbox.revision_model import FileRevisions, PageChanges

_Schema = TypeVar("_Schema", bound="BaseModel")


_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_PNG = "iVBORw0KGgo"  # how a PNG begins, in base64


class Sandbox:
    """Reads files in confined children. A context manager; thread-safe. `contracts` loads the
    language reader ahead.

    `draws` keeps a reader at hand for what people look at. `most` is the highest isolation level to
    use. Raises IsolationTooLow where the level is below
    the configured minimum.
    """

    program: tuple[str, ...] = ("-m", "extractors.sandbox.zygote")
    shown: tuple[str, ...] = ()  # paths that the readers see beside installed code

    def __init__(
        self,
        limits: Limits | None = None,
        jobs: int = 2,
        *,
        contracts: bool = False,
        most: int = HIGHEST,
        draws: bool = False,
    ) -> None:
        self.limits = limits or Limits()
        self.jobs = max(1, jobs)
        self.level = chosen(most)
        self._contracts = contracts
        self._groups = ReaderGroups(
            self.program, self.shown, self.limits, self.level, contracts=contracts
        )
        self._plain: queue.SimpleQueue[ReaderProcess] = queue.SimpleQueue()
        self._language: queue.SimpleQueue[ReaderProcess] = queue.SimpleQueue()
        self._drawing: queue.SimpleQueue[ReaderProcess] = queue.SimpleQueue()
        self._draws = draws
        for server in self._groups.start(self.jobs + draws, foreground=draws):
            self._home(server).put(server)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._groups.close()

    def _home(self, server: ReaderProcess) -> queue.SimpleQueue[ReaderProcess]:
        if server.foreground:
            return self._drawing
        reads_contracts_alone = self.jobs > 1 and not self._contracts
        return self._language if server.language and reads_contracts_alone else self._plain

    def _ask(
        self, head: dict[str, Any], body: bytes, *, contract: bool = False
    ) -> tuple[str, bytes]:
        """Asks the next free server; what it sends back as a contract goes, once, to the one that
        reads those.
        """
        server = self._language.get() if contract else self._free()
        elsewhere = not contract and not server.language
        status, answer = self._answer_of(server, head, body)
        if status == "needs_language":
            return self._ask(head, body, contract=True) if elsewhere else (ReaderDied.code, b"")
        return status, answer

    def _ask_for_people(self, head: dict[str, Any], body: bytes) -> tuple[str, bytes]:
        """Asks for what somebody looks at and waits for, where there is a server for that: readings
        do not hold it up.
        """
        return (
            self._answer_of(self._drawing.get(), head, body)
            if self._draws
            else self._ask(head, body)
        )

    def _answer_of(
        self, server: ReaderProcess, head: dict[str, Any], body: bytes
    ) -> tuple[str, bytes]:
        """What a server answers; one that fails is replaced."""
        try:
            return server.ask(head, body, self.limits)
        except (OSError, ValueError, KeyError, TypeError):
            server.close()
            (server,) = self._groups.start(1, foreground=server.foreground)
            return ReaderDied.code, b""
        finally:
            self._home(server).put(server)

    def _free(self) -> ReaderProcess:
        """A server that is idle; the one that reads contracts only once it has loaded what it needs
        for them.
        """
        while True:
            with contextlib.suppress(queue.Empty):
                return self._plain.get(timeout=0.01)
            with contextlib.suppress(queue.Empty):
                server = self._language.get_nowait()
                if server.loaded():
                    return server
                self._language.put(server)

    def read(self, name: str, data: bytes, password: str | None = None) -> FileReading:
        """The reading of one file; what goes wrong is a failure in it."""
        if len(data) > self.limits.file_bytes:
            return unread(name, data, OverLimit.code)
        status, answer = self._ask({"do": "read", "name": name, "password": password}, data)
        if status == "ok":
            with contextlib.suppress(ValueError):  # pydantic's ValidationError is one
                reading = reading_schema().validate_json(answer)
                if _is_of(reading, name, data):
                    return reading
            status = ReaderDied.code
        return unread(name, data, status)

    def unpack(
        self, name: str, data: bytes, budget: Budget, password: str | None = None
    ) -> list[tuple[str, bytes]] | None:
        """(name, bytes) of each file in an archive, taken from `budget`; None where the file is no
        archive. Raises ReadError where it is refused.
        """
        head = {
            "do": "unpack",
            "name": name,
            "password": password,
            "members": budget.members,
            "bytes": budget.bytes,
        }
        status, answer = self._ask(head, data)
        if status != "ok":
            raise by_code(status)
        try:
            line, _, bodies = answer.partition(b"\n")
            index = json.loads(line)
            out, at = [], 0
            for inner, size in index or ():
                budget.take(int(size))
                out.append((str(inner), bodies[at : at + int(size)]))
                at += int(size)
            if at != len(bodies):
                raise ValueError("not the bytes that were announced")
        except (ValueError, TypeError) as error:
            raise ReaderDied(str(error)) from error
        return None if index is None else out

    def checks(self, data: bytes) -> list[ManualCheck]:
        """Entries of a checks file. Raises BadChecks, or what else is wrong with it."""
        status, answer = self._ask({"do": "checks"}, data)
        if status != "ok":
            raise by_code(status)
        try:
            return check_list_schema().validate_json(answer)
        except ValueError as error:
            raise ReaderDied(str(error)) from error

    def read_all(
        self, files: Iterable[tuple[str, bytes]], password: str | None = None
    ) -> list[FileReading]:
        """Readings in the order of `files`, `jobs` at a time."""
        listed = list(files)
        return longest_first(
            lambda f: self.read(f[0], f[1], password),
            listed,
            [len(data) for _, data in listed],
            self.jobs,
        )

    def crops(
        self,
        data: bytes,
        boxes: Sequence[tuple[int, Box]],
        password: str | None = None,
        revision: int | None = None,
        cover: Cover | None = None,
    ) -> list[str | None]:
        """PNG pictures (base64) of page boxes, with the box drawn; None for a page that cannot be
        drawn.
        """
        wanted = [[page, b.left, b.top, b.right, b.bottom] for page, b in boxes]
        head = {"do": "crops", "boxes": wanted, "password": password, "revision": revision}
        status, answer = self._ask_for_people(head | _covering(cover), data)
        if status != "ok":
            return [None] * len(boxes)
        try:
            found = json.loads(answer)
        except ValueError:
            found = None
        whole = isinstance(found, list) and len(found) == len(boxes)
        return (
            [c if isinstance(c, str) and _BASE64.fullmatch(c) else None for c in found]
            if whole
            else [None] * len(boxes)
        )

    def page(
        self,
        data: bytes,
        number: int,
        width: int,
        password: str | None = None,
        revision: int | None = None,
        cover: Cover | None = None,
    ) -> bytes:
        """A page as PNG, `width` pixels wide at most, of the file or of an earlier revision in it;
        empty where it cannot be drawn.
        """
        head: dict[str, Any] = {"do": "page", "page": number, "width": width}
        head |= {"password": password, "revision": revision} | _covering(cover)
        status, answer = self._ask_for_people(head, data)
        return answer if status == "ok" else b""

    def revisions(self, data: bytes, password: str | None = None) -> FileRevisions:
        """The earlier revisions of a PDF that can be opened. Raises ReadError."""
        from extractors.sandbox.revision_model import FileRevisions

        return self._told(FileRevisions, {"do": "revisions", "password": password}, data)

    def changes(
        self, data: bytes, revision: int, page: int, password: str | None = None
    ) -> PageChanges:
        """What a page shows now beside what it showed at an earlier revision. Raises ReadError."""
        from extractors.sandbox.revision_model import PageChanges

        return self._told(
            PageChanges,
            {"do": "changes", "revision": revision, "page": page, "password": password},
            data,
        )

    def _told(self, schema: type[_Schema], head: dict[str, Any], data: bytes) -> _Schema:
        """An answer that fits a schema. Raises ReadError."""
        status, answer = self._ask_for_people(head, data)
        if status != "ok":
            raise by_code(status)
        try:
            return schema.model_validate_json(answer)
        except ValueError as error:  # pydantic's ValidationError is one
            raise ReaderDied(str(error)) from error

    def heat_maps(
        self,
        data: bytes,
        page: int,
        kinds: Sequence[str],
        password: str | None = None,
        revision: int | None = None,
        cover: Cover | None = None,
    ) -> dict[str, str]:
        """PNG pictures (base64) by kind (compression, noise, sharpness) of a page that is a
        picture; kinds that cannot be drawn are left out.
        """
        head: dict[str, Any] = {"do": "heat_maps", "page": page, "kinds": list(kinds)}
        head |= {"password": password, "revision": revision} | _covering(cover)
        status, answer = self._ask_for_people(head, data)
        try:
            found = json.loads(answer) if status == "ok" else {}
        except ValueError:
            found = {}
        return (
            {
                k: v
                for k, v in found.items()
                if k in kinds and isinstance(v, str) and v.startswith(_PNG) and _BASE64.fullmatch(v)
            }
            if isinstance(found, dict)
            else {}
        )


def _covering(cover: Cover | None) -> dict[str, Any]:
    return {"cover": cover.as_head()} if cover else {}


def _is_of(reading: FileReading, name: str, data: bytes) -> bool:
    """Whether a reading speaks of the file that was asked about, and of no other."""
    about = (
        reading.sha256 == hashlib.sha256(data).hexdigest()
        and reading.size == len(data)
        and reading.file == name
    )
    return about and bool(reading.documents) and all(d.file == name for d in reading.documents)


def unread(name: str, data: bytes, code: str) -> FileReading:
    """The reading of a file that could not be read, with the stable code of why."""
    error = by_code(code)
    sha = hashlib.sha256(data).hexdigest()
    failure = Failure(code=code, zh=error.zh, en=error.en, file=name)
    document = Document(
        type="unknown",
        file=name,
        sha256=sha,
        pages=(1,),
        status=ReadStatus.UNREADABLE,
        failures=(failure,),
    )
    return FileReading(
        file=name,
        sha256=sha,
        size=len(data),
        kind="unknown",
        page_count=0,
        documents=(document,),
        failures=(failure,),
    )
