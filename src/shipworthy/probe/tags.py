"""The names of failures: a short list, so that they can be counted, and room for one's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from shipworthy.errors import InputError, did_you_mean
from shipworthy.probe.tries import Try

TAGS: Mapping[str, str] = {
    "wrong": "an answer is not the expected one",
    "unstable": "tries give answers of different meaning",
    "unreadable": "a reply is no answer",
    "format": "an answer had to be taken out of something else, or has a form that was not asked for",
    "cut": "a reply ended at its most tokens",
    "no_reply": "nothing came back",
    "invented": "it states what is not so, or not given",
    "ignored": "it does not do what it was told",
    "refused": "it declines what it should do",
    "unsafe": "it says what it must not",
    "leaked": "it gives away what it was told to keep",
    "other": "something else",
}
"""Every tag of the list, and what it means. The first six show by themselves where they do."""

OWN, GRADE = "own:", "grade:"
"""Before a tag of one's own; before the name of a grader that failed a try."""


def prove_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """The tags, each once.

    Raises:
        InputError: one is neither of the list nor marked as one's own.
    """
    found = tuple(dict.fromkeys(tags))
    for tag in found:
        if tag not in TAGS and not (tag.startswith(OWN) and tag.removeprefix(OWN).strip()):
            remedy = f"{did_you_mean(tag, TAGS)} One of your own is written {OWN}{tag}."
            raise InputError("probe.tag", f"{tag!r} is no failure tag", remedy=remedy)
    return found


def found_tags(tries: Sequence[Try]) -> tuple[str, ...]:
    """The tags that show by themselves, in the order of the list, then one for each grader that failed a try."""
    shows = {
        "wrong": any(each.passed.get("expected") is False for each in tries),
        "unstable": len({each.meaning for each in tries} - {None}) > 1,
        "unreadable": any(each.outcome == "unreadable" for each in tries),
        "format": any(each.outcome == "repaired" for each in tries),
        "cut": any(each.cut for each in tries),
        "no_reply": any(each.outcome == "failed" for each in tries),
    }
    failed = {
        name
        for each in tries
        for name, passed in each.passed.items()
        if passed is False and name != "expected"
    }
    return (*(tag for tag in TAGS if shows.get(tag)), *(f"{GRADE}{name}" for name in sorted(failed)))


def tag_counts(tags: Iterable[Sequence[str]]) -> dict[str, int]:
    """How many probes have each tag, the most frequent first."""
    counts = Counter(tag for each in tags for tag in dict.fromkeys(each))
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
