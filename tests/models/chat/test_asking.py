"""Many questions: each answered once and in order, failures asked again where that helps, money counted beforehand."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from time import perf_counter, sleep

import pytest

from shipworthy.errors import OutsideError
from shipworthy.models.chat.asking import asked
from shipworthy.models.chat.spending import TokenPrice
from tests.models.chat.questions import Memory, nobody, question, terms

PRICE = TokenPrice(input_per_million=1_000, output_per_million=2_000)


def questions(endpoint, count):
    return [
        question(endpoint.base_url, f"{number} {'free' if number % 3 else 'paid'}") for number in range(count)
    ]


def said(attempts):
    return [each.reply.text if each.reply else each.failure for each in attempts]


def test_replies_come_in_the_order_of_the_questions_each_asked_once(endpoint):
    endpoint.delay_s = 0.01
    wanted = questions(endpoint, 40)
    found = asked([*wanted, wanted[0]], terms(endpoint.base_url, concurrency=8), Memory(), nobody)
    assert ["yes" if number % 3 else "no" for number in [*range(40), 0]] == said(found)
    assert {1} == set(endpoint.answered.values())
    assert 2 <= endpoint.most_at_once <= 8


def test_what_may_pass_is_asked_again_and_every_attempt_is_kept(endpoint):
    endpoint.failing = ["rate_limit", "server", "cut", "garbage", "busy"]
    memory = Memory()
    found = asked(questions(endpoint, 10), terms(endpoint.base_url, attempts=6), memory, nobody)
    assert all(each.reply for each in found)
    expected = Counter({"": 10, "server": 3, "rate_limit": 1, "cut": 1})
    assert expected == Counter(each.failure for each in memory.attempts)
    assert 5 == sum(each.number > 1 for each in memory.attempts)


def test_a_refused_question_is_not_asked_again_and_stops_nothing(endpoint):
    wanted = [question(endpoint.base_url, text) for text in ("free", "too long", "paid")]
    assert ["yes", "refused", "no"] == said(asked(wanted, terms(endpoint.base_url), Memory(), nobody))
    assert 3 == len(endpoint.bodies)


def test_attempts_end_and_the_row_has_the_last_failure(endpoint):
    endpoint.failing = ["server"] * 3
    [found] = asked(questions(endpoint, 1), terms(endpoint.base_url, attempts=3), Memory(), nobody)
    assert ("server", 3) == (found.failure, found.number)
    assert 3 == len(endpoint.bodies)


@pytest.mark.parametrize(
    ("failing", "code"),
    [("key", "chat.key"), ("not_found", "chat.not_found"), ("quota", "chat.quota")],
)
def test_what_every_call_would_meet_stops_at_once(endpoint, failing, code):
    endpoint.failing = [failing] * 50
    with pytest.raises(OutsideError) as caught:
        asked(questions(endpoint, 20), terms(endpoint.base_url, concurrency=2), Memory(), nobody)
    assert code == caught.value.problem.code
    assert caught.value.problem.remedy
    assert len(endpoint.bodies) <= 3


def test_an_endpoint_that_is_not_there_stops_after_its_attempts():
    gone = "http://127.0.0.1:9/v1"
    with pytest.raises(OutsideError) as caught:
        asked([question(gone)], terms(gone, attempts=2), Memory(), nobody)
    assert "chat.unreachable" == caught.value.problem.code
    assert "does not answer after 2 attempts" in caught.value.problem.message


def test_an_endpoint_that_answers_nobody_is_given_up(endpoint):
    endpoint.failing = ["server"] * 500
    with pytest.raises(OutsideError) as caught:
        asked(questions(endpoint, 100), terms(endpoint.base_url, attempts=1), Memory(), nobody)
    assert "chat.failing" == caught.value.problem.code
    assert 10 <= len(endpoint.bodies) <= 14


def test_what_was_answered_is_never_asked_again(endpoint):
    memory, wanted = Memory(), questions(endpoint, 30)
    endpoint.failing = [""] * 12 + ["key"] * 50
    with pytest.raises(OutsideError):
        asked(wanted, terms(endpoint.base_url), memory, nobody)
    endpoint.failing = []
    assert all(each.reply for each in asked(wanted, terms(endpoint.base_url), memory, nobody))
    assert {1} == set(endpoint.answered.values())
    assert 30 == len(endpoint.answered)


def test_the_spending_limit_is_never_passed_and_says_what_was_spent(endpoint):
    memory, wanted = Memory(), questions(endpoint, 100)
    endpoint.delay_s = 0.002
    with pytest.raises(OutsideError) as caught:
        asked(wanted, terms(endpoint.base_url, limit=0.25, price=PRICE), memory, nobody)
    spent = sum(each.cost_usd or 0.0 for each in memory.attempts)
    assert "chat.spend_limit" == caught.value.problem.code
    assert f"{spent:.6f} of 0.25 USD are spent" in caught.value.problem.message
    # What is left would not have paid for one more call at its dearest: 22 tokens in and 4 out.
    assert 0.25 - 0.031 <= spent <= 0.25


def test_what_earlier_runs_spent_counts_against_the_limit(endpoint):
    with pytest.raises(OutsideError):
        asked(
            questions(endpoint, 1),
            terms(endpoint.base_url, limit=1.0, price=PRICE, spent=0.999),
            Memory(),
            nobody,
        )
    assert [] == endpoint.bodies


def test_calls_begin_no_faster_than_the_limit_of_the_endpoint(endpoint):
    begun = perf_counter()
    asked(questions(endpoint, 11), terms(endpoint.base_url, requests_per_minute=1_200.0), Memory(), nobody)
    assert perf_counter() - begun >= 10 * 0.05


def test_when_an_endpoint_asks_to_wait_everybody_does(endpoint):
    endpoint.failing, endpoint.retry_after = ["rate_limit"], "0.5"
    begun = perf_counter()
    asked(questions(endpoint, 6), terms(endpoint.base_url, concurrency=1), Memory(), nobody)
    assert perf_counter() - begun >= 0.5
    assert 7 == len(endpoint.bodies)


def test_ctrl_c_waits_for_the_calls_under_way(endpoint):
    """With one thread the main one waits for it alone, whenever the signal comes."""
    endpoint.delay_s = 0.3
    memory, how = Memory(), terms(endpoint.base_url, concurrency=1)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    def interrupt():
        while not endpoint.bodies:
            sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt, daemon=True).start()
    try:
        with pytest.raises(KeyboardInterrupt):
            asked(questions(endpoint, 5), how, memory, nobody)
        assert 1 == len(memory.attempts) == len(endpoint.bodies)
    finally:
        signal.signal(signal.SIGINT, before)
