"""The page on evidence explains every field of a register and of an incident."""

import json
import re

import pytest

import shipworthy as sw
from scripts.pages.markdown import DOCS, tables
from tests.workbench import shop

PARTS = re.split(
    r"^## (\w+)$", (DOCS / "reference" / "evidence.md").read_text(encoding="utf-8"), flags=re.MULTILINE
)
FIELDS = {
    name: {code for row in tables(text)[0][1:] for code in re.findall(r"`([^`]+)`", row[0])}
    for name, text in zip(PARTS[1::2], PARTS[2::2], strict=True)
}


GAP = "gap(false_positive_rate, format) <= 0.05"
BIASED = "  biased: {rule: \"format = 'html'\", cost: 0}\n"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """What a register and an incident that was walked to its end leave behind."""
    text = shop.with_candidates(BIASED).replace("true_positive", "volume: 10_000 / month, true_positive")
    opened = sw.open(shop.product_folder(tmp_path_factory.mktemp("risks") / "shop", f"{text}  - {GAP}\n"))
    sw.evaluate(opened)
    sw.incident_open(opened, "HTML mail is held", name="Ada", about=GAP, candidate="biased")
    for step in ("verify", "size", "contain", "tell", "cause", "fix"):
        sw.incident_step(opened, step, "label: nobody read them" if step == "cause" else "done", name="Ada")
    sw.risks(opened)
    places = opened.folder.glob(".shipworthy/records/*.json")
    records = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(places)]
    return {key: [each[key] for each in records if each.get(key)] for key in ("register", "incident")}


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
