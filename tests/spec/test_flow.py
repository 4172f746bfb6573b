from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shipworthy.spec.flow import flow
from shipworthy.spec.tree import read_tree

printable = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
yaml_like = st.sampled_from(
    ["", "yes", "no", "true", "Null", "~", "1", "1_0", "0x1F", ".5", "1e3", "-", "- a", "a: b", "a #b"]
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | printable
    | yaml_like
)
texts = printable.filter(lambda text: text != "<<")
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=8)


@given(values)
def test_a_value_reads_back_from_its_line(value):
    text = f"value: {flow(value)}\n"

    assert {"value": value} == read_tree(text, "p").data
    assert 1 == text.count("\n")


def test_plain_words_stay_without_quotes():
    value = {
        "target": "spam",
        "test": "30 %",
        "volume": "2_000_000 / month",
        "list": ["recall >= 0.80", 1, True],
    }

    assert "{target: spam, test: 30 %, volume: 2_000_000 / month, list: [recall >= 0.80, 1, true]}" == flow(
        value
    )
