"""The Wilson score interval of a share."""

from __future__ import annotations

LEVEL = 0.95


def interval(hits: int, of: int) -> tuple[float, float]:
    """The bounds between which a share lies that was seen as `hits` out of `of`, at 95 %. Of
    nothing, it may be anything: 0 to 1.
    """
    from scipy.stats import binomtest

    if of == 0:
        return 0.0, 1.0
    low, high = binomtest(hits, of).proportion_ci(LEVEL, method="wilson")
    return float(low), float(high)
