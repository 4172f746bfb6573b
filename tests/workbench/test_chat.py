"""A chat candidate is judged like any other: asked once per question, paid for once, and never at the price of its key."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from importlib.metadata import version
from typing import Any

import pytest

import shipworthy as sw
from shipworthy.errors import OutsideError
from shipworthy.workbench.answering.chat import chat_version
from shipworthy.workbench.session import Session
from tests.cli.command import command
from tests.workbench import flowers, shop
from tests.workbench.assistants import ASKED, KEY, ROWS, VARIABLE, facts_of, folder_of, log_of


@pytest.fixture(autouse=True)
def key(monkeypatch):
    monkeypatch.setenv(VARIABLE, KEY)


def test_replies_become_answers_with_their_cost_and_latency(tmp_path, endpoint):
    endpoint.failing = ["rate_limit", "server", "cut"]
    found = facts_of(sw.evaluate(sw.open(folder_of(tmp_path, endpoint.base_url))))
    rows, free = log_of(tmp_path), {row["id"]: row["bait"] > 1 for row in ROWS}
    assert ("chat", 75, 75) == (found.kind, found.rows, found.scored)
    assert [free[row["id"]] for row in rows] == [row["prediction"] for row in rows]
    assert ["yes" if row["prediction"] else "no" for row in rows] == [row["output"] for row in rows]
    assert all(row["latency_ms"] > 0 and 0 < row["cost_usd"] < 1e-4 and row["error"] is None for row in rows)
    assert found.notes[0].startswith("108 calls, 3 of them again; failures: 1 cut, 1 rate limit, 1 server; ")
    assert found.notes[1].startswith("cost by the price of 2026-11-01: 0.00")
    assert ASKED == len(rows) == len(endpoint.answered)


def test_a_price_from_the_list_is_told_with_its_day_and_the_version_of_the_list(tmp_path, endpoint):
    price = "{listed_in: genai-prices, provider: openai, listed_as: gpt-4o-mini, as_of: 2026-11-01}"
    found = facts_of(sw.evaluate(sw.open(folder_of(tmp_path, endpoint.base_url, price=price))))
    told = (
        f"cost by the price of 2026-11-01 (genai-prices {version('genai-prices')}: openai, gpt-4o-mini): 0.00"
    )
    assert any(note.startswith(told) for note in found.notes)
    assert all(row["cost_usd"] > 0 for row in log_of(tmp_path))


def test_a_question_that_nobody_answers_leaves_its_row_without_an_answer_and_says_why(tmp_path, endpoint):
    prompt = "{{ id }}{% if id == 'm00149' %} too long{% endif %}{% if id == 'm00148' %} riddle{% endif %}"
    endpoint.replies = {"riddle": "who knows"}
    found = facts_of(sw.evaluate(sw.open(folder_of(tmp_path, endpoint.base_url, prompt))))
    riddle, refused = log_of(tmp_path)[-2:]
    assert "unreadable reply: the word of no answer: 'who knows'" == riddle["error"]
    assert refused["error"].startswith("the endpoint refused the question: the prompt exceeds the context")
    assert [None] * 4 == [
        riddle["prediction"],
        refused["prediction"],
        refused["output"],
        refused["latency_ms"],
    ]
    assert (75, 73) == (found.rows, found.scored)
    assert "1 reply could not be read as an answer" in found.notes
    assert "1 reply never came" in found.notes


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_no_question_is_asked_twice_whatever_verb_asks(tmp_path, endpoint):
    folder = folder_of(tmp_path, endpoint.base_url)
    sw.run(sw.open(folder))
    assert ["audit", "evaluate", "compare", "decide"] == [*sw.run(sw.open(folder)).skipped]
    file = folder / "product.yaml"
    text = shop.changed("output_per_million: 2", "output_per_million: 4", file.read_text())
    file.write_text(shop.changed("key:", "answer: {labels: {1: yes, 0: [no, ham]}}\n      key:", text))
    sw.evaluate(sw.open(folder))
    assert ASKED == len(endpoint.bodies)
    file.write_text(shop.changed("temperature: 0", "temperature: 0.5", file.read_text()))
    sw.evaluate(sw.open(folder))
    assert 2 * ASKED == len(endpoint.bodies)


def test_a_version_is_of_what_decides_the_answers_alone(tmp_path):
    def version(name, **more):
        session = Session(sw.open(folder_of(tmp_path / name, "http://127.0.0.1:9/v1", **more)))
        return chat_version(session, "assistant", session.product.candidates["assistant"].chat)

    same = [
        {},
        {"concurrency": "2", "attempts": "2"},
        {"price": "{input_per_million: 9, output_per_million: 9}"},
    ]
    assert 1 == len({version(f"same{at}", **each) for at, each in enumerate(same)})
    words = "{labels: {1: 'yes', 0: [no, ham]}}"
    other = [
        {},
        {"max_tokens": "9"},
        {"top_p": "0.5"},
        {"answer": words},
        {"model": "big"},
        {"said": "{{ id }}"},
    ]
    assert len(other) == len({version(f"other{at}", **each) for at, each in enumerate(other)})


SHIPWORTHY = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a parent in the background leaves it ignored
from shipworthy.cli import main
main()
"""


def started(folder):
    return subprocess.Popen(
        [sys.executable, "-c", SHIPWORTHY, "evaluate", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, VARIABLE: KEY},
    )


@pytest.mark.parametrize(
    ("sent", "again"),
    [(signal.SIGKILL, 4), pytest.param(signal.SIGINT, 0, marks=pytest.mark.slow)],
    ids=["kill -9", "Ctrl-C"],
)
def test_what_was_answered_before_an_interruption_is_not_asked_again(tmp_path, endpoint, sent, again):
    """After kill -9 only calls that were under way, at most the four at once, may come twice; after Ctrl-C none."""
    endpoint.delay_s = 0.05
    folder = folder_of(tmp_path, endpoint.base_url)
    process = started(folder)
    until = time.monotonic() + 60
    while len(endpoint.answered) < 30 and time.monotonic() < until:
        time.sleep(0.005)
    process.send_signal(sent)
    process.communicate(timeout=30)
    assert process.returncode != 0
    assert 30 <= len(endpoint.answered) < ASKED
    endpoint.delay_s = 0.0
    sw.evaluate(sw.open(folder))
    assert ASKED == len(endpoint.answered)
    assert sum(endpoint.answered.values()) - ASKED <= again


def test_the_spending_limit_stops_with_what_to_do_and_raising_it_goes_on(tmp_path, endpoint):
    folder = folder_of(tmp_path, endpoint.base_url, spend_limit="0.0005", max_tokens="8")
    done = command("evaluate", folder)
    assert 4 == done.code
    plain = " ".join(done.err.split())
    assert "assistant: the spending limit is reached: 0.0003" in plain
    assert "Raise spend_limit and run again: what was answered is kept" in plain
    assert "Next: shipworthy evaluate" in plain
    assert 10 < len(endpoint.answered) < ASKED
    file = folder / "product.yaml"
    file.write_text(shop.changed("spend_limit: 0.0005", "spend_limit: 1", file.read_text()))
    sw.evaluate(sw.open(folder))
    assert ASKED == len(endpoint.bodies)


@pytest.mark.parametrize(
    ("failing", "code", "line"), [("key", "chat.key", 16), ("not_found", "chat.not_found", 13)]
)
def test_an_endpoint_that_refuses_stops_with_the_candidate_and_the_way_out(
    tmp_path, endpoint, failing, code, line
):
    endpoint.failing = [failing] * 99
    with pytest.raises(OutsideError) as caught:
        sw.evaluate(sw.open(folder_of(tmp_path, endpoint.base_url)))
    problem = caught.value.problem
    assert (code, f"product.yaml:{line}:") == (problem.code, str(problem.where).rpartition("/")[2][:16])
    assert problem.message.startswith("assistant: ")
    assert "take it out of candidates" in problem.remedy
    assert ("key" != failing) or VARIABLE in problem.remedy


def test_an_endpoint_that_is_not_there_is_a_failure_outside(tmp_path):
    with pytest.raises(OutsideError) as caught:
        sw.evaluate(sw.open(folder_of(tmp_path, "http://127.0.0.1:9/v1", attempts="1")))
    assert "chat.unreachable" == caught.value.problem.code


def test_the_key_is_written_nowhere(tmp_path, endpoint):
    """Not where it is refused and echoed, nor where it works: no file, no stream, no error has it."""
    folder = folder_of(tmp_path, endpoint.base_url)
    endpoint.failing = ["key"] * 99
    with pytest.raises(OutsideError, match="refuses the key") as refused:
        sw.evaluate(sw.open(folder))
    endpoint.failing = ["server"]
    done = command("evaluate", folder, "--json")
    assert f"Bearer {KEY}" in endpoint.keys
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert len(written) > 10_000
    assert KEY.encode() not in written
    assert KEY not in "".join((str(refused.value), repr(refused.value.problem), done.out, done.err))


def test_chances_become_scores_that_a_threshold_cuts(tmp_path, endpoint):
    endpoint.tops = {"Yes": -1.0, "no": -2.0, "maybe": -1.5}
    text = shop.with_requirements("recall >= 0.50", "auc >= 0.4")
    folder = folder_of(tmp_path, endpoint.base_url, text=text, logprobs="yes", max_tokens="1")
    found = facts_of(sw.evaluate(sw.open(folder)))
    [*_, row] = log_of(folder)
    assert (None, pytest.approx(0.7310586)) == (row["prediction"], row["score"])
    assert found.threshold is not None
    assert (
        "words of answers cover 50.3 % of the first token's chance on average, 50.3 % at least" in found.notes
    )


def test_content_free_calibration_asks_one_question_more(tmp_path, endpoint):
    endpoint.tops = {"Yes": -1.0, "no": -2.0}
    text = shop.with_requirements("recall >= 0.50")
    prompt = "{{ id }} {{ bait }}"
    folder = folder_of(tmp_path, endpoint.base_url, prompt, text, logprobs="yes", calibrate="content_free")
    found = facts_of(sw.evaluate(sw.open(folder)))
    assert {0.5} == {round(row["score"], 9) for row in log_of(folder)}
    assert ASKED + 1 == len(endpoint.bodies)
    assert "scores are divided by the answer to an empty input: 1: 73.1 %, not 1: 26.9 %" in found.notes


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_several_samples_of_a_row_are_answers_of_one_unit(tmp_path, endpoint):
    folder = folder_of(tmp_path, endpoint.base_url, samples="3", seed="7")
    done = sw.run(sw.open(folder))
    found: Any = done.evaluation.evaluation
    assert done.comparison is None
    rows = log_of(folder)
    assert [f"m00045#{number}" for number in (1, 2, 3)] == [row["id"] for row in rows[:3]]
    assert {"m00045"} == {row["unit"] for row in rows[:3]}
    assert {7, 8, 9} == {body["seed"] for body in endpoint.bodies}
    assert 3 * ASKED == len(endpoint.bodies)
    [recall] = [
        each
        for each in found.estimates
        if (each.candidate, each.metric, dict(each.slice)) == ("assistant", "recall", {})
    ]
    assert recall.n == 3 * recall.units


def test_json_that_follows_a_schema_is_asked_for_and_repaired_where_it_is_wrapped(tmp_path, endpoint):
    endpoint.replies = {"free": 'Sure: ```json\n{"spam": true}\n```', "baits": '{"spam": false}'}
    schema = "{json_schema: {type: object, properties: {spam: {type: boolean}}, required: [spam], additionalProperties: false}, field: spam}"
    folder = folder_of(tmp_path, endpoint.base_url, answer=schema)
    found = facts_of(sw.evaluate(sw.open(folder)))
    free = sum(row["bait"] > 1 for row in ROWS[45:])
    assert f"{free} replies had words around the answer, which was read all the same" in found.notes
    asked = endpoint.bodies[0]["response_format"]["json_schema"]
    assert ("answer", True, ["spam"]) == (asked["name"], asked["strict"], [*asked["schema"]["properties"]])


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_without_a_cache_replies_are_kept_in_the_log_alone(tmp_path, endpoint):
    folder = folder_of(tmp_path, endpoint.base_url, cache="no")
    found = facts_of(sw.evaluate(sw.open(folder)))
    sw.evaluate(sw.open(folder))
    [journal] = (folder / ".shipworthy" / "replies").iterdir()
    assert ASKED == len(endpoint.bodies)
    assert '"reply"' not in journal.read_text()
    assert found.notes[0].startswith("105 calls; failures: none")


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_classes_are_read_by_their_names(tmp_path, endpoint):
    endpoint.replies = {"petal 0": "lily", "petal 1": "Lily.", "petal 2": "a red rose", "petal": "tulip"}
    lines = f"  assistant: {{chat: {{model: small, base_url: '{endpoint.base_url}', prompt: ask.md}}, cost: 0.01}}\n"
    text = shop.with_candidates(
        lines, text=flowers.CLASSES.partition("  logistic:")[0] + "requirements:\n  - macro_recall >= 0.7\n"
    )
    folder = flowers.garden(tmp_path, text)
    (folder / "ask.md").write_text("petal {{ petal | round(2) }}")
    found = facts_of(sw.evaluate(sw.open(folder)))
    assert {"lily", "red rose", "tulip"} == {row["prediction"] for row in log_of(folder)}
    assert {0.01} == {row["cost_usd"] for row in log_of(folder)}
    assert "cost per decision as product.yaml states it" in found.notes


HELP = """\
product: Help desk
predicts: {target: answer, kind: text}
data: {examples: {source: questions.csv, id: id}}
grade:
  grounded: {groundedness: {evidence: context}}
candidates:
  assistant: {chat: {model: small, base_url: BASE_URL, prompt: ask.md, samples: SAMPLES, seed: 1}}
requirements:
  - pass_rate(grounded) >= 50 %
"""


@pytest.mark.parametrize("samples", [1, 2])
def test_a_text_is_the_reply_itself_and_is_graded(tmp_path, endpoint, samples):
    endpoint.replies = {"How": "Click the link in the mail."}
    asked = [
        {
            "id": f"q{number:02}",
            "question": f"How {number}? {'too long' if number == 3 else ''}",
            "answer": "",
        }
        for number in range(40)
    ]
    context = "Click the link in the mail to choose another word."
    shop.write_csv(tmp_path / "questions.csv", [{**row, "context": context} for row in asked])
    (tmp_path / "ask.md").write_text("{{ question }}")
    text = HELP.replace("BASE_URL", endpoint.base_url).replace("SAMPLES", str(samples))
    (tmp_path / "product.yaml").write_text(text)
    found: Any = sw.evaluate(sw.open(tmp_path)).evaluation
    rows = log_of(tmp_path)
    assert 40 * samples == len(rows)
    assert {"Click the link in the mail.": 39 * samples, None: samples} == Counter(
        row["output"] for row in rows
    )
    [verdict] = found.verdicts
    assert ("met", 1.0, 39 * samples) == (verdict.verdict, verdict.estimate.value, verdict.estimate.n)
    assert f"{samples} of {40 * samples} rows are unscored" in verdict.reason
