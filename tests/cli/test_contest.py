"""Compare prints everyone side by side, then each challenger; its exit code and its next command can be used by scripts."""

from __future__ import annotations

import pytest

from tests.cli.command import command
from tests.workbench import shop
from tests.workbench.shop import with_candidates

TWO = with_candidates('  winners: {rule: "winner", cost: 0}\n')


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return shop.product_folder(tmp_path_factory.mktemp("contest"), TWO)


@pytest.mark.parametrize(
    ("champion", "metric", "code"),
    [("winners", "recall", 0), ("keywords", "recall", 1), ("winners", "precision", 3)],
)
def test_comparing_exits_with_0_1_or_3(folder, champion, metric, code):
    done = command("compare", folder, "--champion", champion, "--metric", metric)
    assert code == done.code, done.err
    assert ("" if code == 0 else f"Next: shipworthy decide {folder}") == (done.next if code else "")


def test_every_challenger_is_shown_against_the_champion(folder):
    out = command("compare", folder, "--champion", "winners", "--margin", "0.02").out
    assert "winners is champion (named as the one to beat), judged on 200 test rows" in out
    assert "✓ better" in out
    assert "on the front" in out
    assert "for comparison only" in out
    assert "keywords  against winners" in out


@pytest.mark.parametrize("width", ["80", "120"])
def test_lines_fit_the_terminal(folder, width, monkeypatch):
    monkeypatch.setenv("COLUMNS", width)
    done = command("compare", folder, "--champion", "winners")
    wide = [line.rstrip() for line in done.out.splitlines() if not line.startswith("record")]
    assert max(map(len, wide)) <= max(int(width), 110)


def test_the_record_is_listed_with_who_was_compared(folder):
    command("compare", folder, "--champion", "winners")
    assert "keywords against winners" in command("records", folder, "--verb", "compare").out


@pytest.mark.parametrize(
    ("arguments", "code", "remedy"),
    [
        (("--champion", "winers"), "compare.champion", "Did you mean 'winners'?"),
        (("--metric", "gap(recall, format)"), "compare.metric", "Name a share of rows"),
        (("--margin", "much"), "compare.margin", "--margin recall=0.01"),
        (("--margin", "recall=-1"), "compare.margin", "how much worse"),
        (("--margin", "auc=0.1"), "compare.margin", "Known: "),
    ],
)
def test_wrong_options_are_told_with_a_way_out(folder, arguments, code, remedy):
    done = command("compare", folder, *arguments, "--json")
    assert (2, code) == (done.code, done.json["error"]["code"])
    assert remedy in done.json["error"]["remedy"]
    assert done.next.startswith("Next: shipworthy ")


def test_one_candidate_exits_with_2_and_names_the_baseline(tmp_path):
    done = command("compare", shop.product_folder(tmp_path))
    assert 2 == done.code
    assert "--champion baseline" in done.err
