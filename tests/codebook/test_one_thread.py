from __future__ import annotations

import numpy as np
from threadpoolctl import threadpool_info

from detente.codebook.one_thread import OneThread


def threads() -> list[int]:
    np.ones((2, 2)) @ np.ones((2, 2))
    return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]


def test_numpy_has_one_thread_within_and_as_many_as_before_afterwards() -> None:
    before = threads()
    assert before
    with OneThread()():
        assert threads() == [1] * len(before)
    assert threads() == before
