"""A report on the command line's files as HTML or PDF, with pictures of its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from api.commands.console import wrong
from extractors.sandbox.parent import Sandbox


class PrintedReport:
    """A report (huoyan.report/1) and the bytes of its files by SHA-256, from which pictures are
    drawn.
    """

    def __init__(
        self,
        report: Mapping[str, Any],
        data: Mapping[str, bytes],
        sandbox: Sandbox,
        password: str | None,
    ) -> None:
        self._report = report
        self._data = data
        self._sandbox = sandbox
        self._passwords = dict.fromkeys(data, password) if password else {}

    @cached_property
    def _crops(self) -> dict[str, bytes]:
        from api.reports.crops import crops_of

        return crops_of(self._report, self._data, self._sandbox, self._passwords)

    def html(self, lang: str) -> str:
        from api.reports.heat import heat_maps_of
        from api.reports.html import report_html

        heat_maps = heat_maps_of(self._report, self._data, self._sandbox, self._passwords)
        return report_html(self._report, self._crops, lang, heat_maps)

    def pdf(self, lang: str) -> bytes:
        """Return the report as PDF; end with exit code 2 where it cannot be set."""
        from api.reports.errors import FormError
        from api.reports.pdf import report_pdf

        try:
            return report_pdf(self._report, self._crops, lang)
        except FormError as error:
            wrong(f"{error.zh} / {error.en}")
