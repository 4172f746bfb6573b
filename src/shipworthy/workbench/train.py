"""Train the candidates that are missing or stale, and keep a record of each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError, SpecError
from shipworthy.evidence import DataFacts, Provenance, Record
from shipworthy.evidence.record import content_hash
from shipworthy.query.log import originals
from shipworthy.query.split import TRAIN
from shipworthy.store import append, fresh
from shipworthy.workbench.clock import now
from shipworthy.workbench.product import placed
from shipworthy.workbench.session import Session
from shipworthy.workbench.version import CODE_VERSION

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from shipworthy.models.reweighing import Groups
    from shipworthy.models.training import TrainedModel
    from shipworthy.spec.model import Candidate

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Training:
    """One trained candidate: its record, and whether it was trained now or was fresh."""

    candidate: str
    version: str
    record: Record
    trained: bool


def train(session: Session, progress: Progress) -> tuple[Training, ...]:
    """Train every trained candidate that has no model for the present data and settings."""
    return tuple(
        _trained(session, name, candidate, progress)
        for name, candidate in session.product.candidates.items()
        if candidate.kind == "trained"
    )


def model_of(session: Session, version: str) -> TrainedModel:
    """The model of that version, checked before it is loaded."""
    from shipworthy.models.keeping import load_model

    return load_model(session.opened.workspace.models, version)


def training_of(session: Session, name: str, candidate: Candidate) -> Training | None:
    """The candidate's model for the present data and settings, if it was trained.

    Raises:
        InputError: its files are damaged.
    """
    found = fresh(session.opened.workspace, "train", _provenance(session, candidate).fingerprint)
    if found is None or found.facts is None:
        return None
    version = str(found.facts["version"])
    files = [session.opened.workspace.models / f"{version}.{ending}" for ending in ("skops", "json")]
    if not all(file.exists() for file in files):
        return None
    if _checksum(files[0]) not in files[1].read_text(encoding="utf-8", errors="replace"):
        model_of(session, version)
    return Training(name, version, found, trained=False)


def _checksum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _trained(session: Session, name: str, candidate: Candidate, progress: Progress) -> Training:
    if found := training_of(session, name, candidate):
        progress(f"the model of {name} is fresh")
        return found
    progress(f"training {name}")
    try:
        model = _fitted(session, name, candidate, progress)
    except InputError as error:
        raise SpecError([placed(error.problem, session.opened.places.of("candidates", name))]) from error
    from shipworthy.models.keeping import save_model

    version = save_model(model, session.opened.workspace.models)
    facts = {
        "candidate": name,
        "version": version,
        "algorithm": model.algorithm,
        "rows": model.rows,
        "positives": model.positives,
        "features": [asdict(feature) for feature in model.features],
        "left_out": [asdict(item) for item in model.left_out],
        "options": dict(model.options),
        "notes": list(model.notes),
    }
    record = Record("train", now(), _provenance(session, candidate), facts=facts)
    append(session.opened.workspace, record)
    return Training(name, version, record, trained=True)


def _provenance(session: Session, candidate: Candidate) -> Provenance:
    """What the training rests on: not the requirements, so that a new claim trains nothing anew."""
    basis = {
        "candidate": candidate.model_dump(
            mode="json", exclude={"threshold", "thresholds_by", "equalise", "abstain", "cost"}
        ),
        "division": session.division,
        "excluded": sorted(excluded_columns(session, candidate)),
    }
    data = DataFacts("examples", session.data_facts.source, session.fingerprint, session.part(TRAIN).labelled)
    return Provenance(content_hash(basis), (data,), {}, CODE_VERSION, session.plan.seed, session.home.name)


def excluded_columns(session: Session, candidate: Candidate) -> set[str]:
    """The columns that are never features: the label, those about rows, the split; the time and protected ones unless asked for.

    A model that learned when its rows happened only guesses at what happens later.
    """
    source, product = session.product.data.examples, session.product
    never = {product.label, *source.about_rows, session.plan.column} - {source.time}
    asked = {source.time, *(item.column for item in product.protected)} - set(candidate.features)
    return {name for name in never | asked if name and name in session.examples.columns}


def _fitted(session: Session, name: str, candidate: Candidate, progress: Progress) -> TrainedModel:
    from shipworthy.models.training import train as fit

    frame = session.frame
    rows = frame.rows(TRAIN).filter(frame.table.label.notnull())
    if not session.part(TRAIN).labelled:
        raise InputError(
            "data.no_training_rows",
            f"no labelled row is left to train {name} on",
            where=session.opened.places.of("candidates", name),
            remedy="Give data.split smaller shares for test and validation, or label more rows.",
        )
    table = session.home.run(
        _with_groups(session, originals_of(session, rows), candidate), f"reading the training rows of {name}"
    )
    labels = table["key:label"].to_numpy(zero_copy_only=False)
    features = table.select([column for column in table.column_names if not column.startswith("key:")])

    def told(done: int, of: int) -> None:
        progress(f"tuning {name}: {done} of {of} fits")

    return fit(
        candidate,
        features,
        labels,
        task=session.task,
        exclude=excluded_columns(session, candidate),
        seed=session.plan.seed,
        progress=told,
        groups=_groups(session, table, candidate),
    )


def _with_groups(session: Session, rows: Any, candidate: Candidate) -> Any:
    """The rows with the group that each is reweighed by under `key:group`, in slices as evaluation cuts them."""
    if candidate.reweigh is None:
        return rows
    return rows.mutate(**{"key:group": session.slicings[candidate.reweigh].expression(rows)})


def _groups(session: Session, table: pa.Table, candidate: Candidate) -> Groups | None:
    """The group of each training row, where the candidate is reweighed."""
    import numpy as np

    from shipworthy.models.reweighing import Groups

    if candidate.reweigh is None:
        return None
    slicing = session.slicings[candidate.reweigh]
    found = table["key:group"].combine_chunks().dictionary_encode(null_encoding="encode")
    labels, codes = np.unique(
        [slicing.label(value) for value in found.dictionary.to_pylist()], return_inverse=True
    )
    return Groups(candidate.reweigh, labels.tolist(), codes[found.indices.to_numpy()])


def originals_of(session: Session, rows: object) -> object:
    """These rows under their own column names, in the order of ids, with the keys of the log under `key:NAME`."""
    from dataclasses import replace

    return originals(replace(session.frame, table=rows)).order_by("key:id")
