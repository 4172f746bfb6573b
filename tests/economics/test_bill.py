"""The bill of all options against sheets that were worked out by hand, and against its own equations."""

import time

import numpy as np
import pytest

from shipworthy.economics import bill
from shipworthy.evidence import Economics
from shipworthy.evidence.economics import read_economics
from shipworthy.evidence.record import plain
from shipworthy.spec.model import Value
from tests.economics import sheets

CERTAIN = bill(sheets.section(), None, {})
UNCERTAIN = bill(sheets.section(sheets.UNCERTAIN), None, {})


def outlay(found, option):
    [only] = [each for each in found.outlays if each.option == option]
    return only


def test_a_sheet_without_uncertainty_comes_out_as_by_hand():
    api, ours = outlay(CERTAIN, "api"), outlay(CERTAIN, "ours")
    assert (0, 500, 0.01) == (api.once, api.monthly, api.per_decision)
    assert (60_000, 2_500, 0.004) == (ours.once, ours.monthly, ours.per_decision)
    assert pytest.approx((252_000, 216_000)) == (api.cost.middle, ours.cost.middle)
    assert (0.0, 1.0) == (api.cheapest, ours.cheapest)
    assert ("ours", "api", "cost") == (CERTAIN.leader, CERTAIN.second, CERTAIN.by)
    assert pytest.approx(36_000) == CERTAIN.ahead.middle


def test_break_even_and_its_volume_and_price_come_out_as_by_hand():
    [even], [flip] = CERTAIN.break_evens, CERTAIN.price_flips
    assert ("ours", "api") == (even.option, even.against)
    assert pytest.approx(15) == even.months
    assert (15, 1.0) == (even.simulated.middle, even.within)
    assert pytest.approx(750_000) == even.volume.middle
    assert pytest.approx(0.85) == flip.factor.middle


def test_growth_and_a_price_trend_are_those_of_each_month():
    """12,000 decisions a year that double every year, at 1 USD that halves every year, cost 12,000 each year."""
    options = {
        "api": {"how": "buy", "per_decision": "1 USD / decision", "price_trend": "-50 % / year"},
        "free": {"how": "build"},
    }
    found = bill(sheets.section(volume="1_000 / month", growth="100 % / year", options=options), None, {})
    assert pytest.approx(24_000) == outlay(found, "api").cost.middle


def test_a_discount_makes_the_money_of_later_months_count_less():
    """At 8 % a year a month's money counts 1.08 ** (-1 / 12) of the next one's; 24 of them, each paid at its end, count
    (1 - 1.08 ** -2) / (1.08 ** (1 / 12) - 1) = 22.1729 months. api: 10,500 a month; ours: 60,000 and 6,500 a month.
    Payback: -ln(1 - 0.0064340 * 60,000 / 4,000) / ln(1.0064340) = 15.8247 months.
    """
    found = bill(sheets.section(discount="8 % / year"), None, {})
    counted = (1 - 1.08**-2) / (1.08 ** (1 / 12) - 1)
    assert pytest.approx(22.1729, abs=1e-4) == counted
    assert pytest.approx(10_500 * counted) == outlay(found, "api").cost.middle
    assert pytest.approx(60_000 + 6_500 * counted) == outlay(found, "ours").cost.middle
    [even] = found.break_evens
    assert (pytest.approx(15.8247, abs=1e-3), 16) == (even.months, even.simulated.middle)
    assert "money of later months is discounted to today" in " ".join(found.notes)


def test_without_a_discount_money_counts_the_same_in_every_month_and_that_is_said():
    zero = bill(sheets.section(discount="0 % / year"), None, {})
    assert outlay(CERTAIN, "ours").cost == outlay(zero, "ours").cost
    assert "money is not discounted (discount: 0 % / year)" in CERTAIN.notes[1]


def test_leaving_is_paid_at_the_end_at_what_money_is_worth_then():
    options = {"api": {"how": "buy", "exit_cost": "10_000", "exit_chance": "20 %"}, "free": {"how": "build"}}
    found = bill(sheets.section(options=options, discount="10 % / year"), None, {})
    assert pytest.approx(2_000 / 1.21) == outlay(found, "api").cost.middle


def test_tokens_machines_labels_and_leaving_are_counted():
    """Once 3,000 + 500; monthly 100 + 730 * 2; per decision (2 * 1,000 + 10 * 100) / 1,000,000 = 0.003; leaving 20 % of 10,000."""
    costs = {
        "how": "fine_tune", "labelling": "3_000", "setup": "500", "on_call": "100", "gpu_hours": "730", "gpu_price": "2",
        "input_price": "2 USD / 1M tokens", "input_tokens": "1_000", "output_price": "0.01 USD / 1K tokens",
        "output_tokens": "100", "exit_cost": "10_000", "exit_chance": "20 %",
    }  # fmt: skip
    found = outlay(
        bill(sheets.section(options={"tuned": costs, "free": {"how": "build"}}), None, {}), "tuned"
    )
    assert pytest.approx((3_500, 1_560, 0.003)) == (found.once, found.monthly, found.per_decision)
    assert pytest.approx(3_500 + 24 * (1_560 + 3_000) + 2_000) == found.cost.middle


def test_value_decides_where_every_option_knows_it():
    """ours brings 0.002 less a decision: 48,000 in 24 months, more than the 36,000 that it is cheaper."""
    options = {**sheets.CERTAIN["options"]}
    options["api"] = {**options["api"], "value": "0.02"}
    options["ours"] = {**options["ours"], "value": "0.018"}
    found = bill(sheets.section(options=options), None, {})
    assert ("net", "api") == (found.by, found.leader)
    assert pytest.approx(480_000 - 252_000) == outlay(found, "api").net.middle
    assert pytest.approx(12_000) == found.ahead.middle
    assert 1.0 == outlay(found, "ours").cheapest
    assert 0.0 == outlay(found, "ours").best


def test_a_measured_value_has_the_interval_of_its_estimate():
    options = {**sheets.CERTAIN["options"]}
    options["api"] = {**options["api"], "candidate": "vendor"}
    options["ours"] = {**options["ours"], "value": "0.018"}
    measured = {"vendor": sheets.net_value("vendor", 0.02, 0.018, 0.022)}
    found = bill(sheets.section(options=options), None, measured)
    [used] = [each for each in found.inputs if each.name == "net_value(vendor)"]
    assert ("evidence", "1,000 test rows of vendor") == (used.known, used.source)
    # Its 5 % point lies 1.645 / 1.96 of the way from the middle to the end, 0.0016784 a decision.
    assert pytest.approx(24e6 * (0.02 - 0.0016784), rel=0.01) == outlay(found, "api").value.low


def test_doing_nothing_is_what_the_baseline_leaves():
    """-0.001 a decision, 24,000,000 of them, against 480,000 - 252,000."""
    options = {name: {**costs, "value": "0.02"} for name, costs in sheets.CERTAIN["options"].items()}
    measured = {"baseline": sheets.net_value("baseline", -0.001, -0.001, -0.001)}
    found = bill(sheets.section(options=options), None, measured)
    assert found.nothing is not None
    assert (pytest.approx(-24_000), 1.0) == (found.nothing.middle, found.beats_nothing)
    by_cost = bill(sheets.section(), None, measured)
    assert (None, None) == (by_cost.nothing, by_cost.beats_nothing)


def test_two_options_of_one_candidate_bring_the_same():
    options = {name: {**costs, "candidate": "vendor"} for name, costs in sheets.CERTAIN["options"].items()}
    measured = {"vendor": sheets.net_value("vendor", 0.02, 0.0, 0.04)}
    found = bill(sheets.section(options=options), None, measured)
    assert pytest.approx((36_000, 36_000)) == (found.ahead.low, found.ahead.high)


def test_a_volume_that_the_section_lacks_is_that_of_the_values():
    given = {key: part for key, part in sheets.CERTAIN.items() if key != "volume"}
    found = bill(sheets.section(given), Value.model_validate({"volume": "1_000_000 / month"}), {})
    assert pytest.approx(216_000) == outlay(found, "ours").cost.middle


@pytest.mark.parametrize("factor", [2.0, 10.0])
def test_when_all_costs_double_everything_that_is_money_doubles(factor):
    options = {
        name: {
            key: " / ".join(str(float(part) * factor) for part in text.replace("..", "/").split("/"))
            if key in ("per_decision", "evaluation")
            else text
            for key, text in costs.items()
        }
        for name, costs in sheets.UNCERTAIN["options"].items()
    }
    more = bill(
        sheets.section(
            sheets.UNCERTAIN, options=options, person_month=f"{10_000 * factor} USD / person-month"
        ),
        None,
        {},
    )
    for before, after in zip(UNCERTAIN.outlays, more.outlays, strict=True):
        assert pytest.approx(before.cheapest) == after.cheapest
        assert pytest.approx(factor * before.cost.middle) == after.cost.middle
        assert pytest.approx(factor * before.cost.high) == after.cost.high
    assert pytest.approx(factor * UNCERTAIN.worth_knowing) == more.worth_knowing
    assert pytest.approx(UNCERTAIN.break_evens[0].volume.middle) == more.break_evens[0].volume.middle


def test_the_chances_of_being_cheapest_add_up():
    assert pytest.approx(1) == sum(each.cheapest for each in UNCERTAIN.outlays)


def test_the_inputs_that_move_the_answer_most_come_first():
    """The volume and the price trend of what is bought outweigh what its evaluation costs."""
    names = [each.input for each in UNCERTAIN.movers]
    assert names.index("volume") < names.index("api.evaluation")
    swings = [each.swing for each in UNCERTAIN.movers]
    assert sorted(swings, reverse=True) == swings
    volume = UNCERTAIN.movers[names.index("volume")]
    assert (volume.correlation > 0.5) == (UNCERTAIN.leader == "ours")


def test_knowing_one_input_is_worth_no_more_than_knowing_all():
    assert all(0 <= each.worth <= UNCERTAIN.worth_knowing for each in UNCERTAIN.movers)
    assert max(each.worth for each in UNCERTAIN.movers) > 0.2 * UNCERTAIN.worth_knowing


def test_a_cascade_may_pass_on_what_the_budget_leaves():
    """(0.005 - 0.004) / 0.01 = 10 %."""
    cascade = {"cheap": "ours", "dear": "api", "budget": "0.005 USD / decision"}
    found = bill(sheets.section(cascade=cascade), None, {}).cascade
    assert found is not None
    assert pytest.approx(0.1) == found.share.middle


def test_the_same_seed_gives_the_same_bill_and_another_one_nearly_the_same():
    again = bill(sheets.section(sheets.UNCERTAIN), None, {})
    other = bill(sheets.section(sheets.UNCERTAIN), None, {}, seed=1)
    assert UNCERTAIN == again
    for one, two in zip(UNCERTAIN.outlays, other.outlays, strict=True):
        assert pytest.approx(one.cost.middle, rel=0.02) == two.cost.middle


def test_ten_thousand_draws_take_less_than_a_second_of_work():
    before = time.process_time()
    bill(sheets.section(sheets.UNCERTAIN), None, {}, count=10_000)
    assert time.process_time() - before < 1


def test_a_feature_that_cannot_pay_is_told():
    """At most 0.10 * 10 % = 0.01 a decision, 240,000 in all, is below what either option costs when prices double."""
    value = Value(true_positive=0.08, false_negative=-0.02, false_positive=-1.0)
    options = {"api": {"how": "buy", "per_decision": "0.02"}, "ours": {"how": "build", "setup": "300_000"}}
    found = bill(sheets.section(options=options), value, {}, (100, 1_000))
    assert found.perfect is not None
    assert pytest.approx(240_000) == found.perfect.horizon
    assert any("nothing here can pay" in note for note in found.notes)
    paying = bill(sheets.section(), value, {}, (100, 1_000))
    assert not any("nothing here can pay" in note for note in paying.notes)


def test_a_value_that_no_predictor_can_bring_is_told():
    """10 % of positives at 0.02 bring 0.002 a decision, and a little more at the upper end of the interval."""
    options = {name: {**costs, "value": "0.001..0.010"} for name, costs in sheets.CERTAIN["options"].items()}
    value = Value(true_positive=0.02, false_negative=-0.05)
    notes = bill(sheets.section(options=options), value, {}, (100, 1_000)).notes
    assert ["api.value goes up to 0.01", "ours.value goes up to 0.01"] == [
        note.partition(",")[0] for note in notes if "never wrong" in note
    ]


def test_a_bill_survives_its_way_through_json():
    cascade = {"cheap": "ours", "dear": "api", "budget": "0.005 USD / decision"}
    value = Value(true_positive=0.08, false_negative=-0.02)
    found = Economics(bill(sheets.section(cascade=cascade), value, {}, (100, 1_000)), None)
    assert found == read_economics(plain(found))


def test_notes_say_how_much_is_assumed():
    assert "7 of 7 inputs are assumptions" in CERTAIN.notes[0]
    assert np.isfinite(CERTAIN.worth_knowing)
