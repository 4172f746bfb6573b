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
