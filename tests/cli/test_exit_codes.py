"""The exit code says how it ended, and every code but 0 comes with the command to run next."""

from __future__ import annotations

import shlex
from itertools import product

import pytest

from tests.cli.command import command
from tests.workbench import shop
from tests.workbench.shop import changed, with_requirements

SLOW = [pytest.mark.slow]
EACH_TIME = {*product(("met", "missed", "open"), ("evaluate",)), ("open", "decide"), ("missed", "run")}
MET, MISSED, OPEN = "recall >= 0.50", "false_positive_rate <= 1 %", "recall >= 0.95"


@pytest.mark.parametrize(
    ("verb", "claims", "code"),
    [
        pytest.param(verb, claims, code, id=f"{name}-{verb}", marks=[] if (name, verb) in EACH_TIME else SLOW)
        for name, claims, code in (("met", [MET], 0), ("missed", [MET, MISSED], 1), ("open", [MET, OPEN], 3))
        for verb in ("evaluate", "decide", "run")
    ],
)
def test_judging_exits_with_0_1_or_3(tmp_path, verb, claims, code):
    folder = shop.product_folder(tmp_path, with_requirements(*claims))
    done = command(verb, folder)
    assert code == done.code, done.err
    if code == 0:
        assert "Next:" not in done.err
    else:
        assert f'Next: shipworthy evaluate --why "{claims[1]}" {folder}' == done.next
        assert 1 == done.err.count("Next:")


def test_the_next_command_can_be_pasted_into_a_shell(tmp_path):
    folder = shop.product_folder(tmp_path / "my $hop's", with_requirements(MISSED))
    done = command("evaluate", folder)
    assert 1 == done.code
    parts = shlex.split(done.next.removeprefix("Next: "))
    assert ["shipworthy", "evaluate", "--why", MISSED, str(folder)] == parts
    assert 1 == command(*parts[1:]).code


@pytest.mark.parametrize("verb", ["check", "train", "evaluate", "compare", "decide", "run"])
def test_wrong_input_exits_with_2(tmp_path, verb):
    done = command(verb, shop.product_folder(tmp_path, changed("[format]", "[fromat]")))
    assert 2 == done.code
    assert "product.yaml:8:12" in done.err
    assert done.next.startswith("Next: ")
    assert str(tmp_path) in done.next


def test_a_place_that_has_no_product_exits_with_2_and_names_a_way_to_begin(tmp_path):
    for verb in ("check", "run", "records", "document"):
        done = command(verb, tmp_path)
        assert (2, "Next: shipworthy new NAME") == (done.code, done.next)


def test_a_product_without_a_decision_is_told_what_its_memo_needs(tmp_path):
    folder = shop.product_folder(tmp_path)
    done = command("document", folder)
    assert (0, f"Next: shipworthy decide {folder}") == (done.code, done.next)


def test_a_next_command_keeps_the_workspace(tmp_path):
    folder = shop.product_folder(tmp_path / "shop", changed("[format]", "[fromat]"))
    done = command("run", folder, "--workspace", tmp_path / "work", "--json")
    assert f"Next: shipworthy check {folder} --workspace {tmp_path / 'work'}" == done.next


@pytest.mark.parametrize(
    "arguments", [["chekc"], ["check", "--jsno"], ["completion", "tcsh"], ["evaluate", "a", "b"]]
)
def test_a_command_line_that_cannot_be_understood_exits_with_2(arguments):
    done = command(*arguments)
    assert 2 == done.code
    assert "" == done.out
    assert "--help" in done.err
    assert done.next.startswith("Next: shipworthy ")
    assert "Traceback" not in done.err


def test_a_misspelled_verb_is_told_the_nearest():
    assert "check" in command("chekc").err


def test_two_sources_for_a_new_product_are_refused(tmp_path):
    done = command("new", tmp_path / "a", "--template", "spam", "--from", "x.csv")
    assert (2, "Next: shipworthy new --help") == (done.code, done.next)
    done = command("new", tmp_path / "a", "--from", "x.csv")
    assert "--label COLUMN" in done.err
    assert not (tmp_path / "a").exists()


def test_a_folder_that_cannot_be_written_names_the_option_for_it(tmp_path):
    folder = shop.product_folder(tmp_path / "shop")
    (folder / ".shipworthy").write_text("a file is in the way", encoding="utf-8")
    done = command("run", folder)
    assert 2 == done.code
    assert "--workspace PATH" in done.err
    assert 0 == command("run", folder, "--workspace", tmp_path / "work").code
