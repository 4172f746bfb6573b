"""Weighted labels stand for all rows, whatever was drawn where; unweighted ones do not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.label.weighting import Cell, alike, factors, unreached

cells = st.lists(
    st.tuples(st.integers(1, 100), st.integers(0, 20), st.integers(0, 20)).map(
        lambda each: Cell(float(sum(each)), float(each[1]), float(each[2]))
    ),
    min_size=1,
    max_size=5,
)
rules = st.sampled_from(["random", "chosen"])


@given(cells, rules)
def test_weights_average_one(cells, rule):
    found = factors(cells, rule)
    total = sum(
        cell.source * by.source + cell.drawn * by.drawn for cell, by in zip(cells, found, strict=True)
    )
    assert total == pytest.approx(sum(cell.labelled for cell in cells))


@given(cells, rules)
def test_each_cell_counts_as_much_as_it_has_rows(cells, rule):
    found = factors(cells, rule)
    covered = [
        (cell.rows, cell.source * by.source + cell.drawn * by.drawn)
        for cell, by in zip(cells, found, strict=True)
        if (cell.drawn if rule == "chosen" else cell.labelled) > 0
    ]
    ratios = [weight / rows for rows, weight in covered]
    assert ratios == pytest.approx([ratios[0]] * len(ratios)) if ratios else True


def test_one_cell_of_rows_drawn_alike_is_weighted_alike():
    cell = Cell(1_000.0, 40.0, 60.0)
    assert alike([cell], factors([cell], "random"))
    assert not alike([cell], factors([cell], "chosen"))


def test_rows_of_a_slice_without_labels_are_said_to_be_unreached():
    cells = [Cell(75.0, 5.0, 5.0), Cell(25.0, 0.0, 0.0)]
    assert 0.25 == unreached(cells, "random")
    assert 0.0 == unreached(cells[:1], "chosen")
    assert 0.2 == unreached([Cell(25.0, 5.0, 0.0), Cell(75.0, 0.0, 5.0)], "chosen")


class World:
    """Rows of two slices, one small and bad; what the source labelled, and what is drawn of the rest."""

    def __init__(self, seed, chosen):
        self.rng = np.random.default_rng(seed)
        n = 2_000
        self.slice = (self.rng.random(n) < 0.2).astype(int)
        self.right = (self.rng.random(n) < np.where(self.slice == 1, 0.5, 0.9)).astype(float)
        share = np.where(self.right == 0, 0.15, 0.05) if chosen else np.full(n, 0.05)
        self.source = self.rng.random(n) < share
        self.drawn = np.zeros(n, bool)

    @property
    def truth(self):
        return self.right.mean()

    def draw(self, wanted, slice_=None):
        free = np.flatnonzero(~self.source & ~self.drawn & (True if slice_ is None else self.slice == slice_))
        self.drawn[self.rng.choice(free, wanted, replace=False)] = True

    def estimate(self, rule):
        member = [self.slice == at for at in (0, 1)]
        cells = [
            Cell(float(m.sum()), float((m & self.source).sum()), float((m & self.drawn).sum()))
            for m in member
        ]
        weight = np.zeros(len(self.right))
        for m, by in zip(member, factors(cells, rule), strict=True):
            weight[m & self.source], weight[m & self.drawn] = by.source, by.drawn
        return float((weight * self.right).sum() / weight.sum())

    @property
    def plain(self):
        return float(self.right[self.source | self.drawn].mean())


@pytest.mark.parametrize(("chosen", "rule"), [(False, "random"), (False, "chosen"), (True, "chosen")])
def test_weighted_estimates_are_unbiased_where_draws_differ_by_slice(chosen, rule):
    """First at random, then the small slice, then at random again; the bias is below two standard errors of 600 worlds."""
    weighted, plain = [], []
    for seed in range(600):
        world = World(seed, chosen)
        world.draw(40)
        world.draw(60, slice_=1)
        world.draw(30)
        weighted.append(world.estimate(rule) - world.truth)
        plain.append(world.plain - world.truth)
    error = np.std(weighted) / np.sqrt(len(weighted))
    assert abs(np.mean(weighted)) < 2.5 * error
    assert abs(np.mean(plain)) > 10 * error


def test_chosen_labels_taken_for_random_ones_are_biased():
    """Which is why product.yaml can say that they were chosen."""
    found = []
    for seed in range(300):
        world = World(seed, True)
        world.draw(100)
        found.append(world.estimate("random") - world.truth)
    assert np.mean(found) < -0.05
