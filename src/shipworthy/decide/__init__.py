"""Verdicts -> ship, do not ship or not yet, with the reasons and what would change them."""

from shipworthy.decide.decision import Standing, blocks, decide, standing_of

__all__ = ["Standing", "blocks", "decide", "standing_of"]
