"""Classes, numbers and orders are probed like yes and no."""

from __future__ import annotations

import pytest

import shipworthy as sw
from shipworthy.errors import InputError
from tests.workbench import cinema, shop
from tests.workbench.assistants import candidate
from tests.workbench.flowers import CLASSES, NUMBERS, garden


def chat(base_url, **more):
    """The lines of a chat candidate."""
    keys = {"model": "small", "base_url": base_url, "prompt": "ask.md", **more}
    lines = "".join(f"      {key}: {value}\n" for key, value in keys.items())
    return f"  assistant:\n    chat:\n{lines}"


def asked(tmp_path, text, base_url, **more):
    text = text.replace("requirements:\n", f"{chat(base_url, **more)}requirements:\n")
    folder = garden(tmp_path, text)
    (folder / "ask.md").write_text("A flower with a petal of {{ petal }}.")
    return sw.open(folder)


def test_a_class_is_read_by_its_name_and_held_against_the_label(tmp_path, endpoint):
    endpoint.replies = {"petal": "It is a tulip.", "Which": "either tulip or lily"}
    product = asked(tmp_path, CLASSES, endpoint.base_url)
    found = sw.probe(product, values={"petal": 6.5}, times=2, expect="Tulip")
    assert ("tulip", "tulip", ("format",)) == (found.expected, found.spread.most, found.tags)
    assert ("unreadable",) == sw.probe(product, ask="Which?", times=1).tags
    rule = sw.probe(product, "rule", values={"petal": 1.5}, expect="red rose")
    assert ("lily", False) == (rule.tries[0].answer, rule.tries[0].passed["expected"])


def test_a_recording_cannot_be_asked(tmp_path, endpoint):
    product = asked(tmp_path, CLASSES, endpoint.base_url)
    with pytest.raises(InputError, match="vendor is a recording"):
        sw.probe(product, "vendor", row="f0001")


def test_numbers_are_compared_by_their_value(tmp_path, endpoint):
    endpoint.replies = {"petal": "About 40.0 cm"}
    product = asked(tmp_path, NUMBERS, endpoint.base_url)
    found = sw.probe(product, values={"petal": 2}, times=2, expect="40")
    assert ("40", 2, 1) == (found.spread.most, found.spread.passes[0].passes, found.spread.distinct)
    rule = sw.probe(product, "rule", row="f0003")
    assert rule.expected is not None
    assert rule.tries[0].answer == f"{20 + 10 * rule.values['petal']:.12g}"
    with pytest.raises(InputError, match="answers of this product are numbers"):
        sw.probe(product, ask="How tall?", expect="tall")


def test_an_item_of_an_order_is_given_its_score(tmp_path):
    product = sw.open(cinema.folder_of(tmp_path))
    found = sw.probe(product, "taste", values={"fit": 0.5})
    assert ("0.5", "equal numbers") == (found.tries[0].answer, found.same)


def test_json_with_a_score_is_an_answer_once_a_threshold_is_stated(tmp_path, endpoint):
    """Until then it is a bare score, which is neither right nor wrong."""
    schema = (
        "{json_schema: {type: object, properties: {spam: {type: number}}, required: [spam]}, field: spam}"
    )
    endpoint.replies = {"Hello": '{"spam": 0.7}'}
    lines = candidate(endpoint.base_url, answer=schema)
    found = []
    for name, more in (("bare", ""), ("cut", "    threshold: 0.6\n")):
        folder = shop.product_folder(tmp_path / name, shop.with_candidates(lines + more), shop.mail(60))
        (folder / "ask.md").write_text("{{ bait }}")
        found.append(sw.probe(sw.open(folder), ask="Hello", times=1, expect="yes"))
    bare, cut = found
    assert ("0.7", {"expected": None}) == (bare.tries[0].answer, bare.tries[0].passed)
    assert ("1", {"expected": True}) == (cut.tries[0].answer, cut.tries[0].passed)
    assert "scores of at least 0.6 are answered yes" in cut.notes


def test_a_cascade_sends_the_question_to_its_parts(tmp_path):
    lines = shop.LOGISTIC + "  both: {cascade: {first: logistic, then: keywords, between: [0.2, 0.6]}}\n"
    product = sw.open(shop.product_folder(tmp_path, shop.with_candidates(lines), shop.mail(60)))
    with pytest.raises(InputError, match="both is a cascade of logistic and keywords"):
        sw.probe(product, "both", row="m00001")
