"""A log that lies in a database, copied to a file where the embedded engine can join it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shipworthy.evidence.record import content_hash
from shipworthy.query.source import load_table
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from shipworthy.query.engine import Engine
    from shipworthy.workbench.session import Session


def local_log(session: Session, name: str, version: str, engine: Engine, log: Any) -> Any:
    """The log as a table of the embedded engine; a copy is kept, by candidate, version, data and code."""
    if engine is session.local:
        return log
    basis = {"candidate": name, "version": version, "data": session.fingerprint, "code": CODE_VERSION}
    columns = {"columns": list(session.frame.extra), "rows": str(log.schema())}
    file = f"compared-{content_hash({**session.division, **basis, **columns})[:16]}.parquet"
    logs = session.opened.workspace.logs
    if not (logs / file).exists():
        engine.write(log, logs / file, f"copying {name}", lambda batch: batch)
    return load_table(session.local, file, logs)
