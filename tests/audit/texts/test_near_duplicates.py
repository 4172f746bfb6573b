"""Nearly equal texts: the groups are those of an exact comparison of all pairs, and those that cross a split are told."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.audit.texts.minhash import bands_for, buckets
from shipworthy.audit.texts.near_duplicates import also_elsewhere, near_duplicates
from shipworthy.audit.texts.shingles import RUN, Shingles


def sentence(draw: random.Random, words: int = 60, vocabulary: int = 2000) -> list[str]:
    return [f"w{draw.randrange(vocabulary)}" for _ in range(words)]


def mended(draw: random.Random, words: list[str], changes: int) -> list[str]:
    """The same words but for a few."""
    changed = list(words)
    for _ in range(changes):
        changed[draw.randrange(len(words))] = f"new{draw.randrange(10_000)}"
    return changed


def mixture(seed: int, texts: int = 120) -> list[str]:
    """Texts of which many are versions of each other, from almost the same to hardly alike."""
    draw, made = random.Random(seed), list[list[str]]()  # noqa: S311 # a simulation
    for _ in range(texts):
        old = made and draw.random() < 0.6
        made.append(mended(draw, draw.choice(made), draw.randrange(8)) if old else sentence(draw))
    return [" ".join(words) for words in made]


def runs(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    width = min(RUN, len(words))
    return {tuple(words[place : place + width]) for place in range(len(words) - width + 1)}


def groups_by_all_pairs(texts: list[str], threshold: float) -> set[tuple[int, ...]]:
    """The connected groups of all pairs that are alike, by sets of words and a plain search."""
    sets = [runs(text) for text in texts]
    near: dict[int, set[int]] = {place: {place} for place in range(len(texts))}
    for first, second in itertools.combinations(range(len(texts)), 2):
        both = len(sets[first] & sets[second])
        if both >= threshold * len(sets[first] | sets[second]):
            joined = near[first] | near[second]
            for place in joined:
                near[place] = joined
    return {tuple(sorted(group)) for group in near.values() if len(group) > 1}


@pytest.mark.parametrize("threshold", [0.6, 0.8, 0.9])
@pytest.mark.parametrize("seed", range(4))
def test_groups_are_those_of_comparing_all_pairs(seed, threshold):
    texts = mixture(seed)
    assert groups_by_all_pairs(texts, threshold) == set(near_duplicates(texts, threshold, seed).groups)


@pytest.mark.parametrize("threshold", [0.5, 0.8])
def test_pairs_at_the_threshold_become_candidates_as_often_as_stated(threshold):
    """Sets of 200 runs that share just the threshold, 600 pairs: the share found is within 4 standard errors."""
    rng, bands = np.random.default_rng(1), bands_for(threshold)
    shared = round(2 * 200 * threshold / (1 + threshold))
    sets = []
    for _ in range(600):
        drawn = rng.integers(0, 2**63, 400 - shared).astype(np.uint64)
        sets += [np.sort(drawn[:200]), np.sort(np.append(drawn[:shared], drawn[200:]))]
    shingles = Shingles(np.concatenate(sets), np.arange(0, 200 * 1201, 200))
    found = {
        int(pair[0]) // 2
        for bucket in buckets(shingles, bands, seed=0)
        for pair in itertools.pairwise(bucket)
        if pair[0] // 2 == pair[1] // 2
    }
    expected = bands.recall(shingles.likeness(0, 1))
    assert bands.recall(threshold) >= 0.99
    assert abs(len(found) / 600 - expected) <= 4 * (expected * (1 - expected) / 600) ** 0.5 + 1e-9


def test_texts_that_are_hardly_alike_are_seldom_compared():
    assert bands_for(0.8).recall(0.3) < 0.02


@given(
    st.lists(
        st.sampled_from(["a b c d", "A, b; C  d!", "e f", "E F.", "", "...", None, "漢字の文", "漢字 の文"]),
        max_size=12,
    )
)
def test_capitals_spaces_and_punctuation_make_no_difference(texts):
    """Texts are equal where their words are; those without words are left out."""
    keys = [None if not text else "".join(each for each in text.lower() if each.isalnum()) for text in texts]
    expected = {tuple(place for place, each in enumerate(keys) if each == key) for key in keys if key}
    found = near_duplicates(texts)
    assert {group for group in expected if len(group) > 1} == set(found.groups)
    assert sum(bool(key) for key in keys) == found.looked_at


def test_the_share_of_rows_that_repeat_an_earlier_one_has_an_exact_interval():
    found = near_duplicates(
        ["one two three four", "something else here", "One two three four!", None, "one two three four"]
    )
    assert ((0, 2, 4),) == found.groups
    assert (2, 4) == found.places
    assert (2, 4) == (found.repeated.rows, found.repeated.of)
    assert found.repeated.interval[0] < 0.5 < found.repeated.interval[1]


def test_texts_of_the_test_part_that_training_knows_are_named():
    found = near_duplicates(["a b c", "d e f", "a b c", "d e f", "g h i", "g h i"])
    parts = ["train", "train", "test", "train", "test", "test"]
    assert (2,) == also_elsewhere(found, parts, "test")


def test_results_are_the_same_in_another_process():
    """Python's own hashes of texts differ from run to run; ours must not."""
    texts = mixture(3, 60)
    code = f"from shipworthy.audit.texts.near_duplicates import near_duplicates; print(near_duplicates({texts!r}, 0.7, 5))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert str(near_duplicates(texts, 0.7, 5)) == done.stdout.strip()


def test_many_copies_of_one_template_are_one_group():
    """A bucket of thousands is joined without comparing all pairs."""
    draw = random.Random(0)  # noqa: S311 # a simulation
    words = sentence(draw, 100)
    texts = [" ".join(mended(draw, words, 1)) for _ in range(3000)]
    (group,) = near_duplicates(texts).groups
    assert 3000 == len(group)


def test_a_threshold_outside_the_unit_interval_is_refused():
    with pytest.raises(ValueError, match="threshold lies above 0"):
        near_duplicates(["a"], threshold=1.5)
