"""A journal only grows, and what was torn when its writer died costs nothing that was written before or after."""

from __future__ import annotations

import threading

import pytest

from shipworthy.errors import InputError
from shipworthy.store.journal import Journal


def entries(journal):
    return [entry for _, entry in journal.entries()]


def test_entries_come_back_in_order_and_by_where_they_begin(tmp_path):
    journal = Journal(tmp_path / "new" / "journal.jsonl")
    added = [{"key": "a", "text": "naïve\nlines"}, {"key": "b"}, {"key": "c", "n": 1.5}]
    starts = [journal.add(entry) for entry in added]
    assert added == entries(journal)
    assert added == [journal.at(start) for start in starts]
    assert starts == [start for start, _ in journal.entries()]


@pytest.mark.parametrize("cut", [1, 5, 12])
def test_a_torn_line_is_passed_over_and_the_next_entry_is_whole(tmp_path, cut):
    path = tmp_path / "journal.jsonl"
    journal = Journal(path)
    for number in range(3):
        journal.add({"n": number})
    journal.close()
    path.write_bytes(path.read_bytes()[:-cut])
    again = Journal(path)
    start = again.add({"n": 3})
    whole = [{"n": number} for number in range(3) if (number + 1) * len(b'{"n": 0}\n') <= 27 - cut]
    left = [{"n": 2}] if cut == 1 else []  # only the line break was lost
    assert [*whole, *left, {"n": 3}] == entries(again)
    assert {"n": 3} == again.at(start)


def test_threads_and_processes_may_add_at_once(tmp_path):
    journals = [Journal(tmp_path / "journal.jsonl") for _ in range(2)]
    found = {}

    def add(who):
        for number in range(100):
            key = f"{who}-{number}"
            found[key] = journals[who % 2].add({"key": key, "text": "x" * number})

    threads = [threading.Thread(target=add, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 400 == len(entries(journals[0]))
    assert [*found] == [journals[0].at(start)["key"] for start in found.values()]


def test_a_place_that_cannot_be_written_is_an_error_that_says_so(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError) as caught:
        Journal(tmp_path / "file" / "journal.jsonl")
    assert "file.unwritable" == caught.value.problem.code


def test_a_closed_journal_takes_nothing_more_and_writes_into_no_other_file(tmp_path):
    journal = Journal(tmp_path / "journal.jsonl")
    journal.close()
    with (tmp_path / "other").open("w"), pytest.raises(InputError):
        journal.add({"n": 1})
    assert b"" == (tmp_path / "other").read_bytes() + (tmp_path / "journal.jsonl").read_bytes()
