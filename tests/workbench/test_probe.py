"""A candidate is asked one thing several times, and all that came of it is filed."""

from __future__ import annotations

import json
import signal
import subprocess
import time

import pytest

import shipworthy as sw
from shipworthy.errors import InputError, OutsideError
from shipworthy.workbench.probe import tagged
from tests.cli.command import PROGRAM
from tests.workbench import shop
from tests.workbench.assistants import KEY, VARIABLE, facts_of, folder_of
from tests.workbench.helpdesk import PRODUCT, desk_folder

LATEST = "  desk: {chat: {model: small, base_url: BASE, prompt: ask.md}}\n  terse: {recorded: terse.csv}\n"


@pytest.fixture(autouse=True)
def key(monkeypatch):
    monkeypatch.setenv(VARIABLE, KEY)


@pytest.fixture
def product(tmp_path, endpoint):
    return sw.open(folder_of(tmp_path, endpoint.base_url))


def refused(product, *arguments, **more):
    """The problem of a probe that is refused."""
    with pytest.raises(InputError) as caught:
        sw.probe(product, *arguments, **more)
    assert not product.workspace.probes.exists()
    return caught.value.problem


def test_a_row_is_asked_about_as_often_as_wanted_each_time_anew(product, endpoint):
    found = sw.probe(product, row="m00003", times=3)
    again = sw.probe(product, row="m00003", times=3)
    assert [6] == [*endpoint.answered.values()]
    assert (3, 1, 1.0, 0.0) == (
        found.spread.answered,
        found.spread.distinct,
        found.spread.agreement,
        found.spread.semantic_entropy_nats,
    )
    [asked] = {(each.tokens_in, each.tokens_out, each.text) for each in found.tries}
    assert (len("m00003: 0 baits") // 4 + 1, 1, "no") == asked
    assert all(0 < (each.first_token_ms or 0) <= (each.latency_ms or 0) for each in found.tries)
    assert 3 * (4e-6 + 2e-6) == pytest.approx(found.spread.cost_usd)
    assert (1, 2) == (found.number, again.number)
    assert (found, again) == sw.probes(product)


def test_what_is_expected_is_the_label_of_the_row_or_what_a_person_says(product):
    row = next(each for each in shop.mail(150) if each["spam"] and each["bait"] < 2)
    assert ("1", ("wrong",)) == (
        (found := sw.probe(product, row=row["id"], times=1)).expected,
        found.tags,
    )
    assert () == sw.probe(product, row=row["id"], expect="no", times=1).tags
    assert sw.probe(product, row=row["id"], values={"bait": 7}, times=1).expected is None


def test_what_a_person_says_replaces_the_last_part_and_is_no_template(product, endpoint):
    found = sw.probe(product, ask="Is {{ this }} free?", times=2, expect="yes")
    said = [(each["role"], each["content"]) for each in endpoint.bodies[-1]["messages"]]
    assert [
        ("system", "Say whether a mail is spam. Answer yes or no."),
        ("user", "Is {{ this }} free?"),
    ] == said
    assert 2 == found.spread.passes[0].passes


def test_values_stand_in_place_of_those_of_the_row(product):
    found = sw.probe(product, row="m00003", values={"bait": 2}, times=1)
    assert "m00003: 2 baits, free" == found.asked
    assert {"id": "m00003", "bait": 2} == found.values


def test_failures_that_show_by_themselves_are_tagged(product, endpoint):
    endpoint.replies = {"riddle": "Who knows?", "hedge": "I would say yes"}
    assert ("unreadable",) == sw.probe(product, ask="riddle", times=1).tags
    assert ("format",) == sw.probe(product, ask="hedge", times=1).tags
    unheard = sw.probe(product, ask="too long", times=2)
    assert (("no_reply",), 0, 2) == (unheard.tags, unheard.spread.answered, len(unheard.tries))
    assert unheard.tries[0].why.startswith("the endpoint refused the question: the prompt exceeds")


def test_people_tag_what_they_see_and_the_first_line_stays(product):
    first = sw.probe(product, ask="Hello", times=1, tags=["own:rude"])
    line = product.workspace.probes.read_text(encoding="utf-8")
    found = tagged(product, 1, ["invented"])
    assert ("own:rude", "invented") == found.tags
    assert product.workspace.probes.read_text(encoding="utf-8").startswith(line)
    assert (first.tries, first.id) == (found.tries, found.id)
    with pytest.raises(InputError, match="no probe 2"):
        tagged(product, 2, ["invented"])


def test_a_torn_line_costs_nothing_but_itself(product):
    sw.probe(product, ask="Hello", times=1)
    with product.workspace.probes.open("a") as file:
        file.write('{"probe": "torn')
    assert 2 == sw.probe(product, ask="Hello again", times=1).number


def test_what_was_answered_before_the_spending_limit_is_filed(tmp_path, endpoint):
    """A call may cost up to 1,106 millionths of a dollar, and costs 4."""
    opened = sw.open(folder_of(tmp_path, endpoint.base_url, spend_limit="0.00112"))
    with pytest.raises(OutsideError) as caught:
        sw.probe(opened, ask="Hello", times=50)
    assert "chat.spend_limit" == caught.value.problem.code
    assert caught.value.problem.remedy.endswith("4 answered tries are filed: shipworthy probe --log.")
    [found] = sw.probes(opened)
    assert 4 == len(found.tries) == sum(endpoint.answered.values())
    assert "stopped after 4 of 50 tries" == found.notes[0]


def test_what_was_answered_before_ctrl_c_is_filed(tmp_path, endpoint):
    endpoint.delay_s = 0.05
    folder = folder_of(tmp_path, endpoint.base_url)
    arguments = ["probe", str(folder), "--ask", "Hello", "--times", "900"]
    process = subprocess.Popen([*PROGRAM, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while sum(endpoint.answered.values()) < 3 and time.monotonic() < until:
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert (130, True) == (process.returncode, b"What was finished is kept." in told)
    [found] = sw.probes(sw.open(folder))
    assert 3 <= len(found.tries) < 900


def test_the_money_of_probes_counts_towards_the_limit_and_not_among_the_calls_of_an_evaluation(product):
    sw.probe(product, row="m00100", times=4)
    assert facts_of(sw.evaluate(product)).notes[0].startswith("105 calls; failures: none")


def test_the_key_is_filed_nowhere(product, endpoint):
    sw.probe(product, ask="Hello", times=1)
    assert {f"Bearer {KEY}"} == set(endpoint.keys)
    kept = [path for path in product.workspace.folder.rglob("*") if path.is_file()]
    assert not [path for path in kept if KEY.encode() in path.read_bytes()]


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_where_no_reply_is_an_answer_probe_is_named_with_a_row(tmp_path, endpoint):
    endpoint.replies = {"bait": "I am a little teapot"}
    with pytest.raises(InputError) as caught:
        sw.evaluate(sw.open(folder_of(tmp_path, endpoint.base_url, samples="2")))
    assert "chat.no_answer" == caught.value.problem.code
    assert caught.value.problem.message.endswith("the word of no answer: 'I am a little teapot'")
    assert caught.value.next_command.endswith("--candidate assistant --row m00045")


def test_nothing_is_filed_where_nobody_answers(tmp_path):
    opened = sw.open(folder_of(tmp_path, "http://127.0.0.1:9/v1", attempts="1"))
    with pytest.raises(OutsideError) as caught:
        sw.probe(opened, ask="Hello")
    assert "chat.unreachable" == caught.value.problem.code
    assert () == sw.probes(opened)


def test_what_cannot_be_asked_is_refused_with_what_can(product):
    assert "Did you mean 'assistant'?" == refused(product, "asistant", ask="x").remedy
    assert "Did you mean 'bait'?" == refused(product, row="m00003", values={"bat": 1}).remedy
    assert "'id'" in refused(product, values={"bait": 1}).message
    assert "probe.value" == refused(product, row="m00003", values={"bait": "two"}).code
    assert "Ids look like m00000, m00001, m00002." == refused(product, row="77").remedy
    assert "Known: 1 (yes); not 1 (no)." == refused(product, ask="x", expect="maybe").remedy
    assert "probe.times" == refused(product, ask="x", times=0).code
    assert "probe.nothing" == refused(product).code
    assert "probe.nothing" == refused(product, ask=" ").code
    assert "probe.nothing" == refused(product, "keywords", ask="x").code
    assert "probe.tag" == refused(product, ask="x", tags=["bad"]).code
    assert "--ask is no text in UTF-8" == refused(product, ask="\udcff").message


def test_a_product_without_a_chat_candidate_says_who_can_be_asked(kept):
    opened = sw.open(kept)
    assert "Name who is asked: --candidate keywords or logistic." == refused(opened, row="m00001").remedy


def test_rules_and_models_are_asked_once_and_say_why(kept):
    opened = sw.open(kept)
    rule = sw.probe(opened, "keywords", row="m00001", times=5)
    made_up = sw.probe(opened, "keywords", values={"bait": 3, "winner": False}, expect="yes")
    model = sw.probe(opened, "logistic", row="m00001")
    assert [1, 1, 1] == [len(each.tries) for each in (rule, made_up, model)]
    assert all(each.notes[0].startswith("asked again") for each in (rule, made_up, model))
    assert ("1", {"expected": True}) == (made_up.tries[0].answer, made_up.tries[0].passed)
    assert 0 < (model.tries[0].score or 0) < 1
    assert {"bait", "winner", "size", "format"} <= set(model.values)
    assert ["expected"] == [*model.tries[0].passed]
    assert model.notes[1].startswith("scores of at least ")


def test_a_model_that_was_never_trained_names_the_verb_that_trains_it(tmp_path):
    opened = sw.open(shop.product_folder(tmp_path, shop.with_candidates(shop.LOGISTIC)))
    assert "probe.untrained" == refused(opened, "logistic", row="m00001").code


def test_texts_are_graded_by_the_graders_of_the_product(tmp_path, endpoint):
    endpoint.replies = {"When": "Returns are free for 30 days."}
    old = PRODUCT[PRODUCT.index("  terse:") : PRODUCT.index("requirements:")]
    text = shop.changed(old, LATEST.replace("BASE", endpoint.base_url), PRODUCT)
    folder = desk_folder(tmp_path, text)
    (folder / "ask.md").write_text("{{ context }}\n\nQuestion: {{ topic }}? When?")
    found = sw.probe(sw.open(folder), row="q003", times=3)
    assert {"grounded", "short", "right", "polite", "helpful", "expected"} == {
        each.name for each in found.spread.passes
    }
    passed = {each.name: (each.passes, each.unscored) for each in found.spread.passes}
    assert {"expected": (3, 0), "grounded": (3, 0), "short": (3, 0), "right": (3, 0), "polite": (3, 0)} == {
        name: counts for name, counts in passed.items() if name != "helpful"
    }
    assert (0, 3) == passed["helpful"]
    assert {1: 1.0, 2: 1.0} == pytest.approx(dict(found.spread.passes[0].all_of))
    assert json.loads(folder.joinpath(".shipworthy/probes.jsonl").read_text())["spread"]["distinct"] == 1
