"""Inputs come from records where those exist, from answers and the file else, and each says which."""

import shutil
from types import SimpleNamespace

import pytest

import shipworthy as sw
from shipworthy.documents import disagreements
from shipworthy.errors import InputError
from shipworthy.evidence import read_record
from shipworthy.workbench.frame import exit_code, inputs, write_framing
from shipworthy.workbench.framing.reading import answered, example
from tests.workbench import cinema, flowers, helpdesk, shop

FRAME = """\
frame: {prohibited: no, unwanted: no, base_rate: 0.3, build_cost: 1_000 to 2_000 USD, run_cost: 1_200 USD / year,
  essential: no, specifiable: no, static: no, agreement: 0.8, rule_edits: 1 / week, labels_keep_up: yes, mitigated: yes}
"""
TEXT = shop.PRODUCT.replace("true_positive", "volume: 100_000 / month, true_positive") + FRAME
TEXT += "action: {do: move it, reversible: yes}\nmonitor: {label_delay: 2 days}\n"
TEXT = TEXT.replace("mitigated: yes", "mitigated: yes, label_lag_tolerated: 1 week")


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """A product that was audited, evaluated and framed; nobody may change it."""
    folder = shop.product_folder(tmp_path_factory.mktemp("framed") / "shop", TEXT)
    opened = sw.open(folder)
    audit, evaluation = sw.audit(opened), sw.evaluate(opened)
    return SimpleNamespace(
        folder=folder, opened=opened, audit=audit, evaluation=evaluation, record=sw.frame(opened)
    )


def framed(opened, **answers):
    found = sw.frame(opened, answers=answers).framing
    assert found is not None
    return found


@pytest.fixture
def bare(tmp_path):
    return sw.open(shop.product_folder(tmp_path / "bare", TEXT))


def test_what_a_record_measured_is_evidence_with_its_id(judged):
    found = judged.record.framing
    for name, record in (
        ("base_rate", judged.evaluation), ("labels", judged.evaluation), ("rule_suffices", judged.evaluation),
        ("latency", judged.evaluation), ("requirements_met", judged.evaluation), ("owner_known", judged.audit),
    ):  # fmt: skip
        assert ("evidence", record.id) == (found.given(name).known, found.given(name).record), name
    assert judged.evaluation.id == judged.record.parent


def test_the_measured_base_rate_is_that_of_the_labels_whatever_the_file_assumes(judged):
    rate = judged.record.framing.given("base_rate")
    spam = [row["spam"] for row in shop.mail()]
    assert rate.value == pytest.approx(sum(spam) / len(spam))
    assert rate.low < rate.value < rate.high


def test_what_the_file_states_is_an_assumption_in_the_unit_of_the_catalogue(judged):
    found = judged.record.framing
    assert (1_500.0, 1_000.0, 2_000.0) == tuple(
        getattr(found.given("build_cost"), k) for k in ("value", "low", "high")
    )
    assert found.given("run_cost").value == pytest.approx(100.0)
    assert found.given("rule_edits").value == pytest.approx(4.348, abs=0.001)
    assert (2.0, 7.0) == (found.given("label_lag").value, found.given("label_lag_tolerated").value)
    assert 5_000.0 == found.given("latency_budget").value
    assert {"assumption"} == {
        found.given(name).known for name in ("build_cost", "label_lag", "volume", "reversible")
    }
    assert "convention" == found.given("months").known


def test_a_rule_that_an_evaluation_proved_enough_is_the_answer(judged):
    assert ("rule", "F3") == (judged.record.framing.answer, judged.record.framing.rule)
    assert "keywords: 3 of 3 met" in judged.record.framing.because
    assert 0 == exit_code(judged.record.framing)


def test_a_record_reads_back_as_it_was(judged):
    text = (judged.folder / ".shipworthy" / "records" / f"{judged.record.id}.json").read_text()
    assert judged.record == read_record(text, "x.json")


def test_the_numbers_of_the_page_are_those_of_the_record(judged):
    page = write_framing(judged.opened, judged.record)
    html = page.read_text()
    assert () == disagreements(html, judged.record)
    assert html.count("data-path") > 10
    assert "A rule" in page.with_suffix(".md").read_text()


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_what_was_measured_before_the_requirements_changed_is_no_evidence(judged, tmp_path):
    folder = shutil.copytree(judged.folder, tmp_path / "shop")
    (folder / "product.yaml").write_text(TEXT.replace("recall >= 0.50", "recall >= 0.55"))
    found = framed(sw.open(folder))
    assert "assumption" == found.given("rule_suffices").known
    assert "before product.yaml changed" in found.given("rule_suffices").source
    assert 0 == found.measured


def test_what_frame_says_makes_no_evaluation_stale(judged, tmp_path):
    folder = shutil.copytree(judged.folder, tmp_path / "shop")
    (folder / "product.yaml").write_text(TEXT.replace("agreement: 0.8", "agreement: 0.9"))
    found = framed(sw.open(folder))
    assert ("evidence", 0.9) == (found.given("rule_suffices").known, found.given("agreement").value)


def test_without_records_the_file_is_all_there_is(bare):
    found = framed(bare)
    assert (0, "open", 0.3) == (found.measured, found.answer, found.given("base_rate").value)
    assert ("rule_suffices",) == found.questions[:1]


def test_an_answer_goes_before_the_file_and_not_before_evidence(bare, judged):
    found = framed(bare, rule_suffices="no", labels="200")
    assert ("predictive", "answered") == (found.answer, found.given("labels").source)
    given = inputs(judged.opened, {"rule_suffices": "no"})
    assert "yes" == given.word("rule_suffices")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("build_cost", "5 EUR", "is in EUR, and USD is expected"),
        ("build_cost", "5 / month", "counts per month"),
        ("run_cost", "5", "has no unit"),
        ("base_rate", "1.5", "goes above 100 %"),
        ("agreement", "5 ms", "counts in ms"),
        ("label_lag", "5", "has no unit"),
        ("specifiable", "perhaps", "one of yes, no"),
        ("bild_cost", "5", "no input is called 'bild_cost'"),
        ("volume", "-5 / month", "goes below zero"),
        ("volume", "", "is not a range"),
    ],
)
def test_an_answer_that_cannot_be_meant_is_refused_with_one_that_could(bare, name, text, message):
    with pytest.raises(InputError, match=message) as caught:
        framed(bare, **{name: text})
    assert "frame.answer" == caught.value.problem.code
    assert caught.value.problem.remedy


@pytest.mark.parametrize(
    "name",
    ["build_cost", "run_cost", "volume", "base_rate", "agreement", "label_lag", "latency", "labels_per_week"],
)
def test_the_example_of_a_question_is_an_answer_to_it(name):
    from shipworthy.frame import SORTS

    assert answered(name, example(SORTS[name], "USD"), "USD").value is not None


COSTS = """\
build_or_buy:
  volume: {range: 100_000 / month, source: counts}
  person_month: {range: 10_000 USD / person-month, source: finance}
  horizon: 12 months
  options:
    keywords: {how: build, effort: {range: 6 person-months, source: the team}}
    vendor: {how: buy, per_decision: {range: 0.04 USD / decision, source: offer}}
"""


def test_what_building_and_buying_come_to_is_an_input_of_the_rules(tmp_path):
    """keywords: 60,000 once; vendor: 12 * 100,000 * 0.04 = 48,000; even at 60,000 / 48,000 = 1.25 times its price."""
    text = TEXT.replace("build_cost: 1_000 to 2_000 USD, run_cost: 1_200 USD / year,", "") + COSTS
    known = {"differentiating_data": "no", "data_may_leave": "yes", "network_floor": "40 ms"}
    found = framed(sw.open(shop.product_folder(tmp_path / "shop", text)), **known)
    even = found.given("even_price")
    assert ("evidence", "build_or_buy: vendor against keywords over 12 months") == (even.known, even.source)
    assert even.value == pytest.approx(1.25)
    assert (0.0, 4_000.0) == (found.given("build_cost").value, pytest.approx(found.given("run_cost").value))
    buy, build = (each for each in found.rules if each.id == "F10")
    assert (True, False) == (buy.fired, build.fired)
    assert "bought and built leave the same at 1.25 times the present price" in buy.why
    assert "with prices 30 % lower they are 0.7 times it" in build.why


def test_what_the_file_says_of_costs_goes_before_what_assumptions_come_to(tmp_path):
    text = TEXT + COSTS.replace("{range: 6 person-months, source: the team}", "6 person-months")
    found = framed(sw.open(shop.product_folder(tmp_path / "shop", text.replace(", source: offer", ""))))
    assert ("frame.build_cost", "assumption") == (
        found.given("build_cost").source,
        found.given("even_price").known,
    )


def test_opportunities_are_ranked(judged, bare, tmp_path):
    text = TEXT.replace("Mail shield", "Small").replace("100_000", "50_000")
    small = sw.open(shop.product_folder(tmp_path / "small", text))
    found = sw.opportunities([small, judged.opened])
    assert ["Mail shield", "Small"] == [each.name for each in found.opportunities]
    assert found.opportunities[0].measured > found.opportunities[1].measured == 0


@pytest.mark.parametrize(
    ("change", "code"), [(("Mail shield", "Mail shield"), "frame.twice"), (("USD", "EUR"), "frame.currency")]
)
def test_what_cannot_be_ranked_is_refused(judged, tmp_path, change, code):
    other = sw.open(
        shop.product_folder(
            tmp_path / "other",
            TEXT.replace("shield", "guard" if code != "frame.twice" else "shield").replace(*change),
        )
    )
    with pytest.raises(InputError) as caught:
        sw.opportunities([judged.opened, other])
    assert code == caught.value.problem.code


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_how_far_people_agree_is_measured_from_rows_that_two_labelled(judged, tmp_path):
    rows = [{**row, "spam": ""} if at >= 360 else row for at, row in enumerate(shop.mail())]
    text = TEXT + "labels: {each: 2}\n"
    opened = sw.open(shop.product_folder(tmp_path / "labelled", text, rows))
    sw.label_take(opened, 20)
    for name in ("ana", "ben"):
        ids = [f"m{number:05d}" for number in range(360, 400)]
        lines = [f"{each},{(at + (name == 'ben' and at % 5 == 0)) % 2},{name}" for at, each in enumerate(ids)]
        file = tmp_path / f"{name}.csv"
        file.write_text("id,label,labeller\n" + "\n".join(lines) + "\n")
        sw.label_import(opened, file)
    found = framed(opened).given("agreement")
    assert ("evidence", "alpha of 40 rows that several people labelled") == (found.known, found.source)
    assert 0 < found.value < 1


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: flowers.garden(folder, flowers.CLASSES),
        lambda folder: flowers.garden(folder, flowers.NUMBERS),
        cinema.folder_of,
    ],
    ids=["classes", "numbers", "ranked items"],
)
def test_products_of_every_kind_are_framed(tmp_path, make):
    """Where answers are not yes or no, the value of a perfect one and of one of today are asked for."""
    found = framed(sw.open(make(tmp_path / "p")))
    assert ("open", "fixed") == (found.answer, found.given("output").value)
    assert {"value_perfect", "value_today"} <= set(found.questions)
    assert "base_rate" not in found.questions
    known = {"prohibited": "no", "unwanted": "no", "acted_on": "no"}
    assert "dont" == framed(sw.open(tmp_path / "p"), **known).answer


def test_an_assistant_is_framed_by_its_graders_and_what_its_answers_cost(tmp_path):
    """Open text, a grader of groundedness: what is not proved of it leaves a draft."""
    opened = sw.open(helpdesk.desk_folder(tmp_path / "desk"))
    sw.evaluate(opened)
    known = {
        "prohibited": "no", "unwanted": "no", "acted_on": "yes", "value_perfect": "2", "value_today": "0.5",
        "volume": "10_000 / month", "build_cost": "20_000", "run_cost": "500 / month", "rule_suffices": "no",
        "essential": "no", "static": "no", "agreement": "0.8", "labels_keep_up": "yes", "budget": "500 / month",
    }  # fmt: skip
    found = framed(opened, **known)
    assert ("generative", "F7", True) == (found.answer, found.rule, found.drafts)
    assert ("evidence", "open") == (found.given("cost_per_decision").known, found.given("output").value)
    assert ("yes", "grade: grounded") == (found.given("grounding").value, found.given("grounding").source)
    assert "a calibrated judge, a bound on misuse" in found.because
    assert "a corpus" not in found.because
