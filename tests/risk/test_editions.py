"""Lists and laws of others are data with an edition, and tell when they are old."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from shipworthy.risk.editions import TITLES, data_of, edition, risk_ids, tags
from shipworthy.risk.register import MEASURES
from shipworthy.spec.risks import LAST


def test_the_register_has_its_22_risks_and_each_is_measured():
    assert [f"K{number}" for number in range(1, LAST + 1)] == list(risk_ids())
    assert {*MEASURES, "K20", "K22"} == set(risk_ids())


def test_every_risk_has_a_place_in_the_framework_of_nist():
    assert all(any(tag.list == "NIST AI RMF" for tag in tags(risk)) for risk in risk_ids())


@pytest.mark.parametrize("name", ["nist_ai_rmf", "owasp_llm"])
def test_every_tag_is_explained_and_every_explanation_is_used(name):
    data = data_of(name)
    used = {tag for each in data["risks"].values() for tag in each}
    assert used <= set(data["meanings"])
    assert set(data["risks"]) <= set(risk_ids())


@pytest.mark.parametrize("name", TITLES)
def test_every_file_says_its_edition_its_source_and_when_it_was_verified(name):
    assert {"edition", "last_verified", "source"} <= set(data_of(name))


def test_every_file_of_editions_has_a_title():
    folder = files("shipworthy.risk") / "editions"
    assert set(TITLES) == {
        Path(entry.name).stem for entry in folder.iterdir() if entry.name.endswith(".toml")
    }


@pytest.mark.parametrize(("day", "old"), [("2026-12-31", False), ("2027-01-01", True)])
def test_what_was_verified_more_than_180_days_ago_is_old(day, old):
    found = edition("eu_ai_act", f"{day}T00:00:00.000000Z")
    assert ("2026-07-04", old) == (found.last_verified, found.old)


def test_no_tier_or_date_of_the_law_stands_in_the_source():
    root = Path(str(files("shipworthy.risk")))
    for path in root.glob("*.py"):
        assert not re.search(r"20(25|26|27|28)-\d\d-\d\d", path.read_text(encoding="utf-8")), path.name


def test_nothing_is_ever_called_compliant():
    root = Path(str(files("shipworthy.risk")))
    for path in root.rglob("*.*"):
        if path.suffix in (".py", ".toml"):
            assert "complian" not in path.read_text(encoding="utf-8").casefold(), path.name
