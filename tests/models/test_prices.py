"""Prices of providers from the list on this machine: found by address or name, told where unknown, and never asked of a network."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib.metadata import version

import pytest
from genai_prices import Usage, calc_price
from genai_prices.data import providers

from shipworthy.errors import InputError
from shipworthy.models.prices import Sought, listed_price

DAY = date(2026, 11, 1)
OPENAI = "https://api.openai.com/v1"


def test_a_model_at_the_address_of_its_provider_has_a_price_with_its_day_and_source():
    found = listed_price(Sought("gpt-4o-mini", OPENAI), DAY)
    assert (0.15, 0.6, "2026-11-01") == (found.input_per_million, found.output_per_million, found.as_of)
    assert f"genai-prices {version('genai-prices')}: openai, gpt-4o-mini" == found.source


def test_an_address_of_ones_own_needs_the_provider_and_may_name_the_model_otherwise():
    own = Sought("small", "http://localhost:8080/v1", "openai", "gpt-4o-mini")
    assert 0.15 == listed_price(own, DAY).input_per_million


def risen():
    """Providers and models with the day from which on tokens that come back cost another price, and both prices."""
    for provider in providers:
        for model in provider.models:
            first, second = model.prices[:2] if isinstance(model.prices, list) else [None, None]
            if first is None or second is None:
                continue
            rates = [each.prices.output_mtok for each in (first, second)]
            plain = all(isinstance(each, Decimal) for each in rates) and len(model.prices) == 2
            if plain and rates[0] != rates[1] and hasattr(second.constraint, "start_date"):
                yield provider.id, model.id, second.constraint.start_date, rates


def test_prices_that_changed_are_those_of_the_day():
    provider, model, day, rates = next(risen())
    days = (day - timedelta(days=2), day + timedelta(days=2))
    sought = Sought(model, OPENAI, provider)
    assert [float(each) for each in rates] == [listed_price(sought, each).output_per_million for each in days]


def test_it_is_what_the_package_itself_reckons():
    for name in ("gpt-4o", "gpt-4.1-mini", "o3"):
        found = listed_price(Sought(name, OPENAI), datetime.now(UTC).date())
        theirs = calc_price(Usage(input_tokens=1000, output_tokens=1000), name, provider_id="openai")
        ours = (found.input_per_million + found.output_per_million) / 1000
        assert pytest.approx(float(theirs.total_price)) == ours


def test_a_price_that_rises_with_the_length_of_the_prompt_says_so():
    found = listed_price(Sought("gemini-2.5-pro", OPENAI, "google"), DAY)
    assert "dearer in prompts of more than 200,000 tokens, which is not counted" in found.source


@pytest.mark.parametrize(
    ("sought", "message", "remedy"),
    [
        (Sought("gpt-4o-mni", OPENAI), "knows no model of openai called 'gpt-4o-mni'", "gpt-4o-mini"),
        (Sought("gpt-4o-mini", OPENAI, "opena"), "knows no provider called 'opena'", "openai"),
        (
            Sought("small", "http://localhost:8080/v1"),
            "knows no provider at http://localhost:8080/v1",
            "provider: openai",
        ),
    ],
)
def test_what_the_list_does_not_know_is_told_with_the_nearest_names(sought, message, remedy):
    with pytest.raises(InputError) as caught:
        listed_price(sought, DAY)
    problem = caught.value.problem
    assert "chat.price" == problem.code
    assert message in problem.message
    assert remedy in problem.remedy
