"""Which cases of a dear simulation run each time: a few, one of each sort; the slow tests run all of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def few(cases: Iterable[Any], *kept: Any) -> list[Any]:
    """The cases of `parametrize`, all but the kept ones marked slow."""
    every = [*cases]
    assert all(each in every for each in kept), "a kept case is none of the cases"
    return [case if case in kept else pytest.param(case, marks=pytest.mark.slow) for case in every]
