from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.errors import InputError
from shipworthy.spec.reading import read_product
from shipworthy.spec.starter import ColumnFacts, starter

LABEL = ColumnFacts("spam", "number", 1000, 10, 2, (("0", 900), ("1", 90)))
names = st.text(min_size=1, max_size=10).filter(str.strip) | st.sampled_from(
    ["no", "1", "my col", "it's", "for", "a: b"]
)


def column(name, kind, distinct=3, nulls=0):
    return ColumnFacts(name, kind, 1000, nulls, distinct)


def proposed(*columns, label=LABEL):
    return read_product(starter([*columns, label], label.name, "data/mail.csv", "Mail"), "p")


@given(
    st.lists(
        st.builds(
            ColumnFacts,
            names,
            st.sampled_from(["number", "boolean", "category", "text", "time", "id"]),
            st.just(1000),
            st.sampled_from([0, 10]),
            st.sampled_from([1, 2, 9, 300, 1000]),
        ),
        unique_by=lambda facts: facts.name,
    ),
    names,
    st.tuples(names, names).filter(lambda pair: pair[0] != pair[1]),
    names,
)
def test_whatever_the_columns_are_called_the_proposal_reads(columns, label, values, source):
    facts = ColumnFacts(label, "category", 1000, 0, 2, ((values[0], 600), (values[1], 400)))
    others = [each for each in columns if each.name != label]

    product = read_product(starter([*others, facts], label, source, source), "p")

    assert (label, source) == (product.predicts.target, product.data.examples.source)
    assert product.predicts.positive in values
    assert {segment.column for segment in product.segments} <= {each.name for each in others}
    assert 3 == len(product.requirements)


def test_a_proposal_has_everything_that_the_columns_are_good_for():
    product = proposed(
        column("mail_id", "id", 1000),
        column("when", "time", 900),
        column("sender", "category", 12),
        column("format", "category", 2),
        column("language", "category", 5),
        column("weekday", "category", 7),
        column("body", "text", 990),
        column("size", "number", 500),
        column("checksum", "text", 1000),
    )

    examples = product.data.examples
    assert ("mail_id", "when") == (examples.id, examples.time)
    assert product.data.split
    assert "time" == product.data.split.by
    assert ["format", "language", "weekday"] == [segment.column for segment in product.segments]
    assert ["logistic_regression", "gradient_boosting"] == [
        each.train for each in product.candidates.values()
    ]
    assert [(("body",), ("checksum",))] * 2 == [
        (each.text, each.drop) for each in product.candidates.values()
    ]
    assert ["recall >= 0.70", "precision >= 0.55", "recall >= 0.60 for every format"] == [
        requirement.text for requirement in product.requirements
    ]


def test_a_table_of_a_database_is_named_beside_its_source():
    text = starter([LABEL], "spam", "postgresql://host/mail", "Mail", table="all mails")

    examples = read_product(text, "p").data.examples
    assert ("postgresql://host/mail", "all mails") == (examples.source, examples.table)


def test_without_a_time_rows_are_divided_at_random():
    split = proposed(column("size", "number")).data.split

    assert split
    assert ("random", 0) == (split.by, split.seed)


def test_without_segments_the_third_requirement_is_about_time():
    assert "p95(latency_ms) <= 100 ms" == proposed().requirements[2].text


@pytest.mark.parametrize(
    ("kind", "values", "positive"),
    [
        ("number", (("0", 900), ("1", 100)), 1),
        ("number", (("1", 900), ("0", 100)), 1),
        ("number", (("2", 900), ("7", 100)), 7),
        ("boolean", (("True", 900), ("False", 100)), True),
        ("boolean", (("false", 900), ("true", 100)), True),
        ("category", (("ham", 900), ("spam", 100)), "spam"),
        ("category", (("spam", 900), ("ham", 100)), "spam"),
        ("category", (("no", 900), ("yes", 100)), "yes"),
        ("category", (("0", 900), ("1", 100)), "1"),
        ("category", (("stays", 900), ("leaves", 100)), "leaves"),
    ],
)
def test_the_positive_value_is_the_one_that_says_yes_or_the_rarer_one(kind, values, positive):
    found = proposed(label=ColumnFacts("y", kind, 1000, 0, 2, values)).predicts.positive

    assert (type(positive), positive) == (type(found), found)


@pytest.mark.parametrize(("positives", "precision"), [(20, 0.51), (500, 0.75), (900, 0.95), (999, 0.99)])
def test_the_precision_asked_for_lies_halfway_between_chance_and_certainty(positives, precision):
    label = ColumnFacts("y", "category", 1000, 0, 2, (("no", 1000 - positives), ("yes", positives)))

    assert precision == pytest.approx(proposed(label=label).requirements[1].bound.value, abs=0.006)


def test_the_comments_tell_how_many_rows_will_judge():
    text = starter([LABEL], "spam", "mail.csv", "Mail")

    assert "# 9.1 % of 990 labelled rows are positive." in text
    assert "# About 297 rows judge, 27 of them positive." in text


@pytest.mark.parametrize(("values", "distinct"), [((("a", 5),), 1), ((), 400), ((), 0)])
def test_a_label_that_asks_for_no_kind_of_answer_is_refused(values, distinct):
    with pytest.raises(InputError, match=f"has {distinct} different values") as caught:
        proposed(label=ColumnFacts("y", "category", 1000, 0, distinct, values))

    assert "new.no_kind" == caught.value.problem.code


@pytest.mark.parametrize(
    ("column_kind", "distinct", "kind"),
    [
        ("category", 3, "multiclass"),
        ("category", 50, "multiclass"),
        ("number", 4, "multiclass"),
        ("number", 21, "regression"),
        ("number", 700, "regression"),
    ],
)
def test_the_kind_of_answer_follows_from_the_values_of_the_label(column_kind, distinct, kind):
    label = ColumnFacts("y", column_kind, 1000, 0, distinct)

    assert kind == proposed(label=label).predicts.kind


def test_an_unknown_label_is_met_with_the_nearest_column():
    with pytest.raises(InputError, match="Did you mean 'spam'"):
        starter([LABEL], "spm", "mail.csv", "Mail")
