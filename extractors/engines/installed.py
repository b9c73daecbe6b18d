"""The engines that this installation has, loaded once a process."""

from __future__ import annotations

import os
from functools import cache

from extractors.engines.model import Engines


@cache
def engines() -> Engines:
    """The cascade. Raises ImportError or FileNotFoundError where a package with a model is missing.

    Every network runs in the calling thread: nothing is left waiting in a thread of its own, so that a process which has
    loaded the engines may fork, and its children read with them.
    """
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # for Tesseract, which is slower with more
    import cv2

    from extractors.engines.paddle import PaddleFinder, PaddleReader
    from extractors.engines.tesseract import Tesseract, installed

    cv2.setNumThreads(1)
    return Engines(PaddleFinder(), PaddleReader("tiny"), PaddleReader("small"), Tesseract() if installed() else None)
