"""Risk: what may go wrong with a product, how the law treats its use, and what is done when somebody was treated unfairly."""

from shipworthy.risk.ethics import ethics
from shipworthy.risk.register import register
from shipworthy.risk.seen import Seen, answering
from shipworthy.risk.triage import triage

__all__ = ["Seen", "answering", "ethics", "register", "triage"]
