"""Questions to an endpoint of the tests, and a memory in place of the disk."""

from __future__ import annotations

from shipworthy.models.chat.asking import Terms
from shipworthy.models.chat.attempt import Attempt
from shipworthy.models.chat.request import Request
from shipworthy.models.chat.retrying import Retrying
from shipworthy.models.chat.speaking import speaker
from shipworthy.models.chat.spending import Budget


class Memory:
    """Keeps attempts as long as it lives."""

    def __init__(self):
        self.attempts: list[Attempt] = []

    def reply(self, key):
        return next((each for each in self.attempts if each.key == key and each.reply is not None), None)

    def keep(self, attempt):
        self.attempts.append(attempt)


def question(base_url, said="a free prize", **options):
    return Request(base_url, "small", (("user", said),), {"max_tokens": 4, **options})


def terms(base_url, *, limit=None, spent=0.0, attempts=3, timeout_s=5.0, **how):
    speak = speaker(base_url, "SHIPWORTHY_TEST_KEY", timeout_s)
    how = {"price": None, "max_tokens": 4, "concurrency": 4, **how}
    return Terms(speak, Retrying(attempts, first_wait_s=0.01), Budget(limit, spent), **how)


def nobody(done, of):
    """Hear nothing."""
