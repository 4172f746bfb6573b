"""Metrics that a product brings along: two expressions, summed and divided, judged like any other."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import shipworthy as sw
from shipworthy.errors import InputError, SpecError
from shipworthy.stats.skewness import errors_towards_tail
from shipworthy.workbench.check import check
from tests.workbench import shop

OWN = """\
metrics:
  size_per_bait: {numerator: "size * 1.0", denominator: "bait", direction: lower}
  winner_share: {numerator: "winner", unit: share, direction: lower}
  caught_size: {numerator: "CASE WHEN prediction AND label THEN size ELSE 0 END", denominator: "CASE WHEN label THEN size END", unit: share}
"""
CLAIMS = (
    "size_per_bait <= 20",
    "winner_share <= 50 % for every format",
    "caught_size >= 0.4",
    "gap(winner_share, format) <= 0.9",
    "winner_share <= 0.4 where format = 'html'",
)


def text_of(own: str = OWN, *claims: str, unit: str = "") -> str:
    text = shop.with_requirements(*(claims or CLAIMS)).replace("candidates:", f"{own}candidates:", 1)
    return text.replace("time: time,", f"time: time, unit: {unit},", 1) if unit else text


def opened(folder: Path, own: str = OWN, *claims: str, unit: str = ""):
    return sw.open(shop.product_folder(folder / "shop", text_of(own, *claims, unit=unit)))


def judged_rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "shop" / "mail.csv").open() as file:
        return list(csv.DictReader(file))[200:]


def caught(row: dict[str, str]) -> bool:
    return int(row["bait"]) > 1 or row["winner"] == "true"


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("own")
    return sw.evaluate(opened(folder)).evaluation, judged_rows(folder)


def estimate(evaluation, metric, **slice_):
    return next(
        each
        for each in evaluation.estimates
        if (each.candidate, each.metric, each.slice) == ("keywords", metric, slice_)
    )


def test_values_are_sums_over_sums(judged):
    evaluation, rows = judged
    sizes, baits = (np.array([float(row[name]) for row in rows]) for name in ("size", "bait"))
    assert sizes.sum() / baits.sum() == pytest.approx(estimate(evaluation, "size_per_bait").value)
    spam = [row for row in rows if row["spam"] == "1"]
    found = sum(float(row["size"]) for row in spam if caught(row)) / sum(float(row["size"]) for row in spam)
    assert found == pytest.approx(estimate(evaluation, "caught_size").value)
    assert len(spam) == estimate(evaluation, "caught_size").n


def test_the_interval_of_a_ratio_is_that_of_the_linearised_variance_and_of_the_tail_of_its_residuals(judged):
    evaluation, rows = judged
    a, b = (np.array([float(row[name]) for row in rows]) for name in ("size", "bait"))
    n, ratio = len(rows), a.sum() / b.sum()
    residual = a - ratio * b
    error = np.sqrt(n / (n - 1) * np.sum(residual**2)) / b.sum()
    tail = np.sum(residual**3) / np.sum(residual**2) ** 1.5
    found = estimate(evaluation, "size_per_bait")
    units = b.sum() ** 2 / np.sum(b**2)
    assert found.units == round(units)
    for end, side in ((found.high, 1), (found.low, -1)):
        expected = errors_towards_tail(1.96, side * tail * np.sqrt(n), n)
        assert side * (end - found.value) / error == pytest.approx(expected, rel=0.03)


def test_they_are_claimed_by_slice_by_gap_and_where(judged):
    evaluation, rows = judged
    found = {verdict.requirement: verdict for verdict in evaluation.rolled_up("keywords")}
    assert {*CLAIMS} == {*found}
    by_format = [
        v for v in evaluation.verdicts if v.requirement == CLAIMS[1] and v.slice and v.candidate == "keywords"
    ]
    assert {"html", "plain"} == {verdict.slice["format"] for verdict in by_format}
    html = [row["winner"] == "true" for row in rows if row["format"] == "html"]
    assert np.mean(html) == pytest.approx(found[CLAIMS[4]].estimate.value)
    assert found[CLAIMS[3]].estimate.value > 0


def test_rows_of_one_unit_are_worth_one_unit(tmp_path, judged):
    """Each sender has four mails."""
    clustered = sw.evaluate(opened(tmp_path, unit="sender")).evaluation
    one, other = (estimate(each, "winner_share") for each in (clustered, judged[0]))
    assert (200, 200) == (other.n, other.units)
    assert 45 <= one.units <= 55


def test_a_share_with_more_above_the_line_than_below_says_so(tmp_path):
    own = 'metrics:\n  odd: {numerator: "size", denominator: "bait", unit: share}\n'
    found: Any = sw.evaluate(opened(tmp_path, own, "odd <= 0.5")).evaluation
    verdict = found.rolled_up("keywords")[0]
    assert "undecided" == verdict.verdict
    assert "odd is no share" in verdict.reason


def test_a_denominator_that_sums_to_nothing_or_less_is_the_reason_that_is_told(tmp_path):
    own = """metrics:
  below: {numerator: size, denominator: "-1"}
  zero: {numerator: size, denominator: "0"}
  share_of_zero: {numerator: "0", denominator: "0", unit: share}
  unknown: {numerator: size, denominator: "CASE WHEN bait < 0 THEN 1 END"}
"""
    claims = [f"{name} <= 0.5" for name in ("below", "zero", "share_of_zero", "unknown")]
    found: Any = sw.evaluate(opened(tmp_path, own, *claims)).evaluation
    told = {
        each.requirement.split()[0]: each.reason for each in found.verdicts if each.candidate == "keywords"
    }
    rows = len(judged_rows(tmp_path))
    ending = f"over {rows:,} rows, and a ratio needs a sum above 0"
    assert told == {
        "below": f"the denominator of below sums to -{rows:g} {ending}",
        "zero": f"the denominator of zero sums to 0 {ending}",
        "share_of_zero": f"the denominator of share_of_zero sums to 0 {ending}",
        "unknown": "no test row counts for unknown",
    }


def test_check_lists_them(tmp_path):
    found = check(opened(tmp_path))
    assert ["size_per_bait", "winner_share", "caught_size"] == [each.name for each in found.metrics]
    assert "(size * 1.0) / (bait), summed over rows" == found.metrics[0].definition


@pytest.mark.parametrize(
    ("expression", "code", "told"),
    [
        ("refund * 1.0", "rule.unknown_column", "refund"),
        ("sum(size)", "rule.function", "sum"),
        ("format", "rule.type", "text"),
        ("size; DROP TABLE x", "rule.syntax", ""),
        ("(SELECT 1)", "rule.not_allowed", ""),
    ],
)
def test_an_expression_that_cannot_be_summed_is_an_error_with_its_place(tmp_path, expression, code, told):
    own = f'metrics:\n  mine: {{numerator: "{expression}", denominator: "bait"}}\n'
    problems = check(opened(tmp_path, own, "mine <= 1")).problems
    found: Any = next(each for each in problems if "metrics.mine" in each.message)
    assert found.code.startswith("rule.")
    assert code == found.code or code in ("rule.syntax", "rule.not_allowed", "rule.function")
    assert told in found.message
    line = (tmp_path / "shop" / "product.yaml").read_text().split("\n")[found.where.line - 1]
    assert "mine" in line


def test_a_name_that_is_taken_is_an_error(tmp_path):
    with pytest.raises(SpecError, match="'recall' is a metric already"):
        opened(tmp_path, 'metrics:\n  recall: {numerator: "size"}\n', "recall <= 0.5")


def test_a_metric_of_ones_own_takes_no_arguments(tmp_path):
    with pytest.raises(InputError, match="takes no arguments"):
        opened(tmp_path, OWN, "winner_share(format) <= 0.5")
