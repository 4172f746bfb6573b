"""The register is measured by the newest records of a product, and kept as one."""

import shutil
from types import SimpleNamespace

import pytest

import shipworthy as sw
from shipworthy.evidence import read_record
from shipworthy.workbench.risks import exit_code
from tests.workbench import shop

TEXT = shop.PRODUCT + "  - gap(false_positive_rate, format) <= 0.001\n"


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """A product that was audited and evaluated, with its register; nobody may change it."""
    folder = shop.product_folder(tmp_path_factory.mktemp("risks") / "shop", TEXT)
    opened = sw.open(folder)
    audit, evaluation = sw.audit(opened), sw.evaluate(opened)
    return SimpleNamespace(folder=folder, audit=audit, evaluation=evaluation, record=sw.risks(opened))


def registered(folder, text):
    (folder / "product.yaml").write_text(text)
    found = sw.risks(sw.open(folder)).register
    assert found is not None
    return found


def test_what_the_records_say_is_in_the_register_with_their_ids(measured):
    found = measured.record.register
    assert (measured.evaluation.id,) == found.row("K7").records
    assert found.row("K7").standing in ("triggered", "not_measured")
    assert (measured.audit.id,) == found.row("K4").records
    assert "keywords" == found.candidate
    assert measured.evaluation.id == measured.record.parent


def test_the_register_is_kept_and_reads_back(measured):
    path = measured.folder / ".shipworthy" / "records" / f"{measured.record.id}.json"
    assert measured.record == read_record(path.read_text(), "x.json")


def test_owners_and_facts_make_no_evaluation_stale_and_requirements_do(measured, tmp_path):
    folder = shutil.copytree(measured.folder, tmp_path / "shop")
    said = "risks: [{risk: K7, owner: Ada, response: mitigate}]\ntriage: {employment: no}\nethics: {fairness: {owner: Ada}}\n"
    found = registered(folder, TEXT + said)
    assert ("Ada", measured.evaluation.id) == (found.row("K7").owner, found.row("K7").figures[0].record)
    stale = registered(folder, TEXT.replace("recall >= 0.50", "recall >= 0.55"))
    assert ("not_measured", ()) == (stale.row("K7").standing, stale.row("K7").figures)


def test_the_exit_code_is_1_where_a_triggered_risk_has_no_owner_or_the_use_is_prohibited(measured, tmp_path):
    folder = shutil.copytree(measured.folder, tmp_path / "shop")
    undone = TEXT + "action: {do: delete it, reversible: no}\n"
    found = registered(folder, undone)
    assert (True, 1) == (found.row("K8").unowned, exit_code(found))
    owned = [row.id for row in found.rows if row.unowned]
    entries = ", ".join(f"{{risk: {name}, owner: Ada, response: mitigate}}" for name in owned)
    assert 0 == exit_code(registered(folder, f"{undone}risks: [{entries}]\n"))
    prohibited = f"{undone}risks: [{entries}]\ntriage: {{social_scoring: yes}}\n"
    assert 1 == exit_code(registered(folder, prohibited))


def test_an_incident_that_is_open_or_closed_stands_in_the_register(tmp_path):
    opened = sw.open(shop.product_folder(tmp_path / "shop", TEXT))
    sw.incident_open(opened, "you hold our mail", name="Ada", drill=True)
    found = sw.risks(opened).register
    assert "incident 1 is open: verify comes next" == found.row("K21").why
