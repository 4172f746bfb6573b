"""A signature is kept as a record of its own, under a decision of the present product.yaml, and changes nothing else."""

from __future__ import annotations

import pytest

import shipworthy as sw
from shipworthy.errors import InputError
from tests.workbench.shop import changed


def records_of(folder):
    return {path.name: path.read_bytes() for path in (folder / ".shipworthy" / "records").iterdir()}


def edited(folder, old, new):
    text = (folder / "product.yaml").read_text(encoding="utf-8")
    (folder / "product.yaml").write_text(changed(old, new, text), encoding="utf-8")


def decision(folder):
    [found] = (folder / ".shipworthy" / "records").glob("*-decide-*.json")
    return found


def test_a_signature_adds_one_record_that_follows_from_the_decision(kept):
    before = records_of(kept)
    record = sw.sign(
        sw.open(kept), "Ana Lima", dissent={"Bo": "too early"}, kill_switch="Cy", revisit="2099-01-01"
    )
    [decided] = sw.records(sw.open(kept), "decide")
    assert {f"{record.id}.json"} == set(records_of(kept)) - set(before)
    assert before == {name: content for name, content in records_of(kept).items() if name in before}
    signature = record.signature
    assert (decided.id, decided.id, decided.hash) == (
        record.parent,
        signature.signed.record,
        signature.signed.hash,
    )
    assert ("Ana Lima", "ship", "Cy", "2099-01-01") == (
        signature.by, signature.answer, signature.kill_switch, signature.revisit,
    )  # fmt: skip
    assert [record] == sw.records(sw.open(kept), "sign")


def test_each_signature_seals_the_one_before_it(kept):
    product = sw.open(kept)
    first, second = sw.sign(product, "Ana"), sw.sign(product, "Bo")
    assert first.signature.previous is None
    assert (first.id, first.hash) == (second.signature.previous.record, second.signature.previous.hash)


def test_what_changed_in_product_yaml_since_the_decision_is_told(kept):
    edited(kept, "recall >= 0.50", "recall >= 0.60")
    edited(kept, "false_positive: -0.1,", "false_positive: -0.2,")
    with pytest.raises(InputError) as caught:
        sw.sign(sw.open(kept), "Ana")
    assert "record.stale" == caught.value.problem.code
    told = "- recall >= 0.50; + recall >= 0.60; value.false_positive: -0.1 -> -0.2"
    assert told in caught.value.problem.message
    assert [] == sw.records(sw.open(kept), "sign")


def test_dissent_may_be_added_to_a_decision_that_the_file_has_moved_away_from(kept):
    sw.sign(sw.open(kept), "Ana")
    edited(kept, "recall >= 0.50", "recall >= 0.60")
    record = sw.sign(sw.open(kept), dissent={"Di": "nor me"})
    assert (None, "Di") == (record.signature.by, record.signature.dissent[0].name)


def test_an_altered_decision_is_not_signed_and_nothing_is_written(kept):
    decision(kept).write_text(
        decision(kept).read_text("utf-8").replace('"met"', '"missed"'), encoding="utf-8"
    )
    before = records_of(kept)
    with pytest.raises(InputError, match="was altered"):
        sw.sign(sw.open(kept), "Ana")
    assert before == records_of(kept)


def test_without_a_decision_there_is_nothing_to_sign(kept):
    decision(kept).unlink()
    with pytest.raises(InputError) as caught:
        sw.sign(sw.open(kept), "Ana")
    assert ("record.none", "shipworthy decide") == (caught.value.problem.code, caught.value.next_command)


def test_a_record_may_be_named_by_its_beginning_and_must_be_a_decision(kept):
    product = sw.open(kept)
    [decided] = sw.records(product, "decide")
    assert decided.id == sw.sign(product, "Ana", record=decided.id[:26]).parent
    [evaluated] = sw.records(product, "evaluate")
    with pytest.raises(InputError) as caught:
        sw.sign(product, "Bo", record=evaluated.id)
    assert "sign.decision" == caught.value.problem.code


def test_a_password_in_product_yaml_does_not_get_into_the_record(kept):
    edited(kept, "owner: Trust and safety", 'owner: "see postgresql://bo:secret@host/db, bo@x.org"')
    record = sw.decide(sw.open(kept))
    assert "secret" not in str(record.as_json())
    assert "postgresql://bo:***@host/db, bo@x.org" in (record.facts or {})["product_yaml"]
