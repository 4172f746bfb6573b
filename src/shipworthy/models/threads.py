"""One thread for the arithmetic of models: the same numbers whatever the number of cores, and steady latency."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any


def one_thread(*, openmp_only: bool = False) -> AbstractContextManager[Any]:
    """A context in which linear algebra and trees run on the calling thread alone.

    Sums that several threads share are added in an order that depends on their number, so that the last digits
    would too. With `openmp_only` nothing outside the calling thread is changed, which a server needs.
    """
    limit: AbstractContextManager[Any] = _controller().limit(
        limits=1, user_api="openmp" if openmp_only else None
    )
    return limit


@cache
def _controller() -> Any:
    """Looking for the libraries takes milliseconds; they stay the same once scikit-learn is loaded."""
    import sklearn.ensemble
    import sklearn.linear_model  # noqa: F401 - loads the libraries that are to be found
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
