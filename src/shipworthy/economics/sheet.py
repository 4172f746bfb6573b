"""The cost sheet of an option: what it costs once, by the month and by the decision, over months that change.

Costs are linear in the volume and in the price of a decision, so that break-even volumes and prices have closed forms.
Money of later months counts at its present value: that of a month is paid at its end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from shipworthy.economics.drawing import Draws
from shipworthy.spec.measures import TOKENS
from shipworthy.stats.floats import Floats


@dataclass(frozen=True)
class Sheet:
    """One option's costs, one number per draw.

    `once` is paid at the start, `monthly` each month, `per_decision` at the price of the start. `leaving` is paid at
    the end (the cost of leaving times its chance). `decisions` is how many there are in each month, `prices` the
    factor on `per_decision` in each month, `worth` what money at the end of each month is worth now: draws by months.
    """

    once: Floats
    monthly: Floats
    per_decision: Floats
    leaving: Floats
    gain: Floats | None
    decisions: Floats
    prices: Floats
    worth: Floats

    @property
    def months(self) -> int:
        """How many months are reckoned with."""
        return int(self.decisions.shape[1])

    @property
    def fixed(self) -> Floats:
        """What it costs whatever the volume."""
        return np.asarray(
            self.once + self.leaving * self.worth[:, -1] + self.monthly * np.sum(self.worth, axis=1)
        )

    @property
    def usage(self) -> Floats:
        """What its decisions cost."""
        return np.asarray(self.per_decision * np.sum(self.decisions * self.prices * self.worth, axis=1))

    @property
    def units(self) -> Floats:
        """All decisions over the horizon, those of later months for as much as money of then is worth."""
        return np.asarray(np.sum(self.decisions * self.worth, axis=1))

    @property
    def cost(self) -> Floats:
        """All that it costs over the horizon."""
        return self.fixed + self.usage

    @property
    def value(self) -> Floats | None:
        """All that it brings over the horizon, before costs."""
        return None if self.gain is None else self.gain * self.units

    @property
    def net(self) -> Floats | None:
        """What it leaves."""
        value = self.value
        return None if value is None else value - self.cost

    @property
    def flow(self) -> Floats:
        """What its decisions cost, less what they bring where that is known: the part that grows with the volume."""
        value = self.value
        return self.usage if value is None else self.usage - value

    def paid_by(self) -> Floats:
        """What it has cost, less what it brought where that is known, by the end of each month: draws by months."""
        gain = 0.0 if self.gain is None else self.gain[:, None]
        each = self.monthly[:, None] + (self.per_decision[:, None] * self.prices - gain) * self.decisions
        return self.once[:, None] + np.cumsum(each * self.worth, axis=1)

    def of_costs_alone(self) -> Sheet:
        """The same sheet, without what decisions bring."""
        return replace(self, gain=None)


def sheet(option: str, drawn: Draws, months: int, gain: str) -> Sheet:
    """The sheet of one option from the draws of all inputs; `gain` names the one of what a decision brings."""

    def of(key: str) -> Floats:
        return drawn.get(f"{option}.{key}", np.zeros(drawn["volume"].shape))

    person_month = drawn.get("person_month", np.zeros(drawn["volume"].shape))
    tokens = of("input_price") * of("input_tokens") + of("output_price") * of("output_tokens")
    years = np.arange(months) / 12
    shape = (drawn["volume"].size, months)
    return Sheet(
        once=of("effort") * person_month + of("labelling") + of("setup"),
        monthly=of("staff") * person_month
        + of("on_call")
        + of("evaluation")
        + of("subscription")
        + of("gpu_hours") * of("gpu_price"),
        per_decision=of("per_decision") + tokens / TOKENS,
        leaving=of("exit_cost") * of("exit_chance"),
        gain=drawn.get(gain),
        decisions=drawn["volume"][:, None] * _growing(drawn.get("growth"), years),
        prices=np.broadcast_to(_growing(drawn.get(f"{option}.price_trend"), years), shape),
        worth=np.broadcast_to(1 / _growing(drawn.get("discount"), years + 1 / 12), shape),
    )


def _growing(change: Floats | None, years: Floats) -> Floats:
    """The factor of each month where something changes by a share every year."""
    return np.ones((1, years.size)) if change is None else (1 + change[:, None]) ** years[None, :]
