"""Every input is asked for where product.yaml can answer it, and everything that `frame:` states is an input."""

import pytest

from shipworthy.frame import CATALOGUE, SORTS
from shipworthy.frame.inputs import known
from shipworthy.spec.fields import field_of
from shipworthy.spec.framing import Frame


def test_everything_that_the_section_states_is_an_input():
    assert set() == set(Frame.model_fields) - {"conventions"} - set(SORTS)


@pytest.mark.parametrize("sort", [each for each in CATALOGUE if "." in each.key], ids=lambda each: each.name)
def test_the_key_of_a_question_is_one_of_product_yaml(sort):
    assert field_of(tuple(sort.key.split("."))) is not None


def test_a_value_that_an_input_cannot_have_is_refused():
    for name, value in (
        ("base_rate", 1.2),
        ("static", "perhaps"),
        ("volume", -1.0),
        ("volume", float("inf")),
        ("static", 1.0),
    ):
        with pytest.raises(ValueError, match=name):
            known(name, value, "assumption", "")
    with pytest.raises(ValueError, match="between its ends"):
        known("volume", 5.0, "assumption", "", low=6.0, high=7.0)
