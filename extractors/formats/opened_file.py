"""One file on its way through reading, opened at most once by each library and handed on."""

from __future__ import annotations

from types import TracebackType

from extractors.formats.ofd_package import Package
from extractors.formats.pdf_file import PdfFile


class OpenedFile:
    """A context manager over the bytes of a file whose kind was sniffed.

    What it is opened as, is opened when first asked for.
    """

    def __init__(self, kind: str, data: bytes, password: str | None = None) -> None:
        self.kind, self.data, self.password = kind, data, password
        self._pdf: PdfFile | None = None
        self._package: Package | None = None

    def __enter__(self) -> OpenedFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pdf is not None:
            self._pdf.close()

    @property
    def pdf(self) -> PdfFile:
        """The file as a PDF. Raises EncryptedFile or DamagedFile."""
        if self._pdf is None:
            self._pdf = PdfFile(self.data, self.password)
        return self._pdf

    @property
    def package(self) -> Package:
        """The file as an OFD package.

        Raises DamagedFile, EncryptedFile, OverLimit or UnsafeArchive.
        """
        if self._package is None:
            self._package = Package(self.data)
        return self._package
