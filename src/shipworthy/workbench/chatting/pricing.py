"""What the tokens of an endpoint cost: as product.yaml states it, or as the list that it names knows it on that day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from shipworthy.errors import InputError
from shipworthy.models.chat.spending import TokenPrice
from shipworthy.workbench.clock import now

if TYPE_CHECKING:
    from shipworthy.errors import Place
    from shipworthy.spec.endpoint import Endpoint


def token_price(endpoint: Endpoint, where: Place) -> TokenPrice | None:
    """The price of a model; None where none is stated. A list is asked for the stated day, else for today.

    Raises:
        InputError: the list is not installed, or does not know the model or its provider; with the place of the price.
    """
    price = endpoint.price
    if price is None:
        return None
    if price.input_per_million is not None and price.output_per_million is not None:
        return TokenPrice(price.input_per_million, price.output_per_million, price.as_of, price.source)
    from shipworthy.models.prices import Sought, listed_price

    day = date.fromisoformat(price.as_of or now()[:10])
    try:
        return listed_price(Sought(endpoint.model, endpoint.base_url, price.provider, price.listed_as), day)
    except InputError as error:
        raise InputError(
            error.problem.code, error.problem.message, where=where, remedy=error.problem.remedy
        ) from None


def cost_words(price: TokenPrice, spent_usd: float) -> str:
    """What was spent, by which price: its day, where it stands, and what a million tokens cost."""
    day = f" of {price.as_of}" if price.as_of else ""
    source = f" ({price.source})" if price.source else ""
    rates = f"{price.input_per_million:g} USD for a million tokens in, {price.output_per_million:g} out"
    return f"cost by the price{day}{source}: {spent_usd:.6f} USD for all calls; {rates}"
