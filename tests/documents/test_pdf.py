"""Pages of print: the same bytes each time, no text read as markup, and a concept that fits its page."""

import re

import pytest

from shipworthy.documents.kinds.concept import MOST_LINES, lines_of
from shipworthy.documents.kinds.table import KINDS
from shipworthy.documents.pdf import is_installed, pdf_of
from shipworthy.documents.print_tree import tree_of
from shipworthy.errors import InputError
from tests.documents import papers

pytestmark = pytest.mark.skipif(
    not is_installed(), reason='pages of print need pip install "shipworthy[pdf]"'
)
HOSTILE = '#panic("x") $ * @ref \\ #read("/etc/passwd") "quoted" // comment <label> _a_ `b` [c] = d'


def printed(text):
    return pdf_of(text, product="Mail", title="Page", time="2026-11-22T07:48:17.123456Z", records=["r1"])


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_document_is_set_the_same_each_time(name):
    made = papers.paper(name)
    first = made.pdf()
    assert first.startswith(b"%PDF-")
    assert first == papers.paper(name).pdf()


def test_what_people_wrote_is_text_and_nothing_else():
    printed(papers.paper("prd", papers.sources(product=HOSTILE, owner=HOSTILE, risks=[HOSTILE])).text())
    [node] = tree_of("a *b* `c`\n")
    assert ["text", "emph", "text", "raw"] == [each["kind"] for each in node["children"]]


def test_a_block_is_set_apart():
    made = tree_of("Lead.\n\n<!-- yours: x -->\nMine.\n<!-- end -->\n")
    assert ["paragraph", "yours"] == [node["kind"] for node in made]


def test_every_part_of_markdown_can_be_set():
    text = "# A\n\n## B\n\n### C\n\n> q\n\n1. one\n2. two\n\n- x\n  - y\n\n```\ncode\n```\n\n---\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n[l](http://x) ![i](x.png) **s** *e*  \nnext\n"
    assert printed(text).startswith(b"%PDF-")


@pytest.mark.parametrize("words", [5, 60, 120, 200])
@pytest.mark.parametrize("risks", [0, 4, 12])
def test_a_concept_that_passes_fits_one_page(words, risks):
    given = papers.sources(
        problem={"who": "people", "need": "many words " * words}, risks=["a risk of some length"] * risks
    )
    made = papers.paper("concept", given)
    if lines_of(made.marked) <= MOST_LINES:
        assert 1 == last_page(made.pdf())
        return
    with pytest.raises(InputError, match="would not fit a page") as caught:
        made.text()
    assert "problem.need" in caught.value.problem.remedy


def last_page(pdf):
    """How many pages a PDF has."""
    return max(int(found) for found in re.findall(rb"/Count (\d+)", pdf))
