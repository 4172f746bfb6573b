"""What each kind of document says of the decision of `mail`."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from ruamel.yaml import YAML

from shipworthy.documents.front_matter import yaml
from shipworthy.documents.kinds import expectations, launch_checklist, limits, model_card, prd
from shipworthy.documents.kinds.table import KINDS, kind_of
from shipworthy.documents.sources import Sources
from shipworthy.errors import InputError
from tests.documents import mail, papers


def lines(name, given=None):
    return papers.paper(name, given).markdown().splitlines()


def test_probabilities_are_told_as_what_came_of_a_hundred():
    [told] = [line for line in lines("expectations") if "When it gives about 80 %" in line]
    assert told.endswith("about 76 (66 to 84) of 100 are spam.")


def test_what_was_not_measured_says_how_it_becomes_known():
    given = papers.sources()
    bare = Sources(given.product, {"decide": mail.record()})
    [told] = [line for line in lines("expectations", bare) if "probabilities" in line]
    assert "▹ Not known" in told
    assert "calibration_error <= 0.05" in told


def test_failures_are_counts_of_the_test_rows():
    told = "\n".join(lines("expectations"))
    assert f"Of 480 messages that are spam, it missed {480 - round(0.842 * 480)}." in told
    assert f"Of 3,520 messages that are not spam, it took {round(0.0085 * 3520)} for spam." in told
    assert "m-77 fails “grounded”" in told


def test_counts_at_volume_are_counts_times_the_volume():
    """Of 1,000 spam 158 slip through; 12 % of 2,000,000 a month are spam: about 1,250 a day (30.4 days a month)."""
    told = "\n".join(lines("expectations"))
    missed = (1 - round(0.842 * 480) / 480) * 0.12 * 2_000_000 / 30.4375
    shown = float(
        told.split("slip through each day")[0].rpartition("about ")[2].split(" ")[0].replace(",", "")
    )
    assert abs(shown - missed) <= 10


def test_an_answer_without_text_makes_nothing_up():
    assert any("it cannot make up facts" in line for line in lines("expectations"))


def test_a_requirement_has_its_verdict_owner_and_what_happens_otherwise():
    [row] = [each for each in prd.view(papers.sources()).requirements if each.text.startswith("p95")]
    assert ("✓ met", "platform", "route to the rule", "95 %") == (
        row.verdict,
        row.owner,
        row.otherwise,
        row.confidence,
    )


def test_the_checklist_counts_what_it_shows():
    found = launch_checklist.view(papers.sources())
    states = [check.state for _, checks in found.parts for check in checks]
    assert (states.count("done"), states.count("open"), states.count("against")) == (
        found.done,
        found.open,
        found.against,
    )
    by_name = {check.what: check for _, checks in found.parts for check in checks}
    assert "against" == by_name["The right to use them is known"].state
    assert "open" == by_name["The test rows were looked at once"].state
    assert "open" == by_name["Every requirement is met"].state


def test_the_card_begins_with_yaml_that_a_hub_reads():
    text = papers.paper("model-card").markdown()
    front = YAML(typ="safe").load(text.split("---\n")[1])
    [model] = front["model-index"]
    [result] = model["results"]
    assert ("logistic", "tabular-classification", "sklearn") == (
        model["name"],
        front["pipeline_tag"],
        front["library_name"],
    )
    assert {"type", "name"} <= {*result["dataset"]}
    assert 0.841667 == next(each["value"] for each in result["metrics"] if "recall" == each["type"])


@pytest.mark.parametrize(
    "value", [{"a": ["x: y", '"', "é", 1.5, None]}, {"a": {"b": []}}, [[1, 2], {"c": "- d"}]]
)
def test_yaml_reads_back_as_it_was(value):
    assert value == YAML(typ="safe").load(yaml(value))
    assert json.dumps(value)


def test_limits_say_who_acts_and_whom_to_tell():
    found = limits.view(papers.sources())
    assert "acts by itself: move to the spam folder" in str(found.level.words)
    assert ("Trust and safety",) == found.contact.words


def test_rows_without_an_answer_are_a_limit():
    record = mail.record(fast=True)
    told = limits.view(Sources(mail.product(), {"decide": record})).silent
    assert ["In 12 of 4,000 cases it gives no answer."] == [
        "".join(getattr(p, "text", p) for p in each.words) for each in told
    ]


@pytest.mark.parametrize("view", [expectations.view, limits.view, launch_checklist.view, model_card.view])
def test_a_decision_without_a_candidate_has_no_such_document(view):
    record = mail.record()
    assert record.evaluation is not None
    nobody = replace(
        record.evaluation, candidates=(), decision=replace(mail.decision(fast=False), candidate=None)
    )
    with pytest.raises(InputError, match="no candidate") as caught:
        view(Sources(mail.product(), {"decide": replace(record, evaluation=nobody)}))
    assert "document.no_candidate" == caught.value.problem.code


def test_every_kind_has_a_template_and_says_what_it_is():
    for name, kind in KINDS.items():
        assert name == kind.name
        assert kind.summary
        assert kind == kind_of(name)
