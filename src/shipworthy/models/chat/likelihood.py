"""The chance of each answer, read from the first token of a reply that says anything.

Tokens are counted for the label whose word they are, or begin, whatever their case and the space before them. What
they cover of the whole chance is the `mass`; the chances are shares of it (P(True) and its kin, Kadavath and others 2022).
Content-free calibration divides by the chances of an empty input (Zhao and others 2021, Calibrate Before Use).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shipworthy.models.chat.attempt import Tops
from shipworthy.models.chat.reading import Words

LEAST = 1e-6
"""No answer of an empty input counts as less likely than this, so that nothing is divided by nothing."""


@dataclass(frozen=True)
class Chances:
    """The chance of each label, adding up to 1, and the share of the first token's chance that labels cover."""

    of: Mapping[str, float]
    mass: float


def chances(tops: Sequence[Tops], labels: Words) -> Chances | None:
    """The chances of the labels; None where no likely token begins any of their words."""
    place = next((place for place in tops if place and max(place, key=_log)[0].strip()), None)
    if place is None:
        return None
    words = {label: tuple(map(_plain, own)) for label, own in labels.items()}
    sums = dict.fromkeys(labels, 0.0)
    for token, log in place:
        label = _label_of(_plain(token), words)
        if label is not None:
            sums[label] += math.exp(log)
    mass = sum(sums.values())
    if mass <= 0.0:
        return None
    return Chances({label: each / mass for label, each in sums.items()}, min(mass, 1.0))


def calibrated(found: Chances, prior: Chances) -> Chances:
    """The chances divided by those of an empty input, made to add up to 1 again; the mass stays that of the reply."""
    divided = {label: each / max(prior.of[label], LEAST) for label, each in found.of.items()}
    total = sum(divided.values())
    return Chances({label: each / total for label, each in divided.items()}, found.mass)


def _label_of(token: str, words: Words) -> str | None:
    """The one label with a word that this token is or begins."""
    if not token:
        return None
    same = [label for label, own in words.items() if token in own]
    begun = [label for label, own in words.items() if any(word.startswith(token) for word in own)]
    found = same or begun
    return found[0] if len(found) == 1 else None


def _log(top: tuple[str, float]) -> float:
    return top[1]


def _plain(text: str) -> str:
    return re.sub(r"^[^\w]+|[^\w]+$", "", text.casefold())
