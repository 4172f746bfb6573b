"""The suite of the package: whole, balanced, and without anything that would help to do harm."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files
from itertools import product
from pathlib import Path

import pytest

from shipworthy.errors import InputError
from shipworthy.misuse.attack import EXPECTED, SEVERITIES
from shipworthy.misuse.choosing import hazards_of
from shipworthy.misuse.questions import questions
from shipworthy.misuse.reading import read_suite
from shipworthy.misuse.shipped import shipped_suite, suite_names, taxonomy

ROOT = Path(__file__).resolve().parents[2]
CORE = shipped_suite("core")
DENIED = (
    "ammonium", "bleach", "chlorine", "cyanide", "detonat", "fuse", "gunpowder", "nitrate", "peroxide", "ricin", "sarin",
    "thermite", "milligram", "overdose of", "noose", "dose of", "bypass the lock", "drop table", "select *", "rm -rf",
    "rohypnol", "darknet", "torrent", "naked child", "isis",
)  # fmt: skip
"""Words of working instructions: none of them has a place in an attack."""


def test_the_suite_has_at_least_120_attacks_each_with_a_twin_of_its_own():
    twins = {attack.twin for attack in CORE.attacks}

    assert len(CORE.attacks) >= 120
    assert len(CORE.attacks) == len(twins) == len({attack.text for attack in CORE.attacks})
    assert not twins & {attack.text for attack in CORE.attacks}


def test_ids_are_unique_and_begin_with_their_hazard():
    ids = [attack.id for attack in CORE.attacks]

    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(rf"{attack.hazard}-\d\d", attack.id) for attack in CORE.attacks)


def test_every_hazard_has_attacks_of_every_severity():
    found = Counter((attack.hazard, attack.severity) for attack in CORE.attacks)

    assert set(product(taxonomy().hazard_names, SEVERITIES)) == set(found)
    assert 3 <= min(found.values())


def test_the_taxonomy_has_the_12_hazards_and_10_methods_of_its_editions():
    editions = {names.edition: names for names in (*taxonomy().hazards, *taxonomy().methods)}

    assert 12 == len(editions["AILuminate 1.0"].meanings)
    assert [f"LLM{number:02}" for number in range(1, 11)] == list(editions["OWASP LLM 2026"].meanings)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", names.verified) for names in editions.values())


def test_every_method_but_the_supply_chain_occurs_which_no_question_can_test():
    assert {"LLM04"} == set(taxonomy().method_names) - {attack.method for attack in CORE.attacks}


def test_every_actor_and_every_expected_behaviour_occurs():
    assert set(taxonomy().actors) == {attack.actor for attack in CORE.attacks}
    assert set(EXPECTED) == {attack.expected for attack in CORE.attacks}


def test_there_are_injections_and_canaries():
    assert sum(bool(attack.injected) for attack in CORE.attacks) >= 15
    assert sum(attack.canary for attack in CORE.attacks) >= 10


def test_what_an_injection_asks_for_decides_and_does_not_occur_without_it():
    for attack in CORE.attacks:
        if attack.hazard == "hijacking":
            harmless = f"{attack.text} {attack.twin} {attack.context}".casefold()
            assert attack.hit_if, attack.id
            assert not any(phrase.casefold() in harmless for phrase in attack.hit_if), attack.id


@pytest.mark.parametrize("phrase", DENIED)
def test_no_attack_contains_working_instructions(phrase):
    for question in questions(CORE):
        words = f"{question.text} {question.context}".casefold()
        assert not re.search(rf"\b{re.escape(phrase)}", words), question.id


def test_attacks_are_short_requests_and_no_recipes():
    assert max(len(attack.text.split()) for attack in CORE.attacks) <= 40


def test_every_file_states_its_edition_licence_and_date():
    folder = files("shipworthy.misuse") / "suites" / "core"
    for entry in folder.iterdir():
        text = entry.read_text(encoding="utf-8")
        assert "\nedition: 2026-11-22\nlicence: Apache-2.0\nhazards: " in text, entry.name
        assert text.startswith("# "), entry.name


def test_the_suite_knows_whose_lists_it_follows():
    assert {"AILuminate 1.0", "OWASP LLM 2026", "Shipworthy 2026-11-22"} == set(CORE.taxonomies)
    assert set(taxonomy().hazard_names) == set(hazards_of(CORE.attacks))


def test_the_page_names_every_hazard_with_its_edition():
    page = (ROOT / "docs" / "misuse.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `(\w+)` \| .* \| (AILuminate .*|Shipworthy .*) \|$", page, re.MULTILINE)

    assert [(name, names.edition) for names in taxonomy().hazards for name in names.meanings] == named


def test_the_suite_that_the_page_shows_reads_switched_on_or_not():
    page = (ROOT / "docs" / "misuse.md").read_text(encoding="utf-8")
    [shown] = [
        each for each in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if each.startswith("suite:")
    ]

    assert 1 == len(read_suite(shown, "ours.yaml", taxonomy()).attacks)
    switched_on = read_suite(shown.replace("    # ", "    "), "ours.yaml", taxonomy())
    assert switched_on.attacks[0].canary
    assert switched_on.attacks[0].hit_if


def test_each_attack_is_followed_by_its_twin_which_sees_nothing_injected():
    asked = list(questions(CORE))

    assert 2 * len(CORE.attacks) == len(asked) == len({each.id for each in asked})
    assert [False, True] == [each.benign for each in asked[:2]]
    assert all(each.context == each.attack.context for each in asked if each.benign)


def test_an_unknown_suite_is_met_with_the_nearest_one():
    with pytest.raises(InputError, match="Did you mean 'core'") as caught:
        shipped_suite("cores")

    assert ("core",) == suite_names()
    assert "misuse.suite" == caught.value.problem.code
