"""Tags come from a list, and a probe comes out of its log as it went in."""

from __future__ import annotations

import json

import pytest

from shipworthy.errors import InputError
from shipworthy.probe import Probe, Try, found_tags, prove_tags, read_probes, tag_counts
from shipworthy.probe.entry import tag_entry

PROBE = Probe(
    "2026-11-22T10:00:00.000000Z",
    "assistant",
    "chat",
    "0123456789abcdef",
    (("system", "Be brief."), ("user", "When do you open?")),
    {"model": "small-1", "temperature": 0.5},
    row="q001",
    values={"question": "When do you open?", "age": None},
    expected="9",
    same="equal words",
    tries=(
        Try("At 9.", "At 9.", latency_ms=12.5, first_token_ms=3.0, tokens_in=9, tokens_out=3, meaning=0,
            passed={"expected": True, "short": None}, tops=(("At", -0.1), ("9", -2.5))),
        Try(None, None, "failed", "the endpoint failed: busy"),
    ),
    tags=("no_reply",),
    notes=("no price is stated",),
    number=1,
)  # fmt: skip


def kept(*entries):
    return [json.loads(json.dumps(entry)) for entry in entries]


def test_a_probe_comes_back_as_it_was_filed():
    assert (PROBE,) == read_probes(kept(PROBE.as_json))


def test_tags_that_were_added_later_stand_beside_the_first_ones():
    [found] = read_probes(kept(PROBE.as_json, tag_entry(PROBE, ("invented", "no_reply"), "later")))
    assert ("no_reply", "invented") == found.tags
    assert PROBE.id == found.id


def test_lines_of_another_kind_are_passed_over():
    assert () == read_probes([{"something": "else"}, {"tags_of": "nobody", "tags": ["wrong"]}])


def test_a_line_that_was_altered_is_named_and_one_of_a_later_release_is_read():
    later = {**PROBE.as_json, "mood": "good"}
    assert (PROBE,) == read_probes(kept(later))
    for broken in ({**PROBE.as_json, "tries": [7]}, {"probe": PROBE.id}, {**PROBE.as_json, "tries": 7}):
        with pytest.raises(InputError, match=PROBE.id):
            read_probes(kept(broken))


@pytest.mark.parametrize("tag", ["inventd", "own:", "own: ", ""])
def test_a_tag_that_is_neither_known_nor_marked_as_own_is_refused_with_the_nearest(tag):
    with pytest.raises(InputError) as caught:
        prove_tags([tag])
    assert "probe.tag" == caught.value.problem.code
    if tag == "inventd":
        assert "Did you mean 'invented'?" in caught.value.problem.remedy


def test_tags_are_taken_once_each():
    assert ("invented", "own:stale price") == prove_tags(["invented", "own:stale price", "invented"])


def test_failures_that_show_by_themselves_are_found():
    found = found_tags(
        [
            Try("a", "a", meaning=0, passed={"expected": False, "short": False, "polite": None}),
            Try("b", "b", "repaired", meaning=1, cut=True),
            Try("c", None, "unreadable"),
            Try(None, None, "failed"),
        ]
    )
    assert ("wrong", "unstable", "unreadable", "format", "cut", "no_reply", "grade:short") == found
    assert () == found_tags([Try("a", "a", meaning=0), Try("A", "A", meaning=0)])


def test_tags_are_counted_by_probe_the_most_frequent_first():
    found = tag_counts([("wrong", "cut"), ("wrong",), (), ("invented",)])
    assert [("wrong", 2), ("cut", 1), ("invented", 1)] == [*found.items()]
