"""What risks prints: how each risk stands, who answers, the tier and what is left to ask, the card, the editions."""

import json

import pytest

from tests.cli.command import command
from tests.workbench import shop

UNDONE = shop.PRODUCT + "action: {do: delete it, reversible: no}\n"


@pytest.fixture
def folder(tmp_path):
    return shop.product_folder(tmp_path / "shop", UNDONE)


def test_triggered_risks_without_an_owner_end_with_1_and_what_to_write(folder):
    done = command("risks", folder)
    assert 1 == done.code
    assert "3 risks triggered, 2 without an owner and a response" in done.out.splitlines()[0]
    assert "no owner; no response" in done.out
    assert done.next.startswith("Next: write owner: and response: under risks:")
    assert done.next.endswith(f"shipworthy risks {folder}")


def test_with_an_owner_it_ends_with_0(folder):
    risks = "risks: [{risk: K8, owner: Ada, response: mitigate, treatment: a form, revisit: 2999-01-01}, {risk: K5, owner: Bo, response: avoid}]\n"
    (folder / "product.yaml").write_text(UNDONE + risks)
    done = command("risks", folder)
    assert (0, "") == (done.code, done.err)
    assert "2 risks triggered, each with an owner and a response" in done.out.splitlines()[0]
    assert "owner Ada; mitigate; a form; revisit 2999-01-01" in " ".join(done.out.split())


def test_every_risk_is_listed_under_how_it_stands(folder):
    out = command("risks", folder).out
    assert all(f" K{number} " in out for number in range(1, 23))
    heads = (
        "Triggered",
        "Not measured",
        "Does not apply",
        "EU AI Act (not legal advice)",
        "Ethics card",
        "Editions",
    )
    places = [out.splitlines().index(head) for head in heads]
    assert sorted(places) == places


def test_the_tier_is_not_named_while_it_is_not_known_and_the_questions_are(folder):
    out = command("risks", folder).out
    assert "not known yet; " in out
    assert "employment" in out
    assert "complian" not in out.casefold()


def test_a_settled_tier_names_its_facts_duties_and_dates(folder):
    facts = ", ".join(f"{name}: {word}" for name, word in (("reaches_eu", "yes"), ("social_scoring", "yes")))
    (folder / "product.yaml").write_text(f"{UNDONE}triage: {{{facts}}}\n")
    done = command("risks", folder)
    assert 1 == done.code
    assert "prohibited" in done.out
    assert "Article 5(1)(c); triage.social_scoring" in done.out
    assert "since 2025-02-02" in done.out
    assert "To find out" not in done.out


def test_json_is_one_document_with_the_register(folder):
    done = command("risks", folder, "--json")
    found = json.loads(done.out)
    assert ("risks", 22) == (found["verb"], len(found["register"]["rows"]))
    assert {"triage", "ethics", "editions"} <= set(found["register"])


def test_a_folder_without_a_product_is_told(tmp_path):
    done = command("risks", tmp_path)
    assert (2, True) == (done.code, "has no product.yaml" in done.err)
