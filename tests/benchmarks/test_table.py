"""The benchmarks' table: figures first, targets beside them, told honestly."""

from __future__ import annotations

import pytest

from benchmarks.finding import Finding
from benchmarks.results import BEGIN, END, with_table
from benchmarks.table import shown, table


def finding(**changes):
    given = {
        "name": "slices",
        "question": "all slices, 10 M rows",
        "figure": 12.34,
        "unit": "×",
        "target": 10,
        "direction": "at least",
        "ours": "1.2 s CPU",
        "against": "a peer: 14.8 s CPU",
    }
    return Finding(**(given | changes))


def row(**changes):
    return table([finding(**changes)]).splitlines()[2]


def test_a_row_has_the_figure_the_target_and_whether_it_is_met():
    assert row() == "| **12.3 ×** | ≥ 10 × | yes | all slices, 10 M rows | 1.2 s CPU | a peer: 14.8 s CPU |"


def test_a_figure_short_of_its_target_is_said_to_be():
    assert "| no |" in row(figure=9.99)


@pytest.mark.parametrize(("figure", "met"), [(511.0, "yes"), (512.0, "yes"), (513.0, "no")])
def test_a_target_may_be_a_most(figure, met):
    assert f"≤ 512 MB | {met} |" in row(figure=figure, unit="MB", target=512, direction="at most")


@pytest.mark.parametrize(("figure", "met"), [(250.0, "yes"), (40.0, "not shown")])
def test_a_peer_that_was_stopped_leaves_a_lower_bound(figure, met):
    assert row(figure=figure, target=100, beyond=True).startswith(
        f"| **over {figure:.0f} ×** | ≥ 100 × | {met} |"
    )


def test_a_figure_with_nothing_against_it_has_a_dash():
    assert row(against="").endswith("| – |")


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (0.0, "s", "0 s"),
        (0.000031, "", "3.1e-5"),
        (0.0456, "s", "0.0456 s"),
        (99.96, "ms", "100 ms"),
        (1234.5, "MB", "1,230 MB"),
        (12.0, "×", "12 ×"),
    ],
)
def test_numbers_are_shown_in_three_digits(number, unit, text):
    assert text == shown(number, unit)


def test_the_table_replaces_what_the_readme_had_between_its_marks():
    before = f"Intro.\n{BEGIN}old\n{END}Outro.\n"
    assert f"Intro.\n{BEGIN}\nnew\n{END}Outro.\n" == with_table(before, "new")


def test_a_readme_without_marks_is_refused():
    with pytest.raises(ValueError, match="measured: begin"):
        with_table("Intro.", "new")
