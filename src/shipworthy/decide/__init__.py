"""Verdicts -> ship, do not ship or not yet, with the reasons and what would change them."""

from shipworthy.decide.decision import Standing, blocks, decide, standing_of
from shipworthy.decide.of_data import data_blocks, held_back
from shipworthy.decide.replaying import decision_of

__all__ = ["Standing", "blocks", "data_blocks", "decide", "decision_of", "held_back", "standing_of"]
