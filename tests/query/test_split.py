"""Rows are divided by one rule: in the stated shares, always alike, and no unit on both sides."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shipworthy.errors import InputError
from shipworthy.query.frame import parts
from shipworthy.query.split import SplitPlan, split_plan
from tests.query.tables import frame_of, local, product_of

START = datetime(2024, 1, 1)  # noqa: DTZ001 - a table without time zones
ROLES = {"id": "id", "time": "time", "unit": "unit"}
TRAINED = {"candidates": {"a": {"train": "logistic_regression"}}}


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return local(tmp_path_factory.mktemp("split"))


def rows_of(count, instants=None, units=None):
    return [
        {
            "id": f"r{n:05d}",
            "time": START + timedelta(hours=instants[n] if instants else n),
            "unit": f"u{units[n] if units else n // 5}",
            "label": n % 3 == 0,
            "part": ("train", "validation", "test")[n % 3],
        }
        for n in range(count)
    ]


def divided(engine, rows, by, roles=ROLES, **shares):
    split = {"by": by, "test": 0.3, "validation": 0.2, **shares}
    frame = frame_of(engine, rows, product_of(roles, data={"split": split}))
    found = engine.run(frame.table.select("id", "split"), "testing").to_pylist()
    return {row["id"]: row["split"] for row in found}


@pytest.mark.parametrize("by", ["time", "unit", "random"])
def test_shares_are_about_those_that_were_asked_for(engine, by):
    count = Counter(divided(engine, rows_of(4000), by).values())
    for part, share in {"test": 0.3, "validation": 0.2, "train": 0.5}.items():
        assert pytest.approx(share, abs=0.04) == count[part] / 4000


@pytest.mark.parametrize("by", ["time", "unit", "random"])
def test_the_order_of_rows_in_the_file_does_not_count(engine, by):
    rows = rows_of(300)
    assert divided(engine, rows, by) == divided(engine, rows[::-1], by)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=st.integers(1, 60),
    each=st.integers(1, 3),
    test=st.integers(1, 60),
    validation=st.integers(1, 39),
)
@example(days=5, each=3, test=20, validation=20)
@example(days=10, each=1, test=20, validation=20)
@example(days=10, each=2, test=10, validation=20)
def test_by_time_the_cuts_lie_where_exact_fractions_put_them(engine, days, each, test, validation):
    rows = rows_of(days * each, [n // each for n in range(days * each)])
    found = divided(
        engine, rows, "time", {"id": "id", "time": "time"}, test=test / 100, validation=validation / 100
    )
    whole = Fraction(100)
    expected = {}
    for n, row in enumerate(rows):
        share = Fraction(n // each, days)
        later = "validation" if share >= (whole - test - validation) / whole else "train"
        expected[row["id"]] = "test" if share >= (whole - test) / whole else later
    assert expected == found


@pytest.mark.parametrize("by", ["unit", "random"])
def test_a_row_keeps_its_part_when_others_come_or_go(engine, by):
    rows = rows_of(300)
    before, after = divided(engine, rows, by), divided(engine, rows[100:], by)
    assert {key: before[key] for key in after} == after


def test_another_seed_divides_otherwise(engine):
    rows = rows_of(300)
    assert divided(engine, rows, "random", seed=1) != divided(engine, rows, "random", seed=2)


INSTANTS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 9)), min_size=1, max_size=40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=INSTANTS, by=st.sampled_from(["time", "unit", "random"]))
def test_no_unit_is_on_two_sides(engine, drawn, by):
    rows = rows_of(len(drawn), [instant for instant, _ in drawn], [unit for _, unit in drawn])
    found, sides = divided(engine, rows, by), defaultdict(set)
    for row in rows:
        sides[row["unit"]].add(found[row["id"]])
    assert {1} == {len(each) for each in sides.values()}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=INSTANTS, clustered=st.booleans())
def test_training_never_sees_what_comes_after_the_cut(engine, drawn, clustered):
    rows = rows_of(len(drawn), [instant for instant, _ in drawn], [unit for _, unit in drawn])
    roles = ROLES if clustered else {"id": "id", "time": "time"}
    found = divided(engine, rows, "time", roles)
    last: defaultdict[str, datetime] = defaultdict(lambda: START)
    for row in rows:
        key = row["unit"] if clustered else row["id"]
        last[key] = max(last[key], row["time"])
    ends = defaultdict(list)
    for row in rows:
        ends[found[row["id"]]].append(last[row["unit"] if clustered else row["id"]])
    order = [ends[part] for part in ("train", "validation", "test") if ends[part]]
    for earlier, later in zip(order, order[1:], strict=False):  # noqa: RUF007 - pairs of lists that may be one
        assert max(earlier) <= min(later)
        assert clustered or max(earlier) < min(later), "rows of one instant stay together"


def test_rows_of_one_instant_stay_together_even_when_all_are(engine):
    assert 1 == len(
        set(divided(engine, rows_of(50, [0] * 50), "time", {"id": "id", "time": "time"}).values())
    )


def test_a_column_says_it_itself(engine):
    rows = rows_of(9)
    assert {row["id"]: row["part"] for row in rows} == divided(engine, rows, "part")


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("part", "by what the column part says"),
        ("time", "by time: 60% train, 20% validation, 20% test"),
    ],
)
def test_shares_are_told_where_they_divide_and_else_the_column_that_does(by, said):
    assert said == str(split_plan(product_of(ROLES, data={"split": {"by": by}})))


def test_shares_are_told_to_the_last_digit():
    plan = split_plan(product_of(ROLES, data={"split": {"by": "time", "test": 0.304, "validation": 0.2}}))
    assert "by time: 49.6% train, 20% validation, 30.4% test" == str(plan)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["test", "tset", "holdout"], "holds 'holdout' in 3 rows and 'tset' in 3 rows"),
        (["test", None, "train"], "holds nothing in 3 rows"),
        (["train", "train", "validation"], "leaves no row to judge by"),
    ],
)
def test_a_column_with_other_words_is_refused(engine, words, message):
    rows = [{**row, "part": words[n % 3]} for n, row in enumerate(rows_of(9))]
    frame = frame_of(engine, rows, product_of(ROLES, data={"split": {"by": "part"}}))
    with pytest.raises(InputError, match=message):
        parts(frame)


def test_parts_count_rows_labels_and_positives(engine):
    rows = [{**row, "label": None if n % 2 else n % 4 == 0} for n, row in enumerate(rows_of(12))]
    frame = frame_of(engine, rows, product_of(ROLES, data={"split": {"by": "part"}}))
    assert [("train", 4, 2, 1), ("validation", 4, 2, 1), ("test", 4, 2, 1)] == [
        (part.name, part.rows, part.labelled, part.positives) for part in parts(frame)
    ]


@pytest.mark.parametrize(
    ("roles", "sections", "expected"),
    [
        (ROLES, {}, SplitPlan("none", 1.0, 0.0, stated=False)),
        (ROLES, TRAINED, SplitPlan("time", 0.2, 0.2, stated=False)),
        ({"id": "id", "unit": "unit"}, TRAINED, SplitPlan("unit", 0.2, 0.2, stated=False)),
        ({"id": "id"}, TRAINED, SplitPlan("random", 0.2, 0.2, stated=False)),
        ({"id": "id"}, {"candidates": {"r": {"rule": "x > 1"}}}, SplitPlan("none", 1.0, 0.0, stated=False)),
        ({"id": "id"}, {"candidates": {"v": {"recorded": "v.csv", "threshold": 0.5}}}, SplitPlan("none", 1.0, 0.0, stated=False)),
        ({"id": "id"}, {"candidates": {"v": {"recorded": "v.csv"}}}, SplitPlan("random", 0.6, 0.4, stated=False)),
        (ROLES, {"data": {"split": {"by": "random(7)", "test": 0.5, "validation": 0.1}}}, SplitPlan("random", 0.5, 0.1, 7)),
    ],
)  # fmt: skip
def test_without_a_stated_split_the_product_decides(roles, sections, expected):
    assert expected == split_plan(product_of(roles, **sections))


def test_with_nothing_to_train_every_row_judges(engine):
    frame = frame_of(engine, rows_of(7), product_of(ROLES))
    assert [("test", 7)] == [(part.name, part.rows) for part in parts(frame)]
