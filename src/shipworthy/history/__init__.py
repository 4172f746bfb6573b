"""What was decided, by whom, and which of it still stands on the present file, data and models."""

from shipworthy.history.event import Event, decided_event, dues, signed_event
from shipworthy.history.staleness import Inputs, StaleVerdict, stale_verdicts

__all__ = ["Event", "Inputs", "StaleVerdict", "decided_event", "dues", "signed_event", "stale_verdicts"]
