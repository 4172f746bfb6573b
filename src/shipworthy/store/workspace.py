"""The workspace folder: what stays, what may be deleted, and how it is opened."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from shipworthy.store.durable import create, keep_text, sweep, unwritable

NAME = ".shipworthy"
_GITIGNORE = """\
# Written by Shipworthy. Records, store.db and probes.jsonl are the memory of the product: commit them.
# Everything else can be made again.
*
!.gitignore
!records/
!records/*.json
!store.db
!probes.jsonl
"""


@dataclass(frozen=True)
class Workspace:
    """Where a product's records, models, logs and caches lie."""

    folder: Path

    @property
    def records(self) -> Path:
        """One JSON file per record; never changed, never removed by Shipworthy."""
        return self.folder / "records"

    @property
    def models(self) -> Path:
        """Trained candidates; trained again where missing."""
        return self.folder / "models"

    @property
    def logs(self) -> Path:
        """Prediction logs, one per candidate and version."""
        return self.folder / "logs"

    @property
    def replies(self) -> Path:
        """What chat models said, each call once; asked and paid for again where missing."""
        return self.folder / "replies"

    @property
    def probes(self) -> Path:
        """What candidates were asked by hand, and what came of it: one line each, never changed."""
        return self.folder / "probes.jsonl"

    @property
    def database(self) -> Path:
        """What people enter, labels among it, in SQLite; made where it is first needed."""
        return self.folder / "store.db"

    @property
    def cache(self) -> Path:
        """What was proved about data once, by fingerprint."""
        return self.folder / "cache"

    @property
    def temporary(self) -> Path:
        """Work in progress."""
        return self.folder / "temporary"


def open_workspace(product_folder: Path, workspace: Path | None = None) -> Workspace:
    """The workspace of a product, made where it is missing: `.shipworthy` beside product.yaml, or the named folder.

    Raises:
        InputError: the folder cannot be written.
    """
    opened = Workspace(workspace if workspace is not None else product_folder / NAME)
    try:
        for folder in (opened.records, opened.models, opened.logs, opened.cache, opened.temporary):
            folder.mkdir(parents=True, exist_ok=True)
        _prove_writable(opened)
        sweep(opened.records)
        sweep(opened.temporary)
    except OSError as error:
        raise unwritable(
            opened.folder, error, "Name a folder that can be written: --workspace PATH"
        ) from None
    if not (opened.folder / ".gitignore").exists():
        keep_text(opened.folder / ".gitignore", _GITIGNORE)
    return opened


def _prove_writable(workspace: Workspace) -> None:
    """Folders may exist on a disk that is read-only: only a write tells."""
    probe = workspace.temporary / f"probe-{secrets.token_hex(8)}"
    create(probe, "")
    probe.unlink()
