"""Records are appended once and found again, whatever happens to the processes that write them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from shipworthy.errors import InputError
from shipworthy.evidence import Provenance, Record
from shipworthy.store import Workspace, append, fresh, latest, load, open_workspace, records
from tests.evidence import strategies

PROVENANCE = Provenance("spec", (), {}, "0.1.0", 0, "duckdb")
WRITER = """
import sys
from pathlib import Path
from shipworthy.evidence import Provenance, Record
from shipworthy.store import append, open_workspace

workspace = open_workspace(Path(sys.argv[1]))
for i in range(int(sys.argv[3])):
    facts = {"i": i, "padding": "x" * 20_000}
    provenance = Provenance(sys.argv[2], (), {}, "0.1.0", 0, "duckdb")
    record = Record("evaluate", f"2026-11-22T07:48:17.{i:06d}Z", provenance, facts=facts)
    append(workspace, record)
    print(record.id, flush=True)
"""


def record(number: int, verb: str = "evaluate", provenance: Provenance = PROVENANCE) -> Record:
    return Record(verb, f"2026-11-22T07:48:17.{number:06d}Z", provenance, facts={"number": number})


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return open_workspace(tmp_path)


def writer(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(folder), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_records_come_back_in_the_order_of_their_time(workspace):
    written = [record(3, "decide"), record(1), record(2)]
    for one in written:
        append(workspace, one)
    assert sorted(written, key=lambda one: one.time) == records(workspace)
    assert [record(1), record(2)] == records(workspace, "evaluate")


@given(strategies.records)
def test_any_record_comes_back_equal(found):
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(Path(folder))
        append(workspace, found)
        assert [found] == records(workspace)


def test_a_record_is_kept_in_a_file_named_after_its_id(workspace):
    path = append(workspace, record(1))
    assert workspace.records / f"{record(1).id}.json" == path
    assert record(1).as_json() == json.loads(path.read_text())


def test_an_empty_workspace_has_no_records(workspace):
    assert [] == records(workspace)
    assert latest(workspace, "decide") is None
    assert fresh(workspace, "evaluate", PROVENANCE.fingerprint) is None


def test_the_latest_record_is_the_newest_of_its_verb(workspace):
    for one in (record(1), record(2), record(3, "decide")):
        append(workspace, one)
    assert record(2) == latest(workspace, "evaluate")
    assert record(3, "decide") == latest(workspace, "decide")


def test_a_fresh_record_has_the_same_inputs(workspace):
    old, new = replace(PROVENANCE, spec_hash="old"), replace(PROVENANCE, spec_hash="new")
    for one in (record(1, provenance=old), record(2, provenance=old), record(3, provenance=new)):
        append(workspace, one)
    assert record(2, provenance=old) == fresh(workspace, "evaluate", old.fingerprint)
    assert fresh(workspace, "decide", old.fingerprint) is None
    assert fresh(workspace, "evaluate", PROVENANCE.fingerprint) is None


def test_keeping_the_same_record_twice_changes_nothing(workspace):
    path = append(workspace, record(1))
    before = path.stat()
    append(workspace, record(1))
    assert before == path.stat()


def test_a_record_is_found_by_its_id_by_its_beginning_and_by_its_hash(workspace):
    append(workspace, record(1))
    append(workspace, record(2, "decide"))
    wanted = record(2, "decide")
    for name in (wanted.id, f"{wanted.id}.json", wanted.id[:24], wanted.hash[:6]):
        assert wanted == load(workspace, name)


def test_an_unknown_id_names_the_nearest_one(workspace):
    append(workspace, record(1))
    near = record(1).id[:-1] + "x"
    with pytest.raises(InputError, match="there is no record") as caught:
        load(workspace, near)
    assert record(1).id in caught.value.problem.remedy


@pytest.mark.parametrize("name", ["", "../../secret", "*"])
def test_an_id_is_never_a_path_or_a_pattern(workspace, name):
    append(workspace, record(1))
    with pytest.raises(InputError, match="there is no record"):
        load(workspace, name)


def test_without_records_the_message_says_what_to_run(workspace):
    with pytest.raises(InputError) as caught:
        load(workspace, "20261122")
    assert "shipworthy evaluate" in caught.value.problem.remedy


def test_a_beginning_that_fits_several_lists_them(workspace):
    append(workspace, record(1))
    append(workspace, record(2))
    with pytest.raises(InputError) as caught:
        load(workspace, "20261122")
    assert "record.ambiguous" == caught.value.problem.code
    assert all(one.id in str(caught.value) for one in (record(1), record(2)))


@pytest.mark.parametrize("content", [b"", b'{"schema": 1, "ver', b"\xff\xfe\x00", b"\x00" * 400])
def test_a_corrupted_record_is_named(workspace, content):
    path = append(workspace, record(1))
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        records(workspace)
    assert "record.corrupt" == caught.value.problem.code
    assert str(path) in str(caught.value)


def test_an_altered_record_is_named(workspace):
    path = append(workspace, record(1))
    path.write_text(path.read_text().replace('"number": 1', '"number": 2'))
    with pytest.raises(InputError) as caught:
        latest(workspace, "evaluate")
    assert "record.altered" == caught.value.problem.code
    assert str(path) in str(caught.value)


def test_a_record_under_another_records_name_is_refused(workspace):
    path = append(workspace, record(1))
    path.rename(path.with_name(f"{record(2).id}.json"))
    with pytest.raises(InputError, match="bears its id"):
        records(workspace)


def test_other_files_in_the_folder_are_left_alone(workspace):
    append(workspace, record(1))
    for name in ("README.md", "notes.json", ".20261122T074817.000002Z-evaluate-0.json.ab.part"):
        (workspace.records / name).write_text("not a record")
    assert [record(1)] == records(workspace)


def test_a_disk_that_refuses_says_which_file(workspace):
    workspace.records.rmdir()
    workspace.records.write_text("a file where the folder should be")
    with pytest.raises(InputError, match="cannot be written") as caught:
        append(workspace, record(1))
    assert "--workspace PATH" in caught.value.problem.remedy


def test_a_killed_writer_leaves_only_whole_records(tmp_path):
    """Every record that the writer reported is there and whole, although the writer was killed at work."""
    for kept in (1, 7, 23):
        folder = tmp_path / str(kept)
        process = writer(folder, "spec", 100_000)
        assert process.stdout is not None
        reported = [process.stdout.readline().strip() for _ in range(kept)]
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        reported += process.stdout.read().split()
        process.stdout.close()
        found = [one.id for one in records(open_workspace(folder))]
        assert reported == found[: len(reported)]
        assert len(found) <= len(reported) + 1


def test_two_writers_at_once_lose_nothing(tmp_path):
    writers = [writer(tmp_path, name, 40) for name in ("one", "two")]
    reported = [one.communicate()[0].split() for one in writers]
    found = {one.id for one in records(open_workspace(tmp_path))}
    assert 80 == len(found)
    assert found == {*reported[0], *reported[1]}
    assert [] == list(tmp_path.rglob("*.part"))
