"""Kernels that are compiled only for graphs that are worth it: of a few companies the search takes
less time than loading the compiler does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, cached_property, update_wrapper
from typing import Any

# Relations up to which kernels run as plain Python. Loading numba and its cache takes a quarter of
# a second; plain Python searches a graph of this size in less.
PLAIN = 300


class Kernel:
    """A function over arrays; `compiled` is the same function as machine code."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        update_wrapper(self, function)

    def __call__(self, *arguments: Any) -> Any:
        """Run as plain Python, inner kernels too."""
        return self._function(*arguments)

    def for_size(self, relations: int) -> Callable[..., Any]:
        """The function to call for a graph of so many relations."""
        compiled: Callable[..., Any] = self.compiled if relations > PLAIN else self
        return compiled

    @cached_property
    def compiled(self) -> Any:
        import numba

        _teach_numba()
        return numba.njit(cache=True, nogil=True)(self._function)


@cache
def _teach_numba() -> None:
    """Let compiled kernels call other kernels: numba sees each as its compiled self."""
    from numba.core import types
    from numba.extending import typeof_impl

    @typeof_impl.register(Kernel)  # type: ignore[untyped-decorator]  # numba has no types
    def typeof(kernel: Kernel, context: object) -> Any:
        return types.Dispatcher(kernel.compiled)
