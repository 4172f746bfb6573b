"""The sheets of all options side by side: what each of them leaves, draw by draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shipworthy.economics.drawing import Draws
from shipworthy.economics.sheet import Sheet, sheet
from shipworthy.spec.build_or_buy import BuildOrBuy, Option
from shipworthy.stats.floats import Floats


@dataclass(frozen=True)
class Sheets:
    """The sheets of all options in their order; `by_net` says that all know what they bring."""

    names: tuple[str, ...]
    sheets: tuple[Sheet, ...]

    @property
    def by_net(self) -> bool:
        """Whether options are compared by what they leave rather than by what they cost."""
        return all(each.gain is not None for each in self.sheets)

    def compared(self) -> tuple[Sheet, ...]:
        """The sheets as they are compared: without gains, unless all options know theirs."""
        return self.sheets if self.by_net else tuple(each.of_costs_alone() for each in self.sheets)

    def left(self) -> Floats:
        """What each option leaves: options by draws."""
        return np.array([-(each.fixed + each.flow) for each in self.compared()])


def sheets_of(section: BuildOrBuy, drawn: Draws) -> Sheets:
    """The sheets of all options from the draws of all inputs."""
    found = (
        sheet(name, drawn, section.months, gain_of(name, option)) for name, option in section.options.items()
    )
    return Sheets(tuple(section.options), tuple(found))


def gain_of(name: str, option: Option) -> str:
    """The name of the input that says what a decision of the option brings; options of one candidate share it."""
    return f"net_value({option.candidate})" if option.candidate else f"{name}.value"
