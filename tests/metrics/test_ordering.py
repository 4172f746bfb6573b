"""Metrics of ranked items over the whole table: what cannot change them, their bounds, and how often claims are wrong."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pytest
from scipy.special import expit

from shipworthy.metrics import METRICS, define, measure
from shipworthy.query.scan import Log, scan
from shipworthy.query.slicing import Slicing
from shipworthy.spec.claim import Metric
from shipworthy.spec.task import Task
from shipworthy.tally import Tallies
from shipworthy.tally.needs import merged
from tests.judge.at_bound import assert_rare, keys, rates
from tests.query.recommended import drawn
from tests.query.tables import local, table_of
from tests.tally.counting import cube

RANKING = Task("ranking")
NAMES = [name.replace("@k", "@3") for name, entry in METRICS.items() if entry.kinds == ("ranking",)]
DEFINITIONS = {name: define(Metric(name), None, RANKING) for name in NAMES}
BY = ("country",)
SCHEMA = pa.schema(
    [
        ("id", pa.string()), ("request", pa.string()), ("item", pa.string()), ("unit", pa.string()),
        ("label", pa.float64()), ("score", pa.float64()), ("prediction", pa.float64()), ("popularity", pa.float64()),
        ("weight", pa.float64()), ("country", pa.string()),
    ]
)  # fmt: skip


def tallies(folder, rows, *, clustered=False, name="rows"):
    filled = [{**row, "id": str(at), "prediction": None, "weight": 1.0} for at, row in enumerate(rows)]
    plain = [{key: row[key] for key in SCHEMA.names} for row in filled]
    engine = local(folder)
    log = Log(
        engine,
        table_of(engine, plain, SCHEMA, name),
        {"country": Slicing("country")},
        clustered=clustered,
        task=RANKING,
    )
    return scan(log, merged(each.needs(by) for each in DEFINITIONS.values() for by in ((), BY)))


@pytest.fixture(scope="module", params=[False, True], ids=["requests", "by unit"])
def found(request, tmp_path_factory):
    return tallies(tmp_path_factory.mktemp("ranked"), drawn(150), clustered=request.param)


def assert_same(one, other):
    assert one.keys == other.keys
    for end in ("value", "low", "high", "lower", "upper", "n", "units"):
        np.testing.assert_allclose(getattr(one, end), getattr(other, end), rtol=1e-9, atol=1e-12, err_msg=end)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("level", [0.8, 0.95])
def test_the_value_lies_within_its_bounds_and_they_widen_with_the_level(found, name, level):
    for by in ((), BY):
        narrow, wide = (measure(DEFINITIONS[name], found, by, each) for each in (level, 0.99))
        assert (narrow.lower <= narrow.value + 1e-12).all()
        assert (narrow.value <= narrow.upper + 1e-12).all()
        assert (wide.lower <= narrow.lower + 1e-12).all()
        assert (narrow.upper <= wide.upper + 1e-12).all()
        assert (narrow.units <= narrow.n).all()
        if DEFINITIONS[name].unit == "share":
            assert ((narrow.low >= 0) & (narrow.high <= 1)).all()


def test_the_order_of_rows_and_the_names_of_requests_change_nothing(found, tmp_path):
    rows = [{**row, "request": f"x{row['request'][::-1]}y"} for row in drawn(150)]
    np.random.default_rng(1).shuffle(rows)
    again = tallies(tmp_path, rows, clustered=found.clustered)
    for definition in DEFINITIONS.values():
        assert_same(measure(definition, found, BY, 0.95), measure(definition, again, BY, 0.95))


def test_shards_of_requests_add_up_to_the_whole(tmp_path):
    rows = drawn(150)
    halves = [[row for row in rows if (int(row["request"][1:]) % 2 == 0) == even] for even in (True, False)]
    whole = tallies(tmp_path, rows)
    first, second = (tallies(tmp_path, half, name=f"half{at}") for at, half in enumerate(halves))
    cubes = Tallies({by: first.cubes[by] + second.cubes[by] for by in first.cubes}, {})
    for name, definition in DEFINITIONS.items():
        if not name.startswith("coverage"):
            assert_same(measure(definition, whole, BY, 0.95), measure(definition, cubes, BY, 0.95))


def test_more_requests_never_show_fewer_items(found):
    """So what was seen is proved, and nothing is too much."""
    seen = measure(DEFINITIONS["coverage@3"], found, (), 0.95)
    assert (seen.value[0], 1.0) == (seen.lower[0], seen.upper[0])


def test_a_log_without_rows_has_no_value(tmp_path):
    nothing = tallies(tmp_path, [])
    for name in NAMES:
        assert all(math.isnan(value) for value in measure(DEFINITIONS[name], nothing, (), 0.95).value)


DRAWS = 1_500


def means(values: np.ndarray, name: str) -> Tallies:
    """The tallies of a value of requests: `values` (draws, users, requests of a user), NaN where it has none."""
    there = ~np.isnan(values)
    outcomes = ("answered", "unanswered", "unlabelled")
    units = np.zeros((*values.shape[:2], 5))
    units[..., 0] = values.shape[2]
    units[..., 3], units[..., 4] = np.nansum(values, axis=2), there.sum(axis=2)
    products = np.einsum("dui,duj->dij", units, units)
    rows, users = (
        np.full(len(values), float(n)) for n in (values.shape[1] * values.shape[2], values.shape[1])
    )
    found = cube(
        ("draw",),
        keys(len(values)),
        (*outcomes, name, f"#{name}"),
        rows,
        users,
        units.sum(axis=1),
        products,
        clustered=True,
    )
    return Tallies({("draw",): found}, {}, clustered=True)


def gains(rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """The discounted gain of one relevant item, for users whom some orders suit better than others."""
    taste = rng.normal(-0.5, 1.2, (*shape[:2], 1))
    place = rng.geometric(expit(taste), shape)
    values = np.where(place <= 10, 1 / np.log2(place + 1.0), 0.0)
    values[rng.random(shape) < 0.1] = np.nan
    return values


@pytest.mark.parametrize(("users", "requests"), [(30, 8), (120, 5), (400, 1)])
def test_claims_about_means_over_clustered_requests_are_wrong_no_more_often_than_they_say(users, requests):
    truth = float(np.nanmean(gains(np.random.default_rng(5), (400, 1_000, 5))))
    found = means(gains(np.random.default_rng(users), (DRAWS, users, requests)), "=ndcg@10")
    assert_rare(rates(f"ndcg@10 >= {truth:.9f}", found, None, RANKING), DRAWS)
