"""Charts are drawn where there is data, say why where there is none, and can be read aloud."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from shipworthy.documents.charts import drawn
from tests.documents import mail

EVALUATION = mail.evaluation()


@pytest.fixture(scope="module")
def charts():
    return drawn(mail.product(), EVALUATION, "logistic")


def test_there_is_one_panel_per_requirement(charts):
    assert [item.text for item in mail.product().requirements] == [panel.title for panel in charts[0].panels]


def test_every_panel_is_a_picture_in_the_pages_colours(charts):
    for panel in (panel for chart in charts for panel in chart.panels):
        ET.fromstring(panel.svg)  # noqa: S314  # our own drawing
        assert "var(--" in panel.svg
        assert not re.search(r'(fill|stroke)="#', panel.svg)
        assert "http" not in panel.svg.replace("http://www.w3.org/2000/svg", "")


def test_panels_are_told_in_words(charts):
    told = charts[0].panels[0].alternative
    assert told.startswith("logistic 84.2\N{NO-BREAK SPACE}% (80.5 to 87.4), met; ")
    assert "boosted 90.2\N{NO-BREAK SPACE}% (87.1 to 92.8), met" in told
    assert "baseline" not in told


def test_groups_and_thresholds_are_told_in_words(charts):
    assert (
        "logistic over all rows 84.2\N{NO-BREAK SPACE}% (80.5 to 87.4); number = none 76\N{NO-BREAK SPACE}%"
        in charts[1].alternative
    )
    assert "logistic was frozen at 0.62, worth about $1.8 for 1,000 decisions" in charts[2].alternative


def operated(**point):
    """The evaluation with intervals on the curve of logistic, operated otherwise."""
    changed = [
        replace(
            facts,
            curve=tuple(
                replace(at, low=at.net_value - 0.001, high=at.net_value + 0.002)
                for at in facts.curve
                if at.net_value is not None
            ),
            **point,
        )
        if facts.name == "logistic"
        else facts
        for facts in EVALUATION.candidates
    ]
    return drawn(mail.product(), replace(EVALUATION, candidates=tuple(changed)), "logistic")[2]


def test_the_interval_of_the_frozen_threshold_is_told_and_called_pointwise():
    chart = operated()
    assert re.search(
        r"logistic was frozen at 0.62, worth about \$1.8 \(\$0.\d to \$3.\d\)", chart.alternative
    )
    assert "The band is the 95 % interval of logistic, of each threshold by itself" in chart.reading
    assert chart.panels[0].svg.count("<path") > drawn(mail.product(), EVALUATION, "logistic")[2].panels[
        0
    ].svg.count("<path")


@pytest.mark.parametrize(
    ("point", "words"),
    [
        ({"review_from": 0.2}, "(no below 0.200, yes from 0.620, a person between)"),
        ({"thresholds_by": "format", "thresholds": {"html": 0.3}}, "(by format: html 0.300; else 0.620)"),
        ({"review_from": 0.62}, "(0.620, no band for a person)"),
        ({"review_from": 0.0, "threshold": 1.0000000000000002}, "(every row to a person)"),
    ],
)
def test_a_candidate_with_several_thresholds_has_no_dot_and_says_why(point, words):
    assert f"logistic is not operated at one threshold of this line {words}" in operated(**point).alternative


def test_without_data_each_chart_says_why():
    bare = replace(EVALUATION, candidates=(), estimates=(), verdicts=())
    for chart in drawn(mail.product(), bare, None):
        assert () == chart.panels
        assert "nothing to draw" in chart.alternative


def test_of_very_many_groups_the_farthest_from_the_middle_are_shown():
    many = tuple(
        mail.share("logistic", "recall", 50 + index % 3, 100, {"number": str(index)}) for index in range(40)
    )
    worst = mail.share("logistic", "recall", 1, 100, {"number": "worst"})
    chart = drawn(mail.product(), replace(EVALUATION, estimates=(*many, worst), verdicts=()), "logistic")[1]
    assert "24 of 41 groups" in chart.reading
    assert "number = worst" in chart.alternative
