"""Wrong labels that were planted are counted and named, and hard rows are not taken for them."""

import numpy as np
import pytest

from shipworthy.audit.noise import confident, noise, noise_share
from shipworthy.audit.relabelling import LEAST_NOISE


def table(seed, rows, slope, share, classes=2):
    """Given labels, the probabilities of a logistic regression that did not see the row, and which labels are wrong."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict

    rng = np.random.default_rng(seed)
    inputs = rng.normal(size=(rows, 4))
    law = slope * inputs @ rng.normal(size=(4, classes))
    label = (law + rng.gumbel(size=law.shape)).argmax(axis=1)
    wrong = np.zeros(rows, dtype=bool)
    wrong[rng.choice(rows, round(share * rows), replace=False)] = True
    given = np.where(wrong, (label + rng.integers(1, classes, rows)) % classes, label)
    said = cross_val_predict(LogisticRegression(), inputs, given, cv=5, method="predict_proba")
    return given, said, wrong


@pytest.mark.slow  # whole products, some seconds each
@pytest.mark.parametrize("classes", [2, 4])
def test_planted_noise_is_recovered_within_a_tenth(classes):
    shares = [noise_share(*table(seed, 10_000, 6.0, 0.05, classes)[:2])[0] for seed in range(6)]
    assert np.mean(shares) == pytest.approx(0.05, rel=0.1)


@pytest.mark.slow
@pytest.mark.parametrize("slope", [0.5, 2.0, 20.0])
def test_a_clean_table_raises_nothing_however_hard_its_rows_are(slope):
    lows = [noise_share(*table(seed, 1_500, slope, 0.0)[:2])[1] for seed in range(40)]
    assert np.mean([low > LEAST_NOISE for low in lows]) <= 0.05


@pytest.mark.slow  # whole products, some seconds each
def test_the_interval_covers_the_planted_share():
    ends = [noise_share(*table(seed, 4_000, 3.0, 0.05)[:2])[1:] for seed in range(20)]
    assert np.mean([low <= 0.05 <= high for low, high in ends]) >= 0.9


def test_suspects_are_the_wrong_labels_of_easy_rows():
    given, said, wrong = table(1, 6_000, 20.0, 0.05)
    found = noise(given, said).suspects
    assert len(found) == pytest.approx(300, rel=0.15)
    assert wrong[found].mean() >= 0.9
    assert wrong[found[:100]].mean() >= 0.97


def test_the_confident_joint_has_the_given_labels_as_its_rows():
    given, said, _ = table(2, 2_000, 3.0, 0.05)
    _, joint = confident(given, said)
    assert joint.sum(axis=1) == pytest.approx(np.bincount(given) / given.size)


@pytest.mark.parametrize("classes", [2, 4])
def test_the_confident_joint_is_that_of_cleanlab(classes):
    from cleanlab import count

    given, said, _ = table(3, 2_000, 2.0, 0.1, classes)
    theirs = count.estimate_joint(given, said)
    assert confident(given, said)[1] == pytest.approx(theirs, abs=2 / 2_000)  # whole rows there


def test_labels_and_probabilities_of_other_shapes_are_refused():
    with pytest.raises(ValueError, match="do not fit"):
        noise(np.zeros(3, dtype=np.int64), np.ones((2, 2)) / 2)
