"""One call is told as it went: the reply with its times and tokens, or the kind of its failure without the key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from shipworthy.models.chat.attempt import read_attempt
from shipworthy.models.chat.speaking import retry_after_s, speaker
from tests.models.chat.questions import question

KEY = "sk-Very-Secret-0123456789"


@pytest.fixture
def key(monkeypatch):
    monkeypatch.setenv("SHIPWORTHY_TEST_KEY", KEY)
    return KEY


def attempted(endpoint, said="a free prize", timeout_s=5.0, number=1):
    return speaker(endpoint.base_url, "SHIPWORTHY_TEST_KEY", timeout_s)(
        question(endpoint.base_url, said), number
    )


def test_a_reply_comes_with_its_times_and_tokens(endpoint, key):
    endpoint.replies = {"prize": "yes, by all means"}
    found = attempted(endpoint)
    assert ("", "yes, by all means", "stop") == (found.failure, found.reply.text, found.reply.finish)
    assert 0 < found.first_token_ms <= found.latency_ms
    assert (4, 5) == (found.tokens_in, found.tokens_out)
    assert f"Bearer {KEY}" == endpoint.keys[0]


def test_characters_that_were_cut_in_two_are_joined_and_halves_replaced(endpoint, key):
    endpoint.replies = {"prize": "yes\ud83d\ude00, \ud83d"}
    assert "yes\U0001f600, \ufffd" == attempted(endpoint).reply.text


def test_the_likeliest_tokens_come_along(endpoint, key):
    endpoint.tops = {"yes": -0.1, "no": -2.5}
    assert ((("yes", -0.1), ("no", -2.5)),) == attempted(endpoint).reply.tops


KINDS = {
    "rate_limit": "rate_limit", "quota": "quota", "server": "server", "busy": "server", "not_found": "not_found",
    "context": "refused", "key": "key", "cut": "cut", "garbage": "server",
}  # fmt: skip


@pytest.mark.parametrize(("failing", "kind"), KINDS.items(), ids=KINDS)
def test_each_failure_has_its_kind_and_never_shows_the_key(endpoint, key, failing, kind):
    endpoint.failing = [failing]
    found = attempted(endpoint)
    assert (kind, None) == (found.failure, found.reply)
    assert found.said
    assert KEY not in repr(found)


def test_an_endpoint_that_is_too_slow_or_not_there_is_told_as_such(endpoint, key):
    endpoint.failing = ["slow"]
    assert "timeout" == attempted(endpoint, timeout_s=0.2).failure
    gone = speaker("http://127.0.0.1:9/v1", "SHIPWORTHY_TEST_KEY", 1.0)
    assert "connection" == gone(question("http://127.0.0.1:9/v1"), 1).failure


def test_the_wait_that_an_endpoint_asks_for_is_heard(endpoint, key):
    endpoint.failing, endpoint.retry_after = ["rate_limit"], "7"
    assert 7.0 == attempted(endpoint).retry_after_s


def test_waits_come_in_three_forms():
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90))
    assert 1.5 == retry_after_s({"retry-after-ms": "1500", "retry-after": "9"})
    assert 85 < (retry_after_s({"retry-after": later}) or 0) <= 90
    assert [2.0, None, None] == [
        retry_after_s(each) for each in ({"retry-after": "2"}, {}, {"retry-after": "soon"})
    ]


def test_without_a_key_in_the_environment_one_is_sent_that_says_so(endpoint, monkeypatch):
    monkeypatch.delenv("SHIPWORTHY_TEST_KEY", raising=False)
    attempted(endpoint)
    assert ["Bearer none"] == endpoint.keys


def test_an_attempt_can_be_kept_as_plain_values_and_read_again(endpoint, key):
    endpoint.tops = {"yes": -0.1, "no": -2.5}
    found = attempted(endpoint)
    endpoint.failing = ["server"]
    assert [found, failed := attempted(endpoint)] == [read_attempt(each.as_json) for each in (found, failed)]
