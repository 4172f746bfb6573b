"""What an audit tries out on request: wrong labels, whether more labels help, and claims on label noise."""

import numpy as np
import pytest

import shipworthy as sw
from shipworthy.evidence import read_record
from tests.workbench.shop import write_csv

pytestmark = pytest.mark.slow  # whole products, some seconds each

PRODUCT = """\
product: Mail shield
owner: Trust and safety
predicts: {target: spam, positive: 1}
data:
  examples: {source: mail.csv, id: id, owner: mail team, licence: CC0, personal: none, label_cost: 0.5}
  split: {by: random, test: 20 %, validation: 20 %}
candidates:
  logistic: {train: logistic_regression}
requirements:
  - accuracy >= 0.99
  - recall >= 0.50 at false_positive_rate <= 10 %
"""


def rows(wrong=0.0, n=3_000, again=None):
    """Mails whose answer follows a logistic law; that share of the labels is flipped, and some rows are labelled again."""
    rng = np.random.default_rng(3)
    inputs = rng.normal(size=(n, 3))
    true = rng.random(n) < 1 / (1 + np.exp(-6 * inputs[:, 0] - 4 * inputs[:, 1] + 2))
    flipped = np.isin(np.arange(n), rng.choice(n, round(wrong * n), replace=False))
    made = []
    for at in range(n):
        second = (
            {} if again is None else {"second": int(true[at]) if at % 10 == 0 and at < 10 * again else ""}
        )
        named = {
            name: round(float(inputs[at, place]), 4) for place, name in enumerate(("words", "links", "size"))
        }
        made.append({"id": f"m{at:05d}", **named, "spam": int(true[at] ^ flipped[at]), **second})
    return made, {f"m{at:05d}" for at in np.flatnonzero(flipped)}


def audited(folder, made, text=PRODUCT, **trials):
    folder.mkdir(exist_ok=True)
    (folder / "product.yaml").write_text(text, encoding="utf-8")
    write_csv(folder / "mail.csv", made)
    return sw.audit(sw.open(folder), **trials)


def whole(found):
    return {each.requirement: each for each in found.verdicts if not each.slice}


def test_planted_wrong_labels_are_counted_and_named(tmp_path):
    made, wrong = rows(0.05)
    found = audited(tmp_path, made, label_noise=True).audit
    assert found.noise.low <= 0.05 <= found.noise.high
    assert 0.05 == pytest.approx(found.noise.share, rel=0.2)
    assert len({*found.noise.ids} & wrong) >= 0.8 * len(found.noise.ids)
    (told,) = [each for each in found.findings if each.sort == "suspected_labels"]
    assert ("amber", found.noise.ids[:5]) == (told.colour, told.ids)


def test_clean_labels_raise_nothing(tmp_path):
    made, _ = rows()
    found = audited(tmp_path, made, label_noise=True).audit
    assert ["green"] == [each.colour for each in found.findings if each.sort == "suspected_labels"]


def test_learning_curves_are_kept_and_say_whether_labels_help(tmp_path):
    made, _ = rows(0.05)
    record = audited(tmp_path, made, learning_curve=True)
    hopeless, easy = record.audit.curves
    assert ("logistic", "accuracy >= 0.99", "out_of_reach") == (
        hopeless.candidate,
        hopeless.requirement,
        hopeless.answer,
    )
    assert "reached" == easy.answer
    assert len(hopeless.sizes) == len(hopeless.values) == 6
    assert hopeless.endless.high <= 1
    kept = next((tmp_path / ".shipworthy" / "records").glob("*-audit-*.json"))
    assert record == read_record(kept.read_text(encoding="utf-8"), kept.name)
    (told,) = [each for each in record.audit.findings if each.about == "logistic: accuracy >= 0.99"]
    assert told.what.startswith("more labels will not help")


def test_nothing_is_fitted_unless_it_is_asked_for(tmp_path):
    made, _ = rows(n=600)
    found = audited(tmp_path, made).audit
    assert (None, ()) == (found.noise, found.curves)


def test_a_claim_on_label_noise_is_undecided_until_rows_are_labelled_again(tmp_path):
    made, _ = rows(0.05)
    text = PRODUCT + "  - label_noise <= 3 %\n"
    verdict = whole(audited(tmp_path, made, text).audit)["label_noise <= 3 %"]
    assert "undecided" == verdict.verdict
    assert "99 rows drawn at random would decide if no label is wrong" in verdict.reason
    assert verdict.needs_more > 99


@pytest.mark.parametrize(("wrong", "answer"), [(0.0, "met"), (0.1, "missed")])
def test_rows_that_were_labelled_again_decide_it(tmp_path, wrong, answer):
    made, _ = rows(wrong, again=200)
    text = PRODUCT.replace("label_cost", "second_label: second, label_cost") + "  - label_noise <= 3 %\n"
    verdict = whole(audited(tmp_path, made, text).audit)["label_noise <= 3 %"]
    assert (answer, 200) == (verdict.verdict, verdict.estimate.n)


def test_suspected_rows_go_into_the_queue_of_labels(tmp_path):
    made, _ = rows(0.05, n=1_500)
    found = audited(tmp_path, made, label_noise=True).audit
    taken = sw.label_take(sw.open(tmp_path), 5, by="noise")
    assert 5 == taken.rows
    assert len(found.noise.ids) >= 5
