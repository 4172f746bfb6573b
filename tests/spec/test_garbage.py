"""Whatever stands in the file, a person gets a product or a list of problems, never a traceback."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from shipworthy.errors import SpecError
from shipworthy.spec.model import Product
from shipworthy.spec.reading import read_product
from tests.spec.product_files import FULL, METRICS, SMALL

YAML_SIGNS = "\n\n  \t:-[]{}'\"#&*!|>%@`,?~=<0159.eéx_\\$€\u2028\x85\r"
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(scalars, inner, max_size=3)
)
edits = st.lists(
    st.tuples(
        st.integers(0, len(FULL)),
        st.integers(0, 12),
        st.text(YAML_SIGNS, max_size=3) | st.sampled_from(FULL.split()),
    ),
    min_size=1,
    max_size=4,
)


def assert_product_or_problems(text):
    """Reading gives a product that can be dumped, or problems that are complete and in order."""
    error, product = None, None
    try:
        product = read_product(text, "product.yaml", METRICS)
    except SpecError as caught:
        error = caught
    if product is not None:
        assert product == Product.model_validate(product.model_dump())
    if error:
        assert_complete(error.problems, lines=len(text.splitlines()) + 1)


def assert_complete(problems, lines):
    for problem in problems:
        assert problem.message
        assert problem.remedy, f"no remedy: {problem}"
        assert 1 <= (problem.where.line or 1) <= lines, problem
    positions = [(problem.where.line or 0, problem.where.column or 0) for problem in problems]
    assert sorted(positions) == positions


@given(st.text())
@example("a: 0x_")
@example("a: !!int x")
@example("%YAML 1.1\n---\na: no")
@example("a: !!float x\nb: !!bool y\nc: !!binary =")
@example("? ")
@example("- &a 1\n- &a *a")
@example("{a: &x {b: *x}}")
@example("\ufeffproduct: x")
def test_any_text(text):
    assert_product_or_problems(text)


@given(st.text(YAML_SIGNS + "ab"))
def test_any_text_of_yaml_signs(text):
    assert_product_or_problems(text)


@given(edits)
def test_a_good_file_after_any_edits(changes):
    text = FULL
    for position, deleted, inserted in changes:
        text = text[:position] + inserted + text[position + deleted :]

    assert_product_or_problems(text)


@given(st.sampled_from(sorted(Product.model_fields)), values)
def test_any_value_under_any_key(key, value):
    kept = [line for line in SMALL.replace("\n  -", " -").splitlines() if not line.startswith(f"{key}:")]
    text = "\n".join([*kept, f"{key}: {yaml_text(value)}"]).replace(
        "requirements: - recall >= 0.80", "requirements: [recall >= 0.80]"
    )

    assert_product_or_problems(text)


def yaml_text(value):
    from shipworthy.spec.flow import flow

    return flow(value)
