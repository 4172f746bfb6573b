"""The memo says what errors cost and which risks the evidence shows."""

from __future__ import annotations

from dataclasses import replace

from shipworthy.documents.figure import plain_text
from shipworthy.documents.stakes import risks, stakes
from shipworthy.spec.model import Product
from tests.documents import mail

RECORD = mail.record()
EVALUATION = mail.evaluation()


def product(**changes) -> Product:
    return Product.model_validate({**mail.SPEC, **changes})


def costs(given: Product) -> str:
    return " ".join(plain_text(told) for told in stakes(given, EVALUATION, "logistic"))


def shown(given: Product, record=RECORD, candidate="logistic") -> str:
    return " ".join(risks(given, record, EVALUATION, candidate))


def test_each_kind_of_error_has_its_price_and_its_sum():
    """30 of 3,520 good messages were harmed and 12 % are spam: 0.88 * 2 M * 30 / 3,520 * $0.10 = $1,500 a month."""
    assert "Each of the messages wrongly taken for spam costs $0.10; together about $1,500" in costs(
        product()
    )
    assert "Each of the messages that are spam and slip through costs $0.05; together about $1,900" in costs(
        product()
    )


def test_the_poor_end_of_the_evidence_is_told():
    assert "At the poor end of the evidence, the feature as a whole is worth" in costs(product())


def test_without_values_the_memo_says_how_to_give_them():
    assert "add `value:` to product.yaml" in costs(product(value=None))


def test_an_action_that_cannot_be_undone_asks_for_a_person():
    assert "a person should confirm it" in costs(product(action={"do": "delete", "reversible": False}))
    assert "can be undone: one click" in costs(product())


def test_undecided_groups_are_named():
    assert "1 group has too few labels to decide: number = none (recall >= 0.75 for every number)." in shown(
        product()
    )
    assert "3 groups miss their requirement" in shown(product(), candidate="keywords")


def test_missing_rights_are_named():
    found = shown(product())
    assert "No licence is stated for the examples data (data/mail.parquet)." in found
    assert "No legal basis is given for holding the protected column language." in found
    settled = {"examples": {"source": "a.parquet", "owner": "team", "licence": "CC0"}}
    assert "is stated for" not in shown(product(data=settled, protected={"language": {"basis": "consent"}}))


def test_later_looks_at_the_test_set_are_counted():
    assert "The test set was looked at 2 times." in shown(product())
    assert "looked at" not in shown(product(), replace(RECORD, facts={"looks": 1}))
    assert "looked at" not in shown(product(), replace(RECORD, facts=None))


def test_rows_without_an_answer_are_counted():
    assert "boosted gave no answer on 12 of 4,000 rows (0.3\N{NO-BREAK SPACE}%)." in shown(
        product(), candidate="boosted"
    )


def test_the_products_own_risks_come_last():
    assert shown(product(owner=None, risks=["Drift.", {"risk": "abuse", "owner": "ops"}])).endswith("Nobody is named as the owner of this product. Drift. risk: abuse; owner: ops")  # fmt: skip
