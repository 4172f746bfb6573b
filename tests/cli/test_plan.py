"""What plan prints: for a product, for a claim without data, for a comparison; and what it refuses."""

from __future__ import annotations

import pytest

import shipworthy as sw
from shipworthy.cli.output import Output
from shipworthy.cli.plans import product_plan
from tests.cli.command import command
from tests.workbench import shop
from tests.workbench.shop import changed, with_requirements

OPEN = with_requirements(
    "recall >= 0.90", "false_positive_rate <= 5 %", "accuracy >= 0.5", "recall >= 0.92 for every format"
)


@pytest.fixture
def folder(tmp_path):
    text = changed("licence: CC0}", "licence: CC0, label_cost: 0.4, labels_per_week: 50}", OPEN)
    return shop.product_folder(tmp_path / "shop", text)


def test_a_plan_shows_rows_labels_money_and_weeks(folder):
    done = command("plan", folder)
    assert (0, "") == (
        done.code,
        "\n".join(line for line in done.err.splitlines() if not line.startswith("…")),
    )
    for word in ("positives", "even", "80 %", "$", "One batch", "labels: 50 a week", "shipworthy decide"):
        assert word in done.out
    assert "no fresh evaluation: evaluating first" in done.err


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_it_may_be(folder, width, capsys):
    opened = sw.open(folder)
    product_plan(Output(width=width), opened.product, sw.plan(opened), folder)
    out = capsys.readouterr().out
    assert width >= max(map(len, out.splitlines()))
    assert all("…" not in line for line in out.splitlines())


def test_the_plan_as_json_is_the_record(folder):
    done = command("plan", folder, "--json")
    assert "plan" == done.json["verb"]
    assert "keywords" == done.json["plan"]["candidate"]
    claims = done.json["plan"]["claims"]
    assert {"met", "missed", "undecided"} >= {claim["verdict"] for claim in claims}
    assert (
        done.json["record"]
        == command("records", folder, "--verb", "plan", "--json").json["records"][-1]["record"]
    )


def test_where_everything_is_met_there_is_nothing_to_label(tmp_path):
    done = command("plan", shop.product_folder(tmp_path, with_requirements("recall >= 0.3")))
    assert "every claim is met" in done.out
    assert "One batch" not in done.out


def test_a_claim_needs_no_product(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = command("plan", "--claim", "false_positive_rate <= 0.1 %")
    assert 0 == done.code
    for rows in ("2,995", "4,742", "6,294", "7,752", "10,511"):
        assert rows in done.out
    found = command("plan", "--claim", "recall >= 0.95", "--json").json
    assert {"errors": 0, "rows": 59} == found["ladders"][0]["rungs"][0]
    assert {"errors": 10, "rows": 336} == found["ladders"][0]["rungs"][-1]
    assert [] == [*tmp_path.iterdir()]


def test_a_comparison_needs_no_product(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = command("plan", "--compare", "recall", "--difference", "0.02", "--discordance", "0.1")
    assert 0 == done.code
    for word in ("1,629 positives", "1,546 positives", "A/B", "as given", "no product"):
        assert word in done.out
    assert [] == [*tmp_path.iterdir()]


def test_a_comparison_takes_the_product_that_is_named(finished):
    done = command("plan", finished, "--compare", "recall", "--difference", "0.1")
    assert "measured between" in done.out
    assert "label" in done.out
    found = command("plan", finished, "--compare", "recall", "--difference", "0.1", "--json").json
    assert found["comparison"]["paired"]["label"]["value"] > 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--compare", "recal", "--difference", "0.1"], "recall"),
        (["--compare", "precision", "--difference", "0.1"], "--sd"),
        (["--compare", "rmse", "--difference", "0.1", "--sd", "1"], "Name mae"),
        (["--compare", "auc", "--difference", "0.1"], "recall"),
        (["--compare", "recall >= 1", "--difference", "0.1"], "no metric"),
        (["--compare", "recall", "--difference", "0"], "difference of 0"),
        (["--compare", "recall", "--difference", "-0.1"], "above 0"),
        (["--compare", "recall", "--difference", "0.2", "--discordance", "0.1"], "does not fit"),
        (["--compare", "recall", "--difference", "0.2", "--power", "2"], "power"),
        (["--compare", "recall", "--difference", "0.2", "--margin", "0"], "margin"),
        (["--compare", "recall"], "--difference"),
        (["--difference", "0.1"], "--compare"),
        (["--compare", "recall", "--difference", "0.1", "--claim", "recall >= 0.9"], "exclude"),
        (["--claim", "recall"], "comparator"),
        (["--claim", "recal >= 0.9"], "recall"),
        (["--claim", "recall >= 1"], "never be proved"),
        (["--claim", "mean(cost_usd) <= 1"], "varies"),
    ],
)
def test_what_cannot_be_planned_is_refused_with_a_way_on(tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)
    done = command("plan", *arguments)
    assert (2, "") == (done.code, done.out)
    assert told in done.err
    assert done.next.startswith("Next: shipworthy ")


@pytest.mark.parametrize("more", ["label_cost: -0.4", "labels_per_week: 0", "labels_per_week: many"])
def test_money_and_flow_that_cannot_be_are_refused(tmp_path, more):
    text = changed("licence: CC0}", f"licence: CC0, {more}}}", OPEN)
    done = command("plan", shop.product_folder(tmp_path, text))
    assert 2 == done.code
    assert f"data.examples.{more.partition(':')[0]}" in done.err
    assert done.next.startswith("Next: shipworthy check")


def test_a_named_product_that_is_not_there_is_refused(tmp_path):
    done = command("plan", tmp_path, "--compare", "recall", "--difference", "0.1")
    assert (2, "Next: shipworthy new NAME") == (done.code, done.next)
