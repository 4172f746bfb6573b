"""The readiness card: the worst first, each number that of its record, nothing read as markup."""

import re
from dataclasses import replace

import pytest

from shipworthy.documents import disagreements, readiness_card
from shipworthy.documents.bars import HEIGHT, WIDTH, bars
from shipworthy.documents.readiness import card_lines, headline
from shipworthy.errors import InputError
from shipworthy.evidence import (
    Audit,
    ColumnProfile,
    DataFacts,
    Estimate,
    Finding,
    PersonalKind,
    Provenance,
    Record,
    TimeBin,
)
from shipworthy.spec.reading import read_product

PRODUCT = read_product(
    "product: Mail <shield>\nowner: Trust\npredicts: {target: spam}\n"
    "data: {examples: {source: mail.csv, owner: mail team, licence: CC0}}\nrequirements: [recall >= 0.5]\n",
    "product.yaml",
)
TIME = "2026-11-22T07:48:17.123456Z"
INPUTS = Provenance("spec", (DataFacts("examples", "mail.csv", "f00", 1_234),), {}, "0.1.0", 0, "duckdb")
RED = Finding(
    "missing",
    "<b>size</b>",
    "red",
    "9.7 % | of rows",
    100,
    ("m1", "m2"),
    "100 rows to mend",
    "Ask why.",
    "missing(size) <= 5 %",
)
AMBER = Finding("personal", "examples", "amber", "nobody said", next_step="Say it.")


def green(column):
    return Finding(
        "missing", column, "green", "0 %", 0, requirement=f"missing({column}) <= 20 %", default=True
    )


def estimate(metric, value, low, high):
    return Estimate(
        "examples", metric, {"format": "html"}, value, low, high, 0.95, low, high, 0.95, 531, 531, "wilson"
    )


AUDIT = Audit(
    1_234,
    (),
    (green("a"), AMBER, RED, green("b"), green("c")),
    (ColumnProfile("size", "number", 1_234, 100, 876, 0.5, 99.25), ColumnProfile("format", "text", 1_234, 0, 2, values=(("html", 700), ("<i>", 534)))),
    (estimate("rows", 531.0, 531.0, 531.0), estimate("labelled", 0.9123, 0.885, 0.9333)),
    "day",
    (TimeBin("2026-01-01", 100, 100, 10), TimeBin("2026-01-03", 50, 25, 5)),
    ("rows are taken as a sample",),
)  # fmt: skip
RECORD = Record("audit", TIME, INPUTS, audit=AUDIT)


def test_the_worst_comes_first_and_what_is_alike_and_green_is_one_line():
    lines = card_lines(AUDIT)
    assert ["red", "amber", "green"] == [line.colour for line in lines]
    assert ("missing(…) <= 20 %", "met for 3 columns: a, b and c", True) == (
        lines[2].title, lines[2].told, lines[2].default)  # fmt: skip


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ((RED, AMBER), ("red", "Not ready: 1 thing to mend")),
        ((AMBER, AMBER), ("amber", "Nothing is known to be wrong, and 2 things to look at")),
        ((green("a"),), ("green", "Ready: nothing was found that stands against these data")),
    ],
)
def test_the_headline_is_the_worst_that_was_found(findings, expected):
    assert expected == headline(Audit(10, (), findings))


def test_every_number_of_its_tables_is_that_of_the_record():
    html = readiness_card(PRODUCT, RECORD).html
    assert () == disagreements(html, RECORD)
    assert () != disagreements(html.replace(">91.2", ">93.2"), RECORD)


def test_what_people_wrote_is_never_markup():
    card = readiness_card(PRODUCT, RECORD)
    assert "<b>size</b>" not in card.html
    assert "&lt;i&gt;" in card.html
    assert "Mail <shield>" not in card.html
    assert "\\|" in card.markdown


def test_the_page_loads_nothing_and_runs_nothing():
    html = readiness_card(PRODUCT, RECORD).html
    assert not re.search(r"(?:src|href)=|<script", html)
    assert "default-src 'none'" in html


def test_bars_leave_room_for_days_without_rows_and_fit_the_page():
    drawn = bars("day", AUDIT.timeline)
    first, last = drawn.bars
    assert 0 == first.x
    assert last.x == pytest.approx(2 * WIDTH / 3, abs=0.01)
    assert last.x + last.width <= WIDTH
    assert (HEIGHT, HEIGHT / 2, HEIGHT / 4) == (first.height, last.height, last.labelled)


def test_a_record_without_an_audit_has_no_card():
    with pytest.raises(InputError, match="holds no audit"):
        readiness_card(PRODUCT, Record("decide", TIME, INPUTS))


def test_the_kinds_of_personal_data_that_were_looked_for_are_told_once():
    many = tuple(f"X{at}" for at in range(30))
    kinds = (
        PersonalKind("iban", "bank account", many, ("any",), "its <check>", "small letters"),
        PersonalKind("name", "person's name", ("any",), ("English", "German"), "a title", "running text"),
    )
    card = readiness_card(PRODUCT, Record("audit", TIME, INPUTS, audit=replace(AUDIT, looked_for=kinds)))
    for page in (card.html, card.markdown):
        assert 1 == page.count("30 countries")
        assert "English, German" in page
        assert "running text" in page
    assert "its &lt;check&gt;" in card.html
