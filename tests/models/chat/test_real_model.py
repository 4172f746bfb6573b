"""A real, small language model: streaming, chances, JSON by schema, seeds and errors as they come over the wire."""

from __future__ import annotations

import json

from shipworthy.models.chat.asking import asked
from shipworthy.models.chat.likelihood import chances
from shipworthy.models.chat.request import TOP_LOGPROBS, Request
from tests.engines.language_model import NAME
from tests.models.chat.questions import Memory, nobody, terms

WORDS = {"1": ("yes",), "0": ("no",)}
SCHEMA = {
    "type": "object",
    "properties": {"spam": {"type": "boolean"}},
    "required": ["spam"],
    "additionalProperties": False,
}
MAILS = (
    "You won a free holiday, click now",
    "Lunch at noon tomorrow?",
    "Your invoice is attached",
    "CHEAP PILLS",
)


def question(base_url, mail, sample=0, **options):
    messages = (
        ("system", "Say whether a mail is spam. Answer yes or no."),
        ("user", "FREE prize, click now"), ("assistant", "yes"),
        ("user", "See you at the meeting"), ("assistant", "no"),
        ("user", mail),
    )  # fmt: skip
    return Request(base_url, NAME, messages, {"max_tokens": 2, "temperature": 0, **options}, sample)


def answered(requests, base_url, concurrency=4):
    return asked(requests, terms(base_url, concurrency=concurrency, timeout_s=60.0), Memory(), nobody)


def test_replies_are_the_same_however_many_are_asked_at_once(language_model):
    requests = [question(language_model, mail) for mail in MAILS]
    one = answered(requests, language_model, concurrency=1)
    four = answered(requests, language_model, concurrency=4)
    assert [each.reply.text for each in one] == [each.reply.text for each in four]
    assert all(0 < each.first_token_ms <= each.latency_ms for each in one)
    assert all(each.tokens_in > 50 and 1 <= each.tokens_out <= 2 for each in one)


def test_the_first_token_has_chances_of_the_answers(language_model):
    requests = [question(language_model, mail, logprobs=True, top_logprobs=TOP_LOGPROBS) for mail in MAILS]
    found = [chances(each.reply.tops, WORDS) for each in answered(requests, language_model)]
    assert all(each is not None and each.mass > 0.5 and 0.0 < each.of["1"] < 1.0 for each in found)


def test_json_follows_the_schema_that_was_asked_for(language_model):
    form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA, "strict": True}}
    [found] = answered(
        [question(language_model, MAILS[0], max_tokens=40, response_format=form)], language_model
    )
    assert {"spam"} == {*json.loads(found.reply.text)}


def test_samples_differ_by_their_seed_and_come_again_with_it(language_model):
    how = {"temperature": 1.5, "max_tokens": 8}
    requests = [question(language_model, MAILS[1], sample, seed=sample, **how) for sample in range(4)]
    first, again = (answered(requests, language_model) for _ in range(2))
    assert [each.reply.text for each in first] == [each.reply.text for each in again]
    assert 1 < len({each.reply.text for each in first})


def test_a_prompt_that_is_too_long_is_refused_with_the_reason(language_model):
    [found] = answered([question(language_model, "word " * 3_000)], language_model)
    assert "refused" == found.failure
    assert "context size" in found.said
