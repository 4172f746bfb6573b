"""Verdicts -> ship, do not ship or not yet, with the reasons and what would change them."""

from shipworthy.decide.decision import Standing, blocks, decide, standing_of
from shipworthy.decide.of_data import data_blocks, held_back

__all__ = ["Standing", "blocks", "data_blocks", "decide", "held_back", "standing_of"]
