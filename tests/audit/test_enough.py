"""What a learning curve says of more labels, in words that follow from the law it was drawn from."""

import numpy as np
import pytest

from shipworthy.audit.enough import Asked, enough, learning_curve

SIZES = (100, 200, 400, 800, 1_600, 3_200)


def curve_of(law, target, *, at_least=True, rows=3_200):
    a, b, c = law
    rng = np.random.default_rng(2)
    n = np.array(SIZES, dtype=float)
    values = a + b * n**-c + rng.normal(0, 1, (6, n.size)) * 0.02 / np.sqrt(n)
    return learning_curve(
        Asked("logistic", f"recall >= {target}", "recall", target, at_least, share=True), SIZES, values, rows
    )


@pytest.mark.parametrize(
    ("law", "target", "answer", "colour"),
    [
        ((0.90, -1.5, 0.5), 0.80, "reached", "green"),
        ((0.90, -1.5, 0.5), 0.885, "reachable", "amber"),
        ((0.90, -1.5, 0.5), 0.97, "out_of_reach", "red"),
    ],
)  # fmt: skip
def test_the_answer_follows_from_the_law(law, target, answer, colour):
    found = curve_of(law, target)
    assert (answer, colour) == (found.answer, enough(found).colour)


def test_labels_to_the_target_are_an_interval_around_the_true_number():
    found = curve_of((0.90, -1.5, 0.5), 0.885)
    assert found.needed.low <= 10_000 <= found.needed.high
    assert "would bring recall to 0.885; there are 3,200" in enough(found).what


def test_missing_labels_have_a_price():
    found = curve_of((0.90, -1.5, 0.5), 0.885)
    more = round(found.needed.value - 3_200)
    assert f"{0.5 * more:,.2f} EUR for {more:,} labels" == enough(found, 0.5, "EUR").cost


def test_it_is_said_plainly_that_more_labels_will_not_help():
    told = enough(curve_of((0.85, -40.0, 1.2), 0.95))
    assert told.what.startswith("more labels will not help")
    assert told.next_step.startswith("Do not buy labels")


def test_a_claim_from_above_is_read_the_other_way():
    found = curve_of((0.05, 2.0, 0.5), 0.06, at_least=False)
    assert "reachable" == found.answer
    assert found.needed.low <= 40_000 <= found.needed.high


def test_a_share_stays_between_0_and_1():
    found = curve_of((0.995, -2.0, 0.4), 0.99)
    assert all(
        0 <= end <= 1
        for look in (found.now, found.twice, found.fourfold, found.endless)
        for end in (look.value, look.low, look.high)
    )
