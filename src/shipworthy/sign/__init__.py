"""A named decision on a record: who takes it, who thinks otherwise, what is left over, and when to look again."""

from shipworthy.sign.override import is_override
from shipworthy.sign.signing import left_over, signature_of
from shipworthy.sign.wanted import ANSWERS, Wanted, read_answer

__all__ = ["ANSWERS", "Wanted", "is_override", "left_over", "read_answer", "signature_of"]
