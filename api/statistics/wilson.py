"""The Wilson score interval of a share."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

LEVEL = 0.95
_Z = NormalDist().inv_cdf(0.5 + LEVEL / 2)


def interval(hits: int, of: int) -> tuple[float, float]:
    """The bounds between which a share lies that was seen as `hits` out of `of`, at 95 %. Of
    nothing, it may be anything: 0 to 1.

    Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference, JASA
    22, 209-212.
    """
    if of == 0:
        return 0.0, 1.0
    share, z2 = hits / of, _Z * _Z
    centre = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z / (1 + z2 / of) * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return max(0.0, centre - half), min(1.0, centre + half)
