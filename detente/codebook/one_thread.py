"""Sums on one thread: the matrices of a report are so small that several threads wait longer than they work.

Holds while something is being read and is put back afterwards, so that a user's own sums keep their threads.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from threadpoolctl import ThreadpoolController


class OneThread:
    """Made once, after numpy was loaded; each call gives a context in which numpy multiplies on one thread."""

    def __init__(self) -> None:
        self._libraries = ThreadpoolController()

    def __call__(self) -> AbstractContextManager[object]:
        context: AbstractContextManager[object] = self._libraries.limit(limits=1, user_api="blas")
        return context
