"""A run takes a product to its memo, does again only what is not fresh, and says what it left out."""

from __future__ import annotations

import os

import pytest

import shipworthy as sw
from tests.workbench import shop
from tests.workbench.shop import changed


def test_the_first_run_writes_everything_and_the_second_nothing(tmp_path):
    product = sw.open(shop.product_folder(tmp_path))
    first = sw.run(product)
    assert () == first.skipped
    assert ["audit", "evaluate", "decide"] == [record.verb for record in sw.records(product)]
    assert first.memo.is_file()
    assert ("decision-memo.html", tmp_path / "reports") == (first.memo.name, first.memo.parent)
    second = sw.run(sw.open(tmp_path))
    assert ("audit", "evaluate", "decide") == second.skipped
    assert (first.evaluation, first.decision) == (second.evaluation, second.decision)
    assert 3 == len(sw.records(product))


def test_a_touched_file_with_the_same_content_is_fresh(kept):
    for name in ("mail.csv", "product.yaml"):
        os.utime(kept / name, (1, 1))
    text = (kept / "product.yaml").read_text(encoding="utf-8")
    (kept / "product.yaml").write_text(f"# a comment more\n{text}", encoding="utf-8")
    assert ("audit", "evaluate", "compare", "decide") == sw.run(sw.open(kept)).skipped


@pytest.mark.slow  # whole products, some seconds each
@pytest.mark.parametrize("change", ["requirement", "data", "rule"])
def test_whatever_changes_is_judged_anew(kept, change):
    text = (kept / "product.yaml").read_text(encoding="utf-8")
    if change == "data":
        shop.write_csv(kept / "mail.csv", shop.mail(rows=399))
    else:
        old, new = {"requirement": ("recall >= 0.50", "recall >= 0.51"), "rule": ("bait > 1", "bait > 2")}[
            change
        ]
        (kept / "product.yaml").write_text(changed(old, new, text), encoding="utf-8")
    assert () == sw.run(sw.open(kept)).skipped


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_an_evaluation_that_is_there_is_not_made_again(tmp_path):
    product = sw.open(shop.product_folder(tmp_path))
    record = sw.evaluate(product)
    found = sw.run(product)
    assert ("evaluate",) == found.skipped
    assert record == found.evaluation
    assert record.id == found.decision.parent


@pytest.mark.slow  # whole products, some seconds each
def test_everything_but_the_records_may_be_deleted(kept):
    import shutil

    for name in ("models", "logs", "cache", "temporary"):
        shutil.rmtree(kept / ".shipworthy" / name)
    shutil.rmtree(kept / "reports")
    assert sw.run(sw.open(kept)).memo.is_file()


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_a_workspace_elsewhere_keeps_the_product_folder_as_it_was(tmp_path):
    folder = shop.product_folder(tmp_path / "shop")
    before = sorted(path.name for path in folder.iterdir())
    found = sw.run(sw.open(folder, workspace=tmp_path / "work"))
    assert before == sorted(path.name for path in folder.iterdir())
    assert tmp_path / "work" / "reports" == found.memo.parent
    assert 3 == len(list((tmp_path / "work" / "records").glob("*.json")))


def test_a_document_needs_a_decision_about_the_present_product(kept, tmp_path_factory):
    fresh = sw.open(shop.product_folder(tmp_path_factory.mktemp("fresh")))
    with pytest.raises(sw.InputError, match="nothing was decided yet"):
        sw.document(fresh, ["decision-memo"])
    assert sw.document(sw.open(kept)).is_file()
    memo = (kept / "reports" / "decision-memo.md").read_bytes()
    text = (kept / "product.yaml").read_text(encoding="utf-8")
    (kept / "product.yaml").write_text(changed("recall >= 0.50", "recall >= 0.60", text), encoding="utf-8")
    with pytest.raises(sw.InputError, match=r"product\.yaml changed since the decision") as caught:
        sw.document(sw.open(kept), ["decision-memo"])
    assert "record.stale" == caught.value.problem.code
    assert memo == (kept / "reports" / "decision-memo.md").read_bytes()


def test_the_memo_speaks_of_the_decision_that_was_kept(finished):
    [record] = sw.records(sw.open(finished), "decide")
    assert record.id in (finished / "reports" / "decision-memo.html").read_text(encoding="utf-8")


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_progress_is_told_step_by_step(tmp_path):
    told: list[str] = []
    sw.run(sw.open(shop.product_folder(tmp_path)), progress=told.append)
    assert "checking" == told[0]
    assert "answering with keywords" in told
    assert "writing the memo" == told[-1]
