"""What an audit finds holds a decision back, and nothing else does."""

import pytest

import shipworthy as sw
from tests.workbench import shop


def decided(folder, told=None):
    record = sw.decide(sw.open(folder), progress=(told if told is not None else []).append)
    assert record.evaluation is not None
    assert record.evaluation.decision is not None
    return record, record.evaluation.decision


EASY = ("recall >= 0.50", "false_positive_rate <= 30 %")


def test_a_missed_claim_about_the_data_keeps_a_product_from_shipping(tmp_path):
    folder = shop.product_folder(tmp_path, shop.with_requirements(*EASY, "rows >= 5000"))
    record, decision = decided(folder)
    assert "not_yet" == decision.answer
    assert "the data miss rows >= 5000: it is 400, as counted, and rows >= 5000 was asked" in decision.because
    assert any("Collect more rows" in step for step in decision.would_change)
    [audit] = sw.records(sw.open(folder), "audit")
    assert audit.id == (record.facts or {})["audit"]


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_an_undecided_claim_about_the_data_does_too(tmp_path):
    folder = shop.product_folder(tmp_path, shop.with_requirements(*EASY, "duplicates <= 0.1 %"))
    _, decision = decided(folder)
    assert "not_yet" == decision.answer
    assert any("the data have not shown duplicates <= 0.1 %" in reason for reason in decision.because)


def test_claims_about_the_data_that_are_met_let_it_ship(tmp_path):
    folder = shop.product_folder(tmp_path, shop.with_requirements(*EASY, "labelled >= 90 %", "rows >= 100"))
    told: list[str] = []
    _, decision = decided(folder, told)
    assert "ship" == decision.answer
    assert "no fresh audit: auditing first" in told
    again: list[str] = []
    decided(folder, again)
    assert "no fresh audit: auditing first" not in again


def test_defaults_hold_nothing_back(tmp_path):
    """The mails are of 2024: no claim says how old they may be, and the default is missed."""
    folder = shop.product_folder(tmp_path, shop.with_requirements(*EASY))
    record = sw.audit(sw.open(folder))
    assert record.audit is not None
    assert "red" in {each.colour for each in record.audit.findings if each.sort == "freshness"}
    _, decision = decided(folder)
    assert "ship" == decision.answer


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_personal_data_without_a_legal_basis_keep_it_from_shipping(tmp_path):
    text = shop.changed("licence: CC0", "licence: CC0, personal: names", shop.with_requirements(*EASY))
    _, decision = decided(shop.product_folder(tmp_path, text))
    assert "not_yet" == decision.answer
    assert any("without a legal basis" in reason for reason in decision.because)
    stated = shop.changed("personal: names", "personal: names, basis: contract", text)
    _, decision = decided(shop.product_folder(tmp_path, stated))
    assert "ship" == decision.answer


def test_candidates_are_not_judged_by_claims_about_the_data(tmp_path):
    folder = shop.product_folder(tmp_path, shop.with_requirements(*EASY, "rows >= 100"))
    record = sw.evaluate(sw.open(folder))
    assert record.evaluation is not None
    assert set(EASY) == {verdict.requirement for verdict in record.evaluation.verdicts}


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        ("freshness <= 7", "requirement.unit"),
        ("duplicates <= 0", "requirement.unprovable"),
        ("missing <= 5 %", "metric.arguments"),
        ("rows(spam) >= 5", "metric.arguments"),
        ("gap(rows, format) <= 5", "metric.nested"),
        ("recall >= 0.5 at duplicates <= 1 %", "requirement.of_data"),
        ("labelled >= 90 % at missing(size) <= 5 %", "requirement.of_data"),
    ],
)
def test_a_claim_about_data_that_makes_no_sense_is_refused(tmp_path, claim, code):
    with pytest.raises(sw.SpecError) as caught:
        sw.open(shop.product_folder(tmp_path, shop.with_requirements(claim)))
    assert code == caught.value.problem.code
