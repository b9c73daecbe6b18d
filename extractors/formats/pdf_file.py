"""A PDF opened once for all that look at it: by PDFium at once, by qpdf and pdfplumber when
something first asks for that.
"""

from __future__ import annotations

import contextlib
import io
from types import TracebackType
from typing import TYPE_CHECKING

import pikepdf

from extractors.formats.pdf import open_pdf

if TYPE_CHECKING:
    import pdfplumber


class PdfFile:
    """A context manager.

    `document` is PDFium's, `qpdf` the other one's. Raises EncryptedFile or DamagedFile where PDFium
    cannot open it.
    """

    def __init__(self, data: bytes, password: str | None = None) -> None:
        self.data, self.password = data, password
        self.document = open_pdf(data, password)
        self._qpdf: pikepdf.Pdf | Exception | None = None
        self._plumber: pdfplumber.PDF | None = None

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes what was opened."""
        self.document.close()
        if isinstance(self._qpdf, pikepdf.Pdf):
            self._qpdf.close()
        if self._plumber is not None:
            with contextlib.suppress(Exception):  # it reads damaged pages again, only to close them
                self._plumber.close()

    @property
    def plumber(self) -> pdfplumber.PDF:
        """pdfplumber's document.

        Raises what pdfplumber raises for damaged bytes, which may be anything.
        """
        if self._plumber is None:
            import pdfplumber  # imported here: most files need no second reading

            self._plumber = pdfplumber.open(io.BytesIO(self.data), password=self.password or "")
        return self._plumber

    @property
    def qpdf(self) -> pikepdf.Pdf:
        """Raises pikepdf.PdfError, pikepdf.PasswordError or ValueError where qpdf cannot open it;
        it is tried once.
        """
        if self._qpdf is None:
            try:
                self._qpdf = pikepdf.open(
                    io.BytesIO(self.data), password=self.password or "", suppress_warnings=True
                )
            except (pikepdf.PdfError, pikepdf.PasswordError, ValueError) as error:
                self._qpdf = error
        if isinstance(self._qpdf, Exception):
            raise self._qpdf
        return self._qpdf
