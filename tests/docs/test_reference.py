"""The reference says all that the source says, and no more."""

import json
import re

import ibis
import pytest

from scripts.pages.codes import error_codes
from scripts.pages.markdown import DOCS, blocks, name_of, pages, regions, tables
from scripts.pages.reference import GENERATED, refreshed, sections, verbs
from scripts.pages.running import outcome
from shipworthy.errors import InputError
from shipworthy.judge import claim_of
from shipworthy.query.rule import read_rule, rule_value
from shipworthy.query.rule_forms import FUNCTIONS
from shipworthy.spec.language import LanguageError, read_requirement
from shipworthy.spec.model import Value
from shipworthy.spec.reading import read_product
from shipworthy.spec.schema import product_schema
from shipworthy.spec.task import Task
from shipworthy.workbench.metrics import metrics

REFERENCE = DOCS / "reference"


def page(name):
    return (REFERENCE / f"{name}.md").read_text(encoding="utf-8")


def codes(cell):
    return re.findall(r"`([^`]+)`", cell)


def first_column(text, head):
    """The code of the first cells of the table with this head."""
    [table] = [table for table in tables(text) if table[0][0] == head]
    return [codes(row[0])[0] for row in table[1:]]


@pytest.mark.parametrize("path", pages(), ids=name_of)
def test_generated_parts_are_fresh(path, locked):
    text = path.read_text(encoding="utf-8")
    assert refreshed(text) == text, "run: python scripts/make_docs.py"


def test_all_that_can_be_generated_is_on_some_page():
    asked = [name for path in pages() for name in regions(path.read_text(encoding="utf-8"))]
    assert sorted(GENERATED) == sorted(asked)


@pytest.mark.parametrize("verb", [verb for verb in verbs() if verb != "completion"])
def test_every_verb_has_a_guide_that_runs_it(verb):
    text = (DOCS / "guides" / f"{verb}.md").read_text(encoding="utf-8")
    commands = [line for block in blocks(text) if block.language == "console" for line in block.lines]
    assert any(line.startswith(f"$ shipworthy {verb}") for line in commands)
    assert "## Common mistakes" in text or verb == "completion"


def test_there_is_no_guide_to_a_verb_that_does_not_exist():
    assert {guide.stem for guide in (DOCS / "guides").glob("*.md")} == set(verbs()) - {"completion"}


def test_every_metric_is_explained():
    assert {entry.name for entry in metrics()} == {
        name.partition("(")[0]
        for head in ("Metric", "Data metric")
        for name in first_column(page("metrics"), head)
    }


def test_every_section_of_the_schema_is_explained():
    classes = {section.__name__ for _, section in sections()} - {"Product"}
    assert set(product_schema()["$defs"]) == classes


def signatures(shelf, run):
    """The records of sign that its guide makes."""
    home = outcome(DOCS / "guides" / "sign.md", shelf, run).home
    return [json.loads(path.read_text()) for path in sorted(home.glob("mail/.shipworthy/records/*-sign-*"))]


def cared_for(shelf, run):
    """The records of risks and of incident that their guides make."""
    homes = {verb: outcome(DOCS / "guides" / f"{verb}.md", shelf, run).home for verb in ("risks", "incident")}
    return [
        json.loads(path.read_text())
        for verb, home in homes.items()
        for path in sorted(home.glob(f"desk/.shipworthy/records/*-{verb}-*.json"))
    ]


@pytest.mark.slow  # it runs the pages that make each kind of record
def test_the_fields_of_a_record_of_sign_are_those_that_the_page_explains(shelf, run):
    assert fields()["signature"] == set(signatures(shelf, run)[0]["signature"])


def test_every_error_of_the_source_is_explained_and_no_other():
    explained = [
        code
        for table in tables(page("errors"))
        if table[0][0] == "Code"
        for row in table[1:]
        for code in codes(row[0])
    ]
    assert sorted(error_codes()) == sorted(explained)


MONEY = Value(true_positive=1.0, false_positive=-1.0)


@pytest.mark.parametrize(
    "text", first_column(page("requirement-language").split("## What is refused")[0], "Requirement")
)
def test_an_example_of_a_requirement_is_a_claim(text):
    task = Task("ranking" if "@" in text else "binary")
    assert text == claim_of(read_requirement(text), MONEY, task).requirement.text


@pytest.mark.parametrize(
    "text", first_column(page("requirement-language").split("## What is refused")[1], "Requirement")
)
def test_an_example_of_what_is_refused_is_refused(text):
    with pytest.raises((LanguageError, InputError)):
        claim_of(read_requirement(text), MONEY)


@pytest.fixture(scope="module")
def row():
    """The row that the page on rules shows."""
    connection = ibis.duckdb.connect()
    connection.con.execute(
        "CREATE TABLE rows AS SELECT 2.5::DOUBLE amount, 3 visits, 'email' channel, true opted_in,"
        " NULL::VARCHAR note, TIMESTAMP '2026-03-01' since"
    )
    return connection.table("rows")


def shown(value):
    return str(value).lower() if isinstance(value, bool) else f"{value:g}"


RULES = {
    codes(row[0])[0]: row
    for table in tables(page("rules"))
    if table[0][0] == "Expression"
    for row in table[1:]
}


@pytest.mark.parametrize("text", [text for text, row in RULES.items() if not row[1].startswith("`")])
def test_an_example_of_a_rule_gives_what_the_page_says(text, row):
    value = rule_value(read_rule(text, row.columns), row)
    assert RULES[text][1] == shown(row.select(found=value).to_pyarrow()["found"][0].as_py())


@pytest.mark.parametrize("text", [text for text, row in RULES.items() if row[1].startswith("`")])
def test_an_example_of_a_rule_that_is_refused_has_the_code_that_the_page_says(text, row):
    with pytest.raises(InputError) as caught:
        rule_value(read_rule(text, row.columns), row)
    assert codes(RULES[text][1]) == [caught.value.problem.code]


def test_every_function_of_a_rule_has_an_example():
    used = {found for text in RULES for found in re.findall(r"([a-z_]+)\(", text)}
    assert set() == set(FUNCTIONS) - used


@pytest.mark.slow  # it runs the pages that make each kind of record
def test_the_fields_of_a_record_are_those_that_the_page_explains(shelf, run):
    """Each kind of record is looked at; what one verb alone writes is explained too."""
    home = outcome(DOCS / "guides" / "plan.md", shelf, run).home
    found = [json.loads(path.read_text()) for path in sorted(home.glob("mail/.shipworthy/records/*.json"))]
    decided = next(record for record in found if record["verb"] == "decide")
    planned = next(record for record in found if record["verb"] == "plan")["plan"]
    guide = outcome(DOCS / "guides" / "compare.md", shelf, run).home
    compared = [
        json.loads(path.read_text())
        for path in sorted(guide.glob("mail/.shipworthy/records/*-compare-*.json"))
    ]
    money = outcome(DOCS / "economics.md", shelf, run).home
    paid = json.loads(max(money.glob("mail/.shipworthy/records/*-decide-*.json")).read_text())
    framer = outcome(DOCS / "guides" / "frame.md", shelf, run).home
    framed = [
        json.loads(path.read_text()) for path in sorted(framer.glob("*/.shipworthy/records/*-frame-*.json"))
    ]
    desk = outcome(DOCS / "judge.md", shelf, run).home
    judged = [json.loads(path.read_text()) for path in sorted(desk.glob("desk/.shipworthy/records/*.json"))]
    explained = fields()
    assert explained["record"] == {
        key
        for record in (
            *found,
            *compared,
            paid,
            *framed,
            *judged,
            *signatures(shelf, run),
            *_explanations(shelf, run),
            *cared_for(shelf, run),
        )
        for key in record
    }
    assert explained["framing"] == set(framed[0]["framing"])
    assert explained["feasibility"] == set(framed[0]["framing"]["feasibility"][0])
    for name, key in (("frame_inputs", "inputs"), ("frame_rules", "rules"), ("flips", "flips")):
        assert explained[name] == set(framed[0]["framing"][key][0]), name
    assert explained["judges"] == {
        key for record in judged for item in record.get("judges", ()) for key in item
    }
    mixed = next(record for record in judged if record["verb"] == "plan")["plan"]
    assert explained["mixes"] == {key for item in mixed["mixes"] for key in item}
    bill, forecast = paid["economics"]["bill"], paid["economics"]["forecast"]
    assert explained["economics"] == set(paid["economics"])
    assert (explained["bill"], explained["forecast"]) == (set(bill), set(forecast))
    assert (explained["outlays"], explained["movers"]) == (set(bill["outlays"][0]), set(bill["movers"][0]))
    later = json.loads(max(money.glob("mail/.shipworthy/records/*-forecast-*.json")).read_text())
    assert fields_of_forecasts(forecast, later["economics"]["forecast"]) == {
        name: explained[name] for name in ("stages", "sprint", "hindsight")
    }
    assert explained["inputs"] == set(decided["inputs"])
    assert explained["data"] == set(decided["inputs"]["data"][0])
    assert explained["decision"] == set(decided["decision"])
    assert explained["curve"] == {
        key for item in decided["candidates"] for point in item["curve"] for key in point
    }
    assert explained["plan"] == {*planned, *mixed}
    assert explained["flow"] == set(planned["flow"])
    needs = [need for claim in planned["claims"] for need in claim["needs"]]
    for name, items in (("claims", planned["claims"]), ("needs", needs), ("batches", planned["batches"])):
        assert explained[name] == {key for item in items for key in item}, name
    assert explained["effort"] == set(needs[0]["even"])
    for name in ("candidates", "splits", "estimates", "verdicts"):
        assert explained[name] == {key for item in decided[name] for key in item}, name
    contest = next(record for record in compared if "contest" in record)["contest"]
    assert explained["contest"] == set(contest)
    for name in ("contenders", "pairs", "comparisons"):
        assert explained[name] == {key for item in contest[name] for key in item}, name


def _explanations(shelf, run):
    """The records of explanations, whose parts, one within the other, are those that the page explains."""
    home, explained = outcome(DOCS / "guides" / "explain.md", shelf, run).home, fields()
    found = sorted(home.glob("mail/.shipworthy/records/*-explain-*.json"))
    told = [json.loads(path.read_text()) for path in found]
    candidates = [each for record in told for each in record["explanation"]["candidates"]]
    rows = [each["row"] for each in candidates if each["row"]]
    drivers = next(each["drivers"] for each in candidates if each["drivers"])
    reasons = next(row["reasons"] for row in rows if row["reasons"])
    turns = next(row["turns"] for row in rows if row["turns"])
    assert explained["explanation"] == set(told[0]["explanation"])
    assert explained["explained"] == set(candidates[0])
    assert explained["drivers"] == set(drivers)
    assert explained["found"] == set(drivers["found"][0])
    assert explained["row"] == set(rows[0])
    assert explained["reasons"] == set(reasons)
    assert explained["turns"] == set(turns[0])
    return told


def fields_of_forecasts(first, later):
    """The fields of the parts of a forecast, and of what a later one says of it."""
    return {
        "stages": {key for stage in first["stages"] for key in stage},
        "sprint": set(first["sprint"]),
        "hindsight": set(later["hindsight"]),
    }


def fields():
    """The fields that the page on evidence explains, by heading."""
    parts = re.split(r"^## (\w+)$", page("evidence"), flags=re.MULTILINE)[1:]
    return {
        name: {code for row in tables(text)[0][1:] for code in codes(row[0])}
        for name, text in zip(parts[::2], parts[1::2], strict=True)
    }


SHORT = [codes(row[0]) + codes(row[1]) for row in tables(page("product-yaml"))[0][1:]]


@pytest.mark.parametrize(("short", "long"), SHORT)
def test_a_short_form_means_its_long_form(short, long):
    """Both are read as the same product."""
    first, second = (
        read_product(_with(part), "product.yaml").model_dump(exclude={"requirements"})
        for part in (short, long)
    )
    assert first == second


def _with(part):
    """A small product with this line in it."""
    data = (
        "data: {examples: {source: x.csv}, " + part + "}"
        if part.startswith("split")
        else "data: {examples: {source: x.csv}}"
    )
    lines = ["product: P", "predicts: {target: y}", data]
    lines += [part] if not part.startswith("split") else []
    return "\n".join(
        [*lines, *([] if part.startswith("requirements") else ["requirements: [recall >= 0.5]"])]
    )


def test_yaml_blocks_that_are_whole_products_are_read_without_a_problem():
    for path in pages():
        for block in blocks(path.read_text(encoding="utf-8")):
            if block.language == "yaml" and block.text.startswith("product:"):
                assert read_product(block.text, name_of(path)).requirements
