"""A throw-away Spark cluster for the tests: a standalone master, two workers and a Connect server, all on loopback."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING

from tests.engines.postgres import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SETTINGS = """\
spark.cores.max 2
spark.executor.cores 1
spark.executor.memory 512m
spark.driver.memory 1g
spark.driver.extraJavaOptions {java}
spark.executor.extraJavaOptions {java}
spark.driver.bindAddress 127.0.0.1
spark.driver.host 127.0.0.1
spark.sql.shuffle.partitions 2
spark.sql.warehouse.dir {folder}/warehouse
spark.local.dir {folder}/local
spark.ui.enabled false
spark.master.rest.enabled false
"""
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""A cluster that lives for a minute gains nothing from the second compiler and from several collectors."""
LOGGING = "rootLogger.level = warn\nlogger.master.name = org.apache.spark.deploy.master.Master\nlogger.master.level = info\nrootLogger.appenderRef.stdout.ref = console\nappender.console.type = Console\nappender.console.name = console\nappender.console.target = SYSTEM_ERR\nappender.console.layout.type = PatternLayout\nappender.console.layout.pattern = %p %c: %m%n\n"
PROGRAMS = """
export SPARK_DAEMON_MEMORY=256m
"$SPARK" org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$PORT" --webui-port 0 &
for worker in 1 2; do
  "$SPARK" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0 --cores 2 --memory 2g \
    --work-dir "$FOLDER/work$worker" "spark://127.0.0.1:$PORT" &
done
unset SPARK_DAEMON_MEMORY
# Whoever asks while one worker is there gets all its executors there.
( until [ "$(grep -c 'Registering worker' "$FOLDER/log")" -ge 2 ]; do sleep 0.1; done
exec "$SPARK" org.apache.spark.deploy.SparkSubmit --master "spark://127.0.0.1:$PORT" \
  --conf spark.connect.grpc.binding.address=127.0.0.1 --conf "spark.connect.grpc.binding.port=$CONNECT" \
  --class org.apache.spark.sql.connect.service.SparkConnectServer spark-internal ) &
"""
KEEPER = "cat >/dev/null; kill -KILL 0"
"""Kills all programs at the end of the standard input, which comes however the tests end."""
PATIENCE_S = 300


@dataclass(frozen=True)
class Cluster:
    """Where the cluster answers, and the environment of a driver that speaks with it."""

    master: str
    connect: str
    folder: Path
    environment: Mapping[str, str]


def missing() -> str | None:
    """What has to be installed before a cluster can run."""
    if find_spec("pyspark") is None or find_spec("grpc") is None:
        return "Spark: pip install 'shipworthy[spark-local]'"
    return None if shutil.which("java") else "Java 17: apt-get install openjdk-17-jre-headless"


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Start a cluster on free loopback ports; it goes with this process, even if that is killed."""
    folder = Path(tempfile.mkdtemp(prefix="shipworthy-spark-"))
    port, connect = free_port(), free_port()
    environment = _configured(folder)
    ports = {"PORT": str(port), "CONNECT": str(connect), "FOLDER": str(folder)}
    try:
        with (folder / "log").open("wb") as log, kept_programs({**environment, **ports}, log):
            _wait_for(folder, connect)
            yield Cluster(f"spark://127.0.0.1:{port}", f"sc://127.0.0.1:{connect}", folder, environment)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def kept_programs(environment: Mapping[str, str], log: IO[bytes] | None) -> Iterator[int]:
    """Run the programs of the cluster in a group of their own; give its number."""
    keeper = subprocess.Popen(
        ["bash", "-c", PROGRAMS + KEEPER],
        stdin=subprocess.PIPE,
        stdout=log,
        stderr=log,
        start_new_session=True,
        env={**os.environ, **environment},
    )
    try:
        yield keeper.pid
    finally:
        if keeper.stdin:
            keeper.stdin.close()
        keeper.wait()


def _configured(folder: Path) -> dict[str, str]:
    """The environment with the settings of the cluster's programs and of every driver, as Spark reads them itself."""
    import pyspark

    home = Path(pyspark.__file__).parent
    (folder / "conf").mkdir()
    (folder / "conf" / "spark-defaults.conf").write_text(
        SETTINGS.format(folder=folder, java=JAVA), encoding="utf-8"
    )
    (folder / "conf" / "log4j2.properties").write_text(LOGGING, encoding="utf-8")
    return {
        "SPARK": str(home / "bin" / "spark-class"),
        "SPARK_HOME": str(home),
        "SPARK_CONF_DIR": str(folder / "conf"),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_JAVA_OPTS": JAVA,
    }


def _wait_for(folder: Path, port: int) -> None:
    """Return once the Connect server answers and each worker has started an executor for it."""
    import socket

    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        with socket.socket() as probe:
            answers = probe.connect_ex(("127.0.0.1", port)) == 0
        if answers and {"work1", "work2"} == executing(folder):
            return
        time.sleep(0.1)
    log = (folder / "log").read_text(encoding="utf-8", errors="replace")
    raise RuntimeError(f"Spark did not start:\n{log[-4000:]}")


def executing(folder: Path) -> set[str]:
    """The workers that have executors."""
    return {path.parents[1].name for path in folder.glob("work*/app-*/*")}
