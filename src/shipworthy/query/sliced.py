"""A log whose slices and outcomes are columns, ready to be counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.query.slicing import Slicing
from shipworthy.spec.task import BINARY, Task

if TYPE_CHECKING:
    import ibis

    from shipworthy.query.engine import Engine


@dataclass(frozen=True)
class Sliced:
    """The rows of one log and split: `table` has the columns `slice:NAME` and the two that decide a row's outcome.

    `clustered` says that units hold several rows, `weighted` that rows count by their weight.
    """

    engine: Engine
    table: ibis.Table
    slicings: Mapping[str, Slicing]
    task: Task = BINARY
    clustered: bool = False
    weighted: bool = False

    @property
    def independent(self) -> bool:
        """Whether every row is a unit of its own, of weight 1."""
        return not (self.clustered or self.weighted)
