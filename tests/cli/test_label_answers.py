"""What label prints and refuses where people pass or fail answers."""

from __future__ import annotations

import pytest

from tests.cli.command import command
from tests.workbench.judged import judged_folder
from tests.workbench.verdicts import QUEUED


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = judged_folder(tmp_path_factory.mktemp("answers") / "desk", QUEUED, labels=0)
    command("label", folder, "--take", 12)
    return folder


def test_answers_are_taken_and_the_status_counts_them(folder):
    taken = command("label", folder, "--take", 3, "--by", "verdict", "--answers", "assistant", "--json").json[
        "taken"
    ]
    assert (3, "verdict", "test") == (taken["rows"], taken["strategy"], taken["part"])
    assert "answers, 0 of" in command("label", folder, "--status").out


def test_the_command_that_comes_next_names_the_judge_that_was_named(folder):
    out = command("label", folder, "--take", 1, "--grade", "helpful").out
    assert "1 of " in out
    assert f"Label them: shipworthy label --grade helpful {folder}" in out.replace("\n", "")


def test_agreement_speaks_of_answers(folder):
    assert "No answer has two labels yet" in command("label", folder, "--agreement").out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--take", 5, "--by", "slices"), "label.strategy", "random, verdict"),
        (("--take", 5, "--answers", "asistant"), "label.answers", "Did you mean 'assistant'?"),
        (("--take", 5, "--grade", "kind"), "label.grade", "Known: helpful."),
        (("--import", "none.csv"), "label.file", "cannot be read"),
    ],
)
def test_wrong_options_are_told_what_to_do(folder, arguments, code, words):
    done = command("label", folder, *arguments, "--json")
    assert (2, code) == (done.code, done.json["error"]["code"])
    assert words in done.json["error"]["message"] + done.json["error"]["remedy"]
