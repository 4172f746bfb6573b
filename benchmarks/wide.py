"""A table of examples with thirty columns as people have them, of any length: numbers, counts, words, a note, gaps."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.data import ROOT, folder

COLUMNS = 30
WORDS = {"region": 12, "channel": 6, "plan": 4, "device": 3, "status": 5, "branch": 40, "language": 9}

# Draws are slices of md5, which is the same in every version of DuckDB: six numbers of 64 bits for each row.
_STATEMENT = """
COPY (
  WITH hashed AS (
    SELECT range AS id, md5_number_lower('a' || range) AS a, md5_number_upper('a' || range) AS b,
      md5_number_lower('b' || range) AS c, md5_number_upper('b' || range) AS d,
      md5_number_lower('c' || range) AS e, md5_number_upper('c' || range) AS f FROM range({rows})
  )
  SELECT id, TIMESTAMP '2026-01-01' + to_seconds((id * {seconds})::BIGINT) AS time,
    ((a % 1000) < 200 + 100 * (b % 2))::BIGINT AS bad, {numbers}, {counts}, {words}, b % 2 = 0 AS known,
    'case ' || (e % 9973) || ' of ' || ['a parcel', 'a letter', 'a refund', 'an invoice'][(1 + f % 4)::BIGINT] || ' waited '
      || (f // 7 % 90) || ' days at door ' || (e // 11 % 99991) AS note
  FROM hashed
) TO '{path}' ({form})
"""
_FORMS = {".parquet": "FORMAT PARQUET", ".csv": "FORMAT CSV, HEADER"}

PRODUCT = """\
product: Wide table
owner: Benchmarks
predicts: {{target: bad, positive: 1}}
data:
  examples: {{source: {name}, id: id, time: time, owner: benchmarks, licence: CC0, personal: none}}
segments: [region, plan, device]
candidates:
  rule: {{rule: "x1 > 2"}}
requirements:
  - recall >= 0.5
"""


def product(rows: int, ending: str) -> Path:
    """The folder of a product whose examples are so many rows in a file with this ending; made where it is missing."""
    home = folder() / f"wide-1-{rows}{ending}"
    if not (home / "product.yaml").exists():
        home.mkdir(exist_ok=True)
        name = f"wide{ending}"
        # In a process of its own: whoever starts from a process that once was large counts as large to the system.
        subprocess.run(
            [sys.executable, "-m", "benchmarks.wide", str(rows), home / name], check=True, cwd=ROOT
        )
        (home / "product.yaml").write_text(PRODUCT.format(name=name))
    return home


def _write(rows: int, path: Path) -> None:
    import duckdb

    numbers = [
        f"round(({draw} // {1 << at} % 1048576) / {97 + at}.0, 4)" for draw in "abcd" for at in (3, 22, 41)
    ]
    numbers[1] = f"CASE WHEN c % 20 > 0 THEN {numbers[1]} END"
    counts = [
        f"(e // {1 << (8 * at)} % {most})::BIGINT" for at, most in enumerate((7, 30, 100, 365, 1000, 50000))
    ]
    words = [
        f"'{name} ' || (f // {place} % {most})"
        for place, (name, most) in zip((1, 12, 72, 288, 864, 4320, 172800), WORDS.items(), strict=True)
    ]
    statement = _STATEMENT.format(
        rows=rows,
        seconds=20_000_000 / rows,
        numbers=", ".join(f"{each} AS x{at}" for at, each in enumerate(numbers, 1)),
        counts=", ".join(f"{each} AS count{at}" for at, each in enumerate(counts, 1)),
        words=", ".join(f"{each} AS {name}" for each, name in zip(words, WORDS, strict=True)),
        path=path,
        form=_FORMS[path.suffix],
    )
    with duckdb.connect() as con:
        con.execute("SET memory_limit = '4GB'")
        con.execute(statement)


if __name__ == "__main__":
    _write(int(sys.argv[1]), Path(sys.argv[2]))
