from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.spec.language import (
    Bound,
    LanguageError,
    Metric,
    Requirement,
    canonical,
    format_requirement,
    read_requirement,
)
from shipworthy.spec.quantity import Quantity

names = st.one_of(
    st.sampled_from(
        ["recall", "my col", "for", "where", "it's", 'a "b"', "ndcg@10", "Straße", "a.b", "5", "x)"]
    ),
    st.text(min_size=1, max_size=8),
)
quantities = st.builds(
    Quantity, st.decimals(-(10**9), 10**9, places=3), st.sampled_from(["", "%", "ms", "day", "USD"])
)
metrics = st.recursive(
    st.builds(Metric, names),
    lambda inner: st.builds(Metric, names, st.tuples(inner) | st.tuples(inner, quantities)),
    max_leaves=2,
)
bounds = st.builds(Bound, metrics, st.sampled_from([">=", "<=", ">", "<"]), quantities)
requirements = st.builds(
    Requirement,
    st.just(""),
    bounds,
    st.none() | bounds,
    st.lists(names, max_size=3).map(tuple),
    st.lists(st.tuples(names, st.text(max_size=6)), max_size=2).map(tuple),
    st.floats(0.5, 0.999999),
)


@given(requirements)
def test_a_requirement_reads_back_from_its_canonical_text(requirement):
    text = format_requirement(requirement)

    assert replace(requirement, text=text.strip()) == read_requirement(text)


@given(requirements)
def test_the_canonical_text_of_a_canonical_text_is_itself(requirement):
    once = canonical(requirement)

    assert once == canonical(once)


def error_of(text):
    """What is wrong with a text, or nothing."""
    try:
        read_requirement(text)
    except LanguageError as error:
        return error
    return None


@given(st.text())
def test_any_text_is_a_requirement_or_an_error_inside_the_text(text):
    error = error_of(text)

    assert error is None or 0 <= error.offset <= len(text)


@given(
    st.lists(
        st.sampled_from(
            [
                "recall",
                "p95",
                "(",
                ")",
                ",",
                ">=",
                "<=",
                "=",
                "0.8",
                "5",
                "%",
                "$",
                "at",
                "for",
                "every",
                "where",
                "and",
                "with",
                "confidence",
                "'a",
                "b",
            ]
        )
    )
)
def test_any_row_of_words_is_a_requirement_or_an_error_with_words(words):
    error = error_of(" ".join(words))

    assert error is None or str(error)


def test_a_requirement_has_all_its_parts():
    text = "recall >= 80 % at false_positive_rate <= 0.01 for every format, 'my col' where x = 5 and y = a with 99 % confidence"

    assert Requirement(
        text,
        Bound(Metric("recall"), ">=", Quantity(Decimal(80), "%")),
        Bound(Metric("false_positive_rate"), "<=", Quantity(Decimal("0.01"))),
        ("format", "my col"),
        (("x", "5"), ("y", "a")),
        0.99,
    ) == read_requirement(text)


def test_the_text_stays_as_it_was_written():
    assert "recall   >=  .80" == read_requirement("  recall   >=  .80 ").text


@pytest.mark.parametrize(("sign", "plain"), [("≥", ">="), ("≤", "<=")])
def test_mathematical_comparators_mean_the_same(sign, plain):
    assert f"recall {plain} 0.8" == format_requirement(read_requirement(f"recall {sign} 0.8"))


def test_a_bound_in_milliseconds_is_compared_with_a_column_of_seconds_in_seconds():
    assert 0.05 == read_requirement("p95(latency_s) <= 50 ms").bound.value


@pytest.mark.parametrize(
    ("text", "offset", "words", "remedy"),
    [
        ("", 0, "ends where a metric", ""),
        ("recall", 6, "ends where a comparator", ""),
        ("recall 0.8", 7, "'0.8' where a comparator", ""),
        ("recall => 0.8", 7, "'=>'", "'>='"),
        ("recall = 0.8", 7, "'='", "never exactly equal"),
        ("recall == 0.8", 7, "'=='", "never exactly equal"),
        ("recall >=", 9, "ends where a number", ""),
        ("recall >= 8 apples", 10, "unknown unit 'apples'", "Known are %"),
        ("recall >= 0.8 for each x", 18, "'each'", "'every'"),
        ("recall >= 0.8 for every", 23, "ends where a column", ""),
        ("recall >= 0.8 per country", 14, "'per'", "'for every'"),
        ("recall >= 0.8 for every my col", 27, "'col'", "quotes"),
        ("recall >= 0.8, precision >= 0.7", 13, "','", "one claim"),
        ("recall >= 0.8 where x = 2 for every y", 26, "'for'", "order"),
        ("recall >= 0.8 where day = 2012-01-01", 30, "'-01'", "quotes"),
        ("recall >= 0.8 where x > 2", 22, "'>'", ""),
        ("recall >= 0.8 with 95 %", 23, "ends where the word 'confidence'", ""),
        ("recall >= 0.8 with 30 % confidence", 19, "not a confidence", "99 % confidence"),
        ("gap(recall, x <= 0.05", 14, "closing parenthesis", ""),
        ("a(b(c(d(e)))) > 1", 7, "too often", ""),
        ("'recall >= 0.8", 0, "does not belong", "Close the quotes"),
        ("recall >= 0.8 for every x;", 25, "';'", "quotes"),
        ("'' >= 1", 0, "a metric", ""),
        ("recall >= 1e99999", 10, "too large", "digits"),
    ],
)
def test_what_does_not_parse_says_what_where_and_what_was_meant(text, offset, words, remedy):
    with pytest.raises(LanguageError) as caught:
        read_requirement(text)

    assert offset == caught.value.offset
    assert words in str(caught.value)
    assert remedy in caught.value.remedy
