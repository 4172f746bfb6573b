from __future__ import annotations

import pytest
from pydantic import ValidationError

from shipworthy.spec.model import Product, Requirement, Segment
from shipworthy.spec.reading import read_product
from tests.spec.product_files import SMALL, changed


def test_the_label_is_the_target_unless_the_examples_name_another_column():
    renamed = changed("source: mail.csv", "source: mail.csv, label: is_spam")

    assert "spam" == read_product(SMALL, "p").label
    assert "is_spam" == read_product(renamed, "p").label


def test_slicing_has_segments_and_protected_columns_each_once():
    product = read_product(
        f"{SMALL}segments: [{{age: 4 quantiles}}, format, {{city: top 20}}]\nprotected: [age, gender]\n", "p"
    )

    assert (
        Segment(column="age", quantiles=4),
        Segment(column="format"),
        Segment(column="city", top=20),
        Segment(column="gender"),
    ) == product.slicing


def test_a_product_cannot_be_changed():
    product = read_product(SMALL, "p")

    with pytest.raises(ValidationError):
        product.owner = "me"


def test_a_product_can_be_made_of_values_as_well_as_of_text():
    claim = read_product(SMALL, "p").requirements[0]

    product = Product.model_validate(
        {
            "product": "Mail shield",
            "predicts": {"target": "spam"},
            "data": {"examples": {"source": "mail.csv"}},
            "requirements": [claim],
            "launch": {"stop_if": [claim]},
        }
    )

    assert product.launch
    assert isinstance(product.requirements[0], Requirement)
    assert product.requirements == product.launch.stop_if
