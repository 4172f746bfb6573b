"""An incident with steps taken, one after the other."""

from __future__ import annotations

from typing import Any

from shipworthy.evidence import Incident, IncidentStep
from shipworthy.risk.playbook import answers, with_step
from tests.risk.products import GAP, NOW

OPENED = Incident(1, "You refuse us", NOW, "Ada", "model", GAP, False)
SAID = {"cause": "a proxy: the postcode"}


def step(name: Any, verdict: Any = "", early: str = "") -> IncidentStep:
    said = answers(name, [SAID.get(name, "so it is")])
    return IncidentStep(name, NOW, "Ada", said, verdict=verdict, early=early)


def after(*steps: Any, incident: Incident = OPENED) -> Incident:
    for each in steps:
        incident = with_step(incident, each if isinstance(each, IncidentStep) else step(each))
    return incident
