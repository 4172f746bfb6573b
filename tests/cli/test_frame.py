"""What frame prints and asks: the answer, its exit code and next command, the questions, the list of several."""

import json
import os

import pytest

import shipworthy as sw
from tests.cli.command import command, program
from tests.cli.terminal import Terminal
from tests.workbench import shop

KNOWN = """\
frame: {prohibited: no, unwanted: no, base_rate: 0.3, build_cost: 1_000 USD, run_cost: 100 USD / month, labels: 200,
  essential: no, specifiable: no, static: no, agreement: 0.8, labels_keep_up: yes, mitigated: yes, rule_suffices: no,
  label_lag_tolerated: 1 week}
action: {do: move it, reversible: yes}
monitor: {label_delay: 2 days}
"""
TEXT = shop.PRODUCT.replace("true_positive", "volume: 100_000 / month, true_positive") + KNOWN


def product(folder, *change):
    text = TEXT
    for before, after in change:
        assert before in text
        text = text.replace(before, after)
    return shop.product_folder(folder, text)


def test_the_answer_stands_first_and_the_path_of_the_page_last(tmp_path):
    done = command("frame", product(tmp_path))
    lines = done.out.splitlines()
    assert (0, "Mail shield: A predictive model", "") == (done.code, lines[0], done.err)
    assert str(tmp_path / "reports" / "frame.html") == lines[-1]
    assert (tmp_path / "reports" / "frame.md").exists()


def test_every_rule_is_printed_and_every_input_with_where_it_is_from(tmp_path):
    out = command("frame", product(tmp_path)).out
    assert all(f"F{number} " in out for number in range(11))
    assert "assumption: frame.agreement" in out
    assert "convention: by convention" in out
    assert "0 of" in out


@pytest.mark.parametrize(
    ("change", "code", "following"),
    [
        (("unwanted: no", "unwanted: yes"), 1, ("frame",)),
        (("build_cost: 1_000", "build_cost: 9_000_000"), 1, ("frame",)),
        (("agreement: 0.8", "agreement: 0.3"), 3, ("label", "--agreement")),
        (("labels: 200", "labels: 2"), 3, ("plan",)),
        (("labels_keep_up: yes, ", ""), 3, ("frame",)),
        (("base_rate: 0.3, ", ""), 3, ("audit",)),
        ((", rule_suffices: no", ""), 3, ("evaluate",)),
        (("rule_suffices: no", "rule_suffices: yes"), 0, None),
    ],
)
def test_the_exit_code_says_go_on_do_not_or_cannot_say_yet(tmp_path, change, code, following):
    folder = product(tmp_path, change)
    done = command("frame", folder)
    assert code == done.code
    if following:
        assert f"Next: {' '.join(['shipworthy', *following, str(folder)])}" == done.next
    else:
        assert "" == done.err


def test_where_nobody_said_or_measured_anything_the_first_record_is_next(tmp_path):
    folder = shop.product_folder(tmp_path)
    done = command("frame", folder)
    assert (3, f"Next: shipworthy audit {folder}") == (done.code, done.next)
    assert "frame.base_rate: 20 %..40 %, until shipworthy audit measures it" in done.out
    sw.audit(sw.open(folder))
    assert f"Next: shipworthy evaluate {folder}" == command("frame", folder).next
    sw.evaluate(sw.open(folder))
    assert f"Next: shipworthy frame {folder}" == command("frame", folder).next


def test_without_a_terminal_nothing_is_asked_and_the_questions_are_printed(tmp_path):
    done = program("frame", product(tmp_path, ("labels_keep_up: yes, ", "")), input="yes\n")
    assert 3 == done.code
    assert "Do labels come faster" in done.out
    assert "frame.labels_keep_up: yes, no" in done.out
    assert "Cannot say yet" in done.out


def test_json_is_one_document_with_the_framing_and_its_page(tmp_path):
    done = command("frame", product(tmp_path), "--json")
    found = json.loads(done.out)
    assert ("frame", "predictive", "F6") == (
        found["verb"],
        found["framing"]["answer"],
        found["framing"]["rule"],
    )
    assert found["document"].endswith("frame.html")


def test_a_generation_that_is_not_proved_is_for_drafts_only(tmp_path):
    text = {"labels_keep_up: yes": "labels_keep_up: no, budget: 2_000 USD / month, cost_per_decision: 0.01"}
    done = command("frame", product(tmp_path, *text.items()))
    assert "Mail shield: A generative model, for drafts only" in done.out
    assert "it suggests, a person acts" in done.out


def test_several_products_are_ranked_and_what_would_move_them_is_told(tmp_path):
    first = product(tmp_path / "a")
    second = product(tmp_path / "b", ("Mail shield", "Letters"), ("100_000", "90_000"))
    done = command("frame", second, first)
    assert 0 == done.code
    assert done.out.index("Mail shield") < done.out.index("Letters")
    assert "volume of Mail shield −30 %: Letters, Mail shield" in done.out
    found = command("frame", second, first, "--json").json["portfolio"]
    assert ["Mail shield", "Letters"] == [each["name"] for each in found["opportunities"]]


def test_a_product_that_cannot_be_placed_is_the_next_to_frame(tmp_path):
    first = product(tmp_path / "a")
    second = product(tmp_path / "b", ("Mail shield", "Letters"), ("build_cost: 1_000 USD, ", ""))
    done = command("frame", second, first)
    assert (3, f"Next: shipworthy frame {second}") == (done.code, done.next)
    assert "Letters cannot be placed: not known: build_cost" in done.out


def test_a_workspace_goes_with_one_product(tmp_path):
    done = command("frame", product(tmp_path / "a"), product(tmp_path / "b"), "--workspace", tmp_path / "w")
    assert 2 == done.code
    assert "--workspace goes with one product" in done.err


def test_a_folder_without_a_product_is_told(tmp_path):
    done = command("frame", tmp_path)
    assert 2 == done.code
    assert "has no product.yaml" in done.err


def test_at_a_terminal_what_matters_is_asked_and_a_wrong_answer_asked_again(tmp_path):
    lacking = product(tmp_path, ("build_cost: 1_000 USD, ", ""), ("labels_keep_up: yes, ", ""))
    terminal = Terminal("frame", lacking)
    terminal.read_until("What does building it cost, once?")
    terminal.answer("500 EUR", "is in EUR, and USD is expected")
    terminal.answer("500 to 900 USD", "Do labels come faster")
    said = terminal.answer("yes", "frame.html")
    assert "frame.build_cost: 500 to 900 USD" in said
    assert "A predictive model" in said
    assert 0 == terminal.code()


def test_at_a_terminal_an_empty_line_leaves_a_question_open(tmp_path):
    terminal = Terminal("frame", product(tmp_path, ("labels_keep_up: yes, ", "")))
    terminal.read_until("Do labels come faster")
    os.write(terminal.handle, b"\n" * 20)
    assert "Cannot say yet" in terminal.read_until("Next: shipworthy frame")
    assert 3 == terminal.code()
