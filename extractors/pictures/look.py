"""A picture with what several observers need of it, each worked out once."""

from __future__ import annotations

from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from extractors.engines.model import Picture
from extractors.pictures.seals import Ink, red_ink


class Look:
    """A picture (height x width x 3, blue-green-red), its grey values (float, 0 to 255), and its
    red ink.
    """

    def __init__(self, picture: Picture) -> None:
        self.picture = picture

    @cached_property
    def grey(self) -> npt.NDArray[np.float32]:
        return np.asarray(cv2.cvtColor(self.picture, cv2.COLOR_BGR2GRAY), np.float32)

    @cached_property
    def ink(self) -> Ink:
        return red_ink(self.picture)
