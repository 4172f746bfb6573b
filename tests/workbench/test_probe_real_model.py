"""A real, small language model is asked one thing several times."""

from __future__ import annotations

from math import log

import pytest

import shipworthy as sw
from tests.engines.language_model import NAME
from tests.workbench import shop
from tests.workbench.assistants import candidate

pytestmark = pytest.mark.slow  # some twenty replies of a real model


@pytest.fixture(scope="module")
def product(tmp_path_factory, language_model):
    """A product whose assistant draws its replies, and a stern one that gives the chances of yes and no."""
    how = {"model": NAME, "temperature": "1.5", "seed": "0", "max_tokens": "3"}
    drawn = candidate(language_model, **how)
    stern = candidate(language_model, **{**how, "temperature": "0", "max_tokens": "1", "logprobs": "yes"})
    folder = shop.product_folder(
        tmp_path_factory.mktemp("probed"),
        shop.with_candidates(drawn, stern.replace("  assistant:", "  stern:", 1)),
        shop.mail(60),
    )
    (folder / "ask.md").write_text("# system\nIs it spam? Say yes or no.\n# user\n{{ bait }} baits\n")
    return sw.open(folder)


def test_replies_that_are_drawn_differ_and_come_again_with_their_seeds_real_model(product):
    """Each try is a call of its own: the same replies come from the same seeds, not out of a cache."""
    found = sw.probe(product, "assistant", row="m00003", times=4)
    again = sw.probe(product, "assistant", row="m00003", times=4)
    assert [each.text for each in found.tries] == [each.text for each in again.tries]
    assert 1 < len({each.text for each in found.tries})
    assert found.tries[0].latency_ms != again.tries[0].latency_ms
    assert all(each.tokens_out <= 3 and each.tokens_in > 10 for each in found.tries)
    assert all(0 < each.first_token_ms <= each.latency_ms for each in found.tries if each.text)


def test_the_likeliest_label_is_the_answer_with_the_chance_of_each_real_model(product):
    found = sw.probe(product, "stern", row="m00003", times=2)
    one, two = found.tries
    assert one.chances == pytest.approx(two.chances)
    assert 1.0 == pytest.approx(sum(one.chances.values()))
    assert max(one.chances, key=one.chances.__getitem__) == one.answer
    assert 0 < one.mass <= 1
    assert one.tops[0][1] == max(chance for _, chance in one.tops)
    assert 0.0 <= found.spread.semantic_entropy_nats <= log(2)
