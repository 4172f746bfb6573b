"""The picture of what more labels would bring: one panel for each curve, told in words, on both cards."""

from dataclasses import replace
from xml.etree import ElementTree as ET

from shipworthy.documents import data_card, readiness_card
from shipworthy.documents.charts.learning import learning
from shipworthy.evidence import LearningCurve, Record
from shipworthy.evidence.audit import Outlook
from tests.documents.test_readiness import AUDIT, INPUTS, PRODUCT, TIME

CURVE = LearningCurve(
    "logistic", "recall >= 0.8", "recall", 0.8, 1_961, (80, 285, 1_017), (0.21, 0.34, 0.5), 6,
    Outlook(0.61, 0.52, 0.68), Outlook(0.7, 0.55, 0.8), Outlook(0.75, 0.56, 0.9), Outlook(0.8, 0.6, 1.0),
    Outlook(None, 9_000.0, None), "unclear",
)  # fmt: skip


def test_a_panel_tells_what_was_measured_what_lies_ahead_and_what_is_asked():
    [chart] = learning([CURVE])
    [panel] = chart.panels
    assert "logistic: recall >= 0.8" == panel.title
    assert (
        "measured 0.21 with 80 labels; 0.34 with 285 labels; 0.5 with 1,017 labels. By the curve 0.61 (0.52 to 0.68) with "
        "1,961; 0.7 (0.55 to 0.8) with 3,922; 0.75 (0.56 to 0.9) with 7,844. Asked: 0.8." == panel.alternative
    )
    ET.fromstring(panel.svg)  # noqa: S314  # our own drawing
    assert "var(--accent)" in panel.svg


def test_a_law_that_says_nothing_of_more_labels_leaves_the_measured_dots():
    nothing = Outlook(None, None, None)
    [chart] = learning([replace(CURVE, now=nothing, twice=nothing, fourfold=nothing)])
    assert "? (? to ?) with 1,961" in chart.panels[0].alternative


def test_without_a_curve_there_is_no_chart():
    assert () == learning(())


def test_both_cards_show_it_where_it_was_tried():
    record = Record("audit", TIME, INPUTS, audit=replace(AUDIT, curves=(CURVE,)))
    for card in (readiness_card, data_card):
        assert 1 == card(PRODUCT, record).html.count("Would more labels help")
        assert "Would more labels help" in card(PRODUCT, record).markdown
        plain = Record("audit", TIME, INPUTS, audit=AUDIT)
        assert "Would more labels help" not in card(PRODUCT, plain).html
