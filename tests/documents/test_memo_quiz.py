"""Five questions that a reader must be able to answer from the memo alone."""

import re

import pytest

from shipworthy.documents.memo import decision_memo
from tests.documents import mail

QUESTIONS = {
    "what is it": ("", r"\*\*The feature\*\*: Predicts spam \(yes or no\); when positive, move to the spam folder"),
    "ship or not": ("", r"^# (Ship|Do not ship|Not yet)[ :]"),
    "how often is it wrong": ("In plain words", r"Of 1,000 messages that are not spam, about .* by mistake\."),
    "what does that cost": ("What it would cost to be wrong", r"wrongly taken for spam costs \$0\.10; together about \$"),
    "what would change our mind": ("What would change our mind", r"^- (▪ )?\w+"),
}  # fmt: skip


def part(text, title):
    """A section of the memo; what stands before the first one where there is no title."""
    return text.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0] if title else text.split("\n## ", 1)[0]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_memo_answers_it_where_a_reader_looks(question):
    title, answer = QUESTIONS[question]
    memo = decision_memo(mail.product(), mail.record())
    assert re.search(answer, part(memo.markdown, title), re.MULTILINE)
