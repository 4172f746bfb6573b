"""Texts that people wrote are shown as they are, never read as markup."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from shipworthy.documents.figure import Figure, Scale
from shipworthy.documents.rendering import bound, code, escape_markdown, tied

markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
lines = st.text(
    st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(list(" |`*_[]<>&#\\~-+=!()1.")),
    min_size=1,
    max_size=30,
)


def read(rendered: str) -> str:
    """The text of rendered HTML, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", rendered)).split())


@given(lines)
def test_escaped_text_in_a_list_reads_as_it_was_written(text):
    rendered = markdown.render(f"- {escape_markdown(text)} end\n")
    assert " ".join(f"{text} end".split()) == read(rendered)
    assert {"ul", "li"} == set(re.findall(r"<(\w+)", rendered))


@given(lines)
def test_escaped_text_in_a_table_stays_in_its_cell(text):
    rendered = markdown.render(f"| a | b |\n|---|---|\n| x {escape_markdown(text)} | end |\n")
    assert 2 == rendered.count("<td")
    assert " ".join(f"a b x {text} end".split()) == read(rendered)


@given(lines.filter(str.strip).filter(lambda text: not text.rstrip().endswith("\\") and "\\|" not in text))
def test_code_in_a_table_stays_in_its_cell(text):
    rendered = markdown.render(f"| a | b |\n|---|---|\n| {code(text)} | end |\n")
    assert 2 == rendered.count("<td")
    assert " ".join(text.split()) in read(rendered)


def test_a_sentence_escapes_its_texts_and_binds_its_figures():
    figure = Figure("84.2 %", "/estimates/0/value", Scale(100.0, unit="%"), 1)
    expected = '&lt;b&gt; <span class=n data-record="r&#34;" data-path="/estimates/0/value" data-factor="100.0" data-decimals="1">84.2 %</span>'
    assert expected == str(bound(("<b> ", figure), 'r"'))


def test_comparisons_and_units_stay_on_one_line():
    space = "\N{NO-BREAK SPACE}"
    assert f"recall >={space}0.80 at rate <={space}1{space}%" == tied("recall >= 0.80 at rate <= 1 %")
    assert f"5{space}of{space}6 met" == tied("5 of 6 met")
