"""Segments of any size are evaluated, and worse slices stand in the record, on the screen and in the notes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import shipworthy as sw
from tests.cli.command import command
from tests.workbench import shop
from tests.workbench.shop import changed, edited, mail


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """The rule misses nearly all spam of one sender in three."""
    rng = np.random.default_rng(0)
    rows = edited(mail(3_000), sender=lambda _: str(rng.choice(["ann", "bob", "eve"])))
    hidden = [{**row, "bait": 0, "winner": False} if row["sender"] == "eve" else row for row in rows]
    text = changed("segments: [format]", "segments: [format, sender, {size: 4 quantiles}]")
    return shop.product_folder(tmp_path_factory.mktemp("planted") / "shop", text, hidden)


def test_a_planted_slice_is_found_alone(planted):
    found: Any = sw.evaluate(sw.open(planted)).evaluation
    recalls = [each for each in found.worst if each.metric == "recall"]
    assert [{"sender": "eve"}] == [dict(each.slice) for each in recalls]
    assert recalls[0].value < 0.05
    assert recalls[0].rest > 0.8
    assert recalls[0].q < 1e-6
    [search] = found.searches
    assert ("keywords", ("recall", "false_positive_rate")) == (search.candidate, search.metrics)
    assert 2 + 3 + 4 + 6 + 8 + 12 + 24 == search.slices


def test_estimates_stay_those_of_single_columns(planted):
    found: Any = sw.evaluate(sw.open(planted)).evaluation
    assert {0, 1} == {len(each.slice) for each in found.estimates}


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_the_screen_tells_the_worst_slices(planted):
    shown = " ".join(command("evaluate", planted).out.split())
    assert "Where keywords does worse than on the rest of the data recall sender = eve" in shown


def test_the_screen_says_where_no_slice_is_worse(kept):
    shown = " ".join(command("evaluate", kept).out.split())
    assert "no slice is worse than the rest beyond chance (" in shown


def test_rows_that_share_units_are_searched_by_pairs_of_columns_too(tmp_path):
    text = changed(
        "segments: [format]",
        "segments: [format, winner]",
        shop.PRODUCT.replace("time: time", "time: time, unit: sender"),
    )
    found: Any = sw.evaluate(sw.open(shop.product_folder(tmp_path / "shop", text))).evaluation
    assert {4 + 4} == {search.slices for search in found.searches}
    assert not any("units hold several rows" in note for note in found.notes)


def test_a_column_of_a_hundred_thousand_values_is_judged_on_its_top_and_the_others(tmp_path):
    rows = edited(mail(400), sender="")
    many = [{**rows[at % 400], "id": f"r{at}", "sender": f"s{at % 100_000}"} for at in range(100_400)]
    text = changed(
        "split: {by: time, test: 50 %, validation: 20 %}", "split: {by: random, test: 50 %, validation: 20 %}"
    )
    text = changed("segments: [format]", "segments: [format, sender]", text)
    text = changed("  - recall >= 0.50\n", "  - recall >= 0.50\n  - recall >= 0.01 for every sender\n", text)
    found: Any = sw.evaluate(sw.open(shop.product_folder(tmp_path / "shop", text, many))).evaluation
    told = "sender has 100,000 values: 50 are slices of their own, the 99,950 rarer ones are one, (other)"
    assert any(note.startswith(told) for note in found.notes)
    judged = {
        each.slice["sender"]: each for each in found.verdicts if each.candidate == "keywords" and each.slice
    }
    assert 51 == len(judged)
    assert "met" == judged["(other)"].verdict
    assert {f"s{at}" for at in range(50)} & {*judged}
    top = {each.slice["sender"] for each in found.estimates if "sender" in each.slice}
    assert {*judged} == top
