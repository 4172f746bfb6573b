"""Rows dealt to partitions by unit, in memory while they are few and in a temporary file beyond that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

import numpy as np

from shipworthy.errors import OutsideError
from shipworthy.tally.cells import Codes
from shipworthy.tally.unit_rows import Records

HELD_BYTES = 64_000_000
"""More than this goes to the disk."""

SUMMED_ROWS = 40_000
"""At least so many rows, and not many more, come at a time, so that they stay in the processor's cache."""

PARTITIONS = 256


def dealt(batches: Iterable[Records], folder: Path | None, held_bytes: int = HELD_BYTES) -> Iterator[Records]:
    """The rows again, each time all rows of some units, by the first byte of the unit's hash.

    Raises:
        OutsideError: the disk has no room.
    """
    with SpooledTemporaryFile(held_bytes, dir=None if folder is None else str(folder)) as file:
        try:
            hand = _Hand.of(batches, file)
            yield from hand.rounds()
        except OSError as error:
            raise OutsideError(
                "scan.no_room",
                f"rows could not be kept in {folder} while they are counted: {error.strerror}",
                remedy="Make room on that disk; the rows take some 30 bytes each while a log is counted by unit.",
            ) from error


@dataclass(frozen=True, eq=False)
class _Hand:
    """Rows in a file, each batch sorted by partition: those of batch i and partition p begin at row `starts[i, p]`."""

    file: IO[bytes]
    dtype: np.dtype[np.void]
    starts: Codes

    @classmethod
    def of(cls, batches: Iterable[Records], file: IO[bytes]) -> _Hand:
        """The batches, written one after the other. `take` moves whole records and is thirty times as fast as an index."""
        starts, written, dtype = [np.zeros(PARTITIONS + 1, dtype=np.int64)], 0, np.dtype("V0")
        for batch in batches:
            partition = (batch["unit"] >> np.uint64(56)).astype(np.uint8)
            file.write(batch.take(np.argsort(partition, kind="stable")).view(np.uint8).data)
            ends = np.cumsum(np.bincount(partition, minlength=PARTITIONS))
            starts.append(written + np.concatenate([[0], ends]))
            written, dtype = written + len(batch), batch.dtype
        return cls(file, dtype, np.array(starts))

    def rounds(self) -> Iterator[Records]:
        """The rows of one partition after the other, several together while they are few."""
        rows, first = np.diff(self.starts, axis=1).sum(axis=0), 0
        for end in range(1, PARTITIONS + 1):
            together = rows[first:end].sum()
            if together >= SUMMED_ROWS or (together and end == PARTITIONS):
                yield np.concatenate(
                    [self._read(start, stop) for start, stop in self.starts[:, [first, end]]]
                )
                first = end

    def _read(self, start: int, stop: int) -> Records:
        self.file.seek(start * self.dtype.itemsize)
        return np.frombuffer(self.file.read((stop - start) * self.dtype.itemsize), self.dtype)
