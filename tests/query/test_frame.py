"""The examples in the form of the log: roles under one name, everything else as it was."""

from __future__ import annotations

import pytest

from shipworthy.errors import InputError
from shipworthy.query.answer import truth
from shipworthy.query.frame import examples_frame
from shipworthy.query.log import answered
from shipworthy.query.slicing import OTHER
from shipworthy.query.split import SplitPlan
from shipworthy.spec.kinds import MOST_VALUES
from tests.query.tables import frame_of, local, product_of, table_of

ROWS = [{"key": n, "who": f"u{n % 2}", "answer": "yes" if n % 3 else "no", "size": n / 2} for n in range(6)]
ROLES = {"id": "key", "unit": "who", "label": "answer"}


@pytest.fixture
def engine(tmp_path):
    return local(tmp_path)


def product(**sections):
    return product_of(ROLES, predicts={"target": "answered", "positive": "yes"}, **sections)


def test_roles_take_the_names_of_the_log_and_originals_stay(engine):
    frame = frame_of(engine, ROWS, product())
    found = engine.run(frame.table.order_by("id"), "testing").to_pylist()
    assert [str(row["key"]) for row in ROWS] == [row["id"] for row in found]
    assert [row["who"] for row in ROWS] == [row["unit"] for row in found]
    assert [row["answer"] == "yes" for row in ROWS] == [row["label"] for row in found]
    assert {None} == {row["time"] for row in found}
    assert [row["size"] for row in ROWS] == [row["c:size"] for row in found]
    assert frame.clustered


def test_rows_without_an_id_are_numbered(engine):
    frame = frame_of(
        engine, ROWS, product_of({"label": "answer"}, predicts={"target": "x", "positive": "yes"})
    )
    assert {"1", "2", "3", "4", "5", "6"} == set(engine.run(frame.table, "testing")["id"].to_pylist())
    assert not frame.clustered


@pytest.mark.parametrize("name", ["score", "prediction", "output", "unit", "label", "split"])
def test_a_column_whose_name_the_log_keeps_for_itself_cannot_be_sliced_by(engine, name):
    rows = [{**row, name: "x"} for row in ROWS]
    with pytest.raises(InputError, match=f"name {name!r}, a column that the prediction log keeps"):
        frame_of(engine, rows, product(segments=[name]))


def test_a_role_that_is_named_like_its_column_can(engine):
    rows = [{"unit": row["who"], "key": row["key"], "answer": row["answer"]} for row in ROWS]
    roles = {"id": "key", "unit": "unit", "label": "answer"}
    frame = frame_of(
        engine, rows, product_of(roles, predicts={"target": "x", "positive": "yes"}, segments=["unit"])
    )
    assert ("u0", "u1") == frame.slicings["unit"].labels


def test_ids_that_a_log_numbers_cannot_be_sliced_by(engine):
    rows = [{"id": row["key"] // 2, "try": row["key"] % 2, "answer": row["answer"]} for row in ROWS]
    roles = {"id": "id", "repeats": "try", "label": "answer"}
    with pytest.raises(InputError, match="name 'id', a column that the prediction log keeps"):
        frame_of(
            engine, rows, product_of(roles, predicts={"target": "x", "positive": "yes"}, segments=["id"])
        )


@pytest.mark.parametrize("count", [6, 3 * MOST_VALUES], ids=["few", "many"])
@pytest.mark.parametrize("role", ["id", "unit"])
def test_a_number_that_the_log_holds_as_text_falls_into_the_slices_that_the_examples_have(
    engine, role, count
):
    rows = [{"key": n, "id": n, "unit": -n, "answer": "yes" if n % 3 else "no"} for n in range(count)]
    roles = {"id": "id", "unit": "unit", "label": "answer"}
    frame = frame_of(
        engine, rows, product_of(roles, predicts={"target": "x", "positive": "yes"}, segments=[role])
    )
    slicing, own = frame.slicings[role], frame.table[f"c:{role}"]
    log = answered(frame, "nobody", {})
    found = engine.run(log.select(role, slice=slicing.expression(log)).distinct(), "testing").to_pylist()
    labels = {row[role]: slicing.label(row["slice"]) for row in found}
    named = engine.run(frame.table.select(own=own).distinct(), "testing")["own"].to_pylist()
    assert {str(value): str(value) if str(value) in slicing.labels else OTHER for value in named} == labels


def test_a_column_of_the_log_that_the_examples_do_not_have_is_no_conflict(engine):
    table = table_of(engine, ROWS)
    assert () == examples_frame(engine, table, product(), SplitPlan("none", 1, 0), {}, ["latency_ms"]).extra


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, True),
        (1, True),
        ("yes", True),
        ("TRUE", True),
        (False, False),
        (0, False),
        ("No", False),
        ("spam", None),
        (2, None),
    ],
)
def test_words_for_truth(value, expected):
    assert expected is truth(value)
