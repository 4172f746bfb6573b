"""Roadmaps as product.yaml would give them."""

from typing import Any

from shipworthy.spec.roadmap import Roadmap

START = "2027-01-04"


def roadmap(stages, **changes):
    """A roadmap of these stages."""
    return Roadmap.model_validate({"starts": START, "stages": stages, **changes})


RESEARCH: dict[str, Any] = {
    "labels": {"takes": "2 / 3 / 6 weeks"},
    "interviews": {"takes": "1..3 weeks"},
    "model": {
        "takes": "3 / 5 / 9 weeks",
        "after": ["labels"],
        "gate": {"passes": "60 %", "tries": 3, "again": "1 / 2 / 4 weeks"},
    },
    "pilot": {"takes": "2..5 weeks", "after": ["model", "interviews"]},
}
