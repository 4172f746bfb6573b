"""sign, history and gate as people and machines run them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from tests.cli.command import command
from tests.cli.terminal import Terminal
from tests.workbench.shop import changed


def records_of(folder):
    return sorted(path.stem for path in (folder / ".shipworthy" / "records").iterdir())


def edited(folder, old, new):
    file = folder / "product.yaml"
    file.write_text(changed(old, new, file.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.fixture
def signed(kept):
    """A product with a signature under its decision."""
    assert 0 == command("sign", kept, "--as", "Ana Lima").code
    return kept


def test_a_signature_is_shown_with_all_that_it_says(kept):
    done = command(
        "sign", kept, "--as", "Ana Lima", "--dissent", "Bo: too early", "--dissent", "Di: nor me",
        "--risk", "one country", "--kill-switch", "Cy", "--revisit", "2099-01-01",
    )  # fmt: skip
    assert (0, f"Next: shipworthy history {kept}") == (done.code, done.next)
    for told in (
        "SHIP",
        "signed by Ana Lima",
        "Bo: too early",
        "Di: nor me",
        "one country",
        "Cy",
        "2099-01-01",
    ):
        assert told in done.out


def test_an_override_is_marked_wherever_it_is_shown(kept):
    given = ("sign", kept, "--as", "Ana", "--answer", "not yet")
    refused = command(*given)
    assert (2, "Next: shipworthy sign --help") == (refused.code, refused.next)
    assert "an override needs a reason" in refused.err
    done = command(*given, "--because", "the law")
    assert "OVERRIDE: the evidence says ship" in done.out
    assert "OVERRIDE" in command("history", kept).out
    assert "OVERRIDE" in command("history", kept, "--show", records_of(kept)[-1]).out


def test_signing_a_changed_product_names_what_changed_and_the_way_on(kept):
    edited(kept, "recall >= 0.50", "recall >= 0.60")
    done = command("sign", kept, "--as", "Ana")
    assert (2, f"Next: shipworthy decide {kept}") == (done.code, done.next)
    assert "- recall >= 0.50; + recall >= 0.60" in done.err


def test_the_history_shows_a_decision_again_and_what_is_stale(signed):
    listed = command("history", signed).out
    assert all(told in listed for told in ("SHIP", "signed by Ana Lima", "-decide-"))
    shown = command("history", signed, "--show", records_of(signed)[-1])
    assert 0 == shown.code
    for told in (
        "Signed by Ana Lima: SHIP",
        "mail.csv, 400 rows",
        "the same verdicts give the same decision today",
    ):
        assert told in shown.out
    edited(signed, "bait > 1", "bait > 2")
    stale = command("history", signed, "--show", records_of(signed)[-1]).out
    assert "candidates.keywords.rule: bait > 1 OR winner -> bait > 2 OR winner" in stale
    assert "keywords is another version" in stale


def test_nothing_due_and_nothing_decided_are_said(signed, tmp_path):
    assert "Nothing is due." in command("history", signed, "--due").out
    for path in (signed / ".shipworthy" / "records").iterdir():
        path.unlink()
    assert "Nothing was decided yet" in command("history", signed).out


def test_an_altered_record_is_told_with_its_hashes_by_every_verb_and_left_as_it_is(signed):
    [path] = (signed / ".shipworthy" / "records").glob("*-decide-*.json")
    path.write_text(path.read_text("utf-8").replace('"ship"', '"not_yet"'), encoding="utf-8")
    before = path.read_bytes(), records_of(signed)
    listed = command("history", signed)
    assert (2, f"Next: shipworthy records {signed}") == (listed.code, listed.next)
    assert "ALTERED" in listed.out
    assert "expected the hash" in listed.err
    assert 1 == listed.err.count("✗")
    for verb in (["gate"], ["sign", "--as", "Bo"], ["history", "--show", path.stem]):
        done = command(verb[0], signed, *verb[1:])
        assert 2 == done.code
        assert "altered" in done.err
    assert before == (path.read_bytes(), records_of(signed))


def test_sign_history_and_gate_print_one_json_document(kept):
    assert "Ana" == command("sign", kept, "--as", "Ana", "--json").json["signature"]["by"]
    assert ["decision", "signature"] == [
        each["what"] for each in command("history", kept, "--json").json["history"]
    ]
    shown = command("history", kept, "--show", records_of(kept)[-1], "--json").json
    assert (True, []) == (shown["same"], shown["stale"])
    gate = command("gate", kept, "--json").json
    assert (0, "Ana", []) == (gate["code"], gate["signature"]["by"], gate["dropped"])


def test_a_gate_leaves_junit_a_summary_and_lines_for_github(signed, tmp_path, monkeypatch):
    job = tmp_path / "job.md"
    job.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(job))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(signed.parent))
    edited(signed, "bait > 1 OR winner", "bait > 6")
    edited(signed, "logistic: {train: logistic_regression", "logistic: {rule: bait > 7")
    files = ("--junit", tmp_path / "gate.xml", "--summary", tmp_path / "gate.md")
    done = command("gate", signed, *files, "--annotations")
    assert (1, f'Next: shipworthy evaluate --why "recall >= 0.50" {signed}') == (done.code, done.next)
    assert "FAIL" in done.out
    assert "::error file=shop/product.yaml,line=" in done.out
    assert "0" != ET.parse(tmp_path / "gate.xml").getroot().get("failures")  # noqa: S314 - written here
    page = (tmp_path / "gate.md").read_text(encoding="utf-8")
    assert page.startswith("### Mail shield fails the gate")
    assert f"before\n{page}" == job.read_text(encoding="utf-8").rstrip("\n") + "\n"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--margin", "x"], 2, "is no number"),
        (["--margin", "recal=0.1"], 2, "Did you mean 'recall'?"),
        (["--json", "--annotations"], 2, "one document"),
        (["--junit", "product.yaml/x.xml"], 2, "cannot be written"),
    ],
)
def test_a_gate_that_is_held_wrong_says_so(signed, arguments, code, told, monkeypatch):
    monkeypatch.chdir(signed)
    done = command("gate", signed, *arguments)
    assert code == done.code
    assert told in done.out + done.err
    assert "Traceback" not in done.err


def test_at_a_terminal_a_stale_decision_is_told_before_anything_is_asked(kept):
    edited(kept, "recall >= 0.50", "recall >= 0.60")
    terminal = Terminal("sign", kept)
    said = terminal.read_until("Next: shipworthy decide")
    assert "Your name" not in said
    assert 2 == terminal.code()


def test_the_list_of_records_says_who_signed(signed):
    command("sign", signed, "--dissent", "Bo: too early")
    listed = command("records", signed, "--verb", "sign").out.splitlines()
    assert ["ship, signed by Ana Lima", "dissent of Bo"] == [line.split("  ")[1] for line in listed]


def test_at_a_terminal_what_was_not_given_is_asked(kept):
    terminal = Terminal("sign", kept)
    terminal.read_until("Your name")
    terminal.answer("Ana Lima", "Your answer [Enter: ship]")
    terminal.answer("yes", "is no answer")
    terminal.answer("not yet", "Why do you decide otherwise?")
    terminal.answer("too early", "Who thinks otherwise")
    terminal.answer("Bo: it is fine", "Another")
    terminal.answer("", "What risk is left")
    terminal.answer("", "Who may turn it off")
    terminal.answer("Cy", "When to look again")
    terminal.answer("2020-01-01", "is not after today")
    said = terminal.answer("", "Next: shipworthy history")
    assert "OVERRIDE" in said
    assert 0 == terminal.code()
    assert 2 == len([name for name in records_of(kept) if "-decide-" in name or "-sign-" in name])
