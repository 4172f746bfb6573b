"""Texts, one by one, on a bounded sample: personal data, damage, and texts that nearly repeat another one.

`TextColumn` looks at the texts of a column, `TEXT_VALUES` is what claims count of them, and `findings` tells the rest.
"""

from shipworthy.audit.texts.column import TextColumn
from shipworthy.audit.texts.counting import TEXT_VALUES

__all__ = ["TEXT_VALUES", "TextColumn"]
