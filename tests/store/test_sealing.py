"""A record is kept, altered or missing, and the two hashes say which."""

from __future__ import annotations

import pytest

from shipworthy.store import append, open_workspace, sealed, sealed_records
from tests.sign.decisions import decided

RECORD = decided()


@pytest.fixture
def workspace(tmp_path):
    found = open_workspace(tmp_path)
    append(found, RECORD)
    return found


@pytest.mark.parametrize("expected", [None, RECORD.hash])
def test_a_record_that_nobody_touched_is_kept(workspace, expected):
    found = sealed(workspace, RECORD.id, expected)
    assert ("kept", RECORD, RECORD.hash, None) == (found.state, found.record, found.hash, found.problem)


def test_a_record_with_another_hash_than_was_signed_is_altered_although_it_agrees_with_itself(workspace):
    found = sealed(workspace, RECORD.id, "f" * 64)
    assert ("altered", None, RECORD.hash) == (found.state, found.record, found.hash)
    assert f"expected the hash {'f' * 64}, found {RECORD.hash}" in found.problem.message


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (
            lambda text: text.replace("logistic", "logistik"),
            "the record was altered after it was written: expected the hash",
        ),
        (lambda text: text[:-40], "is not a readable record"),
        (lambda _: "[]", "is not a readable record"),
        (lambda _: "", "is not a readable record"),
    ],
)
def test_a_record_that_was_edited_is_altered_whatever_is_left_of_it(workspace, spoil, told):
    path = workspace.records / f"{RECORD.id}.json"
    path.write_text(spoil(path.read_text("utf-8")), encoding="utf-8")
    found = sealed(workspace, RECORD.id, RECORD.hash)
    assert ("altered", True, str(path)) == (
        found.state,
        told in found.problem.message,
        found.problem.where.file,
    )


def test_a_record_that_is_not_there_is_missing_under_the_hash_that_it_had(workspace):
    (workspace.records / f"{RECORD.id}.json").unlink()
    found = sealed(workspace, RECORD.id, RECORD.hash)
    assert ("missing", "record.missing") == (found.state, found.problem.code)
    assert RECORD.hash in found.problem.message


def test_all_records_of_some_verbs_are_listed_also_those_that_were_altered(workspace):
    path = workspace.records / f"{RECORD.id}.json"
    path.write_text("{}", encoding="utf-8")
    (workspace.records / "notes.json").write_text("{}", encoding="utf-8")
    assert [(RECORD.id, "altered")] == [
        (each.id, each.state) for each in sealed_records(workspace, "decide", "sign")
    ]
    assert [] == sealed_records(workspace, "train")
