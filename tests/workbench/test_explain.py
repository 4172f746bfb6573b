"""What drives candidates, the reasons of an answer, what turns it, and the answer that there are none."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import shipworthy as sw
from shipworthy.errors import InputError
from shipworthy.evidence import read_record
from tests.workbench import cinema, shop
from tests.workbench.assistants import candidate
from tests.workbench.flowers import CLASSES, NUMBERS, garden

ROW = "m00300"
SAYS = "explain: {top: 2, reasons: {bait: {raises: it holds words that baits have, lowers: it baits little}}}\nprotected: [{winner: {basis: consent}}]\n"
CANDIDATES = (
    "  logistic: {train: logistic_regression, features: [bait, winner, size], cost: 0}\n",
    "  boosted: {train: gradient_boosting, features: [bait, size], options: {max_iter: 20}, cost: 0}\n",
)


@pytest.fixture(scope="module")
def mail(tmp_path_factory):
    """A product with a rule and two models, evaluated once."""
    text = shop.with_candidates(*CANDIDATES) + SAYS
    product = sw.open(shop.product_folder(tmp_path_factory.mktemp("mail"), text))
    sw.evaluate(product)
    return product


@pytest.fixture(scope="module")
def explained(mail):
    return sw.explain(mail, row=ROW, what_if={"bait": 0, "format": "plain", "winner": True})


def test_the_record_reads_back_and_follows_from_the_evaluation(mail, explained):
    assert explained == read_record(json.dumps(explained.as_json()), "r.json")
    assert explained.parent == sw.records(mail, "evaluate")[-1].id == explained.explanation.evaluated
    assert "words that baits have" in explained._repr_html_()


def test_the_same_question_gets_the_same_answer(mail, explained):
    again = sw.explain(mail, row=ROW, what_if={"bait": 0, "format": "plain", "winner": True})
    assert again.explanation == explained.explanation


def test_what_drives_a_model_is_measured_on_the_test_rows(explained):
    found = explained.explanation.of("logistic").drivers
    assert ("log loss", 200, 200, 5, 0) == (found.loss, found.rows, found.of, found.repeats, found.seed)
    assert ("bait",) == found.found[0].columns
    assert found.found[0].low > 0
    assert {("bait",), ("size",), ("winner",)} == {each.columns for each in found.found}


def test_the_loss_is_that_of_the_log(mail, explained):
    """The mean log loss of the scores that the model itself gives to the test rows."""
    from shipworthy.workbench.session import Session
    from shipworthy.workbench.train import model_of

    rows = shop.mail()[200:]
    found = explained.explanation.of("logistic")
    import pyarrow as pa

    table = pa.Table.from_pylist(rows)
    scores = model_of(Session(mail), found.version).scores(table)
    truth = np.array([row["spam"] for row in rows])
    assert found.drivers.value == pytest.approx(-np.log(np.where(truth, scores, 1 - scores)).mean())


def test_reasons_have_codes_and_the_words_of_the_product(explained):
    found = explained.explanation.of("logistic").row.reasons
    assert ("linear", "log-odds", 2, "") == (found.method, found.scale, len(found.reasons), found.withheld)
    first, second = found.reasons
    assert ("BAIT", "3", "it holds words that baits have", 0.0) == (
        first.code, first.value, first.sentence, first.error,
    )  # fmt: skip
    assert ("WINNER", True, "winner is true") == (second.code, second.protected, second.sentence)
    assert first.contribution > second.contribution > 0


def test_reasons_of_trees_are_sampled_with_their_errors(explained):
    found = explained.explanation.of("boosted").row.reasons
    assert "sampled" == found.method
    assert all(each.error > 0 for each in found.reasons)
    assert 0 < found.fidelity <= 1
    whole = sum(each.contribution for each in found.reasons)
    assert whole == pytest.approx(found.value - found.base)  # two columns, both are named


def test_an_answer_is_that_at_the_frozen_threshold(mail, explained):
    facts = sw.records(mail, "evaluate")[-1].evaluation.facts("logistic")
    row = explained.explanation.of("logistic").row
    assert (facts.threshold, "1") == (row.threshold, row.label)
    assert ("1" if row.replied.score >= facts.threshold else "not 1") == row.replied.answer


def test_mistakes_are_as_many_as_the_evaluation_counted(mail, explained):
    evaluation = sw.records(mail, "evaluate")[-1].evaluation
    for name in ("keywords", "logistic", "boosted"):
        rates = {
            each.metric: each
            for each in evaluation.estimates
            if each.candidate == name and not each.slice and each.metric in ("recall", "false_positive_rate")
        }
        missed = (1 - rates["recall"].value) * rates["recall"].n
        alarms = rates["false_positive_rate"].value * rates["false_positive_rate"].n
        assert explained.explanation.of(name).mistakes.wrong == pytest.approx(missed + alarms)


def test_what_turns_an_answer_does_turn_it(mail, explained):
    row = explained.explanation.of("logistic").row
    turns = {each.column: each for each in row.turns}
    again = sw.explain(mail, "logistic", row=ROW, what_if={"bait": turns["bait"].after}).explanation
    assert (turns["bait"].answer, turns["bait"].score) == (
        again.of("logistic").row.changed.answer, again.of("logistic").row.changed.score,
    )  # fmt: skip
    assert row.replied.answer != turns["bait"].answer
    assert {*turns, *row.steady} == {"bait", "winner", "size"}


def test_a_protected_column_that_turns_an_answer_is_marked(mail):
    quiet = next(row["id"] for row in shop.mail() if row["bait"] == 0 and not row["winner"])
    turns = sw.explain(mail, "keywords", row=quiet).explanation.of("keywords").row.turns
    assert [("bait", "2", "1", False), ("winner", "true", "1", True)] == [
        (each.column, each.after, each.answer, each.protected) for each in turns
    ]


def test_a_row_with_other_values_is_answered_and_what_is_not_read_is_said(explained):
    row = explained.explanation.of("boosted").row
    assert [("bait", "3", "0", True, False), ("format", "html", "plain", False, False), ("winner", "true", "true", False, True)] == [
        (each.column, each.before, each.after, each.read, each.protected) for each in row.changes
    ]  # fmt: skip
    assert row.changed.score < row.replied.score


def test_a_rule_explains_itself_part_by_part(explained):
    found = explained.explanation.of("keywords")
    assert "bait > 1 OR winner" == found.rule
    assert [("bait > 1", True), ("winner", True)] == [(each.text, each.value) for each in found.row.parts]
    assert ("1", "1", None) == (found.row.replied.answer, found.row.changed.answer, found.row.threshold)
    assert ("bait", "winner") == found.row.steady


def test_without_a_row_there_are_drivers_alone(mail):
    [found] = sw.explain(mail, "boosted").explanation.candidates
    assert ("boosted", None) == (found.candidate, found.row)


def test_some_mistakes_are_named_and_all_are_counted(explained):
    rows = {row["id"]: row for row in shop.mail()[200:]}
    wrong = {name for name, row in rows.items() if (row["bait"] > 1 or row["winner"]) != bool(row["spam"])}
    found = explained.explanation.of("keywords").mistakes
    assert (len(wrong), 200, 5) == (found.wrong, found.answered, len(found.shown))
    assert {each.id for each in found.shown} <= wrong
    assert all({"1", "not 1"} == {each.label, each.answer} for each in found.shown)


def test_where_a_candidate_does_worse_is_told_in_words(tmp_path):
    """Plain mail hides its bait, so that the rule misses the spam among it."""
    rows = shop.edited(
        shop.mail(800), bait=lambda row: 0 if row["format"] == "plain" else row["bait"], winner=False
    )
    product = sw.open(shop.product_folder(tmp_path, rows=rows))
    [found] = sw.explain(product, "keywords").explanation.candidates
    assert "no evaluation of this version is kept" in found.notes[0]
    sw.evaluate(product)
    told = " ".join(sw.explain(product).explanation.of("keywords").worst)
    assert "recall is" in told
    assert "points lower where format = plain than elsewhere: 0 % on" in told


def test_what_cannot_be_explained_is_said_with_what_helps_instead(tmp_path):
    lines = (
        CANDIDATES[0],
        "  vendor: {recorded: vendor.csv, cost: 0}\n",
        "  both: {cascade: {first: logistic, then: keywords, between: [0.2, 0.6]}}\n",
        candidate("http://127.0.0.1:9/v1"),
    )
    folder = shop.product_folder(tmp_path, shop.with_candidates(*lines))
    (folder / "ask.md").write_text("{{ bait }}")
    shop.write_csv(
        folder / "vendor.csv", [{"id": row["id"], "prediction": row["spam"]} for row in shop.mail()]
    )
    product = sw.open(folder)
    sw.train(product)
    found = sw.explain(product, row=ROW).explanation
    told = {name: found.of(name) for name in ("vendor", "both", "assistant")}
    assert all(each.cannot and each.instead and each.row is None for each in told.values())
    assert "a recording" in told["vendor"].cannot
    assert (0, 200) == (told["vendor"].mistakes.wrong, told["vendor"].mistakes.answered)
    assert told["both"].mistakes is told["assistant"].mistakes is None
    assert ["logistic", "keywords"] == [line.rpartition(" ")[2] for line in told["both"].instead]
    assert "shipworthy probe" in told["assistant"].instead[0]
    assert found.of("logistic").row.replied.answer is None  # no threshold is frozen yet
    assert "no threshold is stated" in found.of("logistic").notes[0]


def test_classes_and_numbers_are_explained_too(tmp_path):
    for text in (CLASSES, NUMBERS):
        product = sw.open(garden(tmp_path / text[-9:-4].strip(), text))
        sw.train(product)
        found = sw.explain(product, row="f0003", what_if={"petal": 9}).explanation
        for each in found.candidates[1:-1]:
            row = each.row
            assert ("petal",) == each.drivers.found[0].columns
            assert "PETAL" == row.reasons.reasons[0].code
            assert row.replied.answer != row.changed.answer
        assert found.candidates[-1].cannot
    assert row.reasons.scale == "units of the answer"
    assert () == row.turns  # numbers do not turn
    assert "20 + 10 * petal" == found.of("rule").row.parts[0].text


def test_an_item_of_an_order_is_explained_by_the_rule_that_scores_it(tmp_path):
    found = sw.explain(sw.open(cinema.folder_of(tmp_path)), "taste", row="e0000|film 00").explanation
    [part] = found.of("taste").row.parts
    assert isinstance(part.value, float)


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        ({"candidate": "logistik"}, "explain.candidate", "Did you mean 'logistic'?"),
        ({"row": "m0030"}, "explain.row", "Did you mean 'm00"),
        ({"row": ROW, "what_if": {"biat": 1}}, "explain.column", "Did you mean 'bait'?"),
        ({"row": ROW, "what_if": {"spam": 1}}, "explain.column", "the true answer"),
        ({"row": ROW, "what_if": {"bait": "many"}}, "explain.value", "holds int64, and 'many' is none"),
        ({"row": ROW, "what_if": {"bait": 2**70}}, "explain.value", "holds int64"),
        ({"row": ROW, "what_if": {"winner": "perhaps"}}, "explain.value", "holds bool"),
        ({"row": "\udce9"}, "explain.value", "no text in UTF-8"),
        ({"what_if": {"bait": 1}}, "explain.what_if", "--row ID"),
    ],
)
def test_what_cannot_be_asked_is_told(mail, given, code, told):
    with pytest.raises(InputError) as caught:
        sw.explain(mail, **given)
    assert code == caught.value.problem.code
    assert told in str(caught.value)


def test_a_model_that_is_not_trained_is_not_explained(tmp_path):
    product = sw.open(shop.product_folder(tmp_path, shop.with_candidates(shop.LOGISTIC)))
    with pytest.raises(InputError, match="logistic has yet to be trained") as caught:
        sw.explain(product)
    assert caught.value.next_command.startswith("shipworthy train")


def test_reasons_in_product_yaml_name_columns(tmp_path):
    text = shop.PRODUCT + "explain: {reasons: {biat: it baits}}\n"
    product = sw.open(shop.product_folder(tmp_path, text))
    with pytest.raises(InputError, match="the examples have no column 'biat'"):
        sw.explain(product)


def test_words_for_people_make_no_evaluation_stale(mail, tmp_path):
    text = Path(mail.file).read_text()
    folder = shop.product_folder(tmp_path, text.replace("top: 2", "top: 1"))
    assert mail.spec_hash == sw.open(folder).spec_hash
