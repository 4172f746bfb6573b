"""A model is trained once for its data and settings, and again when one of them changes."""

from __future__ import annotations

import pytest

import shipworthy as sw
from tests.workbench import shop
from tests.workbench.conftest import TRAINED
from tests.workbench.shop import changed


def trained(folder):
    """Whether each trained candidate was trained now, by name."""
    return {each.candidate: each.trained for each in sw.train(sw.open(folder))}


def rewrite(folder, text):
    (folder / "product.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_second_time_is_fresh_and_of_the_same_version(kept):
    first, second = sw.train(sw.open(kept)), sw.train(sw.open(kept))
    assert [False, False] == [each.trained for each in (*first, *second)]
    assert first == second
    assert 1 == len(sw.records(sw.open(kept), "train"))


@pytest.mark.slow  # whole products, some seconds each
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("recall >= 0.50", "recall >= 0.60"),
        ("segments: [format]", "segments: [winner]"),
        ("false_positive: -0.1", "false_positive: -0.2"),
        ("logistic_regression, cost: 0", "logistic_regression, cost: 1"),
        ("logistic_regression, cost: 0", "logistic_regression, threshold: 0.4"),
        ("keywords: {rule", "words: {rule"),
    ],
)
def test_what_training_does_not_rest_on_leaves_the_model_fresh(kept, old, new):
    assert {"logistic": False} == trained(rewrite(kept, changed(old, new, TRAINED)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("test: 50 %", "test: 40 %"),
        ("by: time", "by: random(1)"),
        ("logistic_regression,", "logistic_regression, features: [bait],"),
        ("logistic_regression,", "logistic_regression, options: {C: 0.5},"),
        ("logistic_regression,", "gradient_boosting,"),
        ("segments: [format]", "protected: [format]"),
        ("positive: 1", "positive: 0"),
        ("id: id, ", ""),
    ],
)
def test_what_training_rests_on_makes_the_model_stale(kept, old, new):
    assert {"logistic": True} == trained(rewrite(kept, changed(old, new, TRAINED)))


def test_other_data_make_the_model_stale_and_the_old_data_fresh_again(kept):
    rows = shop.mail()
    shop.write_csv(kept / "mail.csv", shop.edited(rows, size=lambda row: row["size"] + 1))
    assert {"logistic": True} == trained(kept)
    shop.write_csv(kept / "mail.csv", rows)
    assert {"logistic": False} == trained(kept)


def test_the_record_of_a_training_says_what_it_saw(finished):
    [record] = sw.records(sw.open(finished), "train")
    assert record.facts is not None
    assert ("logistic", "logistic_regression", 120) == tuple(
        record.facts[name] for name in ("candidate", "algorithm", "rows")
    )
    features = {feature["column"] for feature in record.facts["features"]}
    assert {"bait", "size", "winner"} <= features
    assert not {"spam", "id"} & features
    [data] = record.provenance.data
    assert ("examples", "mail.csv", 120) == (data.role, data.source, data.rows)
    assert 64 == len(data.fingerprint)


def test_when_a_label_was_known_is_no_feature_and_a_column_called_as_a_rule_of_the_split_is_one(tmp_path):
    rows = [
        {**row, "known": row["time"] if row["spam"] else "2030-01-01 00:00:00", "random": at % 3}
        for at, row in enumerate(shop.mail())
    ]
    text = changed("by: time", "by: random", changed("time: time", "time: time, label_time: known", TRAINED))
    [found] = sw.train(sw.open(shop.product_folder(tmp_path, text, rows)))
    features = {feature["column"] for feature in (found.record.facts or {})["features"]}
    assert (False, True) == ("known" in features, "random" in features)


def test_a_model_of_one_class_is_told_at_its_candidate(tmp_path):
    rows = shop.edited(shop.mail(), spam=lambda row: 0 if row["id"] < "m00120" else row["spam"])
    product = sw.open(shop.product_folder(tmp_path, TRAINED, rows))
    with pytest.raises(sw.InputError, match="labelled rows of both kinds") as caught:
        sw.train(product)
    place = caught.value.problem.where
    assert place is not None
    assert 11 == place.line
    assert [] == sw.records(product, "train")
