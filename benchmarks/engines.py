"""What each statement of an evaluation costs on DuckDB, PostgreSQL and Spark, as the table of docs/scale.md.

python benchmarks/engines.py ROWS [duckdb] [postgres] [spark] [--rows-only]     the servers are throw-away ones, on loopback
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import duckdb
import psycopg

import shipworthy as sw
from shipworthy.query.engine import Engine, remote_engine
from tests.engines import postgres, spark

PRODUCT = """\
product: Mail shield
owner: Trust and safety
predicts: {{target: spam, positive: 1}}
value: {{currency: USD, true_positive: 0.02, false_positive: -0.1, false_negative: -0.05}}
data:
  examples: {{{source}, id: id, {unit}owner: mail team, licence: CC0}}
segments: [format, country]
candidates:
  keywords: {{rule: "size > 60 AND format = 'html'", cost: 0}}
  vendor: {{recorded: {recorded}, columns: {{prediction: verdict, score: score}}, cost: 0}}
requirements:
  - recall >= 0.50
  - false_positive_rate <= 30 %
  - gap(false_positive_rate, format) <= 5 %
  - recall >= 0.40 for every country
  - auc >= 0.70
"""
ROWS = """
SELECT 'm' || range AS id, 's' || (range // 4) AS sender, (a < 0.3)::BIGINT AS spam, (score > 0.5)::BIGINT AS verdict, score,
  CASE WHEN range % 3 = 0 THEN 'html' ELSE 'plain' END AS format, 'c' || (range * 7919 % 20) AS country, score * 100 AS size
FROM (SELECT range, a, CASE WHEN a < 0.3 THEN sqrt(b) ELSE b * b END AS score
  FROM (SELECT range, (hash(range) % 1000003) / 1000003.0 AS a, (hash(range + 77777777777) % 1000003) / 1000003.0 AS b FROM range({rows})))
"""
COLUMNS = "id TEXT, sender TEXT, spam BIGINT, verdict BIGINT, score DOUBLE PRECISION, format TEXT, country TEXT, size DOUBLE PRECISION"


def main() -> None:
    """Time the engines that are named, or all."""
    names = [name for name in sys.argv[2:] if name in ENGINES]
    rows, names = int(sys.argv[1]), names or ["duckdb", "postgres", "spark"]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        duckdb.sql(f"COPY ({ROWS.format(rows=rows)}) TO '{folder}/mail.parquet'")
        print(f"{rows:,} rows, {(folder / 'mail.parquet').stat().st_size / 1e6:,.0f} MB of Parquet")
        for name in names:
            with ENGINES[name](folder) as source:
                for unit in ("", "unit: sender, ")[: 1 if "--rows-only" in sys.argv else 2]:
                    _time(folder, name, source, unit)


@contextmanager
def _duckdb(folder: Path) -> Iterator[str]:
    yield f'"{folder}/mail.parquet"'


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    binaries = postgres.binaries()
    if binaries is None:
        raise SystemExit("PostgreSQL: apt-get install postgresql")
    with postgres.running_server(binaries) as url:
        duckdb.sql(f"COPY (FROM '{folder}/mail.parquet') TO '{folder}/mail.csv'")
        with psycopg.connect(url) as connection, (folder / "mail.csv").open("rb") as file:
            connection.execute(f"CREATE TABLE mail ({COLUMNS})".encode())
            with connection.cursor().copy("COPY mail FROM STDIN (FORMAT csv, HEADER)") as copy:
                while block := file.read(1 << 20):
                    copy.write(block)
        (folder / "mail.csv").unlink()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE mail")
        yield f'"{url}", table: mail'


@contextmanager
def _spark(folder: Path) -> Iterator[str]:
    with spark.running_cluster() as cluster:
        os.environ.update(cluster.environment)
        remote_engine(cluster.connect)
        yield f'"{cluster.connect}", table: "{folder}/mail.parquet"'


ENGINES: dict[str, Callable[[Path], Any]] = {"duckdb": _duckdb, "postgres": _postgres, "spark": _spark}


def _time(folder: Path, name: str, source: str, unit: str) -> None:
    product = folder / f"{name}-{bool(unit)}"
    product.mkdir()
    text = PRODUCT.format(source=f"source: {source}", unit=unit, recorded=source)
    (product / "product.yaml").write_text(text, encoding="utf-8")
    taken: list[tuple[str, str, float, int]] = []
    run = Engine.run

    def timed(engine: Engine, expression: Any, purpose: str) -> Any:
        start = time.perf_counter()
        found = run(engine, expression, purpose)
        taken.append((engine.name, purpose, time.perf_counter() - start, found.nbytes))
        return found

    Engine.run = timed  # type: ignore[assignment,method-assign] # a stopwatch around the one door
    start = time.perf_counter()
    sw.evaluate(sw.open(str(product)))
    total = time.perf_counter() - start
    Engine.run = run  # type: ignore[method-assign] # taken off again
    print(f"\n{name}, {'units of four rows' if unit else 'each row a unit'}: {total:.1f} s")
    for engine, purpose, seconds, size in taken:
        print(f"| {engine} | {purpose} | {seconds:.2f} | {size:,} |")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
