"""What is learnt ends as a line of product.yaml that can be read back."""

from dataclasses import replace

from shipworthy.risk.learning import suggestion
from shipworthy.spec.language import read_requirement
from shipworthy.spec.model import RequirementEntry
from shipworthy.spec.tree import read_tree
from tests.risk.incidents import after
from tests.risk.products import GAP

CONTAINED = after("verify", "size", "contain")


def read(line):
    [entry] = read_tree(f"x:\n  {line}\n", "x.yaml").data["x"]
    return RequirementEntry.model_validate(entry)


def test_the_line_is_the_claim_with_its_owner_and_what_contained_it():
    found = read(suggestion(CONTAINED, read_requirement(GAP), "Ada: the head"))
    assert (GAP, "so it is", "Ada: the head") == (found.require, found.otherwise, found.owner)


def test_what_the_claim_says_already_stays():
    claim = replace(read_requirement(GAP), owner="Bo", otherwise="a person reads it")
    found = read(suggestion(CONTAINED, claim, "Ada"))
    assert ("Bo", "a person reads it") == (found.owner, found.otherwise)


def test_without_a_claim_no_number_is_made_up():
    assert "- gap(METRIC, COLUMN) <= BOUND" == suggestion(CONTAINED, None, "Ada")
