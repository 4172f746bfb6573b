"""A kept model is the model that was trained, and anything else is refused before it is opened."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import resource
import subprocess
import sys
import zipfile
from io import BytesIO

import numpy as np
import pytest
import sklearn
from sklearn.calibration import CalibratedClassifierCV
from sklearn.pipeline import Pipeline
from skops.io import dumps

from shipworthy.errors import InputError
from shipworthy.models import keeping
from shipworthy.models.archive import packed, unpacked
from shipworthy.models.keeping import load_model, save_model
from shipworthy.models.training import train
from shipworthy.spec.model import Candidate
from tests.models.mail import BOOSTED, LOGISTIC, labels, mail

TABLE = mail()
WITHOUT_TEXT = Candidate(train="gradient_boosting", drop=("body",), options={"max_iter": 10})


def trained(candidate):
    return train(candidate, TABLE, labels(TABLE), exclude=["spam"], seed=0)


@pytest.fixture(scope="module")
def boosted():
    return trained(WITHOUT_TEXT)


def sealed(folder, facts, content):
    """Write a model whose checksums are right, as somebody who can write to the folder could."""
    facts = {**facts, "sha256": hashlib.sha256(content).hexdigest()}
    facts.pop("version", None)
    version = keeping._version(facts)
    (folder / f"{version}.json").write_text(json.dumps({"version": version, **facts}))
    (folder / f"{version}.skops").write_bytes(content)
    return version


@pytest.mark.parametrize(
    "candidate",
    [LOGISTIC, BOOSTED, WITHOUT_TEXT, Candidate(train="logistic_regression", drop=("body", "format"))],
)
def test_a_model_comes_back_with_the_same_facts_and_the_same_scores(candidate, tmp_path):
    model = trained(candidate)
    back = load_model(tmp_path, save_model(model, tmp_path / "."))

    assert np.array_equal(model.scores(TABLE), back.scores(TABLE))
    for name in ("algorithm", "features", "rows", "positives", "options", "seed", "left_out", "notes"):
        assert getattr(model, name) == getattr(back, name)


@pytest.mark.parametrize("candidate", [LOGISTIC, BOOSTED])
def test_two_trainings_on_the_same_rows_are_one_version_even_after_use_and_reload(candidate, tmp_path):
    first = save_model(trained(candidate), tmp_path)
    again = trained(candidate)
    again.scores(TABLE)
    assert first == save_model(again, tmp_path)
    assert first == save_model(load_model(tmp_path, first), tmp_path)
    assert {f"{first}.json", f"{first}.skops"} == {path.name for path in tmp_path.iterdir()}


_SAVE = """
from pathlib import Path
from tests.models.test_keeping import LOGISTIC, save_model, trained
print(save_model(trained(LOGISTIC), Path({folder!r})))
"""


def test_another_process_with_another_hash_seed_gives_the_same_version(tmp_path):
    code = _SAVE.format(folder=str(tmp_path))
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)}
    other = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == save_model(trained(LOGISTIC), tmp_path)


@pytest.mark.parametrize("change", [{"options": {"max_iter": 11}}, {"drop": ("body", "size")}])
def test_another_training_is_another_version(change, boosted, tmp_path):
    other = WITHOUT_TEXT.model_copy(update=change)
    assert save_model(boosted, tmp_path) != save_model(trained(other), tmp_path)


def test_the_facts_can_be_read_by_a_person(boosted, tmp_path):
    version = save_model(boosted, tmp_path)
    facts = json.loads((tmp_path / f"{version}.json").read_text())
    assert {"column": "size", "role": "number"} in facts["features"]
    assert (version, "gradient_boosting", 400) == (facts["version"], facts["algorithm"], facts["rows"])
    assert sklearn.__version__ == facts["scikit_learn"]


class Stranger:
    """No type of ours: whoever opens a file with one in it tells of that."""


@pytest.mark.parametrize("suffix", ["skops", "json"])
@pytest.mark.parametrize("harm", ["flip", "truncate", "empty", "append", "another's"])
def test_a_file_that_changed_is_refused_before_it_is_opened(suffix, harm, boosted, tmp_path):
    version = save_model(boosted, tmp_path)
    path = tmp_path / f"{version}.{suffix}"
    content = bytearray(path.read_bytes())
    flipped = bytes([*content[:200], content[200] ^ 1, *content[201:]])
    changed = {
        "flip": flipped,
        "truncate": bytes(content[:-40]),
        "empty": b"",
        "append": bytes(content) + b"{}",
        "another's": dumps(Stranger()),
    }
    path.write_bytes(changed[harm])
    with pytest.raises(InputError) as caught:
        load_model(tmp_path, version)
    assert "model.corrupt" == caught.value.problem.code
    assert suffix == "json" or "the file is not the one that was saved" in str(caught.value)
    assert "shipworthy train" in caught.value.problem.remedy


def test_changed_facts_are_refused_even_where_they_are_well_formed(boosted, tmp_path):
    version = save_model(boosted, tmp_path)
    path = tmp_path / f"{version}.json"
    path.write_text(path.read_text().replace('"rows": 400', '"rows": 4000'))
    with pytest.raises(InputError, match="not those that were saved"):
        load_model(tmp_path, version)


@pytest.mark.parametrize("gone", ["skops", "json"])
def test_a_file_that_is_not_there_is_missed(gone, boosted, tmp_path):
    version = save_model(boosted, tmp_path)
    (tmp_path / f"{version}.{gone}").unlink()
    with pytest.raises(InputError) as caught:
        load_model(tmp_path, version)
    assert "model.missing" == caught.value.problem.code


@pytest.mark.parametrize("version", ["../../etc/passwd", "", "0123456789ABCDEF", "0" * 16 + "\n", "0" * 17])
def test_a_version_is_never_a_path(version, tmp_path):
    with pytest.raises(InputError, match="no version of a model"):
        load_model(tmp_path, version)


def test_types_that_are_not_ours_are_named_and_not_made(boosted, tmp_path):
    facts = json.loads((tmp_path / f"{save_model(boosted, tmp_path)}.json").read_text())
    calibrated = CalibratedClassifierCV(boosted.estimator["model"], cv=2)
    numbers = np.random.default_rng(0).normal(size=(40, boosted.estimator["model"].n_features_in_))
    fitted = calibrated.set_params(estimator__categorical_features=None).fit(numbers, numbers[:, 0] > 0)
    version = sealed(tmp_path, facts, dumps(fitted))
    with pytest.raises(InputError, match="_CalibratedClassifier") as caught:
        load_model(tmp_path, version)
    assert "model.untrusted" == caught.value.problem.code


class Trap:
    """Pickle would call what this returns."""

    def __reduce__(self):
        return (pytest.fail, ("code of the file was run",))


def test_a_pickle_in_place_of_a_model_is_not_run(boosted, tmp_path):
    facts = json.loads((tmp_path / f"{save_model(boosted, tmp_path)}.json").read_text())
    version = sealed(tmp_path, facts, pickle.dumps(Trap()))
    with pytest.raises(InputError, match="cannot be read"):
        load_model(tmp_path, version)


def test_a_call_smuggled_into_the_schema_is_refused(boosted):
    content = packed(boosted.estimator)
    source = zipfile.ZipFile(BytesIO(content))
    schema = source.read("schema.json").replace(b'"check_array"', b'"system"')
    schema = schema.replace(b'"sklearn.utils.validation"', b'"os"')
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, schema if name == "schema.json" else source.read(name))
    with pytest.raises(InputError) as caught:
        unpacked(target.getvalue(), "smuggled.skops")
    assert "model.untrusted" == caught.value.problem.code
    assert "os.system" in str(caught.value)


@pytest.mark.parametrize(
    ("field", "value"), [("left", 0), ("right", 10**6), ("feature_idx", 99), ("feature_idx", -1)]
)
def test_trees_that_point_outside_themselves_are_refused(field, value):
    model = trained(WITHOUT_TEXT)
    model.estimator["model"]._predictors[3][0].nodes[field][0] = value
    with pytest.raises(InputError, match="point outside"):
        unpacked(packed(model.estimator), "crafted.skops")


def test_something_that_is_no_pipeline_of_ours_is_refused(boosted):
    with pytest.raises(InputError, match="no pipeline of ours"):
        unpacked(packed(Pipeline([("model", boosted.estimator["model"])])), "other.skops")


@pytest.mark.parametrize(("trained_with", "fits"), [("0.1.2", False), (f"{sklearn.__version__}.post9", True)])
def test_only_patch_releases_of_the_library_may_differ(trained_with, fits, boosted, tmp_path):
    version = save_model(boosted, tmp_path)
    facts = json.loads((tmp_path / f"{version}.json").read_text())
    content = (tmp_path / f"{version}.skops").read_bytes()
    other = sealed(tmp_path, {**facts, "scikit_learn": trained_with}, content)
    if fits:
        assert boosted.options == load_model(tmp_path, other).options
        return
    with pytest.raises(InputError, match=r"trained with scikit-learn 0\.1\.2") as caught:
        load_model(tmp_path, other)
    assert "model.library" == caught.value.problem.code


def test_a_write_that_fails_leaves_no_part_of_a_file(boosted, tmp_path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))  # the system refuses longer files
    try:
        with pytest.raises(OSError, match="File too large"):
            save_model(boosted, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [] == list(tmp_path.iterdir())
