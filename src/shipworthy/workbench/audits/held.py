"""The values of the data that an audit may show, for personal data among them to be masked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shipworthy.query.data_rows import DataRows
    from shipworthy.workbench.audits.looking import Seen
    from shipworthy.workbench.audits.representing import Production


def held(
    rows: DataRows, seen: Seen, production: Production | None, ids: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    """Every value with its column: of columns with few values, of slices, of the contract and of production, and ids."""
    for column in seen.columns:
        yield from ((column.name, value) for value, _ in column.values)
    for slicings in (rows.slicings, production.categories if production else {}):
        for name, slicing in slicings.items():
            yield from ((name, label) for label in slicing.labels)
    for name, terms in seen.contract.columns.items():
        yield from ((name, value) for value in terms.values)
    for named in ids.values():
        yield from ((rows.source.id or "", name) for name in named)
