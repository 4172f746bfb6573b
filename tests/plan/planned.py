"""Claims opened from plain counts, and prices of a label."""

from __future__ import annotations

from typing import Any

from shipworthy.evidence import Flow, Open
from shipworthy.plan import Counted, Prices, opening
from shipworthy.spec.task import BINARY
from shipworthy.tally.scan import Tallies
from tests.judge.claims import claim

NO_PRICES = Prices(None, Flow("unknown", None, ""))
PRICES = Prices(0.5, Flow("stated", 100.0, "stated"))
MEASURED = Prices(0.5, Flow("measured", 100.0, "measured"))


def opened(text: str, tallies: Tallies, prices: Prices = NO_PRICES, **options: Any) -> Open:
    """What a claim needs by these tallies; `known` are the slices of columns, `most` what is measured at most."""
    task, items = options.get("task", BINARY), options.get("items", 1.0)
    counted = Counted("c", tallies, options.get("known", {}), options.get("most", {}), task, items)
    one = claim(text, task=task)
    return opening(one, counted, options.get("level", one.requirement.confidence), prices)


def only(found: Open) -> Any:
    """The one need of a claim; typed loosely, as tests look into numbers that may be absent."""
    [need] = found.needs
    return need
