"""A claim about calibration: judged, drawn, and refused where scores are no probabilities."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import shipworthy as sw
from shipworthy.cli.reliability import strip
from shipworthy.documents.charts.reliability import reliability
from shipworthy.errors import InputError
from shipworthy.evidence import ReliabilityBin, read_record
from tests.workbench import shop

CLAIMS = ("calibration_error <= 0.2", "brier <= 0.2", "gap(brier, format) <= 0.3", "average_precision >= 0.5")


def asked(*claims: str) -> str:
    return shop.with_requirements(*claims, text=shop.with_candidates(shop.LOGISTIC))


def without_keywords(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if "keywords" not in line)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shop.product_folder(
        tmp_path_factory.mktemp("calibration") / "shop", without_keywords(asked(*CLAIMS))
    )


@pytest.fixture(scope="module")
def record(folder):
    return sw.evaluate(sw.open(folder))


def test_the_record_holds_what_the_scores_said_and_what_happened(record, folder):
    found = record.evaluation.facts("logistic").reliability
    assert 200 == sum(each.rows for each in found.bins)
    assert [each.score for each in found.bins] == sorted(each.score for each in found.bins)
    assert 0 < found.by_chance < 0.2
    estimate = record.evaluation.rolled_up("logistic")[0].estimate
    assert (found.error, "calibration_error") == (estimate.value, estimate.metric)
    kept = folder / ".shipworthy" / "records" / f"{record.id}.json"
    assert record == read_record(kept.read_text(), str(kept))


def test_the_chart_tells_the_error_beside_the_one_of_chance(record):
    chart: Any = reliability(record.evaluation, "logistic")
    assert ["logistic"] == [panel.title for panel in chart.panels]
    assert "a perfect score would show about" in chart.alternative
    assert "var(--" in chart.panels[0].svg


def test_where_calibration_is_not_asked_there_is_nothing_to_draw(tmp_path):
    opened = sw.open(shop.product_folder(tmp_path / "shop"))
    assert reliability(sw.evaluate(opened).evaluation, "keywords") is None


def test_the_baseline_has_the_share_of_positives_as_its_score(record):
    found = {verdict.requirement: verdict.estimate for verdict in record.evaluation.rolled_up("baseline")}
    assert 0.2 < found["brier <= 0.2"].value < 0.25


def test_the_strip_shows_score_share_and_interval():
    line = strip(ReliabilityBin(10.0, 0.5, 0.25, 0.0, 0.4))
    assert "─" * 10 + "●" + "─" * 6 + "   ○" == line.rstrip()
    assert "◉" in strip(ReliabilityBin(10.0, 0.5, 0.5, 0.4, 0.6))


def test_scores_that_are_no_probabilities_are_refused_with_the_first_row_and_the_range(tmp_path):
    text = shop.with_requirements(
        "calibration_error <= 0.2", text=shop.changed("bait > 1 OR winner", "bait * 2")
    )
    opened = sw.open(shop.product_folder(tmp_path / "shop", text))
    with pytest.raises(
        InputError, match=r"calibration_error needs probabilities, .* first at id m0"
    ) as caught:
        sw.evaluate(opened)
    assert "data.probability" == caught.value.problem.code
    assert "average_precision" in caught.value.problem.remedy


def comparisons(folder: Path) -> dict[str, Any]:
    """What each metric says of the challenger against the vendor."""
    contest: Any = sw.compare(sw.open(folder), champion="vendor").contest
    return {each.metric: each for each in contest.comparisons}


@pytest.mark.slow  # whole products, some seconds each
def test_two_scores_are_compared_row_by_row(tmp_path):
    text = without_keywords(asked("brier <= 0.3", "log_loss <= 1")).replace(
        shop.LOGISTIC, f"{shop.LOGISTIC}{shop.VENDOR}"
    )
    folder = shop.product_folder(tmp_path / "shop", text)
    score = [{"id": row["id"], "score": 0.8 if row["bait"] > 1 else 0.1} for row in shop.mail()]
    shop.write_csv(folder / "vendor.csv", score)
    found = comparisons(folder)
    assert 200 == found["brier"].n == found["log_loss"].n
    assert found["brier"].difference < 0
    shop.write_csv(folder / "vendor.csv", [*score[:-1], {**score[-1], "score": None}])
    partly = comparisons(folder)
    assert (None, None) == (partly["brier"].low, partly["brier"].high)


def test_any_score_will_do_to_rank(tmp_path):
    text = shop.with_requirements(
        "average_precision >= 0.5", text=shop.changed("bait > 1 OR winner", "bait * 2")
    )
    opened = sw.open(shop.product_folder(tmp_path / "shop", text))
    found: Any = sw.evaluate(opened).evaluation
    assert "met" == found.rolled_up("keywords")[0].verdict
