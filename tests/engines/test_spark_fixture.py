"""The Spark of the engine tests is a real cluster, and goes with the tests however they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from shipworthy.query.engine import remote_engine
from tests.engines.spark import executing

STARTER = """
import time
from tests.engines import spark
spark.PROGRAMS = 'sleep 600 & sleep 600 &'
with spark.kept_programs(dict(), log=None) as group:
    print(group, flush=True)
    time.sleep(600)
"""


def test_rows_are_counted_on_two_workers(spark_cluster):
    engine = remote_engine(spark_cluster.connect)
    counted = engine.run(engine.con.sql("SELECT COUNT(*) AS n FROM RANGE(0, 1, 1, 2)"), "testing")
    assert [1] == counted["n"].to_pylist()
    assert {"work1", "work2"} == executing(spark_cluster.folder)


def test_its_programs_end_even_where_the_tests_are_killed():
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", STARTER], stdout=subprocess.PIPE, text=True, cwd=root
    ) as tests:
        assert tests.stdout is not None
        group = int(tests.stdout.readline())
        os.killpg(group, 0)
        tests.send_signal(signal.SIGKILL)
    assert gone(group)


def gone(group: int) -> bool:
    """Whether a group of processes ends within ten seconds."""
    for _ in range(100):
        if not [*members(group)]:
            return True
        time.sleep(0.1)
    return False


def members(group: int):
    """The processes of a group that are alive."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, of = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(of) == group and state != "Z":
            yield stat
