"""A rule says what its text says, on every engine, and nothing else gets through."""

from __future__ import annotations

import math
from typing import Any

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shipworthy.errors import InputError
from shipworthy.query.engine import remote_engine
from shipworthy.query.rule import read_rule, rule_kind, rule_value
from shipworthy.query.rule_checks import MOST_CHARACTERS, MOST_DEPTH, MOST_NESTING
from shipworthy.query.rule_forms import FUNCTIONS

ROWS = """
SELECT * FROM (VALUES
  (1, CAST(2 AS BIGINT), CAST(2.5 AS DOUBLE PRECISION), CAST(-1.25 AS DOUBLE PRECISION), 'yes', 'ab%', TRUE, FALSE, 'x'),
  (2, 0, 0.0, 3.0, ' No ', '', FALSE, TRUE, 'y'),
  (3, -7, -0.5, 1e9, 'YES', 'a_b', TRUE, TRUE, NULL),
  (4, 5, 1234.5678, 0.0, 'naïve ñ', 'yes', FALSE, FALSE, 'x'),
  (5, NULL, 2.5, NULL, NULL, 'b', NULL, TRUE, 'x'),
  (6, 3, NULL, 2.0, 'a', NULL, TRUE, NULL, 'y'),
  (7, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
) AS v(id, n, x, y, s, t, b, c, "odd name")
"""
COLUMNS = ("id", "n", "x", "y", "s", "t", "b", "c", "odd name")


@pytest.fixture(scope="module")
def table():
    con = ibis.duckdb.connect()
    con.raw_sql(f"CREATE TABLE rows AS {ROWS}")
    return con.table("rows")


def answers(text, table):
    value = rule_value(read_rule(text, table.columns), table)
    return table.select("id", answer=value).order_by("id")["answer"].to_pyarrow().to_pylist()


def raw(text, table):
    """What DuckDB says to the same text; unknown truth is false."""
    con = table.get_backend()
    found = [row[0] for row in con.raw_sql(f"SELECT {text} FROM rows ORDER BY id").fetchall()]
    return [bool(value) for value in found] if any(isinstance(value, bool) for value in found) else found


def same(expected, found):
    return len(expected) == len(found) and all(map(_alike, expected, found))


def _alike(one, other):
    if one is None or other is None or isinstance(one, str):
        return one == other
    return math.isclose(one, other, rel_tol=1e-12) or (math.isnan(one) and math.isnan(other))


AS_DUCKDB = [
    "s = 'yes' OR x > 2",
    "NOT s = 'yes'",
    "NOT b AND c OR b",
    "b OR c AND n > 2",
    "n + 2 * n - 4",
    "-n - -3",
    "n - 1 - 2",
    "n % 4 + 1",
    "n <> 2 AND n != 3 AND n == 5",
    "n >= 2 AND n <= 5",
    "n IN (2, -7)",
    "n NOT IN (2, 3)",
    "n IN (2.0, 5)",
    "x IN (2.5, 3)",
    "s IN ('yes', 'it''s')",
    "s NOT IN ('yes')",
    "b IN (TRUE)",
    "n BETWEEN 0 AND 3",
    "n NOT BETWEEN 0 AND 3",
    "n BETWEEN x AND y",
    "n IS NULL",
    "n IS NOT NULL AND s IS NULL",
    "NOT n IS NULL",
    "b",
    "NOT b",
    "b = c",
    "b <> c",
    "n > x",
    "n = 2.0",
    "x = 2.5",
    "s = t",
    "s LIKE 'y%'",
    "s NOT LIKE 'y%'",
    "s LIKE '%e_'",
    "s ILIKE 'Y%'",
    "s NOT ILIKE 'Y%'",
    "t LIKE 'a_b'",
    "lower(s) = 'yes'",
    "upper(s) LIKE 'YES%'",
    "trim(s) = 'No'",
    "length(s)",
    "length(s) + 1 > 4",
    "contains(t, '%')",
    "contains(s, '')",
    "starts_with(s, 'y')",
    "ends_with(s, 's')",
    "contains(s, t)",
    "abs(n)",
    "abs(x)",
    "floor(x)",
    "ceil(x)",
    "ceiling(y)",
    "round(x)",
    "round(x, 2)",
    "round(n)",
    "least(n, x, 1)",
    "greatest(x, y)",
    "coalesce(n, 0)",
    "coalesce(x, y, 1.5)",
    "coalesce(b, FALSE)",
    "nullif(n, 2)",
    "nullif(s, 'yes') IS NULL",
    "power(n, 2)",
    "pow(x, 2)",
    "exp(n)",
    "sqrt(abs(x))",
    "ln(abs(n) + 1)",
    "CASE WHEN n > 2 THEN 1 WHEN b THEN 2 ELSE 0 END",
    "CASE WHEN n > 2 THEN 1 END",
    "CASE s WHEN 'yes' THEN 1.5 WHEN 'a' THEN 2 ELSE NULL END",
    "CASE WHEN b THEN NULL ELSE x END",
    "CASE WHEN b THEN c ELSE n > 2 END",
    "CASE WHEN s IS NULL THEN 'none' ELSE s END = 'none'",
    "CAST(n AS DOUBLE)",
    "CAST(b AS INTEGER) + CAST(c AS INTEGER)",
    "n::TEXT = '2'",
    "CAST(b AS VARCHAR) = 'true'",
    "CAST(s AS TEXT) = 'yes'",
    "\"odd name\" = 'x'",
    'N > 2 AND "n" > 2',
    "x / 4",
    "n / 2",
    "TRUE",
    "1 = 1",
    "1_000 + .5",
]


@pytest.mark.parametrize("text", AS_DUCKDB)
def test_a_rule_means_what_duckdb_makes_of_the_same_text(text, table):
    assert same(raw(text, table), answers(text, table))


WITHOUT_ANSWER = [
    ("n / 0", "NULL::DOUBLE"),
    ("x / n", "CASE WHEN n <> 0 THEN x / n END"),
    ("n % 0", "NULL::BIGINT"),
    ("ln(x)", "CASE WHEN x > 0 THEN ln(CASE WHEN x > 0 THEN x END) END"),
    ("sqrt(x)", "sqrt(CASE WHEN x >= 0 THEN x END)"),
    ("exp(y)", "exp(CASE WHEN y > 700 THEN 700 ELSE y END)"),
    ("1 / (1 + exp(-y))", "1 / (1 + exp(CASE WHEN -y < -700 THEN -700 ELSE -y END))"),
    ("power(x, 0.5)", "power(CASE WHEN x >= 0 THEN x END, 0.5)"),
    ("power(x, -1)", "power(CASE WHEN x <> 0 THEN x END, -1)"),
    ("power(y, 100)", "power(CASE WHEN y < 1e7 THEN y END, 100)"),
    ("round(-x)", "round(-x)"),
    ("n % nullif(n, 2)", "n % CASE WHEN n <> 2 THEN n END"),
]


@pytest.mark.parametrize(("text", "meaning"), WITHOUT_ANSWER)
def test_where_arithmetic_has_no_answer_the_value_is_unknown_and_nothing_stops(text, meaning, table):
    assert same(raw(meaning, table), answers(text, table))


BOOLEANS_COMPARED = [
    "(NOT b) = c",
    "(NOT b) IS NULL",
    "b = (n IN (2, 5))",
    "(s LIKE 'y%') = b",
    "(n IS NULL) = c",
    "(NOT b) IN (TRUE)",
    "CASE NOT b WHEN c THEN 1 ELSE 0 END",
]


@pytest.mark.parametrize("text", BOOLEANS_COMPARED)
def test_truths_are_compared_as_their_parentheses_say(text, table):
    assert same(raw(text, table), answers(text, table))


@pytest.fixture
def postgres_table(postgres_url):
    con = ibis.connect(postgres_url)
    con.raw_sql(f"CREATE TEMP TABLE rule_rows AS {ROWS}").close()
    yield con.sql("SELECT * FROM rule_rows")
    con.disconnect()


def test_postgresql_gives_the_same_answers(table, postgres_table):
    for text in [*AS_DUCKDB, *BOOLEANS_COMPARED, *(text for text, _ in WITHOUT_ANSWER)]:
        assert same(answers(text, table), answers(text, postgres_table)), text


def test_spark_gives_the_same_answers(table, spark_cluster):
    engine = remote_engine(spark_cluster.connect)
    there = engine.lent(table.to_pyarrow(), "rule_rows")
    texts = [*AS_DUCKDB, *BOOLEANS_COMPARED, *(text for text, _ in WITHOUT_ANSWER)]
    values = {f"v{n}": rule_value(read_rule(text, there.columns), there) for n, text in enumerate(texts)}
    found = engine.run(there.select("id", **values).order_by("id"), "testing")
    differing = [
        text for n, text in enumerate(texts) if not same(answers(text, table), found[f"v{n}"].to_pylist())
    ]
    assert [] == differing


def test_a_rule_whose_truth_is_unknown_does_not_fire(table):
    assert [False] * 7 == answers("n > 100 OR nullif(1, 1) = 1", table)
    assert [True, False, True, False, False, True, False] == answers("b", table)


def test_small_whole_numbers_do_not_overflow_and_decimals_are_doubles():
    con = ibis.duckdb.connect()
    con.raw_sql("CREATE TABLE small AS SELECT 127::TINYINT AS a, 1.5::DECIMAL(9, 2) AS d, 7::UBIGINT AS u")
    table = con.table("small")
    value = rule_value(read_rule("a + a * a + 1 + d + u", table.columns), table)
    assert [127 + 127 * 127 + 1 + 1.5 + 7] == table.select(v=value)["v"].to_pyarrow().to_pylist()


def test_dates_can_be_compared_with_each_other_and_be_unknown():
    con = ibis.duckdb.connect()
    con.raw_sql(
        "CREATE TABLE d AS SELECT TIMESTAMP '2024-01-01' AS sent, TIMESTAMP '2024-01-02' AS read, NULL::DATE AS paid"
    )
    table = con.table("d")
    value = rule_value(
        read_rule("sent < read AND paid IS NULL AND sent BETWEEN sent AND read", table.columns), table
    )
    assert [True] == table.select(v=value)["v"].to_pyarrow().to_pylist()


@pytest.mark.parametrize(
    ("text", "kind"), [("b", "boolean"), ("n + 1", "number"), ("x", "number"), ("s = t", "boolean")]
)
def test_the_kind_is_known_from_the_types_of_the_table(text, kind, table):
    assert kind == rule_kind(read_rule(text, table.columns), table)


def test_a_rule_knows_its_columns_by_their_exact_names(table):
    rule = read_rule("N > 1 AND \"ODD NAME\" = 'x' OR n IS NULL", table.columns)
    assert ("n", "odd name") == rule.columns
    assert read_rule("n > 1", ["n"]) == read_rule("n > 1", ("n", "x"))


def test_a_prefix_stands_before_the_names_in_the_table(table):
    prefixed = table.rename(lambda name: f"c:{name}")
    value = rule_value(read_rule("n > 2", COLUMNS), prefixed, prefix="c:")
    assert [4, 6] == sorted(prefixed.filter(value)["c:id"].to_pyarrow().to_pylist())


def test_names_that_differ_in_case_only_are_told_apart_by_exact_spelling():
    assert ("A",) == read_rule("A > 1", ["a", "A"]).columns
    with pytest.raises(InputError, match="no column"):
        read_rule("Ab > 1", ["AB", "ab"])


numbers = st.one_of(
    st.sampled_from([("n", "n"), ("x", "x"), ("y", "y"), ("id", "id::BIGINT")]),
    st.integers(0, 9).map(lambda value: (str(value), f"{value}::BIGINT")),
    st.sampled_from(["0.5", "2.5", "1e2", ".25"]).map(lambda text: (text, f"{text}::DOUBLE")),
)
texts = st.sampled_from([(piece, piece) for piece in ("s", "t", "'yes'", "''", "'a_b'", "' No '", "'%'")])
truths = st.sampled_from([(piece, piece) for piece in ("b", "c", "TRUE", "FALSE")])


def written(template, *parts):
    """The same template filled with the parts as a rule has them, and as DuckDB is asked."""
    return tuple(template.format(*(part[side] for part in parts)) for side in (0, 1))


def from_templates(templates, *parts):
    return st.builds(written, st.sampled_from(templates), *parts)


def larger(numbers, texts, truths):
    divided = st.builds(
        lambda a, b: (f"({a[0]} / {b[0]})", f"({a[1]} / nullif({b[1]}::DOUBLE, 0))"), numbers, numbers
    )
    logged = st.builds(lambda a: (f"ln({a[0]})", f"ln(CASE WHEN {a[1]} > 0 THEN {a[1]} END)"), numbers)
    two = [
        "({0} + {1})",
        "({0} - {1})",
        "({0} * {1})",
        "least({0}, {1})",
        "greatest({0}, {1})",
        "coalesce({0}, {1})",
        "nullif({0}, {1})",
    ]
    choice = ["CASE WHEN {0} THEN {1} ELSE {2} END", "CASE WHEN {0} THEN {1} WHEN NOT {0} THEN {2} END"]
    number = st.one_of(
        from_templates(two, numbers, numbers),
        from_templates(["(-{0})", "abs({0})", "floor({0})", "ceil({0})"], numbers),
        from_templates(["length({0})"], texts),
        from_templates(["CAST({0} AS INTEGER)", "CAST({0} AS DOUBLE)"], truths),
        from_templates(choice, truths, numbers, numbers),
        divided,
        logged,
    )
    text = st.one_of(
        from_templates(["lower({0})", "upper({0})", "trim({0})"], texts),
        from_templates(["coalesce({0}, {1})", "nullif({0}, {1})"], texts, texts),
        from_templates(choice, truths, texts, texts),
    )
    truth = st.one_of(
        from_templates([f"({{0}} {sign} {{1}})" for sign in ("=", "<>", "<", "<=", ">", ">=")], numbers, numbers),
        from_templates(["({0} BETWEEN {1} AND {2})", "({0} NOT BETWEEN {1} AND {2})"], numbers, numbers, numbers),
        from_templates(["({0} IS NULL)", "({0} IS NOT NULL)", "({0} IN (1, 2.5, -7))", "({0} NOT IN (0, 5))"], numbers),
        from_templates(["({0} = {1})", "({0} <> {1})", "contains({0}, {1})", "starts_with({0}, {1})", "ends_with({0}, {1})"], texts, texts),
        from_templates(["({0} LIKE 'y%')", "({0} NOT LIKE '_es')", "({0} ILIKE '%S')", "({0} IN ('yes', 'b'))", "({0} IS NULL)"], texts),
        from_templates(["({0} AND {1})", "({0} OR {1})", "({0} = {1})", "(NOT {0} OR {1})"], truths, truths),
        from_templates(["(NOT {0})", "({0} IS NULL)"], truths),
    )  # fmt: skip
    return number, text, truth


def grown(rounds):
    kinds: tuple[Any, ...] = (numbers, texts, truths)
    for _ in range(rounds):
        kinds = tuple(st.one_of(small, large) for small, large in zip(kinds, larger(*kinds), strict=True))
    return kinds


NUMBER, TEXT, TRUTH = grown(3)


@given(st.one_of(NUMBER, TRUTH))
@settings(max_examples=200, deadline=None)
def test_any_rule_means_what_duckdb_makes_of_it(table, pair):
    text, meaning = pair
    expected = raw(meaning, table)
    found = answers(text, table)
    assert same([bool(value) for value in expected] if isinstance(found[0], bool) else expected, found)


@given(
    st.text(max_size=20)
    | st.text(
        alphabet=st.sampled_from("nxsb01.'\"()+-*/%=<>,; \nANDORNOT_é\uff1b\u202e\0[]{}?:$@^|&"), max_size=40
    )
)
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_rule_or_an_error_that_teaches(table, text):
    codes = [found.code for found in problems(text, table)]
    assert all(code.startswith("rule.") for code in codes)


def problems(text, table):
    try:
        rule_value(read_rule(text, table.columns), table)
    except InputError as problem:
        return problem.problems
    return ()


ATTACKS = [
    ("rule.symbol", "1=1; DROP TABLE x"),
    ("rule.symbol", "b;"),
    ("rule.symbol", "b \uff1bDROP TABLE x"),
    ("rule.not_allowed", "(SELECT count(*) FROM rows) > 1"),
    ("rule.not_allowed", "n IN (SELECT 1)"),
    ("rule.function", "EXISTS (SELECT 1)"),
    ("rule.syntax", "n FROM rows"),
    ("rule.syntax", "n UNION SELECT 1"),
    ("rule.syntax", "b) OR (b"),
    ("rule.syntax", "SELECT 1"),
    ("rule.syntax", "DROP TABLE rows"),
    ("rule.syntax", "b LIMIT 1"),
    ("rule.syntax", "n AS m"),
    ("rule.syntax", "s = 'open"),
    ("rule.syntax", ""),
    ("rule.syntax", "   "),
    ("rule.function", "read_csv('/etc/passwd')"),
    ("rule.function", "read_text('/etc/passwd') = s"),
    ("rule.function", "pg_read_file('/etc/passwd') = s"),
    ("rule.function", "getenv('HOME') = s"),
    ("rule.function", "current_setting('secret_directory') = s"),
    ("rule.function", "query('DROP TABLE rows')"),
    ("rule.function", "sum(n) > 1"),
    ("rule.function", "count(*) > 1"),
    ("rule.function", "max(n)"),
    ("rule.not_allowed", "row_number() OVER () = 1"),
    ("rule.symbol", "lag(n) OVER (ORDER BY n) > 1"),
    ("rule.function", "random() < 0.5"),
    ("rule.function", "regexp_matches(s, 'x')"),
    ("rule.function", "unnest(n)"),
    ("rule.function", "isnan(x)"),
    ("rule.function", "log(x)"),
    ("rule.not_allowed", "*"),
    ("rule.not_allowed", "rows.n > 1"),
    ("rule.not_allowed", "main.rows.n > 1"),
    ("rule.function", "TRY_CAST(s AS INTEGER) = 1"),
    ("rule.not_allowed", "abs(DISTINCT n)"),
    ("rule.not_allowed", "trim(s, 'x') = 'y'"),
    ("rule.not_allowed", "trim(LEADING 'x' FROM s) = 'y'"),
    ("rule.not_allowed", "floor(x, 2)"),
    ("rule.not_allowed", "n BETWEEN SYMMETRIC 3 AND 1"),
    ("rule.not_allowed", "s LIKE 'a' ESCAPE '!'"),
    ("rule.function", "s COLLATE nocase = 'a'"),
    ("rule.not_allowed", "INTERVAL 1 DAY"),
    ("rule.not_allowed", "E'a' = s"),
    ("rule.not_allowed", "n IS DISTINCT FROM 1"),
    ("rule.not_allowed", "(n, x)"),
    ("rule.symbol", "x -> x + 1"),
    ("rule.symbol", "n = ?"),
    ("rule.symbol", "n = $1"),
    ("rule.symbol", "n = :p"),
    ("rule.symbol", "n[1] = 2"),
    ("rule.symbol", "{'a': 1}"),
    ("rule.symbol", "n ^ 2"),
    ("rule.symbol", "n ** 2"),
    ("rule.symbol", "s || t = 'x'"),
    ("rule.symbol", "s ~ 'x'"),
    ("rule.symbol", "n // 2"),
    ("rule.comment", "b -- always"),
    ("rule.comment", "/* hidden */ b"),
    ("rule.comment", "b AND /* hidden */ c"),
    ("rule.comment", "b AND c\n-- always"),
    ("rule.hidden", "s = 'yes\u202e' OR b"),
    ("rule.hidden", "s = '\0'"),
    ("rule.symbol", "n > \u00b2"),
    ("rule.unknown_column", "\u0455 = 'yes'"),
    ("rule.symbol", "n\u200b = 1"),
    ("rule.unknown_column", 's = "yes"'),
    ("rule.too_long", "n = 1 OR " * MOST_CHARACTERS + "b"),
    ("rule.too_deep", "(" * 5000 + "b" + ")" * 4000),
    ("rule.too_deep", "(" * 26 + "b" + ")" * 26),
    ("rule.too_deep", "NOT " * 2000 + "b"),
    ("rule.too_deep", "- " * 2000 + "n"),
    ("rule.too_deep", "CASE WHEN " * 300 + "b" + " THEN b END" * 300),
    ("rule.too_deep", " OR ".join(["b"] * 200)),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), ATTACKS, ids=[text[:40] for _, text in ATTACKS])
def test_what_is_not_on_the_list_is_refused_with_a_way_out(code, text, table):
    with pytest.raises(InputError) as caught:
        read_rule(text, table.columns)
    assert code == caught.value.problem.code
    assert caught.value.problem.remedy
    assert len(str(caught.value)) < 1500


MISFITS = [
    ("x % 2", "% takes whole numbers"),
    ("n = NULL", "write IS NULL"),
    ("n IN (1, NULL)", "IN goes with"),
    ("n IN (x)", "IN goes with"),
    ("n IN ()", "IN goes with"),
    ("n = s", "a number and a text do not go together"),
    ("n = 'two'", "a number and a text do not go together"),
    ("b = 1", "true or false and a number do not go together"),
    ("n AND b", "true or false is needed where a number stands: n AND b"),
    ("NOT n", "true or false is needed"),
    ("n + b", "a number is needed where true or false stands"),
    ("1 < n < 3", "is needed where true or false stands"),
    ("s < 'b'", "is needed where a text stands"),
    ("lower(n) = 'x'", "a text is needed"),
    ("s LIKE t", "a pattern in quotes"),
    ("s LIKE 'a\\%'", "without a backslash"),
    ("n LIKE '1'", "a text is needed"),
    ("b IS TRUE", "IS goes with NULL only"),
    ("CAST(x AS INTEGER) = 1", "write round"),
    ("CAST(s AS DOUBLE) = 1", "engines differ"),
    ("CAST(x AS TEXT) = '1'", "engines differ"),
    ("CAST(n AS DATE) IS NULL", "CAST goes with"),
    ("CASE WHEN b THEN 1 ELSE 'x' END", "do not go together"),
    ("CASE WHEN b THEN NULL END", "nothing but NULL"),
    ("CASE n WHEN 'x' THEN 1 END", "do not go together"),
    ("round(x, 1.5)", "whole number of decimals"),
    ("round(x, 10)", "0 to 9 decimals"),
    ("n > 1e999", "too large"),
    (f"n > {'9' * 9000}", "too large"),
    ("s", "gives a text"),
    ("NULL", "NULL stands only"),
]


@pytest.mark.parametrize(("text", "message"), MISFITS)
def test_values_that_do_not_fit_are_named_with_the_piece_that_holds_them(text, message, table):
    with pytest.raises(InputError, match=message) as caught:
        rule_value(read_rule(text, table.columns), table)
    assert "rule.type" == caught.value.problem.code


def test_an_unknown_column_is_answered_with_the_nearest_one(table):
    with pytest.raises(InputError) as caught:
        read_rule("winer = 'yes'", ["winner", "dollar"])
    assert "'winer'" in caught.value.problem.message
    assert "Did you mean 'winner'?" in caught.value.problem.remedy


def test_an_unknown_function_is_answered_with_those_that_there_are(table):
    with pytest.raises(InputError) as caught:
        read_rule("lowercase(s) = 'yes'", table.columns)
    assert "lowercase" in caught.value.problem.message
    assert all(name in caught.value.problem.remedy for name in FUNCTIONS)


def test_a_table_without_the_column_is_told_so(table):
    with pytest.raises(InputError, match="no column"):
        rule_value(read_rule("missing > 1", ["missing"]), table)


def test_the_deepest_rules_that_are_read_also_run(table):
    nested = "(" * MOST_NESTING + "b" + ")" * MOST_NESTING
    chain = " OR ".join(["n = 2"] * (MOST_DEPTH - 4))
    assert answers("b", table) == answers(nested, table)
    assert answers("n = 2", table) == answers(chain, table)


def test_words_of_sql_are_columns_where_the_table_has_them():
    names = ["number", "format", "time", "image", "order", "from", "left"]
    assert ("from", "left", "number") == read_rule(
        "number = 1 AND \"from\" = 'x' AND left > 1", names
    ).columns


def test_the_text_never_reaches_the_engine(table):
    value = rule_value(read_rule("s = 'it''s; DROP TABLE rows --'", table.columns), table)
    assert [False] * 7 == table.select(v=value)["v"].to_pyarrow().to_pylist()
    assert 7 == table.count().to_pyarrow().as_py()
