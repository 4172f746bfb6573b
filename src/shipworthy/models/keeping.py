"""Trained models on disk: `<version>.skops` beside `<version>.json`, which a person can read.

The version is the beginning of a SHA-256 over all facts about the model and the checksum of its bytes. Equal
trainings therefore have one version, another version is another model, and a change of either file shows before
anything is opened. Nothing is ever pickled: loading builds known types from data and runs no code of the file.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from shipworthy.errors import InputError
from shipworthy.models.archive import packed, unpacked
from shipworthy.models.features import Feature, LeftOut
from shipworthy.models.training import TrainedModel

_FORMAT = 1
_AGAIN = "Make the model again: shipworthy train."


def save_model(model: TrainedModel, folder: Path) -> str:
    """Write a model and its facts, each file complete or not at all; gives the version.

    Args:
        model: what `train` gave.
        folder: made where it does not exist. A model that is already there unharmed is left alone.
    """
    content = packed(model.estimator)
    facts = _facts(model, content)
    version = _version(facts)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / f"{version}.skops", content)
    _write(folder / f"{version}.json", json.dumps({"version": version, **facts}, indent=2).encode() + b"\n")
    return version


def load_model(folder: Path, version: str) -> TrainedModel:
    """The model of that version, after proof that it is what was saved.

    Raises:
        InputError: `model.missing`; `model.corrupt` for a damaged or altered file; `model.untrusted` for types that
            are not ours; `model.library` where another release of scikit-learn trained it.
    """
    facts = _checked_facts(folder, version)
    path = folder / f"{version}.skops"
    content = _bytes(path)
    if hashlib.sha256(content).hexdigest() != facts["sha256"]:
        raise _corrupt(path, "the file is not the one that was saved")
    _check_library(facts, path)
    return TrainedModel(
        algorithm=facts["algorithm"],
        features=tuple(Feature(**item) for item in facts["features"]),
        estimator=unpacked(content, str(path)),
        rows=facts["rows"],
        positives=facts["positives"],
        options=facts["options"],
        seed=facts["seed"],
        left_out=tuple(LeftOut(**item) for item in facts["left_out"]),
        notes=tuple(facts["notes"]),
        kind=facts.get("kind", "binary"),
        classes=tuple(facts.get("classes", ())),
    )


def _facts(model: TrainedModel, content: bytes) -> dict[str, Any]:
    import sklearn

    # Facts of a yes/no model stay as they were, and so does its version.
    own = {} if model.kind == "binary" else {"kind": model.kind, "classes": list(model.classes)}
    return {
        **own,
        "format": _FORMAT,
        "algorithm": model.algorithm,
        "features": [asdict(feature) for feature in model.features],
        "left_out": [asdict(item) for item in model.left_out],
        "options": dict(model.options),
        "rows": model.rows,
        "positives": model.positives,
        "seed": model.seed,
        "notes": list(model.notes),
        "scikit_learn": sklearn.__version__,
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _version(facts: Mapping[str, Any]) -> str:
    canonical = json.dumps(facts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _checked_facts(folder: Path, version: str) -> dict[str, Any]:
    if not re.fullmatch(r"[0-9a-f]{16}", version):
        raise InputError(
            "model.missing", f"{version!r} is no version of a model: 16 hexadecimal digits", remedy=_AGAIN
        )
    path = folder / f"{version}.json"
    try:
        facts = json.loads(_bytes(path))
        stated = facts.pop("version")
    except (ValueError, AttributeError, KeyError, RecursionError) as problem:
        raise _corrupt(path, "the file does not hold the facts of a model") from problem
    if not stated == _version(facts) == version:
        raise _corrupt(path, "the facts are not those that were saved")
    if facts.get("format") != _FORMAT:
        raise _corrupt(
            path, f"format {facts.get('format')} is not the one that this release reads ({_FORMAT})"
        )
    return dict(facts)


def _check_library(facts: Mapping[str, Any], path: Path) -> None:
    """Patch releases keep the meaning of a fitted model; others do not promise it."""
    import sklearn

    trained, here = (str(text).split(".")[:2] for text in (facts["scikit_learn"], sklearn.__version__))
    if trained != here:
        raise InputError(
            "model.library",
            f"the model was trained with scikit-learn {facts['scikit_learn']}, and {sklearn.__version__} is installed",
            where=str(path),
            remedy=f"{_AGAIN} Or install the release that trained it.",
        )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as problem:
        raise InputError(
            "model.missing", "there is no such model", where=str(path), remedy=_AGAIN
        ) from problem


def _corrupt(path: Path, found: str) -> InputError:
    remedy = f"Nothing was loaded. Delete the files of this version. {_AGAIN}"
    return InputError("model.corrupt", found, where=str(path), remedy=remedy)


def _write(path: Path, content: bytes) -> None:
    """Write beside the target, then rename over it: readers see the old file or the new one, never a part."""
    if path.exists() and path.read_bytes() == content:
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
