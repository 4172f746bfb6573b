"""Labels of the source are labelled again, blindly and at random, and the audit judges how many are wrong; programs give labels, too."""

import pytest

import shipworthy as sw
from shipworthy.errors import InputError
from tests.workbench import shop
from tests.workbench.test_label import ROWS, TRUTH, every_third, unlabelled, worked

TEXT = shop.with_requirements("recall >= 0.5", "label_noise <= 30 %") + "labels: {each: 2}\n"


@pytest.fixture
def folder(tmp_path):
    return shop.product_folder(tmp_path / "shop", TEXT, unlabelled(ROWS, every_third))


def noise_of(folder):
    found = sw.audit(sw.open(folder)).audit
    assert found is not None
    [verdict] = [each for each in found.verdicts if each.requirement.startswith("label_noise")]
    return verdict


@pytest.mark.slow  # whole products, some seconds each
def test_labelled_rows_are_labelled_twice_more_and_the_claim_is_judged_on_them(folder):
    before = sw.evaluate(sw.open(folder)).evaluation
    assert "undecided" == noise_of(folder).verdict
    taken = sw.label_take(sw.open(folder), 40, by="again")
    labelled = [row["id"] for row in ROWS if every_third(row)]
    assert (40, len(labelled)) == (taken.rows, taken.among)
    done = worked(folder, "ana")
    assert {*done} <= {*labelled}
    wrong = sorted(done)[:4]  # two people say something else than the source of these
    again = worked(folder, "bo", wrong)
    assert sorted(done) == sorted(again)
    assert 40 == sw.label_agreement(sw.open(folder)).items
    worked(folder, "cy", wrong)  # and a third one settles them
    verdict = noise_of(folder)
    assert (40, 4 / 40) == (verdict.estimate.n, verdict.estimate.value)
    assert "met" == verdict.verdict
    after = sw.evaluate(sw.open(folder)).evaluation
    assert before is not None
    assert after is not None
    assert [each.value for each in before.estimates] == [each.value for each in after.estimates]


def test_where_all_labelled_rows_are_queued_none_is_drawn(folder):
    sw.label_take(sw.open(folder), 10_000, by="again")
    with pytest.raises(InputError, match="no row that the source has a label for"):
        sw.label_take(sw.open(folder), 1, by="again")


def test_a_program_gives_a_label_once(folder):
    [row, *_] = (row["id"] for row in ROWS if not every_third(row))
    assert sw.label_give(sw.open(folder), row, int(TRUTH[row]), name="ana")
    assert not sw.label_give(sw.open(folder), row, TRUTH[row], name="ana")
    assert 1 == sw.label(sw.open(folder)).labels
    with pytest.raises(InputError, match="has labelled"):
        sw.label_give(sw.open(folder), row, 1 - int(TRUTH[row]), name="ana")


@pytest.mark.parametrize(
    ("row", "label", "name", "said"),
    [
        ("nobody", 1, "ana", "is no row"),
        ("m00001", 7, "ana", "is no label"),
        ("m00001", 1, " ", "somebody's"),
    ],
)
def test_what_cannot_be_kept_is_refused(folder, row, label, name, said):
    with pytest.raises(InputError, match=said):
        sw.label_give(sw.open(folder), row, label, name=name)
