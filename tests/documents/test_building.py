"""Every kind of document is complete, bound to its records, safe, and the same each time."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from shipworthy.documents import bound_numbers, disagreements
from shipworthy.documents.blocks import Block
from shipworthy.documents.kinds.table import KINDS
from shipworthy.documents.seal import is_edited, seal_of
from shipworthy.documents.sources import Sources
from shipworthy.errors import InputError
from tests.documents import mail, papers
from tests.documents.test_memo import HOSTILE, Outline

NAMES = sorted(KINDS)


@pytest.fixture(scope="module")
def made():
    return {name: papers.paper(name) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_rebuilt_bit_for_bit(name, made):
    again = papers.paper(name)
    assert (made[name].markdown(), made[name].html()) == (again.markdown(), again.html())


@pytest.mark.parametrize("name", NAMES)
def test_every_bound_number_is_that_of_its_record(name, made):
    page = made[name].html()
    assert () == disagreements(page, papers.decided(), papers.audited())


@pytest.mark.parametrize("name", sorted({*NAMES} - {"concept"}))
def test_a_document_that_rests_on_records_binds_numbers(name, made):
    assert bound_numbers(made[name].html())


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_well_formed_and_loads_nothing(name, made):
    outline = Outline(made[name].html())
    assert [] == outline.open
    assert not [
        value for _, key, value in outline.attributes if key in ("src", "href") or key.startswith("on")
    ]
    assert "script" not in outline.tags


@pytest.mark.parametrize("name", NAMES)
def test_no_section_of_a_document_is_blank(name, made):
    text = re.sub(r"<!--.*?-->\n?", "", made[name].markdown(), flags=re.DOTALL)
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        assert section.partition("\n")[2].strip(), section


@pytest.mark.parametrize("name", NAMES)
def test_a_document_names_its_records_in_its_last_line_and_is_not_edited(name, made):
    for text in (made[name].markdown(), made[name].html()):
        seal = seal_of(text)
        assert name == seal.document
        assert set(seal.records) <= {*KINDS[name].verbs}
        assert not is_edited(text, seal)


@pytest.mark.parametrize("name", ["prd", "model-card", "limits", "launch-checklist", "expectations"])
def test_what_people_wrote_is_never_markup(name):
    hostile = papers.sources(
        product=HOSTILE, owner=HOSTILE, risks=[HOSTILE], problem={"who": HOSTILE, "need": HOSTILE}
    )
    outline = Outline(papers.paper(name, hostile).html())
    assert [] == outline.open
    assert not {"script", "a", "em"} & {*outline.tags}
    assert "alert(1)" in outline.text


def test_signs_of_the_machinery_in_a_text_mean_nothing():
    odd = papers.sources(owner="a\ue000ff\ue001b\ue002c\ue005")
    assert "affbc" in papers.paper("prd", odd).markdown()


@pytest.mark.parametrize("name", NAMES)
def test_every_mark_is_counted_in_the_last_line(name, made):
    text = made[name].markdown()
    if name == "decision-memo":  # references to the record are marks of evidence too
        return
    for sign, word in (("▪", "evidence"), ("▫", "assumption"), ("▹", "open")):
        found = re.search(rf"{sign} {word}[^:]*: ([\d,]+)", text)
        assert text.count(sign) == (int(found[1]) + 1 if found else 0)


def test_a_document_without_the_record_that_it_needs_says_which(made):
    with pytest.raises(InputError, match="no record of decide") as caught:
        papers.paper("limits", Sources(mail.product(), {}))
    assert "record.none" == caught.value.problem.code


def test_a_product_alone_gives_a_requirements_document_that_says_what_is_open():
    text = papers.paper("prd", Sources(mail.product(), {})).markdown()
    assert "Not known: whether it is fit to ship. To fill this in, run shipworthy decide." in text
    assert "not judged" in text


def test_a_block_stands_in_its_section_of_both_kinds_of_page(made):
    for name, section in (("prd", "the-data"), ("decision-memo", "in-plain-words")):
        page = made[name].html([Block(section, "We **agree**.\n")])
        assert "<p>We <strong>agree</strong>.</p>" in page
        heading = "The data" if name == "prd" else "In plain words"
        after = page[page.index(f">{heading}</h2>") :]
        assert after.index("We <strong>") < after.index("<h2", 10)


def test_a_block_whose_section_is_gone_stands_at_the_end_of_the_page(made):
    page = made["decision-memo"].html([Block("gone", "Kept.\n")])
    assert page.index("Kept.") > page.rindex("<h2")


def test_limits_change_with_the_slices_they_come_from():
    before = papers.paper("limits").markdown()
    record = papers.decided()
    assert record.evaluation is not None
    worst = tuple(replace(each, value=each.value / 2) for each in record.evaluation.worst)
    changed = replace(record, evaluation=replace(record.evaluation, worst=worst))
    after = papers.paper("limits", Sources(mail.product(), {"decide": changed})).markdown()
    told = "Where number = none: of 1,000 messages that are spam, about"
    lines = [next(line for line in text.splitlines() if told in line) for text in (before, after)]
    assert lines[0] != lines[1]
