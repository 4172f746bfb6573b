"""What an evaluation tells about its candidates."""

from __future__ import annotations

import pytest

from shipworthy.evidence import CandidateFacts, Evaluation, Verdict

LOGISTIC = CandidateFacts("logistic", "trained", "v1", eligible=True, rows=10, scored=10)


def verdict(requirement: str, candidate: str, slice_: dict[str, str]) -> Verdict:
    return Verdict(requirement, candidate, slice_, "met", None, None, None, "")


def test_rolled_up_verdicts_leave_out_slices_and_other_candidates():
    whole, other = verdict("a", "logistic", {}), verdict("a", "rule", {})
    sliced, last = verdict("a", "logistic", {"format": "html"}), verdict("b", "logistic", {})
    found = Evaluation((LOGISTIC,), (), (), (whole, sliced, other, last)).rolled_up("logistic")
    assert (whole, last) == found


def test_facts_are_found_by_name():
    evaluation = Evaluation((LOGISTIC,), (), (), ())
    assert LOGISTIC == evaluation.facts("logistic")
    with pytest.raises(KeyError, match="rule"):
        evaluation.facts("rule")
