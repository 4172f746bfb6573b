"""The workspace on disk: records that are only ever appended, and documents that are never half written."""

from shipworthy.store.durable import keep_bytes, keep_text
from shipworthy.store.records import append, fresh, latest, load, records
from shipworthy.store.sealing import Sealed, sealed, sealed_records
from shipworthy.store.workspace import Workspace, open_workspace

__all__ = [
    "Sealed",
    "Workspace",
    "append",
    "fresh",
    "keep_bytes",
    "keep_text",
    "latest",
    "load",
    "open_workspace",
    "records",
    "sealed",
    "sealed_records",
]
