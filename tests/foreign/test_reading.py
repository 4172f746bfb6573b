"""Each tool's file gives a row for every answer, crashed ones too, and a file of another tool is told by its name."""

from __future__ import annotations

import csv
import io
from itertools import product

import pytest

from shipworthy.errors import InputError
from shipworthy.foreign import FORMATS, of_model, read_results
from shipworthy.foreign.rows import Row
from tests.foreign import files

PROMPTFOO = files.promptfoo(
    [files.promptfoo_entry(0, "1"), files.promptfoo_entry(1, None), files.promptfoo_entry(2, "0")]
)
INSPECT = [
    files.inspect_sample("a", "1"),
    files.inspect_sample("b", None),
    files.inspect_sample("c", "0", score="I"),
]
LM_EVAL = [
    files.lm_eval_line(0, "1"),
    files.lm_eval_line(1, "", resps=[[""]]),
    files.lm_eval_line(2, "0", right=0.0),
]
EVALS = files.openai_evals({"spam.dev.0": "1", "spam.dev.1": None, "spam.dev.2": "0"})
WHOLE = {
    "promptfoo": ("results.json", files.json_bytes(PROMPTFOO)),
    "inspect": ("log.eval", files.inspect_archive(INSPECT)),
    "lm_eval": ("samples_spam.jsonl", files.lines_of(LM_EVAL)),
    "openai_evals": ("run.jsonl", files.lines_of(EVALS)),
}


def rows_of(form: str, data: bytes, file: str) -> tuple[Row, ...]:
    return read_results(form, data, file).rows


@pytest.mark.parametrize("form", FORMATS)
def test_every_row_stays_and_the_one_that_crashed_says_why(form):
    file, data = WHOLE[form]
    first, crashed, last = rows_of(form, data, file)
    assert ("1", None, "0") == (first.answer, crashed.answer, last.answer)
    assert crashed.error
    assert (None, {}) == (crashed.output, dict(crashed.grades))
    assert None is first.error


@pytest.mark.parametrize(
    ("form", "id_", "label", "latency_ms", "cost_usd", "grades"),
    [
        ("promptfoo", "0", None, 100.0, 0.002, {"pass": 1.0, "right_word": 1.0}),
        ("inspect", "a", "1", 1500.0, 0.004, {"match": 1.0}),
        ("lm_eval", "0", "1", None, None, {"exact_match": 1.0}),
        ("openai_evals", "spam.dev.0", "1", None, None, {"match": 1.0, "score": 1.0}),
    ],
)
def test_what_a_row_says_of_itself(form, id_, label, latency_ms, cost_usd, grades):
    file, data = WHOLE[form]
    row = rows_of(form, data, file)[0]
    assert (id_, label, latency_ms, cost_usd, grades) == (
        row.id,
        row.label,
        row.latency_ms,
        row.cost_usd,
        dict(row.grades),
    )


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("claimed", FORMATS)
def test_a_file_of_another_tool_is_told_by_its_name(form, claimed):
    file, data = WHOLE[form]
    if form == claimed:
        return
    with pytest.raises(InputError, match=f"no file of {claimed}") as caught:
        read_results(claimed, data, file)
    assert "import.format" == caught.value.problem.code
    assert f"format: {form}" in str(caught.value.problem.remedy)


DEEP = b"[" * 100_000
GARBAGE = [
    b"",
    b"{}",
    b"[]",
    b"id,prediction\n1,1\n",
    b"\xff\xfe\x00",
    b"PK\x03\x04nothing",
    b'{"results": 1}',
]


@pytest.mark.parametrize(
    ("form", "data"),
    [
        *product(FORMATS, GARBAGE),
        *(pytest.param(form, DEEP, marks=[pytest.mark.slow][form == "promptfoo" :]) for form in FORMATS),
    ],
)
def test_garbage_is_an_error_and_no_traceback(form, data):
    for ending in ("json", "jsonl", "csv", "eval", "yaml"):
        with pytest.raises(InputError) as caught:
            read_results(form, data, f"results.{ending}")
        assert caught.value.problem.remedy


@pytest.mark.parametrize(
    ("form", "data", "found"),
    [
        (
            "promptfoo",
            files.json_bytes(files.promptfoo([files.promptfoo_entry(0, "1")], version=4)),
            "version 4",
        ),
        ("inspect", files.inspect_json(INSPECT, version=7), "version 7"),
    ],
)
def test_a_form_that_is_not_known_yet_is_not_guessed_at(form, data, found):
    with pytest.raises(InputError, match=found) as caught:
        read_results(form, data, "results.json")
    assert "import.version" == caught.value.problem.code


def test_promptfoo_writes_the_same_as_yaml_lines_and_older_versions():
    whole = rows_of("promptfoo", WHOLE["promptfoo"][1], "results.json")
    entries = PROMPTFOO["results"]["results"]
    assert whole == rows_of("promptfoo", files.json_bytes(PROMPTFOO), "results.yaml")
    assert whole == rows_of("promptfoo", files.lines_of(entries), "results.jsonl")
    assert whole == rows_of("promptfoo", files.json_bytes(PROMPTFOO["results"]), "results.json")


def test_promptfoo_tables_have_a_row_for_each_provider():
    text = io.StringIO()
    beside = ["Status", "Score", "Named Scores", "Metric: tone", "Grader Reason", "Comment"]
    written = csv.writer(text)
    written.writerow(["key", "[small] p", *beside, "[big] p", *beside])
    written.writerow(
        ["m1", "1", "PASS", "1.00", "", "1.00", "ok", "", "0", "FAIL", "0.00", "", "0.50", "no", ""]
    )
    written.writerow(
        ["m2", "", "ERROR", "0.00", "", "", "timeout", "", "'=1", "PASS", "1.00", "", "1.00", "", ""]
    )
    small, big, crashed, other = rows_of("promptfoo", text.getvalue().encode(), "results.csv")
    assert ("small", "1", {"pass": 1.0, "tone": 1.0}, {"vars.key": "m1"}) == (
        small.model,
        small.answer,
        small.grades,
        small.fields,
    )
    assert ("big", 0.0, "the score 0.5 is neither a pass (1) nor a fail (0)") == (
        big.model,
        big.grades["pass"],
        big.grades["tone"],
    )
    assert (None, "timeout", {}) == (crashed.answer, crashed.error, crashed.grades)
    assert "=1" == other.answer


def test_older_promptfoo_tables_say_pass_and_fail_in_the_cell():
    table = 'key,[small] p\nm1,"[PASS] (1.00)\n\nspam\n\nPass Reason: fine"\nm2,"[FAIL] (0.00)\n\nham"\nm3,"[ERROR] (0.00)\n\nboom"\n'
    found = rows_of("promptfoo", table.encode(), "results.csv")
    assert [("spam", 1.0), ("ham", 0.0), (None, None)] == [
        (row.answer, row.grades.get("pass")) for row in found
    ]
    assert "boom" == found[2].error


def test_cached_answers_have_no_latency():
    entry = files.promptfoo_entry(0, "1", response={"output": "1", "cached": True})
    found = read_results("promptfoo", files.json_bytes(files.promptfoo([entry])), "r.json")
    assert (None, None) == (found.rows[0].latency_ms, found.rows[0].cost_usd)
    assert "1 answers came out of promptfoo's cache" in found.notes[0]


def test_an_assertion_that_failed_is_no_crash():
    """promptfoo writes the reason of a failed assertion as the row's error."""
    grading = {"pass": False, "componentResults": [{"pass": False, "assertion": {"type": "equals"}}]}
    entry = files.promptfoo_entry(
        0, "1", failureReason=1, error="Expected 0", success=False, gradingResult=grading
    )
    [row] = rows_of("promptfoo", files.json_bytes(files.promptfoo([entry])), "r.json")
    assert ("1", None, {"pass": 0.0, "equals": 0.0}) == (row.answer, row.error, row.grades)


def test_inspect_logs_are_alike_as_archive_and_as_json():
    assert rows_of("inspect", *WHOLE["inspect"][::-1]) == rows_of(
        "inspect", files.inspect_json(INSPECT), "log.json"
    )


def test_an_inspect_run_that_did_not_end_gives_what_it_has_and_says_so():
    found = read_results("inspect", files.inspect_archive(INSPECT[:1], ended=False), "log.eval")
    assert 1 == len(found.rows)
    assert "ended as started" in found.notes[0]


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        ("C", {"match": 1.0}),
        ("I", {"match": 0.0}),
        ("N", {"match": 0.0}),
        (True, {"match": 1.0}),
        (0, {"match": 0.0}),
        ("P", {"match": "the score P is neither a pass (1) nor a fail (0)"}),
        (0.5, {"match": "the score 0.5 is neither a pass (1) nor a fail (0)"}),
        ({"tone": 1, "fact": 0}, {"match_tone": 1.0, "match_fact": 0.0}),
    ],
)
def test_only_passes_and_fails_are_grades(score, expected):
    [row] = rows_of("inspect", files.inspect_json([files.inspect_sample("a", "1", score=score)]), "log.json")
    assert expected == row.grades


def test_inspect_text_may_stand_in_parts_and_attachments():
    content = [{"type": "reasoning", "reasoning": "hm"}, {"type": "text", "text": "attachment://h"}]
    sample = files.inspect_sample(
        "a", "1", output={"choices": [{"message": {"content": content}}]}, attachments={"h": "long"}
    )
    [row] = rows_of("inspect", files.inspect_json([sample]), "log.json")
    assert "long" == row.output


def test_the_harness_chooses_the_likeliest_of_several_choices():
    line = files.lm_eval_line(
        0,
        "",
        resps=[[["-4.1", "False"]], [["-1.2", "True"]]],
        filtered_resps=[["-4.1", "False"], ["-1.2", "True"]],
    )
    [row] = rows_of("lm_eval", files.lines_of([line]), "samples.jsonl")
    assert ("1", None) == (row.answer, row.error)


def test_a_last_line_that_is_cut_off_is_left_out_and_any_other_is_an_error():
    lines = files.lines_of(LM_EVAL)
    found = read_results("lm_eval", lines + b'{"doc_id": 3, "re', "samples.jsonl")
    assert (3, True) == (len(found.rows), "cut off" in found.notes[0])
    with pytest.raises(InputError, match="line 1 is no JSON object"):
        read_results("lm_eval", b'{"doc_id"\n' + lines, "samples.jsonl")


@pytest.mark.parametrize("form", ["promptfoo", "lm_eval"])
def test_of_several_models_one_must_be_named(form):
    two = {
        "promptfoo": files.json_bytes(
            files.promptfoo(
                [files.promptfoo_entry(0, "1"), files.promptfoo_entry(0, "0", prompt=1, provider="big")]
            )
        ),
        "lm_eval": files.lines_of(
            [files.lm_eval_line(0, "1", filtered="small"), files.lm_eval_line(0, "0", filtered="big")]
        ),
    }
    found = read_results(form, two[form], "results.json" if form == "promptfoo" else "samples.jsonl")
    assert ["0"] == [row.answer for row in of_model(found, "big", "f")]
    with pytest.raises(InputError, match=r"answers of 2 \w+s: small, big") as caught:
        of_model(found, None, "f")
    assert "model: 'small'" in str(caught.value.problem.remedy)
    with pytest.raises(InputError) as caught:
        of_model(found, "bigg", "f")
    assert "Did you mean 'big'?" == caught.value.problem.remedy


def test_a_provider_with_two_prompts_is_two_models():
    entries = [files.promptfoo_entry(0, "1"), files.promptfoo_entry(0, "0", prompt=1)]
    found = rows_of("promptfoo", files.json_bytes(files.promptfoo(entries)), "r.json")
    assert ["small [prompt 0]", "small [prompt 1]"] == [row.model for row in found]
