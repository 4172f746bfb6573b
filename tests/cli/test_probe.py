"""What probe prints, and which options go together."""

from __future__ import annotations

import pytest

from tests.cli.command import command
from tests.workbench import assistants


@pytest.fixture
def key(monkeypatch):
    monkeypatch.setenv(assistants.VARIABLE, assistants.KEY)


def test_answers_are_shown_with_what_they_took_and_how_far_they_vary(tmp_path, endpoint, key):
    folder = assistants.folder_of(tmp_path, endpoint.base_url)
    shown = command("probe", folder, "--ask", "Free tickets, free!", "--times", "3", "--expect", "no")
    assert 0 == shown.code
    lines = {line[:18].strip(): line for line in shown.out.splitlines() if line.startswith("  ")}
    assert "asked" in lines
    assert "3 of 3" in lines["got"]
    assert "0.00 nats of at most 1.10; alike are equal answers" in lines["semantic entropy"]
    assert "0 of 3 (0 to 71 %); pass^2 0 %" in lines["as expected"]
    assert "wrong: an answer is not the expected one" in lines["failure"]
    assert 3 == shown.out.count("5 in, 1 out")
    assert "--on 1 --tag …" in shown.out


def test_a_rule_is_asked_about_a_row_and_the_log_lists_it(kept):
    shown = command("probe", kept, "--candidate", "keywords", "--row", "m00003")
    assert (0, True) == (shown.code, "bait = 0, winner = False" in shown.out)
    assert 0 == command("probe", kept, "--on", "1", "--tag", "invented").code
    listed = command("probe", kept, "--log")
    assert "1 probe, 1 with a failure" in listed.out
    assert "   1  invented: it states what is not so, or not given" in listed.out


def test_json_is_one_document_that_holds_every_try(kept):
    found = command("probe", kept, "--candidate", "keywords", "--row", "m00003", "--json").json
    assert ("keywords", 1, 1) == (found["candidate"], found["number"], len(found["tries"]))
    listed = command("probe", kept, "--log", "--json").json
    assert ([found], {}) == (listed["probes"], listed["tags"])


def test_an_empty_log_says_how_to_begin(kept):
    assert command("probe", kept, "--log").out.startswith("No probes yet. Run: shipworthy probe")


@pytest.mark.parametrize(
    "options",
    [
        ["--var", "bait", "--row", "m00003"],
        ["--log", "--ask", "Hello"],
        ["--log", "--on", "1", "--tag", "invented"],
        ["--log", "--tag", "invented"],
        ["--on", "1"],
        ["--on", "1", "--tag", "invented", "--times", "3"],
    ],
)
def test_options_that_do_not_go_together_are_refused(kept, options):
    found = command("probe", kept, *options)
    assert (2, "Next: shipworthy probe --help") == (found.code, found.next)


def test_an_error_names_what_is_near_and_leads_on(kept):
    found = command("probe", kept, "--candidate", "keyword", "--row", "m00003")
    assert (2, True) == (found.code, "Did you mean 'keywords'?" in found.err)
    assert "Next: shipworthy probe --help" == found.next
