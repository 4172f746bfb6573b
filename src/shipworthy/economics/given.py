"""The inputs of the bill: every range of the section, and what was measured of its candidates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shipworthy.economics.drawing import assumed, measured_value
from shipworthy.economics.options import gain_of
from shipworthy.evidence import Assumed, Estimate
from shipworthy.spec.inputs import Input
from shipworthy.spec.model import BASELINE, BuildOrBuy, Value
from shipworthy.spec.quantity import SECONDS

NOTHING = f"net_value({BASELINE})"
_DAYS_A_MONTH = float(SECONDS["month"] / SECONDS["day"])


def inputs_of(
    section: BuildOrBuy, value: Value | None, measured: Mapping[str, Estimate], currency: str
) -> tuple[Assumed, ...]:
    """Every input of the section, then the measured net values of the candidates that its options name.

    Args:
        section: what product.yaml says of building and buying.
        value: the volume where the section has none.
        measured: the net value per decision of candidates, by their names.
        currency: that of all money.

    Raises:
        ValueError: neither says how many decisions there are.
    """
    found = []
    for name in ("volume", "growth", "person_month", "discount"):
        given = getattr(section, name)
        if given is not None:
            found.append(assumed(name, given, currency))
        elif name == "volume":
            found.append(_volume(value))
    for option, costs in section.options.items():
        for key in type(costs).model_fields:
            given = getattr(costs, key)
            if isinstance(given, Input):
                found.append(assumed(f"{option}.{key}", given, currency))
    return (*found, *_measured(section, measured, currency))


def _measured(section: BuildOrBuy, measured: Mapping[str, Estimate], currency: str) -> Iterator[Assumed]:
    """The net value of each candidate that an option names, once, and that of the baseline."""
    named = {
        gain_of(name, costs): costs.candidate for name, costs in section.options.items() if costs.candidate
    }
    for name, candidate in {**named, NOTHING: BASELINE}.items():
        found = measured.get(candidate)
        if found and found.value is not None and found.low is not None and found.high is not None:
            source = f"{found.n:,} test rows of {candidate}"
            yield measured_value(name, found.value, found.low, found.high, f"{currency} / decision", source)


def _volume(value: Value | None) -> Assumed:
    if value is None or value.volume is None:
        raise ValueError("the options cost by the decision, and nobody said how many decisions there are")
    number = value.volume.per_day * _DAYS_A_MONTH
    return Assumed(
        "volume", "decisions / month", number, None, number, "uniform", "value.volume", "assumption"
    )
