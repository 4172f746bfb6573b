"""What is counted of texts, one by one, on a bounded sample: the door for detectors that no engine has.

Each takes the texts of a column (None where a row has none) and the column's name, and gives 1 where a text has the
fault, 0 where it has not, and None where it says nothing. Its name is that of an entry of `metrics.data`, `sampled`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

TextValue = Callable[[Sequence[str | None], str], Sequence[float | None]]

TEXT_VALUES: Mapping[str, TextValue] = {}
"""By the name of the metric."""

TEXT_DEFAULTS: Mapping[str, str] = {}
"""What is claimed of every column of free text without being asked, by the name of the metric: `<= 1 %`."""
