"""Each risk is triggered, quiet or not measured by what records hold, and by nothing else."""

from dataclasses import replace

import pytest

from shipworthy.risk import register
from shipworthy.risk.editions import risk_ids
from tests.risk.products import CHAT, GAP, audited, estimate, evaluated, framed, product, seen, verdict

GROUPED = {"requirements": [GAP], "protected": {"group": {"basis": "consent"}}}
REFUSING = "over_refusal <= 20 %"
ATTACKED = "attack_success <= 5 %"


def row(name, given=None, **records):
    return register(seen(given, **records)).row(name)


def test_every_risk_is_there_in_order_and_the_products_own_come_last():
    found = register(seen(product(risks=["senders adapt", "K7"])))
    assert [*risk_ids(), "senders adapt"] == [each.id for each in found.rows]
    assert (True, "not_measured") == (found.rows[-1].own, found.rows[-1].standing)


def test_without_records_nothing_is_triggered_or_quiet_but_what_the_file_itself_says():
    found = register(seen())
    assert {"K20"} == {each.id for each in found.of("quiet")}
    assert () == found.of("triggered")
    assert all(not each.figures and not each.records for each in found.rows)


@pytest.mark.parametrize(
    ("word", "standing"), [("missed", "triggered"), ("met", "quiet"), ("undecided", "not_measured")]
)
def test_a_gap_stands_as_the_verdict_on_it(word, standing):
    found = row("K7", product(**GROUPED), evaluation=evaluated(verdict(GAP, word, 0.2)))
    [figure] = found.figures
    assert (standing, 0.2, 0.05, "<=", word) == (
        found.standing, figure.value, figure.bound, figure.comparator, figure.verdict,
    )  # fmt: skip
    assert (figure.record,) == found.records


def test_one_missed_claim_triggers_a_risk_whose_others_are_met():
    claims = ["p95(latency_ms) <= 50", "mean(cost_usd) <= 0.01"]
    record = evaluated(verdict(claims[0], "met"), verdict(claims[1], "missed"))
    found = row("K14", product(requirements=claims), evaluation=record)
    assert ("triggered", f"missed: {claims[1]}", 2) == (found.standing, found.why, len(found.figures))


def test_a_record_of_another_product_file_measures_nothing():
    stale = evaluated(verdict(GAP, "missed"), spec_hash="before")
    found = row("K7", product(**GROUPED), evaluation=stale)
    assert ("not_measured", ()) == (found.standing, found.figures)
    assert "before product.yaml changed" in found.why


def test_what_no_requirement_asks_is_not_measured_and_the_missing_line_is_named():
    found = row("K7", evaluation=evaluated(verdict("recall >= 0.5", "met")))
    assert "not_measured" == found.standing
    assert "gap(false_positive_rate, COLUMN) <= 0.05" in found.next_step


@pytest.mark.parametrize(
    ("low", "high", "standing"), [(-2.0, -1.0, "triggered"), (0.5, 1.0, "quiet"), (-1.0, 1.0, "not_measured")]
)
def test_without_a_claim_money_is_held_against_nothing(low, high, standing):
    money = estimate("net_value", (low + high) / 2, low, high)
    found = row("K6", evaluation=evaluated(estimates=(money,)))
    assert (standing, (low, high)) == (found.standing, (found.figures[0].low, found.figures[0].high))


@pytest.mark.parametrize("name", ["K10", "K11", "K12", "K13"])
def test_risks_of_texts_do_not_apply_where_answers_are_none(name):
    assert "does_not_apply" == row(name).standing
    assert "not_measured" == row(name, product(CHAT)).standing


def test_groundedness_attacks_and_refusals_are_measured_by_their_claims():
    claims = ["pass_rate(grounded) >= 90 %", ATTACKED, REFUSING]
    record = evaluated(*(verdict(claim, "missed") for claim in claims))
    found = register(seen(product(CHAT, requirements=claims, misuse={"suite": "core"}), evaluation=record))
    assert {"K10", "K11", "K13", "K20"} == {each.id for each in found.of("triggered")}


@pytest.mark.parametrize(
    "claim", ["attack_success(hijacking) <= 5 %", "attack_success <= 5 % where hazard = 'overreach'"]
)
def test_attacks_on_rights_are_a_risk_of_their_own(claim):
    given = product(CHAT, requirements=[claim])
    found = register(seen(given, evaluation=evaluated(verdict(claim, "missed"))))
    assert ("triggered", "not_measured") == (found.row("K12").standing, found.row("K11").standing)


def test_attacks_on_rights_that_no_claim_bounds_are_shown_and_not_judged():
    some = estimate("attack_success", 0.5, 0.2, 0.8, hazard="hijacking")
    found = row("K12", product(CHAT), evaluation=evaluated(estimates=(some,)))
    assert ("not_measured", 0.5) == (found.standing, found.figures[0].value)


@pytest.mark.parametrize(
    ("fired", "standing"),
    [({}, "quiet"), ({"F2": True}, "triggered"), ({"F0": None}, "not_measured"), ({"F0": None, "F1": True}, "triggered")],
)  # fmt: skip
def test_framing_is_wrong_where_a_stopping_rule_fires(fired, standing):
    assert standing == row("K1", framing=framed(fired)).standing


def test_a_day_that_is_past_is_debt():
    risks = [{"risk": "K16", "owner": "Ada", "response": "mitigate", "revisit": "2026-11-21"}]
    found = register(seen(product(risks=risks)))
    assert (True, "triggered") == (found.row("K16").overdue, found.row("K22").standing)
    later = register(seen(product(risks=risks), time="2026-11-21T23:59:59.000000Z"))
    assert (False, "not_measured") == (later.row("K16").overdue, later.row("K22").standing)


def test_what_cannot_be_undone_or_appealed_is_triggered_until_a_way_is_stated():
    action = {"do": "close the account", "reversible": "no"}
    assert "triggered" == row("K8", product(action=action)).standing
    assert "not_measured" == row("K8", product(action=action, ethics={"recourse": {"how": "write"}})).standing


def test_a_vendor_is_a_risk_only_where_somebody_else_runs_a_candidate():
    assert ("does_not_apply", "not_measured") == (row("K18").standing, row("K18", product(CHAT)).standing)


def test_a_triggered_risk_without_an_owner_is_a_risk_of_its_own():
    record = evaluated(verdict(GAP, "missed"))
    bare = register(seen(product(**GROUPED), evaluation=record))
    assert (True, "triggered") == (bare.row("K7").unowned, bare.row("K20").standing)
    assert "K7" in bare.row("K20").why
    entry = {"risk": "k7", "owner": "Ada", "response": "mitigate"}
    owned = register(seen(product(**GROUPED, risks=[entry]), evaluation=record))
    assert (False, "quiet") == (owned.row("K7").unowned, owned.row("K20").standing)
    assert ("Ada", "mitigate") == (owned.row("K7").owner, owned.row("K7").response)


def test_what_is_accepted_needs_a_reason_and_a_day_to_look_again():
    entry = {"risk": "K9", "owner": "Ada", "response": "accept"}
    assert "triggered" == row("K20", product(risks=[entry])).standing
    full = {**entry, "note": "few users", "revisit": "2027-01-01"}
    assert "quiet" == row("K20", product(risks=[full])).standing


def test_a_product_without_an_owner_has_a_risk_that_nobody_owns():
    assert "triggered" == row("K20", product(owner=None)).standing


def test_the_candidate_with_the_fewest_misses_is_the_one_that_counts():
    record = evaluated(verdict(GAP, "missed"))
    assert record.evaluation is not None
    better = replace(record.evaluation.candidates[0], name="other")
    met = replace(record.evaluation.verdicts[0], candidate="other", verdict="met")
    both = replace(
        record.evaluation,
        candidates=(*record.evaluation.candidates, better),
        verdicts=(*record.evaluation.verdicts, met),
    )
    found = register(seen(product(**GROUPED), evaluation=replace(record, evaluation=both)))
    assert ("other", "quiet") == (found.candidate, found.row("K7").standing)


def test_old_editions_are_told():
    assert () == register(seen()).notes
    assert any("EU AI Act" in note for note in register(seen(time="2027-02-01T00:00:00.000000Z")).notes)


def test_an_audit_triggers_the_risks_of_data():
    from shipworthy.evidence import Finding

    record = audited(
        Finding("missing_segment", "country", "red", "production has Peru", next_step="Label some."),
        Finding("suspected_labels", "", "amber", "9 % look wrong"),
        Finding("after_outcome", "closed", "red", "filled after the answer"),
        Finding("personal", "texts", "red", "12 addresses"),
    )
    found = register(seen(audit=record))
    assert {"K2", "K3", "K4", "K5"} <= {each.id for each in found.of("triggered")}
    assert (record.id,) == found.row("K2").records
    assert "country: production has Peru" == found.row("K2").why


def test_an_audit_that_found_nothing_says_quiet_only_of_what_it_looked_at():
    found = register(seen(audit=audited()))
    standings = {name: found.row(name).standing for name in ("K2", "K3", "K5")}
    assert {"K2": "not_measured", "K3": "not_measured", "K5": "quiet"} == standings


def test_a_test_set_that_was_judged_twice_is_worn():
    record = replace(evaluated(), verb="decide", facts={"looks": 2})
    assert "triggered" == row("K4", decision=record).standing


@pytest.mark.parametrize("kind", ["binary", "multiclass", "regression", "ranking", "text"])
def test_every_kind_of_answers_has_a_whole_register(kind):
    ranked = {"request": "r", "item": "i"} if kind == "ranking" else {}
    found = register(seen(product(predicts={"target": "y", "kind": kind, **ranked})))
    assert 22 == len(found.rows)
    assert all(each.why for each in found.rows)
