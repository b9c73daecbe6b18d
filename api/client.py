"""A typed client of the service for programs: packets in, reports out, tables as pandas frames.

It needs httpx alone, and pandas for `frame`. A request whose answer did not come is sent again, one
that changes something under the same Idempotency-Key, for as long as a restart of the service takes.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx

if TYPE_CHECKING:
    import pandas

_AGAIN = (409, 429, 503)
_BAD_GATEWAY = (502, 504)  # what a proxy answers while the service behind it starts again
_LONGEST_PAUSE = 30.0  # seconds


class ServiceError(Exception):
    """A problem that the service answered: `code` is stable, `zh` and `en` say what to do next."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status, self.code = status, str(problem.get("code", "unknown"))
        self.packet = str(problem.get("packet", ""))  # the one that has the reference already
        detail = problem.get("detail", {})
        self.zh, self.en = str(detail.get("zh", "")), str(detail.get("en", ""))
        super().__init__(f"{status} {self.code}: {self.en or self.zh}")


class Client:
    """A session with the service at `address`, by a key. A context manager."""

    def __init__(
        self,
        address: str,
        key: str,
        *,
        timeout: float = 90,
        restart: float = 120,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """`restart`: seconds for which a service that does not answer is asked again."""
        headers = {"Authorization": f"Bearer {key}"}
        self._restart = restart
        self._transport = transport
        self._http = httpx.Client(
            base_url=address.rstrip("/") + "/v1",
            headers=headers,
            timeout=timeout,
            transport=transport,
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def verify(
        self,
        reference: str,
        paths: Sequence[Path | str],
        *,
        as_of: str | None = None,
        branch: str = "",
        amount: str = "",
    ) -> dict[str, Any]:
        """Uploads the files of one application, waits, and returns its report (huoyan.report/1).

        Raises ServiceError.
        """
        packet = self.create(reference, branch=branch, amount=amount)["id"]
        self.upload(packet, paths)
        self.submit(packet, as_of)
        return self.report(packet)

    def create(self, reference: str, *, branch: str = "", amount: str = "") -> dict[str, Any]:
        """A new, empty packet."""
        return self._post(
            "/packets", json={"reference": reference, "branch": branch, "amount": amount}
        )

    def upload(self, packet: str, paths: Sequence[Path | str], password: str = "") -> None:
        """Adds files to a packet."""
        files = [("files", (Path(path).name, Path(path).read_bytes())) for path in paths]
        self._post(f"/packets/{packet}/files", files=files, data={"password": password})

    def upload_directly(self, packet: str, path: Path | str, password: str = "") -> dict[str, Any]:
        """Adds a file whose bytes go past the log-in, to the store of blobs itself where that has
        addresses. Returns the file. Raises ServiceError.
        """
        data, name = Path(path).read_bytes(), Path(path).name
        told = {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        asked = self._post(f"/packets/{packet}/uploads", json=told)
        with httpx.Client(
            timeout=self._http.timeout, transport=self._transport
        ) as bare:  # without the key: the address may be another's
            self._sure(
                bare.request(
                    asked["method"], asked["address"], content=data, headers=asked["headers"]
                )
            )
        return self._post(f"/packets/{packet}/uploads/{asked['id']}", json={"password": password})

    def submit(
        self, packet: str, as_of: str | None = None, patience: float = 3600
    ) -> dict[str, Any]:
        """Submits a packet and waits until it is final.

        Raises ServiceError, or TimeoutError after `patience` seconds.
        """
        end = time.monotonic() + patience
        found = self._post(
            f"/packets/{packet}/submit", params={"wait": 30}, json={"as_of": as_of} if as_of else {}
        )
        while found["status"] in ("queued", "running"):
            if time.monotonic() > end:
                raise TimeoutError(packet)
            time.sleep(1)
            found = self._get(f"/packets/{packet}")
        return found

    def report(self, packet: str, revision: int | None = None) -> dict[str, Any]:
        """The latest report, or that of a revision."""
        return self._get(
            f"/packets/{packet}/report", params={"revision": revision} if revision else {}
        )

    def report_file(self, packet: str, form: str, lang: str = "zh") -> bytes:
        """The report as html, pdf or xlsx."""
        answer = self._asked("GET", f"/packets/{packet}/report.{form}", params={"lang": lang})
        return self._sure(answer).content

    def packets(self, **filters: str) -> Iterator[dict[str, Any]]:
        """All packets, the newest first."""
        yield from self._all("/packets", filters)

    def cases(self, **filters: str) -> Iterator[dict[str, Any]]:
        """All cases of the queue."""
        yield from self._all("/cases", filters)

    @staticmethod
    def frame(report: Mapping[str, Any], what: str) -> pandas.DataFrame:
        """A part of a report as a table: findings, contributions, checks, documents, rows (of all
        statements) or reconciliation.
        """
        import pandas

        if what == "contributions":
            return pandas.json_normalize(report["risk"]["contributions"])
        if what == "rows":
            return pandas.DataFrame(
                [
                    {"document": document["id"], "file": document["file"], **row}
                    for document in report["documents"]
                    for row in document["rows"]
                ]
            )
        return pandas.json_normalize(list(report[what]))

    def _all(self, path: str, filters: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        params = dict(filters)
        while True:
            page = self._get(path, params=params)
            yield from page["items"]
            if not page["next_cursor"]:
                return
            params["cursor"] = page["next_cursor"]

    def _get(self, path: str, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = self._sure(self._asked("GET", path, **kwargs)).json()
        return found

    def _post(self, path: str, **kwargs: Any) -> dict[str, Any]:
        """Sends, again where the service was busy or away, under one Idempotency-Key."""
        headers = {"Idempotency-Key": uuid4().hex}
        body = self._sure(self._asked("POST", path, headers=headers, **kwargs)).json()
        return body if isinstance(body, dict) else {"items": body}

    def _asked(self, method: str, path: str, **kwargs: Any) -> httpx.Response:
        """The answer, once the service gives one that is not to be asked for again."""
        end, pause = time.monotonic() + self._restart, 0.25
        while True:
            try:
                answer = self._http.request(method, path, **kwargs)
            except httpx.TransportError:
                if time.monotonic() + pause > end:
                    raise
            else:
                waits = answer.headers.get("Retry-After")
                is_final = answer.status_code not in _BAD_GATEWAY and (
                    answer.status_code not in _AGAIN or waits is None
                )
                if is_final or time.monotonic() + pause > end:
                    return answer
                pause = max(pause, float(waits or 0))
            time.sleep(min(_LONGEST_PAUSE, pause))
            pause = min(_LONGEST_PAUSE, 2 * pause)

    @staticmethod
    def _sure(answer: httpx.Response) -> httpx.Response:
        if answer.is_success:
            return answer
        try:
            problem = answer.json()
        except ValueError:
            problem = {}
        raise ServiceError(answer.status_code, problem)
