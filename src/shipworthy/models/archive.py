"""A fitted pipeline as bytes and back: skops without what changes from one save to the next, and without surprises."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import Any

import numpy as np

from shipworthy.errors import InputError

TRUSTED = (
    "functools.partial",
    "numpy.dtype",
    "sklearn._loss.link.IdentityLink",
    "sklearn._loss.link.Interval",
    "sklearn._loss.link.LogitLink",
    "sklearn._loss.link.MultinomialLogit",
    "sklearn._loss.loss.HalfBinomialLoss",
    "sklearn._loss.loss.HalfMultinomialLoss",
    "sklearn._loss.loss.HalfSquaredError",
    "sklearn.ensemble._hist_gradient_boosting.binning._BinMapper",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
    "sklearn.utils.validation.check_array",
)
"""What our pipelines hold beyond the types that every release of skops trusts: parts of gradient boosting, mostly."""

_SCHEMA = "schema.json"
_ANY_DATE = (1980, 1, 1, 0, 0, 0)


def packed(estimator: Any) -> bytes:
    """A pipeline as a compressed skops file: equal pipelines give equal bytes.

    skops names objects by their address in memory and stamps the time, and text vectorizers remember an address;
    here constants take their place (numbers in the order of appearance, one date), which readers do not notice.
    """
    from skops.io import dumps

    source = zipfile.ZipFile(BytesIO(dumps(estimator)))
    numbers: dict[int, int] = {}
    files: dict[str, str] = {}

    def renamed(node: dict[str, Any]) -> dict[str, Any]:
        if node.get("__loader__") == "JsonNode":
            node.pop("__id__", None)
        if "__id__" in node:
            node["__id__"] = numbers.setdefault(node["__id__"], len(numbers) + 1)
        if "_stop_words_id" in node:
            node["_stop_words_id"]["content"] = "0"
        if isinstance(node.get("file"), str):
            suffix = node["file"].rpartition(".")[2]
            node["file"] = files.setdefault(node["file"], f"{len(files) + 1}.{suffix}")
        return node

    schema = json.loads(source.read(_SCHEMA), object_hook=renamed)
    parts = {_SCHEMA: json.dumps(schema).encode()}
    parts |= {new: source.read(old) for old, new in files.items()}
    return _zipped(parts)


def _zipped(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(
                zipfile.ZipInfo(name, _ANY_DATE), content, compress_type=zipfile.ZIP_DEFLATED, compresslevel=9
            )
    return target.getvalue()


def unpacked(content: bytes, name: str) -> Any:
    """The pipeline that `packed` made; no object outside the allow-list is created, and none runs code of the file.

    Args:
        content: the bytes of a file whose checksum has been compared.
        name: of the file, for messages.

    Raises:
        InputError: `model.untrusted` for types that our pipelines do not hold, `model.corrupt` for all else.
    """
    from skops.io import get_untrusted_types, loads

    try:
        strange = sorted(set(get_untrusted_types(data=content)) - set(TRUSTED))
        estimator = None if strange else loads(content, trusted=list(TRUSTED))
    except Exception as problem:  # what a broken file raises depends on where it is broken
        raise InputError(
            "model.corrupt",
            f"the model cannot be read: {problem}",
            where=name,
            remedy="Delete the file and make the model again: shipworthy train.",
        ) from problem
    if strange:
        raise InputError(
            "model.untrusted",
            f"the model holds objects that no model of ours holds: {', '.join(strange)}",
            where=name,
            remedy="Nothing was loaded. Delete the file unless you know who wrote it; make the model again: shipworthy train.",
        )
    if not _is_sound(estimator):
        raise InputError(
            "model.corrupt",
            "the model is no pipeline of ours, or its trees point outside themselves",
            where=name,
            remedy="Delete the file and make the model again: shipworthy train.",
        )
    return estimator


def _is_sound(estimator: Any) -> bool:
    """Whether this is one of our pipelines, with trees that end.

    scikit-learn follows the pointers of trees without looking, so that wrong ones could read foreign memory or
    never stop (which is why skops does not trust trees by itself). In a grown tree, children follow their parents.
    """
    from sklearn.pipeline import Pipeline

    if not isinstance(estimator, Pipeline) or list(estimator.named_steps) != ["prepare", "model"]:
        return False
    model = estimator["model"]
    rounds = getattr(model, "_predictors", [])
    columns = getattr(model, "n_features_in_", 0)
    return all(_is_tree(tree, columns) for trees in rounds for tree in trees)


def _is_tree(tree: Any, columns: int) -> bool:
    nodes = tree.nodes
    inner = ~nodes["is_leaf"].astype(bool)
    position = np.arange(len(nodes))
    children = np.concatenate([nodes["left"][inner], nodes["right"][inner]]).astype(np.int64)
    parents = np.concatenate([position[inner], position[inner]])
    follow = bool((children > parents).all() and (children < len(nodes)).all())
    named = nodes["feature_idx"][inner]
    sets = nodes["bitset_idx"][inner & nodes["is_categorical"].astype(bool)]
    return (
        len(nodes) > 0
        and follow
        and bool((named >= 0).all() and (named < columns).all())
        and bool((sets < min(len(tree.raw_left_cat_bitsets), len(tree.binned_left_cat_bitsets))).all())
    )
