"""What explain prints, and the errors of its options."""

from __future__ import annotations

import pytest

from tests.cli.command import command
from tests.workbench import shop


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    text = shop.with_candidates(shop.LOGISTIC, "  vendor: {recorded: vendor.csv, cost: 0}\n")
    folder = shop.product_folder(tmp_path_factory.mktemp("explain"), text)
    shop.write_csv(
        folder / "vendor.csv", [{"id": row["id"], "prediction": row["spam"]} for row in shop.mail()]
    )
    assert 2 != command("evaluate", folder).code
    return folder


@pytest.fixture(scope="module")
def shown(folder):
    done = command(
        "explain", folder, "--row", "m00300", "--what-if", "bait=0", "--what-if", "time=2024-01-02"
    )
    assert 0 == done.code
    return done.out


def test_drivers_are_shown_with_their_intervals_and_the_rows(shown):
    assert "its log loss of" in shown
    assert "on 200 of 200 labelled test rows, dealt 5 times each (seed 0); intervals of 95 %" in " ".join(
        shown.split()
    )
    assert "may be nothing" in shown


def test_reasons_are_shown_with_their_trust(shown):
    [line] = [line for line in shown.splitlines() if "BAIT" in line]
    assert ["BAIT", "bait", "is", "3"] == [line.split()[0], *line.split()[2:]]
    assert "exact; stability" in shown
    assert "fidelity 100\N{NO-BREAK SPACE}%" in shown


def test_what_turns_an_answer_is_said_to_be_about_the_candidate(shown):
    assert "What turns it, one column at a time" in shown
    assert "this is what the candidate would say, and not what would happen" in shown
    assert "it does not read this column" in shown


def test_a_recording_cannot_be_explained(shown):
    assert "Cannot be explained. It is a recording" in shown
    assert "Ask whoever made it" in shown


def test_json_is_the_record_and_nothing_else(folder):
    done = command("explain", folder, "--candidate", "keywords", "--json")
    assert ("explain", ["keywords"]) == (
        done.json["verb"], [each["candidate"] for each in done.json["explanation"]["candidates"]],
    )  # fmt: skip
    assert done.json["record"] in command("records", folder).out


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--what-if", "bait"], "cli.explain", "on the two sides of ="),
        (["--what-if", "=3"], "cli.explain", "on the two sides of ="),
        (["--what-if", "bait=1", "--what-if", "bait=2"], "cli.explain", "two values"),
        (["--what-if", "bait=1"], "explain.what_if", "none is named"),
        (["--row", "m00300", "--what-if", "bait=x"], "explain.value", "'x' is none"),
        (["--candidate", "nobody"], "explain.candidate", "no candidate 'nobody'"),
    ],
)
def test_wrong_options_are_told_with_a_next_command(folder, options, code, told):
    done = command("explain", folder, *options, "--json")
    assert (2, code, "Next: shipworthy explain --help") == (done.code, done.json["error"]["code"], done.next)
    assert told in done.json["error"]["message"]
