"""What providers ask per token, from the list of the package genai-prices, which lies on this machine: nothing is asked of a network."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError, nearest
from shipworthy.models.chat.spending import TokenPrice

if TYPE_CHECKING:
    from datetime import date

PACKAGE = "genai-prices"
SHOWN = 3
HOURS = 24


@dataclass(frozen=True)
class Sought:
    """Whose price is sought: a model at an address, under other names where the list knows it by others."""

    model: str
    base_url: str
    provider: str | None = None
    listed_as: str | None = None


def listed_price(sought: Sought, day: date) -> TokenPrice:
    """What the list says that tokens of a model cost on a day; where a price depends on the hour, the dearest of the day.

    Raises:
        InputError: the package is missing, or the list does not know the provider or the model, or has no price per token.
    """
    provider = _provider(sought)
    name = sought.listed_as or sought.model
    model = provider.find_model(name.lower(), all_providers=_providers())
    if model is None:
        raise _unknown(name, [each.id for each in provider.models], f"model of {provider.id}", "listed_as")
    found = [_rates(model.get_prices(hour)) for hour in _hours(day)]
    rates = [each for each in found if each is not None]
    if not rates:
        message = f"{PACKAGE} has no price per token of {model.id}"
        raise InputError(
            "chat.price", message, remedy="State it: price: {input_per_million: …, output_per_million: …}"
        )
    sent, returned, note = max(rates, key=lambda each: each[0] + each[1])
    source = f"{PACKAGE} {version(PACKAGE)}: {provider.id}, {model.id}{note}"
    return TokenPrice(float(sent), float(returned), day.isoformat(), source)


def _providers() -> list[Any]:
    try:
        from genai_prices.data import providers
    except ImportError:
        message = f"the list of prices needs the package {PACKAGE}, which is not installed"
        raise InputError("chat.price", message, remedy="pip install 'shipworthy[prices]'") from None
    return providers


def _provider(sought: Sought) -> Any:
    """The provider that is named, else the one whose address it is."""
    known = _providers()
    if sought.provider is not None:
        found = [each for each in known if each.id == sought.provider.lower()]
        if not found:
            raise _unknown(sought.provider, [each.id for each in known], "provider", "provider")
        return found[0]
    found = [each for each in known if re.match(each.api_pattern, sought.base_url)]
    if not found:
        raise InputError(
            "chat.price",
            f"{PACKAGE} knows no provider at {sought.base_url}",
            remedy="Say whose price it is: price: {listed_in: genai-prices, provider: openai}. A model of your own costs input_per_million: 0, output_per_million: 0.",
        )
    return found[0]


def _unknown(name: str, known: Iterable[str], what: str, key: str) -> InputError:
    """An unknown name, with the names that are most like it."""
    near = _near(name, list(known))
    did = f"The nearest: {', '.join(near)}. " if near else ""
    return InputError(
        "chat.price",
        f"{PACKAGE} {version(PACKAGE)} knows no {what} called {name!r}",
        remedy=f"{did}Name it with {key}: NAME, or state input_per_million and output_per_million.",
    )


def _near(name: str, known: list[str]) -> list[str]:
    """Up to three names like this one, the most alike first."""
    found: list[str] = []
    while len(found) < SHOWN and (best := nearest(name, [each for each in known if each not in found])):
        found.append(best)
    return found


def _hours(day: date) -> list[datetime]:
    start = datetime.combine(day, time(), UTC)
    return [start + timedelta(hours=hour) for hour in range(HOURS)]


def _rates(prices: Any) -> tuple[Decimal, Decimal, str] | None:
    """US dollars for a million tokens in and out, and what is to be said of it; None without both."""
    sent, returned = getattr(prices, "input_mtok", None), getattr(prices, "output_mtok", None)
    if sent is None or returned is None:
        return None
    tiers = [each for each in (sent, returned) if hasattr(each, "tiers")]
    start = min((tier.start for each in tiers for tier in each.tiers), default=None)
    note = "" if start is None else f"; dearer in prompts of more than {start:,} tokens, which is not counted"
    return _base(sent), _base(returned), note


def _base(price: Any) -> Decimal:
    return Decimal(price.base if hasattr(price, "base") else price)
