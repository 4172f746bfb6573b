from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest

from shipworthy.spec.fields import homes
from shipworthy.spec.model import Product
from shipworthy.spec.reading import read_product
from shipworthy.spec.schema import product_schema, schema_text, shipped_schema
from shipworthy.spec.starting import templates
from shipworthy.spec.tree import read_tree
from tests.spec.product_files import FULL, SMALL, changed

VALIDATOR = jsonschema.Draft202012Validator(product_schema())


def errors(text):
    return [error.message for error in VALIDATOR.iter_errors(read_tree(text, "p").data)]


def test_the_shipped_copy_is_current():
    assert schema_text() == shipped_schema(), "run: python -m shipworthy.spec.schema"


def test_the_schema_is_itself_valid():
    jsonschema.Draft202012Validator.check_schema(json.loads(schema_text()))


@pytest.mark.parametrize("text", [SMALL, FULL])
def test_what_reads_is_valid(text):
    assert [] == errors(text)


@pytest.mark.parametrize("name", templates())
def test_every_template_is_valid(name):
    assert [] == errors((files("shipworthy.spec") / "templates" / name / "product.yaml").read_text())


@pytest.mark.parametrize(
    "line",
    [
        "owner:",
        "segments:",
        "segments: [a, {column: b, quantiles: 4}, {c: 4 quantiles}, {d: [1, 2.5]}, {e: top 9}]",
        "protected: {a: , b: {basis: law}}",
        "protected: [a, {b: {basis: law}}, {column: c, basis: law}]",
        "candidates: {a: {rule: x, tune: }}",
        "action: {do: x, reversible: no}",
        "action: {do: x, reversible: true}",
        "launch: {stages: [shadow, 5 %, 0.25, 1], stop_if: [recall < 0.5]}",
        "problem: {who: a, need: b, anything: else}",
        "build_or_buy: {volume: 9 / day, options: {a: {how: buy, per_decision: 0.1}, b: {how: build, setup: {range: 3 USD}}}}",
        "roadmap: {starts: 2027-01-04, stages: {a: {takes: 2 weeks, gate: {passes: 0.5}}}}",
    ],
)
def test_every_short_form_is_read_and_is_valid(line):
    text = f"{SMALL}{line}\n"

    assert "Mail shield" == read_product(text, "p").product
    assert [] == errors(text)


@pytest.mark.parametrize(
    "text",
    [
        changed("{target: spam}", "{target: spam, typo: 1}"),
        changed("source: mail.csv", "source: mail.csv, typo: 1"),
        changed("examples:", "typo: 1, examples:"),
        changed("recall >= 0.80", "{require: recall >= 0.80, typo: 1}"),
        *(
            f"{SMALL}{line}\n"
            for line in (
                "typo: 1",
                "action: {do: x, typo: 1}",
                "value: {typo: 1}",
                "segments: [{column: a, typo: 1}]",
                "protected: {a: {typo: law}}",
                "candidates: {a: {rule: x, typo: 1}}",
                "monitor: {typo: 1}",
                "launch: {typo: 1}",
                "roadmap: {starts: 2027-01-04, stages: {a: {takes: 2 weeks, typo: 1}}}",
            )
        ),
    ],
)
def test_an_unknown_key_is_not_valid_in_any_section(text):
    assert errors(text)


@pytest.mark.parametrize(
    "text",
    [
        changed("\n  - recall >= 0.80", " []"),
        changed("predicts: {target: spam}\n", ""),
        changed("{target: spam}", "{target: spam, kind: oracle}"),
        f"{SMALL}candidates: {{a: {{rule: x, train: logistic_regression}}}}\n",
        f"{SMALL}candidates: {{a: {{train: deep_thought}}}}\n",
        f"{SMALL}candidates: {{a: {{train: gradient_boosting, tune: 30}}}}\n",
        f"{SMALL}candidates: {{a: {{recorded: x, columns: {{verdict: y}}}}}}\n",
        f"{SMALL}value: {{true_positive: $1}}\n",
    ],
)
def test_what_has_the_wrong_shape_is_not_valid(text):
    assert errors(text)


def test_every_section_and_every_key_has_a_description():
    sections = {"Product": product_schema(), **product_schema()["$defs"]}

    assert [] == [name for name, section in sections.items() if not section.get("description")]
    assert [] == [
        f"{name}.{key}"
        for name, section in sections.items()
        for key, field in section["properties"].items()
        if not field.get("description")
    ]


def test_every_key_is_known_with_the_sections_that_it_belongs_to():
    assert ("data.examples", "data.production") == homes()["licence"]
    assert ("candidates.NAME",) == homes()["rule"]
    assert set(Product.model_fields) == {key for key, sections in homes().items() if "" in sections}
