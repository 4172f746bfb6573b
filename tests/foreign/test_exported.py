"""Files that the tools themselves wrote: promptfoo 0.121.20, Inspect 0.3.285 and the LM Evaluation Harness 0.4.13.

Each was run on the same three mails, without a network: promptfoo's `echo`, Inspect's `mockllm`, the harness's `dummy`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from shipworthy.errors import InputError
from shipworthy.foreign import read_results

EXPORTED = Path(__file__).parent / "exported"
SAID = ["spam", "Ham.", "I cannot say"]


def rows(form, file):
    return read_results(form, (EXPORTED / file).read_bytes(), file).rows


@pytest.mark.parametrize("file", ["promptfoo.json", "promptfoo.jsonl", "promptfoo.yaml", "promptfoo.csv"])
def test_promptfoo(file):
    found = sorted(rows("promptfoo", file), key=lambda row: row.fields["vars.mail_id"])
    assert SAID == [row.output for row in found]
    assert ["mail-0", "mail-1", "mail-2"] == [row.fields["vars.mail_id"] for row in found]
    assert [1.0, 0.0, 0.0] == [row.grades["right"] for row in found]
    assert {None} == {row.error for row in found}
    assert (file == "promptfoo.csv") == (found[0].latency_ms is None)


@pytest.mark.parametrize("file", ["inspect.eval", "inspect.json"])
def test_inspect(file):
    found = rows("inspect", file)
    assert SAID == [row.output for row in found]
    assert ["mail-0", "mail-1", "mail-2"] == [row.id for row in found]
    assert [1.0, 1.0, 0.0] == [row.grades["match"] for row in found]
    assert all(row.latency_ms > 0 for row in found)


def test_a_choice_of_the_harness_is_told_as_its_target_is():
    found = rows("lm_eval", "samples_mails.jsonl")
    assert ["spam", "ham", "ham"] == [row.label for row in found] == [row.answer for row in found]
    assert ["mail-0", "mail-1", "mail-2"] == [row.fields["doc.mail_id"] for row in found]
    assert [1.0] * 3 == [row.grades["acc"] for row in found]


def test_a_text_of_the_harness():
    found = rows("lm_eval", "samples_mails_said.jsonl")
    assert ["lol"] * 3 == [row.output for row in found]
    assert [0.0] * 3 == [row.grades["exact_match"] for row in found]


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_an_archive_that_was_cut_is_damaged(share):
    data = (EXPORTED / "inspect.eval").read_bytes()
    with pytest.raises(InputError, match="cannot be read"):
        read_results("inspect", data[: int(len(data) * share)], "inspect.eval")


def test_a_member_that_was_changed_is_damaged():
    data = bytearray((EXPORTED / "inspect.eval").read_bytes())
    at = data.find(b"\x28\xb5\x2f\xfd", 100)  # where a frame of Zstandard begins
    data[at + 30 : at + 40] = bytes(10)
    with pytest.raises(InputError, match="damaged"):
        read_results("inspect", bytes(data), "inspect.eval")
