"""A chat section says what is wrong with it, where, and how it would be right; a key that stands in it is never shown."""

from __future__ import annotations

import pytest

from shipworthy.errors import SpecError
from shipworthy.spec.reading import read_product
from tests.spec.product_files import METRICS

TEXT = """\
product: Mail shield
predicts: {target: spam}
data: {examples: {source: mail.csv}}
requirements: [recall >= 0.80]
candidates:
  assistant:
    chat:
      model: small
      base_url: http://localhost:8080/v1
      prompt: ask.md
"""


def chat_of(line="", text=TEXT):
    found = read_product(text + (f"      {line}\n" if line else ""), "product.yaml", metrics=METRICS)
    return found.candidates["assistant"].chat


def test_what_is_not_said_has_plain_defaults():
    found = chat_of()
    assert ("OPENAI_API_KEY", 512, 1, 4, 5, 60.0, True) == (
        found.key, found.max_tokens, found.samples, found.concurrency, found.attempts, found.timeout, found.cache,
    )  # fmt: skip
    assert (None, None, None, None) == (found.temperature, found.seed, found.price, found.spend_limit)


def test_words_may_be_one_or_several_and_look_like_anything():
    labels = chat_of("answer: {labels: {1: [spam, Yes, 1], 0: no, maybe: true}}").answer.labels
    assert {"1": ("spam", "Yes", "1"), "0": ("no",), "maybe": ("true",)} == labels


@pytest.mark.parametrize(("written", "seconds"), [("30", 30.0), ("1.5 minute", 90.0), ("500 ms", 0.5)])
def test_a_timeout_is_seconds_or_any_length_of_time(written, seconds):
    assert seconds == chat_of(f"timeout: {written}").timeout


REFUSED = {
    "answer: {labels: {1: [yes, y], 0: [no, Y]}}": "'Y' means both 1 and 0",
    "answer: {labels: {1: yes}}": "only 1 has words",
    "answer: {json_schema: verdict.json}": "it has a json_schema and no field",
    "answer: {field: spam}": "it has a field and no json_schema",
    "temperature: hot": "where a number was expected",
    "temperature: 3": "at most 2",
    "samples: 0": "at least 1",
    "timeout: 0": "above 0",
    "calibrate: platt": "'platt' is none of content_free",
    "price: {input_per_million: 0.15}": "has no 'output_per_million'",
    "api_key: sk-0123": "'api_key' is not a key",
}


@pytest.mark.parametrize("line", REFUSED)
def test_a_wrong_value_is_told_with_its_place_and_a_remedy(line):
    with pytest.raises(SpecError) as caught:
        chat_of(line)
    [problem] = caught.value.problems
    assert str(problem.where).startswith("product.yaml:11:")
    assert REFUSED[line] in problem.message
    assert problem.remedy
    assert "sk-0123" not in str(problem)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("calibrate: content_free", "add logprobs: yes"),
        ("spend_limit: 3", "add price:"),
        ("logprobs: yes\n      answer: {json_schema: a.json, field: b}", "take logprobs or json_schema out"),
    ],
)
def test_parts_that_do_not_go_together_say_so(line, words):
    with pytest.raises(SpecError) as caught:
        chat_of(line)
    assert words.lower() in str(caught.value).lower()


@pytest.mark.parametrize(
    "key",
    ["sk-0123456789abcdef", "12345678", "abcdef0123456789", "AKIAIOSFODNN7EXAMPLE12", "[a, b]", "{a: b}"],
)
def test_a_key_in_the_place_of_its_variable_is_refused_and_not_shown(key):
    with pytest.raises(SpecError) as caught:
        chat_of(f"key: {key}")
    assert "OPENAI_API_KEY" in str(caught.value)
    assert key.strip("[]{}") not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "secret"),
    [("http://me:hunter2@models.example/v1", "hunter2"), ("https://models.example/v1?key=hunter2", "hunter2"), ("models.example", "-")],
)  # fmt: skip
def test_an_address_is_a_web_address_without_secrets(url, secret):
    with pytest.raises(SpecError) as caught:
        chat_of(text=TEXT.replace("http://localhost:8080/v1", f'"{url}"'))
    assert secret not in caught.value.problem.message
    assert "product.yaml:9:17" == str(caught.value.problem.where)


def test_the_address_must_be_named_as_questions_leave_the_machine():
    with pytest.raises(SpecError, match="no 'base_url'"):
        chat_of(text=TEXT.replace("      base_url: http://localhost:8080/v1\n", ""))
