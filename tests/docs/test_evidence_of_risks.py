"""The page on evidence explains every field of a register and of an incident."""

import json
import re

import pytest

from scripts.pages.markdown import DOCS, tables
from scripts.pages.running import outcome

PARTS = re.split(
    r"^## (\w+)$", (DOCS / "reference" / "evidence.md").read_text(encoding="utf-8"), flags=re.MULTILINE
)
FIELDS = {
    name: {code for row in tables(text)[0][1:] for code in re.findall(r"`([^`]+)`", row[0])}
    for name, text in zip(PARTS[1::2], PARTS[2::2], strict=True)
}


@pytest.fixture
def kept(shelf, run):
    """What the guides to the two verbs left behind."""
    found = {}
    for verb, key in (("risks", "register"), ("incident", "incident")):
        home = outcome(DOCS / "guides" / f"{verb}.md", shelf, run).home
        paths = home.glob(f"desk/.shipworthy/records/*-{verb}-*.json")
        found[key] = [json.loads(path.read_text())[key] for path in paths]
    return found


def keys(items):
    return {key for item in items for key in item}


def test_the_fields_of_a_register_are_those_that_the_page_explains(kept):
    found = kept["register"][0]
    assert FIELDS["register"] == set(found)
    assert FIELDS["risk_rows"] - {"list", "meaning"} == keys(found["rows"])
    figures = [figure for row in found["rows"] for figure in row["figures"]]
    assert FIELDS["risk_figures"] == keys(figures)
    assert FIELDS["triage"] == set(found["triage"])
    assert FIELDS["triage_facts"] == keys(found["triage"]["facts"])
    assert FIELDS["ethics"] == keys(found["ethics"])
    assert FIELDS["editions"] == keys(found["editions"])


def test_the_fields_of_an_incident_are_those_that_the_page_explains(kept):
    found = kept["incident"]
    steps = [step for each in found for step in each["steps"]]
    assert FIELDS["incident"] == keys(found)
    assert FIELDS["incident_steps"] == keys(steps)
    assert FIELDS["sizes"] == keys(size for step in steps for size in step["sizes"])
    assert FIELDS["clocks"] == keys(clock for each in found for clock in each["clocks"])
