"""Which key gives which label: the label itself where one key writes it, else digits and letters in order."""

from __future__ import annotations

from collections.abc import Sequence

CANNOT_TELL_KEY, SKIP_KEY, UNDO_KEY, GUIDE_KEY, STOP_KEY = "?", "s", "u", "g", "q"
TAKEN = {CANNOT_TELL_KEY, SKIP_KEY, UNDO_KEY, GUIDE_KEY, STOP_KEY}
_FREE = [key for key in "123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" if key not in TAKEN]


def keys_of(classes: Sequence[str]) -> dict[str, str]:
    """The label that each key gives, in the order of the classes."""
    if all(len(name) == 1 and name.isalnum() and name not in TAKEN for name in classes):
        return {name: name for name in classes}
    return dict(zip(_FREE, classes, strict=False))
