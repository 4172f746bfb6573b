"""A decision shares the error between the candidates, counts the looks, and never names the baseline."""

from __future__ import annotations

import shipworthy as sw
from tests.workbench import shop
from tests.workbench.shop import changed, with_requirements


def decided(folder):
    record = sw.decide(sw.open(folder))
    assert record.evaluation is not None
    assert record.evaluation.decision is not None
    return record, record.evaluation.decision


def test_the_error_is_shared_between_the_eligible_candidates(finished):
    [evaluated], [record] = (sw.records(sw.open(finished), verb) for verb in ("evaluate", "decide"))
    assert evaluated.evaluation is not None
    assert record.evaluation is not None
    assert {0.95} == {each.level for each in evaluated.evaluation.estimates}
    assert {0.975} == {round(each.level, 9) for each in record.evaluation.estimates}
    assert any("shared between 2 candidates" in note for note in record.evaluation.notes)
    assert evaluated.id == record.parent


def test_looks_at_the_test_rows_are_counted_when_what_is_asked_changes(kept):
    product_file = kept / "product.yaml"
    looks = []
    for share in ("0.50", "0.50", "0.40", "0.45"):
        text = product_file.read_text(encoding="utf-8")
        now = next(line for line in text.splitlines() if "recall >=" in line)
        product_file.write_text(text.replace(now, f"  - recall >= {share}"), encoding="utf-8")
        record, _ = decided(kept)
        assert record.facts is not None
        looks.append(record.facts["looks"])
    assert [1, 1, 2, 3] == looks


def test_fresh_labels_begin_a_new_count(kept):
    (kept / "product.yaml").write_text(
        changed("recall >= 0.50", "recall >= 0.40", (kept / "product.yaml").read_text(encoding="utf-8")),
        encoding="utf-8",
    )
    record, _ = decided(kept)
    assert record.facts is not None
    assert 2 == record.facts["looks"]
    shop.write_csv(kept / "mail.csv", shop.mail(seed=1))
    record, _ = decided(kept)
    assert record.facts is not None
    assert 1 == record.facts["looks"]


def test_the_baseline_is_always_there_and_never_the_answer(tmp_path):
    text = with_requirements("false_positive_rate <= 30 %", text=changed('bait > 1 OR winner"', 'bait >= 0"'))
    record, decision = decided(shop.product_folder(tmp_path, text))
    assert record.evaluation is not None
    baseline = record.evaluation.facts("baseline")
    assert not baseline.eligible
    assert ["met"] == [each.verdict for each in record.evaluation.rolled_up("baseline")]
    assert ("do_not_ship", None) == (decision.answer, decision.candidate)


def test_without_a_candidate_there_is_nothing_to_ship(tmp_path):
    lines = [
        line
        for line in shop.PRODUCT.splitlines(keepends=True)
        if "candidates" not in line and "keywords" not in line
    ]
    record, decision = decided(shop.product_folder(tmp_path, "".join(lines)))
    assert record.evaluation is not None
    assert ["baseline"] == [facts.name for facts in record.evaluation.candidates]
    assert "not_yet" == decision.answer


def test_a_product_that_nobody_owns_does_not_ship(tmp_path):
    _, decision = decided(shop.product_folder(tmp_path, changed("owner: Trust and safety\n", "")))
    assert "not_yet" == decision.answer
    assert any("owner" in reason for reason in decision.because)
