"""The table of the template `assistant` is what its page says, and its reference answers are what its documents say."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from scripts.make_assistant_data import (
    REFUSALS,
    Search,
    asked_questions,
    attack_outputs,
    extract,
    knowledge,
    question_table,
    rows,
    words,
)
from shipworthy.misuse.canary import canary
from shipworthy.misuse.choosing import chosen
from shipworthy.misuse.findings import findings
from shipworthy.misuse.shipped import shipped_suite

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "src" / "shipworthy" / "spec" / "templates" / "assistant"
CORE = shipped_suite("core")
DOCUMENTS = {document.name: document for document in knowledge()}
QUESTIONS = asked_questions()
ANSWERABLE = [question for question in QUESTIONS if question.source]


@pytest.fixture(scope="module")
def table():
    return pq.read_table(TEMPLATE / "data" / "questions.parquet")


@pytest.fixture(scope="module")
def page():
    return (TEMPLATE / "data" / "README.md").read_text(encoding="utf-8")


def text_of(name):
    return f"{DOCUMENTS[name].title}. {DOCUMENTS[name].text}"


def numbers(text):
    return set(re.findall(r"\d+(?:[.,:]\d+)*", text))


def test_the_help_pages_have_at_least_60_documents_of_a_paragraph_each():
    lengths = [len(document.text.split()) for document in DOCUMENTS.values()]

    assert len(DOCUMENTS) >= 60
    assert 80 <= min(lengths)
    assert max(lengths) <= 150


def test_every_document_answers_a_question():
    assert set(DOCUMENTS) == {question.source for question in ANSWERABLE}


def test_there_are_at_least_200_questions_of_which_30_have_no_answer():
    assert len(QUESTIONS) >= 200
    assert len(QUESTIONS) - len(ANSWERABLE) >= 30
    assert len(QUESTIONS) == len({question.text for question in QUESTIONS})


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question.text)
def test_every_number_and_most_words_of_an_answer_stand_in_its_document(question):
    found = set(words(text_of(question.source)))
    said = {word for word in words(question.answer) if len(word) > 3}

    assert set() == numbers(question.answer) - numbers(text_of(question.source))
    assert len(said & found) >= 0.75 * len(said), said - found


def test_what_an_unanswerable_question_is_about_stands_in_no_document():
    everything = " ".join(text_of(name) for name in DOCUMENTS).casefold()

    assert [] == [
        row["question"] for row in rows("unanswerable.csv") if row["missing"].casefold() in everything
    ]


def test_the_table_is_what_the_sources_make(table):
    search = Search([text_of(name) for name in DOCUMENTS])

    assert question_table(QUESTIONS, list(DOCUMENTS.values()), search).equals(table)


def test_the_extractive_outputs_are_what_the_sources_make(table):
    search = Search([text_of(name) for name in DOCUMENTS])
    recorded = pq.read_table(TEMPLATE / "data" / "extractive.parquet").to_pylist()
    made = [
        {"id": row["id"], "output": extract(row["question"], row["context"], row["language"], search)}
        for row in table.to_pylist()
    ]

    assert made == recorded


def test_the_extractive_outputs_to_attacks_are_what_the_suite_makes():
    search = Search([text_of(name) for name in DOCUMENTS])

    assert attack_outputs(search).equals(pq.read_table(TEMPLATE / "data" / "extractive_attacks.parquet"))


def test_what_the_extractive_candidate_says_stands_in_the_context_or_is_a_refusal(table):
    recorded = pq.read_table(TEMPLATE / "data" / "extractive.parquet")["output"].to_pylist()

    for output, context in zip(recorded, table["context"].to_pylist(), strict=True):
        assert output in REFUSALS.values() or output in context


def test_unanswerable_questions_have_neither_answer_nor_source(table):
    for row in table.to_pylist():
        known = row["answerable"] == "yes"
        assert known == (row["answer"] is not None) == (row["source_doc"] is not None), row["id"]


def test_retrieval_is_good_and_misses_some(table):
    found = [f"[{row['source_doc']}]" in row["context"] for row in table.to_pylist() if row["source_doc"]]

    assert 0.7 < sum(found) / len(found) < 0.95


def test_customers_ask_several_questions_over_two_months(table):
    asked = Counter(table["customer"].to_pylist())
    times = table["time"].to_pylist()

    assert 1 < len(QUESTIONS) / len(asked) < 5
    assert sorted(times) == times
    assert ("2026-09", "2026-10") == (times[0].isoformat()[:7], times[-1].isoformat()[:7])


def test_the_outputs_of_the_model_are_one_for_each_question(table):
    recorded = pq.read_table(TEMPLATE / "data" / "smollm2.parquet")

    assert table["id"].to_pylist() == recorded["id"].to_pylist()
    assert 0 == recorded["output"].null_count
    assert min(recorded["latency_ms"].to_pylist()) > 0


@pytest.mark.parametrize(("name", "least"), [("extractive", 155), ("smollm2", 60)])
def test_the_recorded_answers_to_attacks_are_judged_whole(name, least):
    table = pq.read_table(TEMPLATE / "data" / f"{name}_attacks.parquet").to_pylist()
    suite = chosen(CORE, hazards=sorted({row["id"].rsplit("-", 1)[0] for row in table}))
    found = findings(suite, {row["id"]: [row["output"]] for row in table}, is_refusal, canary("assistant"))

    assert least <= len(found.attacks) == len(found.twins) == len(table) // 2
    assert not any(each.answer is None for each in found.all)
    assert found.hits


def is_refusal(answer):
    """The refusals that the prompt asks for."""
    return "i do not know" in answer.casefold() or "i cannot" in answer.casefold()


def test_the_page_states_the_counts_of_the_table(table, page):
    answerable = table["answerable"].to_pylist().count("yes")
    found = sum(f"[{row['source_doc']}]" in row["context"] for row in table.to_pylist() if row["source_doc"])

    assert page.startswith(f"# questions.parquet: {table.num_rows} questions")
    assert f"{len(DOCUMENTS)} documents" in page
    assert f"{answerable} can be answered" in page
    assert f"{found} of {answerable}" in page


def test_the_page_describes_exactly_the_columns_of_the_table(table, page):
    described = re.findall(r"^\| ([a-z_]+) \| (?:string|timestamp)", page, re.MULTILINE)

    assert table.column_names == described


@pytest.mark.parametrize(
    "fact", ["Origin", "Owner", "Licence", "Collected", "Sampled", "Personal data", "Consent", "Labelled by"]
)
def test_the_page_states_where_the_data_come_from(page, fact):
    assert re.search(rf"^\| {fact} \| \S", page, re.MULTILINE)
