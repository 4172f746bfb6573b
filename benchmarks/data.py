"""Prediction logs of any length, the same on every machine, made once and kept outside the repository."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

SEGMENTS = {"country": 8, "device": 3, "channel": 5, "plan": 4, "band": 4}
"""The columns to slice by, with how many slices each makes. `band` is the quarter that the number `amount` lies in."""

WITH_NUMBER = ("country", "device", "channel", "plan", "amount")
"""The same with the number itself, which is to be cut at its quartiles."""

TEXTS = {
    "country": ("DE", "ES", "FR", "GB", "IT", "PL", "SE", "US"),
    "device": ("desktop", "phone", "tablet"),
    "channel": ("app", "mail", "partner", "search", "shop"),
    "plan": ("basic", "free", "pro", "team"),
    "band": ("high", "low", "middle", "top"),
}

ROWS_PER_UNIT = 10

# md5 is the same in every version of DuckDB, which `hash` is not. Every draw is a slice of its 128 bits. Segments are
# drawn row by row, the hard case: where they belonged to the unit, there were far fewer pairs of unit and slice. The
# labels of three slices are spoilt, so that there is something to find.
_SPOILT = """(chance < CASE WHEN device = 'tablet' AND channel = 'partner' THEN 0.3 WHEN country = 'SE' AND second >= 0.75 THEN 0.25
  WHEN country = 'US' AND plan = 'free' AND channel = 'app' THEN 0.5 ELSE 0 END)"""
_STATEMENT = """
COPY (
  WITH hashed AS (
    SELECT range AS id, md5_number_lower('a' || range) AS low, md5_number_upper('a' || range) AS high FROM range({rows})
  ), drawn AS (
    SELECT id, (low % 1048576) / 1048576.0 AS first, ((low // 1048576) % 1048576) / 1048576.0 AS second,
      (high % 1048576) / 1048576.0 AS third, ((high // 1048576) % 1048576) / 1048576.0 AS fourth,
      (low // 1099511627776) % {units} AS unit, (high // 1099511627776)::BIGINT AS bits
    FROM hashed
  ), placed AS (
    SELECT *, sqrt(-2 * ln(third + 1e-9)) * cos(2 * pi() * fourth) AS normal, {country} AS country,
      {device} AS device, {channel} AS channel, {plan} AS plan, (bits // {room}) % 34952 / 34952.0 AS chance
    FROM drawn
  )
  SELECT id, 'unit-' || lpad(unit::VARCHAR, 8, '0') AS unit,
    (first < 1 / (1 + exp(1.5 - 2 * normal)) AND NOT {spoilt}) OR (first >= 1 / (1 + exp(1.5 - 2 * normal)) AND {spoilt}) AS label,
    2.5 * normal >= 1.5 AS prediction, 1 / (1 + exp(1.5 - {sharpness} * normal)) AS score,
    20 * exp(0.5 * sqrt(-2 * ln(second + 1e-9)) * cos(2 * pi() * third)) AS latency_ms,
    0.0001 + 0.0004 * fourth * second AS cost_usd, country, device, channel, plan, 10 + 90 * second * second AS amount,
    CASE WHEN second < 0.25 THEN 'low' WHEN second < 0.5 THEN 'middle' WHEN second < 0.75 THEN 'high' ELSE 'top' END AS band
  FROM placed ORDER BY id
) TO '{path}' (FORMAT PARQUET)
"""


def folder() -> Path:
    """Where data and environments are kept: $SHIPWORTHY_BENCH_DATA, or a folder in the user's cache."""
    found = Path(os.environ.get("SHIPWORTHY_BENCH_DATA") or Path.home() / ".cache" / "shipworthy-benchmarks")
    found.mkdir(parents=True, exist_ok=True)
    return found


def log(rows: int, *, saturated: bool = False) -> Path:
    """The Parquet file of a log with so many rows, a tenth as many units and five segments; made where it is missing.

    The scores of a `saturated` one crowd within 1e-9 of 0 and of 1.
    """
    path = folder() / f"log-2-{rows}{'-saturated' if saturated else ''}.parquet"
    if not path.exists():
        partial = path.with_suffix(".part")
        # In a process of its own: whoever starts from a process that once was large counts as large to the system.
        sharpness = "9.0" if saturated else "2.5"
        subprocess.run(
            [sys.executable, "-m", "benchmarks.data", str(rows), partial, sharpness], check=True, cwd=ROOT
        )
        partial.replace(path)
    return path


def _write(rows: int, path: Path, sharpness: float) -> None:
    import duckdb

    picks, room = {}, 1
    for column in ("country", "device", "channel", "plan"):
        texts = TEXTS[column]
        picks[column] = f"[{', '.join(map(repr, texts))}][1 + (bits // {room}) % {len(texts)}]"
        room *= len(texts)
    statement = _STATEMENT.format(
        rows=rows,
        units=max(rows // ROWS_PER_UNIT, 1),
        path=path,
        sharpness=sharpness,
        room=room,
        spoilt=_SPOILT,
        **picks,
    )
    with duckdb.connect() as con:
        con.execute("SET memory_limit = '4GB'")
        con.execute(statement)


if __name__ == "__main__":
    _write(int(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))
