"""What an incident leaves behind: a line for the requirements of product.yaml."""

from __future__ import annotations

from shipworthy.evidence.incident import Incident
from shipworthy.spec.flow import flow
from shipworthy.spec.language import Requirement


def suggestion(incident: Incident, claim: Requirement | None, owner: str) -> str:
    """A requirement to add, or to write in place of the one that stands.

    The claim with who answers for it and what happens where it is missed: what contained the incident. Without a claim
    there is a shape to fill in, as no number is made up here.
    """
    if claim is None:
        return "- gap(METRIC, COLUMN) <= BOUND"
    contained = incident.last("contain")
    otherwise = claim.otherwise or (contained.said[0].answer if contained else None)
    entry = {"require": claim.text, "otherwise": otherwise, "owner": claim.owner or owner}
    written = flow({key: value for key, value in entry.items() if value is not None})
    return f"- {written}"
