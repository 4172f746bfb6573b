"""On which terms an endpoint is asked, as product.yaml has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.models.chat.asking import Terms
from shipworthy.models.chat.retrying import Retrying
from shipworthy.models.chat.speaking import speaker
from shipworthy.models.chat.spending import Budget

if TYPE_CHECKING:
    from shipworthy.spec.endpoint import Endpoint


def terms_of(endpoint: Endpoint, spent_usd: float) -> Terms:
    """The terms of an endpoint on which so much was spent before.

    Raises:
        InputError: the client is not installed.
    """
    return Terms(
        speaker(endpoint.base_url, endpoint.key, endpoint.timeout),
        Retrying(endpoint.attempts),
        Budget(endpoint.spend_limit, spent_usd),
        endpoint.price,
        endpoint.max_tokens,
        endpoint.concurrency,
        endpoint.requests_per_minute,
    )
