"""An incident from what was said to what was learnt, each step with what records say of it, and none changed later."""

import shutil
from types import SimpleNamespace

import pytest

import shipworthy as sw
from shipworthy.errors import InputError
from shipworthy.workbench.incident import exit_code
from tests.workbench import shop

GAP = "gap(false_positive_rate, format) <= 0.05"
LOOSE = "gap(false_positive_rate, format) <= 0.9"
WORSE = "  biased: {rule: \"format = 'html'\", cost: 0}\n"
TEXT = shop.with_candidates(WORSE).replace("true_positive", "volume: 10_000 / month, true_positive")
TEXT += f"  - {LOOSE}\n  - {GAP}\n"
NAME = "Ada"


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """A product of which one candidate treats plain and HTML mail differently; nobody may change it."""
    folder = shop.product_folder(tmp_path_factory.mktemp("incident") / "shop", TEXT)
    return SimpleNamespace(folder=folder, evaluation=sw.evaluate(sw.open(folder)))


@pytest.fixture
def opened(judged, tmp_path):
    return sw.open(shutil.copytree(judged.folder, tmp_path / "shop"))


def begun(opened, **options):
    return sw.incident_open(opened, "HTML mail is held", name=NAME, about=GAP, candidate="biased", **options)


def taken(opened, *steps):
    record = None
    for step in steps:
        said = "label: nobody read them" if step == "cause" else "so it is"
        record = sw.incident_step(opened, step, said, name=NAME)
    return record.incident


TO_FIX = ("verify", "size", "contain", "tell", "cause", "fix")


def test_from_what_was_said_to_what_was_learnt(opened):
    begun(opened)
    found = taken(opened, *TO_FIX)
    assert ("missed", "re-measure") == (found.last("verify").verdict, found.next_step)
    sw.evaluate(opened)
    record = sw.incident_step(opened, "re-measure", "better", name=NAME, candidate="keywords", about=LOOSE)
    assert ("met", 0) == (record.incident.steps[-1].verdict, exit_code(record.incident))
    closed = sw.incident_step(opened, "learn", "look by format", name=NAME).incident
    assert closed.closed
    assert closed.suggestion.startswith("- {require: ")


def test_each_step_is_a_record_of_its_own_that_follows_from_the_one_before(opened):
    records = [
        begun(opened),
        *(sw.incident_step(opened, each, "so", name=NAME) for each in ("verify", "size")),
    ]
    assert [None, records[0].id, records[1].id] == [each.parent for each in records]
    assert records == sw.records(opened, "incident")
    assert records[-1].incident.steps[:1] == records[1].incident.steps


def test_the_gap_is_read_from_the_newest_evaluation_with_the_rates_behind_it(opened, judged):
    begun(opened)
    step = taken(opened, "verify").steps[-1]
    assert (judged.evaluation.id,) == step.records
    assert (GAP, 0.05, "missed") == (
        step.figures[0].requirement,
        step.figures[0].bound,
        step.figures[0].verdict,
    )
    assert {"html", "plain"} <= {each.slice.get("format") for each in step.figures}


def test_who_is_hit_is_told_of_1000_and_by_the_month(opened):
    begun(opened)
    worst, other = taken(opened, "verify", "size").steps[-1].sizes
    assert ({"format": "html"}, 1_000.0, True) == (worst.group, worst.wrong, worst.worst)
    assert 0 < worst.excess <= worst.per_month < 10_000
    assert other.wrong < worst.wrong


def test_a_fix_is_measured_by_an_evaluation_that_is_newer(opened):
    begun(opened)
    taken(opened, *TO_FIX)
    with pytest.raises(InputError, match="is older than the fix") as caught:
        sw.incident_step(opened, "re-measure", "better", name=NAME)
    assert "incident.evidence" == caught.value.problem.code


def test_a_fix_that_did_nothing_is_made_again(opened):
    begun(opened)
    taken(opened, *TO_FIX)
    sw.evaluate(opened)
    found = taken(opened, "re-measure")
    assert ("missed", "fix", 1) == (found.steps[-1].verdict, found.next_step, exit_code(found))
    assert any("the same rows as before" in note for note in found.steps[-1].notes)


@pytest.mark.parametrize("about", ["gap(recall, format) <= 0.05", "nonsense"])
def test_what_is_not_required_cannot_be_what_it_is_about(opened, about):
    with pytest.raises(InputError) as caught:
        sw.incident_open(opened, "x", name=NAME, about=about)
    assert "incident.claim" == caught.value.problem.code


def test_a_requirement_is_found_however_it_is_written(opened):
    record = sw.incident_open(opened, "x", name=NAME, about="gap(false_positive_rate,format)<=5%")
    assert GAP == record.incident.claim


def test_without_a_word_it_is_about_the_gap_that_stands_poorest_of_the_best_candidate(opened):
    found = sw.incident_open(opened, "x", name=NAME).incident
    assert ("keywords", True) == (found.candidate, found.claim in (GAP, LOOSE))


def test_an_unknown_candidate_and_an_empty_word_are_refused(opened):
    with pytest.raises(InputError, match="no candidate is called 'keyword'"):
        sw.incident_open(opened, "x", name=NAME, candidate="keyword")
    with pytest.raises(InputError, match="opened with what was said"):
        sw.incident_open(opened, "  ", name=NAME)


def test_a_record_without_an_evaluation_is_no_evidence(opened):
    first = begun(opened)
    with pytest.raises(InputError, match="holds no evaluation"):
        sw.incident_step(opened, "verify", "so", name=NAME, evidence=first.id)


def test_without_an_evaluation_the_first_steps_rest_on_words_and_say_so(tmp_path):
    bare = sw.open(shop.product_folder(tmp_path / "shop", TEXT))
    sw.incident_open(bare, "HTML mail is held", name=NAME)
    step = taken(bare, "verify").steps[-1]
    assert ("", ("nothing was evaluated: this rests on words alone",)) == (step.verdict, step.notes)
    taken(bare, *TO_FIX[1:])
    with pytest.raises(InputError, match="there is no evaluation"):
        sw.incident_step(bare, "re-measure", "better", name=NAME)


def test_several_incidents_are_told_apart_by_number_and_the_newest_open_one_goes_on(opened):
    begun(opened)
    assert 2 == begun(opened).incident.number
    assert 2 == taken(opened, "verify").number
    assert 1 == sw.incident_step(opened, "verify", "so", name=NAME, number=1).incident.number
    with pytest.raises(InputError, match="there is no incident 3"):
        sw.incident(opened, 3)


def test_without_an_incident_there_is_nothing_to_show(tmp_path):
    bare = sw.open(shop.product_folder(tmp_path / "shop", TEXT))
    with pytest.raises(InputError, match="no incident is on record"):
        sw.incident(bare)


def test_a_step_that_was_altered_on_disk_stops_everything_after_it(opened):
    record = begun(opened)
    path = opened.workspace.records / f"{record.id}.json"
    path.write_text(path.read_text().replace("HTML mail is held", "all is well"))
    with pytest.raises(InputError, match="was altered"):
        taken(opened, "verify")


def test_a_drill_has_no_clocks(opened):
    assert ((), True) == (begun(opened, drill=True).incident.clocks, sw.incident(opened).incident.drill)


def test_a_name_stands_on_one_line_and_is_never_empty(opened):
    assert "Ada Lovelace" == sw.incident_open(opened, "x", name="Ada\n Lovelace").incident.by
    for name in ("", " ", "A\x1bda"):
        with pytest.raises(InputError, match="is no name"):
            sw.incident_step(opened, "verify", "so", name=name)
