"""A throw-away PostgreSQL server for the tests: made in a temporary directory, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVER_ACCOUNT = "postgres"
INITDB_OPTIONS = ("--username=shipworthy", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
FAST_AND_FORGETFUL = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=64MB"


def binaries() -> Path | None:
    """The folder of the newest server installation, or None; Debian keeps it off the PATH."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(installed, key=lambda path: int(path.parts[-3]), default=None)
    return newest.parent if newest else None


@contextmanager
def running_server(binaries: Path) -> Iterator[str]:
    """Start a fresh cluster on a free loopback port; give the URL of its empty database."""
    folder = Path(tempfile.mkdtemp(prefix="shipworthy-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, SERVER_ACCOUNT)
    data, port = f"{folder}/data", free_port()
    try:
        run_as_server_account(f"{binaries}/initdb", "-D", data, *INITDB_OPTIONS)
        options = f"-h 127.0.0.1 -p {port} -k {folder} {FAST_AND_FORGETFUL}"
        control = (f"{binaries}/pg_ctl", "-D", data, "-w", "-t", "60")
        run_as_server_account(*control, "-l", f"{folder}/log", "-o", options, "start")
        try:
            yield f"postgresql://shipworthy@127.0.0.1:{port}/postgres"
        finally:
            run_as_server_account(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_as_server_account(*command: str) -> None:
    """Run a server program; as root through the server's own account, because PostgreSQL refuses root."""
    prefix = ("runuser", "-u", SERVER_ACCOUNT, "--") if os.geteuid() == 0 else ()
    done = subprocess.run(
        [*prefix, *command], check=False, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
