"""The same questions in DuckDB's SQL by hand, as cheap as we could write it, and the plain scan that all is held against.

What was tried before, for the sums by unit of 10 M rows: grouping by the text of the unit instead of its hash costs 1.5
times as much, eight sums instead of packed counts 1.4 times, lists by unit and one wide statement with filtered sums more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.data import SEGMENTS, TEXTS

Z = 1.959963984540054

_CELLS = ("tp", "fn", "fp", "tn")
_SUMS = (*_CELLS, "latency_ms", "latency_n", "cost_usd", "cost_n")
_RATIOS: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    "accuracy": (("tp", "tn"), _CELLS),
    "recall": (("tp",), ("tp", "fn")),
    "precision": (("tp",), ("tp", "fp")),
    "false_positive_rate": (("fp",), ("fp", "tn")),
    "f1": (("tp", "tp"), ("tp", "tp", "fp", "fn")),
    "mean(latency_ms)": (("latency_ms",), ("latency_n",)),
    "mean(cost_usd)": (("cost_usd",), ("cost_n",)),
}
# A unit's four counts in one integer, 15 bits each: right for up to 32,767 rows of a unit.
_PACKED = (
    "sum(CASE WHEN label THEN CASE WHEN prediction THEN 1 ELSE 32768 END"
    " ELSE CASE WHEN prediction THEN 1073741824 ELSE 35184372088832 END END)::BIGINT"
)
_UNPACKED = (
    "(packed & 32767)::DOUBLE AS tp, ((packed >> 15) & 32767)::DOUBLE AS fn,"
    " ((packed >> 30) & 32767)::DOUBLE AS fp, (packed >> 45)::DOUBLE AS tn"
)
_BUCKET = "floor(ln(score / (1 - score)) * 64)::SMALLINT"


@dataclass(frozen=True)
class Database:
    """An embedded DuckDB with the log as `log`."""

    con: Any

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What a statement returns."""
        return list(self.con.execute(statement).fetchall())


def database(path: Path) -> Database:
    """A database that reads one log, with the memory that Shipworthy's own engine may use."""
    import duckdb

    con = duckdb.connect()
    con.execute("SET memory_limit = '2GB'")
    con.execute(f"CREATE VIEW log AS FROM read_{path.suffix[1:]}('{path}')")
    return Database(con)


def look(log: Database) -> None:
    """A look at every value of all columns, whatever they are: sums of numbers, and the least of all else."""
    kinds = log.rows("SELECT column_name, column_type FROM (DESCRIBE log)")
    looks = [f"{'sum' if kind in ('DOUBLE', 'BIGINT') else 'min'}({name})" for name, kind in kinds]
    log.rows(f"SELECT {', '.join(looks)} FROM log")


def scan(log: Database, *columns: str) -> None:
    """A look at every value of these columns, with the cheapest aggregate that looks: sums, and the least text."""
    looks = [
        f"min({name})"
        if name in TEXTS or name == "unit"
        else f"sum({name}::DOUBLE)"
        if name not in ("label", "prediction")
        else f"sum({name}::INT)"
        for name in columns
    ]
    log.rows(f"SELECT {', '.join(looks)} FROM log")


def everything(log: Database) -> dict[str, dict[str, list[float]]]:
    """Question (b): ratios with errors clustered by unit, and the AUC; overall and by each segment."""
    answers: dict[str, dict[str, list[float]]] = {metric: {} for metric in (*_RATIOS, "auc")}
    for column in ("", *SEGMENTS):
        for key, *moments in log.rows(_units(column)):
            name = _name(column, key)
            units, sums, products = _moments(moments)
            for metric, (over, under) in _RATIOS.items():
                answers[metric][name] = _ratio(units, sums, products, over, under)
    answers["auc"] = _aucs(log)
    return answers


def _units(slice_: str) -> str:
    """The moments of the sums of units, by slice."""
    moments = [f"sum({a})" for a in _SUMS]
    moments += [f"sum({a} * {b})" for i, a in enumerate(_SUMS) for b in _SUMS[i:] if _together(a, b)]
    return f"""
    SELECT slice, count(*), {", ".join(moments)} FROM (
      SELECT slice, {_UNPACKED}, latency_ms, latency_n::DOUBLE AS latency_n, cost_usd, cost_n::DOUBLE AS cost_n FROM (
        SELECT {slice_ or "0"} AS slice, hash(unit) AS unit, {_PACKED} AS packed, sum(latency_ms) AS latency_ms,
          count(latency_ms) AS latency_n, sum(cost_usd) AS cost_usd, count(cost_usd) AS cost_n
        FROM log GROUP BY {"slice, " if slice_ else ""}hash(unit)))
    GROUP BY slice"""


def _together(first: str, second: str) -> bool:
    """Whether some ratio needs the product of two sums."""
    return any({first, second} <= {*over, *under} for over, under in _RATIOS.values())


def _moments(row: Sequence[float]) -> tuple[float, dict[str, float], dict[tuple[str, str], float]]:
    units, *rest = row
    pairs = [(a, b) for i, a in enumerate(_SUMS) for b in _SUMS[i:] if _together(a, b)]
    products = dict(zip(pairs, rest[len(_SUMS) :], strict=True))
    return (
        units,
        dict(zip(_SUMS, rest, strict=False)),
        products | {(b, a): v for (a, b), v in products.items()},
    )


def _ratio(
    units: float,
    sums: Mapping[str, float],
    products: Mapping[tuple[str, str], float],
    over: Sequence[str],
    under: Sequence[str],
) -> list[float]:
    """A ratio of sums with its linearised interval."""
    top, whole = (sum(sums[name] for name in part) for part in (over, under))
    value = top / whole
    squares = [
        sum(products[a, b] for a in first for b in second)
        for first, second in ((over, over), (over, under), (under, under))
    ]
    spread = squares[0] - 2 * value * squares[1] + value * value * squares[2]
    error = float(np.sqrt(max(spread, 0.0) * units / (units - 1))) / whole
    return [value, value - Z * error, value + Z * error]


def _aucs(log: Database) -> dict[str, list[float]]:
    """The AUC of everything and by each segment, from one grouping of buckets by all of them in turn."""
    sets = ", ".join(f"({name}, bucket)" for name in SEGMENTS)
    columns = ", ".join(SEGMENTS)
    found = log.rows(f"""
    SELECT {", ".join(SEGMENTS)}, grouping({", ".join(SEGMENTS)}), bucket, count(*), count(*) FILTER (label),
      min(score), max(score)
    FROM (SELECT {columns}, {_BUCKET} AS bucket, label, score FROM log) GROUP BY GROUPING SETS ({sets})""")
    names = list(SEGMENTS)
    slices: dict[str, list[tuple[float, ...]]] = {"": []}
    for row in found:
        at = next(i for i in range(len(names)) if not row[len(names)] >> (len(names) - 1 - i) & 1)
        part = row[len(names) + 1 :]
        slices.setdefault(_name(names[at], row[at]), []).append(part)
        if not at:
            slices[""].append(part)
    return {name: [_auc(np.array(rows, dtype=float))] for name, rows in slices.items()}


def _auc(buckets: np.ndarray[Any, np.dtype[np.float64]]) -> float:
    """The AUC of a histogram, ties counting half; columns: bucket, rows, positives, least, greatest."""
    numbers, at = np.unique(buckets[:, 0], return_inverse=True)
    rows, positives = (np.bincount(at, buckets[:, i], minlength=len(numbers)) for i in (1, 2))
    negatives = rows - positives
    below = np.cumsum(negatives) - negatives / 2
    return float(positives @ below / (positives.sum() * negatives.sum()))


def _name(column: str, key: Any) -> str:
    return f"{column}={key}" if column else ""
