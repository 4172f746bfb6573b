"""Labels as files of other tools, and back; what is broken is named, and the rest is read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.errors import InputError
from shipworthy.label.exchange import Line, csv_text, read_csv, read_studio, studio_text, table_lines
from shipworthy.label.keys import keys_of
from shipworthy.label.queue import CANNOT_TELL, Given, Item, Scheme

YES_NO = Scheme("binary", ("1", "0"))
AT = "2026-01-01T00:00:00.000000Z"
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=8).filter(
    lambda text: text == text.strip() and text
)
labels = st.lists(
    st.builds(
        Given, texts, texts, st.sampled_from(["1", "0", CANNOT_TELL]), st.just("label"), st.just(AT), texts
    ),
    max_size=6,
    unique_by=lambda each: (each.item, each.labeller),
)


def items_of(labels):
    return [
        (Item(item, {"text": item}, "hash"), "open", None) for item in sorted({each.item for each in labels})
    ]


def essence(lines, scheme=YES_NO):
    return sorted((line.item, line.labeller, scheme.read(line.label)) for line in lines)


@given(labels)
def test_labels_survive_csv(labels):
    read = read_csv(csv_text(table_lines(items_of(labels), labels)), "labels.csv")
    assert () == read.problems
    assert sorted((each.item, each.labeller, each.label) for each in labels) == essence(read.lines)


@given(labels)
def test_labels_survive_label_studio(labels):
    read = read_studio(studio_text(items_of(labels), labels, numeric=False), "labels.json")
    assert () == read.problems
    assert sorted((each.item, each.labeller, each.label) for each in labels) == essence(read.lines)


def test_numbers_survive_label_studio():
    given_labels = [Given("a", "ana", "2.5", "label", AT, "t")]
    [line] = read_studio(studio_text(items_of(given_labels), given_labels, numeric=True), "x").lines
    assert "2.5" == line.label


def test_a_broken_line_is_named_and_the_rest_is_read():
    text = 'id,label,labeller\na,1,ana\nb,1\n"c,0,ana\nd,0,"an, a"\n,1,ana\n\ne,,ana\nf,"1\n",ana\n'
    read = read_csv(text, "labels.csv")
    assert [("a", "1", 2), ("d", "0", 5), ("", "1", 6), ("f", "1", 9)] == [
        (line.item, line.label, line.number) for line in read.lines
    ]
    assert [3, 4, 6] == [problem.where.line for problem in read.problems if problem.where]


@pytest.mark.parametrize("header", ["label,labeller", "id,labeller", ""])
def test_a_table_without_ids_or_labels_is_refused(header):
    with pytest.raises(InputError, match="has no column"):
        read_csv(f"{header}\n1,2\n", "labels.csv")


def test_other_names_of_columns_are_known():
    assert (Line("a", "1", "ana", "", 2),) == read_csv("item,annotator,choice\na,ana,1\n", "x.csv").lines


def test_a_task_that_was_skipped_has_no_label_and_a_strange_one_is_named():
    result = [{"from_name": "label", "to_name": "row", "type": "choices", "value": {"choices": ["1"]}}]
    tasks = [
        {"data": {"item_id": 7}, "annotations": [{"completed_by": 3, "result": result}]},
        {"data": {"item_id": "b"}, "annotations": [{"was_cancelled": True, "result": result}]},
        {"data": {"item_id": "c"}, "annotations": [{"result": [{"value": {"rectangle": 1}}]}]},
        {"data": {}, "annotations": [{"result": result}]},
        {"data": {"item_id": "d"}, "annotations": []},
    ]
    read = read_studio(json.dumps(tasks), "x.json")
    assert [("7", "1", "annotator 3")] == [(line.item, line.label, line.labeller) for line in read.lines]
    assert ["task 3", "task 4"] == [problem.message[:6] for problem in read.problems]


@pytest.mark.parametrize("text", ["{", '{"a": 1}', "[1]", ""])
def test_what_is_no_list_of_tasks_is_refused(text):
    with pytest.raises(InputError):
        read_studio(text, "x.json")


@pytest.mark.parametrize(
    ("scheme", "written", "kept"),
    [
        (YES_NO, " 1 ", "1"),
        (Scheme("multiclass", ("Setosa", "Other")), "setosa", "Setosa"),
        (YES_NO, "Cannot tell", CANNOT_TELL),
        (Scheme("regression"), "1e3", "1000"),
        (Scheme("regression"), "-0.5", "-0.5"),
    ],
)
def test_a_label_is_read_as_it_is_kept(scheme, written, kept):
    assert kept == scheme.read(written)


@pytest.mark.parametrize(
    ("scheme", "written"),
    [
        (YES_NO, "2"),
        (YES_NO, ""),
        (Scheme("regression"), "much"),
        (Scheme("regression"), "nan"),
        (Scheme("ranking"), "-1"),
    ],
)
def test_what_is_no_label_is_refused(scheme, written):
    with pytest.raises(InputError):
        scheme.read(written)


def test_a_label_outside_the_set_names_the_nearest_one():
    with pytest.raises(InputError) as caught:
        Scheme("multiclass", ("setosa", "virginica")).read("setossa")
    assert "Did you mean 'setosa'?" == caught.value.problem.remedy


def test_single_letters_are_their_own_keys_and_others_are_counted():
    assert {"1": "1", "0": "0"} == keys_of(("1", "0"))
    assert {"1": "yes", "2": "no"} == keys_of(("yes", "no"))
    assert {"1": "s", "2": "x"} == keys_of(("s", "x"))


@given(st.integers(2, 50))
def test_every_class_has_a_key_of_its_own_and_none_is_a_command(classes):
    names = tuple(f"class {at}" for at in range(classes))
    keys = keys_of(names)
    assert names == tuple(keys.values())
    assert not {*"?sugq"} & {*keys}
