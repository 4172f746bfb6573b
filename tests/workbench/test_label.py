"""Labels of the queue flow back into what is judged: counted as they were drawn, and never over a label of the source."""

import pytest

import shipworthy as sw
from shipworthy.errors import InputError
from shipworthy.workbench.labelling.desk import answer, next_item, open_desk, sit_down
from tests.workbench import shop
from tests.workbench.shop import LOGISTIC, changed, edited, mail, with_candidates

ROWS = mail()
TRUTH = {row["id"]: str(row["spam"]) for row in ROWS}
TEST = ROWS[200:]


def unlabelled(rows, keep):
    """The rows with labels only where `keep` says so."""
    return edited(rows, spam=lambda row: row["spam"] if keep(row) else None)


def every_third(row):
    return int(row["id"][1:]) % 3 == 0


@pytest.fixture
def folder(tmp_path):
    return shop.product_folder(tmp_path / "shop", rows=unlabelled(ROWS, every_third))


def worked(folder, name="ana", wrong=()):
    """Somebody labels all that is queued rightly, but for some ids."""
    desk = open_desk(sw.open(folder))
    person = sit_down(desk, name)
    done = []
    while (offer := next_item(desk, person)) is not None:
        truth = TRUTH[offer.item]
        answer(
            desk, person, offer.item, {"1": "0", "0": "1"}[truth] if offer.item in wrong else truth, "test"
        )
        done.append(offer.item)
    return done


def judged(folder):
    """The evaluation of the present labels."""
    found = sw.evaluate(sw.open(folder)).evaluation
    assert found is not None
    return found


def accuracy(evaluation, **slice_):
    [found] = [
        each
        for each in evaluation.estimates
        if (each.candidate, each.metric, dict(each.slice)) == ("keywords", "accuracy", slice_)
    ]
    return found


def said(evaluation, words):
    return [note for note in evaluation.notes if words in note]


def right(row):
    return float((row["bait"] > 1 or row["winner"]) == bool(row["spam"]))


def test_drawn_labels_join_those_of_the_source(folder):
    before = judged(folder)
    taken = sw.label_take(sw.open(folder), 30)
    assert (30, "random", "test") == (taken.rows, taken.strategy, taken.part)
    done = worked(folder)
    after = judged(folder)
    assert accuracy(before).n + 30 == accuracy(after).n
    assert ["labels: 30 labels are of the queue, where the source has none"] == said(after, "of the queue")
    counted = [row for row in TEST if every_third(row) or row["id"] in done]
    assert sum(map(right, counted)) / len(counted) == pytest.approx(accuracy(after).value)


@pytest.mark.slow  # whole products, some seconds each
def test_rows_drawn_by_slices_are_weighted_by_their_chance(folder):
    sw.label_take(sw.open(folder), 40, by="slices")
    sw.label_take(sw.open(folder), 10)
    done = worked(folder)
    after = judged(folder)
    assert said(after, "weighted so that they stand for all test rows, slice by slice of format")
    total = 0.0
    for name in ("html", "plain"):
        rows = [row for row in TEST if row["format"] == name]
        labelled = [row for row in rows if every_third(row) or row["id"] in done]
        total += len(rows) * sum(map(right, labelled)) / len(labelled)
    assert total / len(TEST) == pytest.approx(accuracy(after).value)


@pytest.mark.slow  # whole products, some seconds each
def test_chosen_labels_of_the_source_stand_for_themselves(tmp_path):
    text = shop.PRODUCT + "labels: {given: chosen}\n"
    folder = shop.product_folder(tmp_path / "shop", text, unlabelled(ROWS, every_third))
    sw.label_take(sw.open(folder), 30)
    done = worked(folder)
    after = judged(folder)
    source = [row for row in TEST if every_third(row)]
    drawn = [row for row in TEST if row["id"] in done]
    others = (len(TEST) - len(source)) / len(drawn)
    expected = (sum(map(right, source)) + others * sum(map(right, drawn))) / len(TEST)
    assert expected == pytest.approx(accuracy(after).value)
    assert said(after, "labels of the source count for themselves")


def test_a_label_of_the_source_stands_and_the_disagreement_is_listed(folder):
    before = judged(folder)
    sw.label_take(sw.open(folder), 5, by="noise", ids=["m00300", "m00303"])
    worked(folder, wrong=("m00303",))
    after = judged(folder)
    assert accuracy(before) == accuracy(after)
    assert said(after, "1 label of the queue differs from the source, which stands: m00303")
    assert ("m00303",) == sw.label(sw.open(folder)).differing


@pytest.mark.slow  # whole products, some seconds each
def test_labels_to_learn_from_train_and_do_not_measure(tmp_path):
    text = with_candidates(LOGISTIC)
    folder = shop.product_folder(tmp_path / "shop", text, unlabelled(ROWS, every_third))
    before = judged(folder)
    taken = sw.label_take(sw.open(folder), 12, by="uncertainty")
    assert "train" == taken.part
    assert set(worked(folder)) <= {row["id"] for row in ROWS[:120]}
    after = judged(folder)
    assert accuracy(before).n == accuracy(after).n
    parts = {split.name: split.labelled for split in after.splits}
    assert {split.name: split.labelled for split in before.splits}["train"] + 12 == parts["train"]


@pytest.mark.slow  # whole products, some seconds each
def test_candidates_that_differ_are_settled_by_people(tmp_path):
    folder = shop.product_folder(tmp_path / "shop", with_candidates(LOGISTIC), unlabelled(ROWS, every_third))
    judged(folder)
    taken = sw.label_take(sw.open(folder), 3, by="disagreement")
    assert 1 <= taken.rows <= 3
    assert "keywords, logistic differ" in taken.note


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_labels_that_others_chose_are_left_out_of_what_is_measured_and_it_is_said(folder, tmp_path):
    (tmp_path / "theirs.csv").write_text("id,label\nm00301,1\nm00302,0\nm00001,1\n")
    found = sw.label_import(sw.open(folder), tmp_path / "theirs.csv", name="zoe")
    assert (3, 3) == (found.new, found.queued)
    before = len([row for row in TEST if every_third(row)])
    after = judged(folder)
    assert before == accuracy(after).n
    assert said(after, "2 labels were drawn to learn from, of rows that judge")


def test_rows_that_would_settle_a_claim_come_from_its_slice(tmp_path):
    text = shop.with_requirements("recall >= 0.9 for every format")
    folder = shop.product_folder(tmp_path / "shop", text, unlabelled(ROWS, every_third))
    with pytest.raises(InputError, match="no plan"):
        sw.label_take(sw.open(folder), 5, by="settle")
    sw.plan(sw.open(folder))
    taken = sw.label_take(sw.open(folder), 10, by="settle")
    assert (10, "for recall >= 0.9 for every format") == (taken.rows, taken.note)


@pytest.mark.slow  # whole products, some seconds each
def test_a_row_that_changed_is_told_and_its_label_kept_and_not_used(folder):
    sw.label_take(sw.open(folder), 20)
    done = worked(folder)
    rows = unlabelled(ROWS, every_third)
    shop.write_csv(folder / "mail.csv", edited(rows, size=lambda row: row["size"] + (row["id"] == done[0])))
    assert 1 == sw.label(sw.open(folder)).changed
    after = judged(folder)
    assert said(after, "19 labels are of the queue")
    assert said(after, "kept and not used")
    shop.write_csv(folder / "mail.csv", rows)
    assert 0 == sw.label(sw.open(folder)).changed
    assert said(judged(folder), "20 labels are of the queue")


def test_a_row_that_changed_before_anybody_saw_it_is_shown_as_it_is_now(folder):
    sw.label_take(sw.open(folder), 5)
    desk = open_desk(sw.open(folder))
    person = sit_down(desk, "ana")
    offer = next_item(desk, person)
    assert offer is not None
    rows = unlabelled(ROWS, every_third)
    shop.write_csv(folder / "mail.csv", edited(rows, sender="somebody new"))
    others = [item for item in (next_item(open_desk(sw.open(folder)), sit_down(desk, "bo")),) if item]
    assert ["somebody new"] == [each.shown["sender"] for each in others]


@pytest.mark.slow  # whole products, some seconds each
def test_without_any_label_of_the_source_the_queue_alone_is_judged(tmp_path):
    folder = shop.product_folder(tmp_path / "shop", rows=unlabelled(ROWS, lambda _: False))
    sw.label_take(sw.open(folder), 60)
    worked(folder)
    assert 60 == accuracy(judged(folder)).n


@pytest.mark.slow  # whole products, some seconds each
def test_rows_without_a_settled_label_are_said_to_be_left_out(tmp_path):
    text = shop.PRODUCT + "labels: {each: 2}\n"
    folder = shop.product_folder(tmp_path / "shop", text, unlabelled(ROWS, every_third))
    sw.label_take(sw.open(folder), 20)
    done = worked(folder)
    worked(folder, "bo", wrong=done[:3])
    assert said(judged(folder), "likely hard: of the drawn rows 3 on which people differ")


def test_a_label_column_that_does_not_exist_is_told_before_anything_is_drawn(tmp_path):
    folder = shop.product_folder(tmp_path, changed("target: spam", "target: spamm"), ROWS)
    with pytest.raises(InputError, match="no column 'spamm'"):
        sw.label_take(sw.open(folder), 5)


def test_two_people_doubled_give_an_agreement(tmp_path):
    text = shop.PRODUCT + "labels: {each: 2}\n"
    folder = shop.product_folder(tmp_path / "shop", text, unlabelled(ROWS, every_third))
    sw.label_take(sw.open(folder), 20)
    done = worked(folder)
    worked(folder, "bo", wrong=done[:4])
    found = sw.label_agreement(sw.open(folder))
    assert (20, 4, 0.8) == (found.items, found.differing, found.share)
    assert {"settled": 16, "disagreed": 4} == sw.label(sw.open(folder)).states
    worked(folder, "cy")
    assert {"settled": 20} == sw.label(sw.open(folder)).states


@pytest.mark.parametrize("name", ["labels.csv", "labels.parquet", "labels.json"])
@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_an_export_can_be_imported_into_another_queue(folder, tmp_path, name):
    sw.label_take(sw.open(folder), 10)
    worked(folder)
    assert 10 == sw.label_export(sw.open(folder), tmp_path / name).labels
    other = shop.product_folder(tmp_path / "other", rows=unlabelled(ROWS, every_third))
    sw.label_take(sw.open(other), 10)
    found = sw.label_import(sw.open(other), tmp_path / name)
    assert (10, 0, ()) == (found.new, found.queued, found.problems)
    again = sw.label_import(sw.open(other), tmp_path / name)
    assert (0, 10) == (again.new, again.known)


def test_the_labellers_see_no_label_and_only_the_columns_that_they_may(tmp_path):
    rows = unlabelled(ROWS, every_third)
    folder = shop.product_folder(tmp_path / "a", rows=rows)
    assert "spam" not in open_desk(sw.open(folder)).columns
    text = shop.PRODUCT + "labels: {show: [sender, size]}\n"
    assert ("sender", "size") == open_desk(sw.open(shop.product_folder(tmp_path / "b", text, rows))).columns
    wrong = shop.PRODUCT + "labels: {show: [sendr]}\n"
    with pytest.raises(InputError, match="no column 'sendr'"):
        open_desk(sw.open(shop.product_folder(tmp_path / "c", wrong, rows)))


def test_the_labellers_see_neither_an_earlier_label_nor_when_one_was_known(tmp_path):
    rows = [{**row, "again": 0, "known": row["time"]} for row in unlabelled(ROWS, every_third)]
    text = changed("id: id, ", "id: id, second_label: again, label_time: known, ")
    columns = open_desk(sw.open(shop.product_folder(tmp_path, text, rows))).columns
    assert not {"again", "known"} & {*columns}


def test_a_product_without_ids_cannot_be_labelled(tmp_path):
    text = changed("id: id, ", "")
    with pytest.raises(InputError, match="name no id"):
        sw.label_take(sw.open(shop.product_folder(tmp_path, text)), 5)


def test_where_every_row_is_labelled_there_is_nothing_to_draw(tmp_path):
    with pytest.raises(InputError, match="no test row is without a label"):
        sw.label_take(sw.open(shop.product_folder(tmp_path)), 5)


def test_labels_are_kept_in_postgresql_and_examples_may_lie_there_too(tmp_path, postgres_url):
    from tests.engines import backends

    kinds = {
        "id": "TEXT", "time": "TIMESTAMP", "sender": "TEXT", "format": "TEXT", "bait": "BIGINT",
        "size": "DOUBLE PRECISION", "winner": "BOOLEAN", "spam": "BIGINT",
    }  # fmt: skip
    backends.put_at(postgres_url, "label_mail", kinds, unlabelled(ROWS, every_third))
    text = changed("source: mail.csv", f'source: "{postgres_url}", table: label_mail')
    text += f'labels: {{store: "{postgres_url}", queue: test_label}}\n'
    folder = shop.product_folder(tmp_path / "shop", text)
    (folder / "mail.csv").unlink()
    sw.label_take(sw.open(folder), 30, by="slices")
    assert 30 == len(worked(folder))
    after = judged(folder)
    assert len([row for row in TEST if every_third(row)]) + 30 == accuracy(after).n
    assert said(after, "weighted so that they stand for all test rows")
    assert not (folder / ".shipworthy" / "store.db").exists()
