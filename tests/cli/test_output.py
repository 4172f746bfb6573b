"""Stdout carries results only: tables for people, one JSON document for programs, the memo's path last."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from tests.cli.command import command
from tests.workbench import shop
from tests.workbench.shop import changed, with_requirements


@pytest.mark.parametrize(
    "verb", ["check", "train", "evaluate", "decide", "document", "run", "records", "compare"]
)
def test_json_is_exactly_one_document_for_every_verb(kept, verb):
    done = command(verb, kept, "--json")
    assert (1 if verb == "compare" else 0) == done.code
    assert isinstance(json.loads(done.out), dict)


def test_json_is_one_document_for_verbs_without_a_product(tmp_path):
    assert "metrics" in command("metrics", "--json").json
    assert ["files", "folder", "warnings"] == sorted(command("new", tmp_path / "shop", "--json").json)


@pytest.mark.parametrize(
    "verb", ["check", "train", "evaluate", "decide", "document", "run", "records", "compare"]
)
def test_an_error_is_one_json_document_too(tmp_path, verb):
    done = command(verb, shop.product_folder(tmp_path, "product: [\n"), "--json")
    assert 2 == done.code
    error = done.json["error"]
    assert ["code", "message", "remedy", "where"] == sorted(error)
    assert {"file", "line", "column"} == set(error["where"])


@pytest.mark.parametrize("arguments", [["chekc", "--json"], ["check", "--json", "--nope"], ["new", "--json"]])
def test_a_misused_command_line_is_one_json_document(arguments):
    done = command(*arguments)
    assert 2 == done.code
    assert "cli.usage" == done.json["error"]["code"]


def test_problems_of_check_are_one_json_document(tmp_path):
    done = command("check", shop.product_folder(tmp_path, changed("[format]", "[fromat]")), "--json")
    assert 2 == done.code
    [problem] = done.json["problems"]
    assert ("data.no_column", 8) == (problem["code"], problem["where"]["line"])


def test_the_document_of_an_evaluation_is_its_record(kept):
    shown = command("evaluate", kept, "--json").json
    [path] = (kept / ".shipworthy" / "records").glob(f"{shown['record']}.json")
    assert json.loads(path.read_text(encoding="utf-8")) == shown
    assert {"estimates", "verdicts", "candidates", "splits", "inputs"} <= set(shown)


def test_the_document_of_a_run_has_the_decision_and_the_memo(kept):
    shown = command("run", kept, "--json").json
    assert ["audit", "evaluate", "compare", "decide"] == shown["skipped"]
    assert "ship" == shown["decision"]["answer"]
    assert Path(shown["document"]).is_file()


@pytest.mark.parametrize("verb", ["run", "document"])
def test_the_path_of_the_memo_is_the_last_line_of_stdout(kept, verb):
    done = command(verb, kept)
    last = done.out.splitlines()[-1]
    assert str(kept / "reports" / "decision-memo.html") == last
    assert Path(last).read_text(encoding="utf-8").startswith("<!")


def test_the_path_is_one_line_however_long_it_is(tmp_path):
    folder = shop.product_folder(tmp_path / ("a very long name of a folder " * 6).strip())
    assert Path(command("run", folder).out.splitlines()[-1]).is_file()


def test_a_run_says_what_was_fresh(kept):
    assert "Fresh, not run again: audit, evaluate, compare, decide" in command("run", kept).err


def test_progress_goes_to_stderr_only(kept):
    (kept / "product.yaml").write_text(
        changed("bait > 1", "bait > 2", (kept / "product.yaml").read_text(encoding="utf-8")), encoding="utf-8"
    )
    done = command("evaluate", kept)
    assert "… answering with keywords" in done.err
    assert "answering" not in done.out


def test_tables_show_every_candidate_and_every_verdict(kept):
    done = command("evaluate", kept)
    for word in ("baseline", "keywords", "logistic", "recall >= 0.50", "✓ met", "judged on 200 test rows"):
        assert word in done.out


def test_decide_says_the_answer_and_why(kept):
    done = command("decide", kept)
    assert "SHIP" in done.out
    assert "because" in done.out
    assert "would change" in done.out


def test_why_shows_the_workings_of_one_requirement(kept):
    done = command("evaluate", kept, "--why", "recall >= 0.50")
    assert 0 == done.code
    for word in (
        "recall >= 0.50",
        "counts",
        "interval",
        "bounds",
        "clopper_pearson",
        "one-sided at 95 %",
        "keywords",
        "logistic",
    ):
        assert word in done.out
    assert "false_positive_rate" not in done.out


def test_why_of_another_requirement_is_told_those_of_the_product(kept):
    done = command("evaluate", kept, "--why", "recal >= 0.50")
    assert 2 == done.code
    assert "no requirement reads 'recal >= 0.50'" in done.err
    assert "Requirements of the product: recall >= 0.50; " in done.err


def test_why_keeps_the_exit_code_and_the_next_line(tmp_path):
    folder = shop.product_folder(tmp_path, with_requirements("false_positive_rate <= 1 %"))
    done = command("evaluate", folder, "--why", "false_positive_rate")
    assert 1 == done.code
    assert done.next.startswith("Next: ")


def test_why_with_json_is_still_one_document(kept):
    assert "verdicts" in command("evaluate", kept, "--why", "recall >= 0.50", "--json").json


def test_records_are_listed_newest_last_and_shown_whole(kept):
    lines = command("records", kept).out.splitlines()
    assert ["audit", "train", "evaluate", "compare", "decide"] == [line.split("-")[1] for line in lines]
    assert "ship (" in lines[-1]
    only = command("records", kept, "--verb", "decide", "--json").json["records"]
    assert ["decide"] == [each["verb"] for each in only]
    shown = command("records", kept, "--show", only[0]["record"])
    assert only[0]["record"] == json.loads(shown.out)["record"]


def test_a_record_that_is_not_there_is_told(kept):
    done = command("records", kept, "--show", "2019")
    assert (2, f"Next: shipworthy records {kept}") == (done.code, done.next)


def test_metrics_are_listed_with_what_they_cannot_do():
    done = command("metrics")
    assert 0 == done.code
    for word in ("recall", "mean(column)", "p95(column)", "what it cannot do"):
        assert word in done.out


def test_the_product_file_itself_may_be_named_and_the_present_folder_is_the_default(kept, monkeypatch):
    assert 0 == command("check", kept / "product.yaml").code
    monkeypatch.chdir(kept)
    assert 0 == command("check").code
    assert 0 == command("run").code


@pytest.mark.parametrize("name", ["[bold]shop[/bold]", "sh[/]op"])
def test_brackets_in_names_are_printed_as_they_are(tmp_path, name):
    text = changed("Mail shield", f'"{name}"', changed("keywords:", f'"{name}":'))
    done = command("evaluate", shop.product_folder(tmp_path / "s", text))
    assert 0 == done.code, done.err
    assert f"{name}: judged on" in done.out
    assert f"{name}  rule" in done.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("new",),
        ("check",),
        ("risks",),
        ("history",),
        ("sign",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_command_to_run_next_can_be_pasted_whatever_the_folder_is_called(tmp_path, arguments):
    folder = tmp_path / "our shop"
    if arguments != ("new",):
        text = shop.PRODUCT.replace("[format]", "[fromat]") if arguments == ("check",) else shop.PRODUCT
        shop.product_folder(folder, text)
    done = command(*arguments, folder)
    named = [
        line for line in f"{done.out}\n{done.err}".splitlines() if re.search("shipworthy .*our shop", line)
    ]
    assert named, done
    for line in named:
        assert str(folder) in shlex.split(line[line.index("shipworthy") :])
