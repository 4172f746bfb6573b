"""The decision memo is complete, honest about its numbers, safe and self-contained."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from shipworthy.documents import bound_numbers, decision_memo, disagreements
from shipworthy.errors import InputError
from shipworthy.evidence import Decision, Evaluation
from shipworthy.spec.model import Product
from tests.documents import mail

VOID = {"meta", "br", "hr", "img", "link", "input"}
HOSTILE = "<script>alert(1)</script> | \" onload='x' `code` *bold* [a](javascript:b) {{ 7 * 7 }}"


class Outline(HTMLParser):
    """The elements of a page, and whether each is closed where it should be."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert tag == self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text += data


@pytest.fixture(scope="module")
def record():
    return mail.record()


@pytest.fixture(scope="module")
def memo(record):
    return decision_memo(mail.product(), record)


@pytest.fixture(scope="module")
def outline(memo):
    return Outline(memo.html)


def test_every_number_in_the_memo_is_the_records(memo, record):
    assert () == disagreements(memo.html, record)
    assert len(bound_numbers(memo.html)) > 100


def test_every_number_in_every_table_is_bound_or_a_version(memo):
    """A cell of a body holds no digits beside those of bound numbers, requirements, names and counts of verdicts."""
    for cell in re.findall(r"<td(?![^>]*counts)[^>]*>(.*?)</td>", memo.html, re.DOTALL):
        rest = re.sub(r"<span class=n.*?</span>|<code>.*?</code>|<svg.*?</svg>", "", cell, flags=re.DOTALL)
        if "threshold" not in rest:
            assert not re.search(r"\d", re.sub(r"<[^>]*>", "", rest)), cell


def test_an_edited_number_is_found(memo, record):
    edited = memo.html.replace(">84.2\N{NO-BREAK SPACE}%<", ">94.2\N{NO-BREAK SPACE}%<")
    assert edited != memo.html
    assert disagreements(edited, record)


def test_the_page_is_well_formed(outline):
    assert [] == outline.open


def test_the_page_needs_no_network_and_no_scripts(memo, outline):
    assert not {"script", "link", "img", "iframe", "object"} & set(outline.tags)
    assert not [
        found
        for found in outline.attributes
        if found[1] in ("src", "href", "srcset") or found[1].startswith("on")
    ]
    assert "url(http" not in memo.html
    assert "@import" not in memo.html


def test_the_page_can_be_read_aloud(outline):
    assert ("html", "lang", "en") in outline.attributes
    headers = [found for found in outline.attributes if found[:2] == ("th", "scope")]
    assert outline.tags.count("th") == len(headers)
    pictures = [found for found in outline.attributes if found[1:] == ("role", "img")]
    labels = [
        found
        for found in outline.attributes
        if found[0] in ("figure", "svg", "span") and found[1] == "aria-label"
    ]
    assert len(pictures) == len(labels) > 8
    assert 1 == outline.tags.count("h1")


def test_verdicts_are_words_and_signs_not_colours_alone(memo):
    for word in ("met", "undecided"):
        assert re.search(rf'<span class="verdict {word}"><svg.*?</svg>{word}</span>', memo.html, re.DOTALL)


def test_no_two_elements_share_an_id(outline):
    ids = [value for _, name, value in outline.attributes if name == "id"]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "text",
    [
        "Not yet", "comes closest, with 5", "people who get unwanted mail", "move to the spam folder", "number = none",
        "Label about 140 more messages that are spam", "slip through each day", "baseline", "for comparison only",
        "The test set was looked at 2 times", "No licence is stated", "would decide recall", "fingerprint c4a7e1b09f52",
        "9d31c0ffee", "40e9f7aa", "seed 0", "3 queries", "Clopper–Pearson", "greatest net value among thresholds",
        "22 November 2026",
        "Where it does worse", "format = plain, number = none", "−10 points", "< 0.001", "21 comparisons of a slice with the rest",
    ],
)  # fmt: skip
def test_both_forms_of_the_memo_tell_everything(text, memo, outline):
    for written in (outline.text, memo.markdown):
        assert text in " ".join(written.replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_markdown_has_whole_tables_and_names_the_record_by_each_number(memo, record):
    rendered = MarkdownIt("commonmark").enable("table").render(memo.markdown)
    rows = [row.count("<t") for row in re.findall(r"<tr>(.*?)</tr>", rendered, re.DOTALL)]
    assert [4] * 7 == rows[:7]
    assert 5 == rendered.count("<table>")
    assert f"[^record]: Record `{record.id}`" in memo.markdown
    assert memo.markdown.count("[^record]") > 15


def test_the_summary_has_three_lines(memo):
    assert 3 == len(memo.summary.splitlines())
    assert memo.summary.startswith("Not yet: ")


@pytest.mark.parametrize(
    ("fast", "mark", "start"),
    [(True, "met", "Ship boosted: it meets"), (False, "undecided", "Not yet: logistic")],
)
def test_the_answer_stands_at_the_top(fast, mark, start):
    found = decision_memo(mail.product(), mail.record(fast=fast))
    assert found.markdown.startswith(f"# {start}")
    assert f'<h1><span class="answer {mark}">' in found.html


def test_hostile_texts_stay_texts():
    spec = {
        **mail.SPEC, "product": HOSTILE, "owner": HOSTILE, "risks": [HOSTILE],
        "problem": {"who": HOSTILE, "need": HOSTILE}, "action": {"do": HOSTILE},
    }  # fmt: skip
    record = mail.record()
    assert record.evaluation is not None
    slices = tuple(mail.share("logistic", "recall", 40, 50, {"number": f"{HOSTILE}\n{i}"}) for i in range(2))
    evaluation = replace(
        record.evaluation, estimates=(*record.evaluation.estimates, *slices), notes=(HOSTILE,)
    )
    found = decision_memo(Product.model_validate(spec), replace(record, evaluation=evaluation))
    page = Outline(found.html)
    assert [] == page.open
    assert "script" not in page.tags
    assert HOSTILE in page.text
    assert not [value for _, name, value in page.attributes if name.startswith("on")]
    rendered = MarkdownIt("commonmark").enable("table").render(found.markdown)
    assert "<script" not in rendered
    assert "<a href" not in rendered
    assert "49" not in found.markdown.split("## What would change")[0].split("## Risks")[1]


def test_a_memo_with_hardly_any_evidence_still_reads():
    spec = {
        "product": "Bare",
        "predicts": {"target": "y"},
        "data": {"examples": {"source": "a.csv"}},
        "requirements": ["recall >= 0.8"],
    }
    empty = Evaluation((), (), (), (), Decision("not_yet", None, (), ()))
    bare = replace(mail.record(), evaluation=empty, facts=None, parent=None)
    found = decision_memo(Product.model_validate(spec), bare)
    assert "there is no candidate" in found.summary
    assert "No candidate could be judged." in found.html
    assert [] == Outline(found.html).open


def test_a_record_without_a_decision_says_what_to_run(record):
    undecided = replace(record, evaluation=replace(record.evaluation, decision=None))
    with pytest.raises(InputError, match="holds no decision") as caught:
        decision_memo(mail.product(), undecided)
    assert "shipworthy decide" in caught.value.problem.remedy


def test_the_same_record_gives_the_same_memo(memo, record):
    assert memo == decision_memo(mail.product(), record)


def test_importing_documents_is_cheap():
    code = "import sys, shipworthy.documents; print([name for name in ('jinja2', 'altair', 'vl_convert', 'numpy') if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]" == found.stdout.strip()
