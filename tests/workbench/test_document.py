"""Documents on disk: written from records, held against them, and never at the cost of what people wrote."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import shipworthy as sw
from shipworthy.documents.kinds.table import KINDS
from shipworthy.workbench.document import document, proofs
from tests.workbench import shop
from tests.workbench.shop import changed

NEEDING_A_DECISION = {
    "decision-memo", "model-card", "launch-checklist", "expectations", "limits", "case-study",
}  # fmt: skip


@pytest.fixture(scope="module")
def documented(finished, tmp_path_factory):
    """The finished product with all of its documents; nobody may change it."""
    folder = Path(shutil.copytree(finished, tmp_path_factory.mktemp("documented") / "shop"))
    document(sw.open(folder))
    return folder


@pytest.fixture
def opened(documented, tmp_path):
    """A copy of it."""
    return sw.open(shutil.copytree(documented, tmp_path / "shop"))


def report(opened, name):
    return opened.folder / "reports" / name


def rewritten(path, old, new):
    path.write_text(changed(old, new, path.read_text(encoding="utf-8")), encoding="utf-8")


def failed(opened):
    return {each.path.name: each for each in proofs(opened) if each.failed}


def test_every_kind_that_the_records_allow_is_written_and_the_memo_last(kept):
    found = document(sw.open(kept))
    assert {"risk-register"} == {*found.lacking}
    assert "decision-memo.html" == found.paths[-1].name
    assert {*NEEDING_A_DECISION, "prd", "concept", "data-card", "faq"} == {path.stem for path in found.paths}
    assert {} == failed(sw.open(kept))


def test_without_a_decision_what_needs_none_is_written_and_the_rest_is_named(tmp_path):
    opened = sw.open(shop.product_folder(tmp_path))
    found = document(opened)
    assert {"prd", "concept", "faq"} == {path.stem for path in found.paths}
    assert {*NEEDING_A_DECISION, "data-card", "risk-register"} == {*found.lacking}
    assert "shipworthy audit" == found.lacking["data-card"].next_command


def test_a_number_edited_by_hand_fails_the_check_in_both_forms(opened):
    for name in ("decision-memo.md", "decision-memo.html"):
        text = report(opened, name).read_text(encoding="utf-8")
        start, rest = text[: (at := text.index("false_positive_rate"))], text[at:]
        edited = start + re.sub(r"\d\.\d+", "99.9", rest, count=1)
        report(opened, name).write_text(edited, encoding="utf-8")
    found = failed(opened)
    assert {"decision-memo.md", "decision-memo.html"} == {*found}
    assert all("99.9" in each.differences[0].found for each in found.values())


def test_a_comment_between_markers_survives_and_stands_on_the_page(opened):
    mine = "We **accept** 7 %.\n\n\tKeep   this.\n"
    rewritten(report(opened, "prd.md"), "<!-- yours: the-data -->\n", f"<!-- yours: the-data -->\n{mine}")
    assert {} == failed(opened)
    document(opened)
    assert mine in report(opened, "prd.md").read_text(encoding="utf-8")
    assert "<strong>accept</strong> 7 %" in report(opened, "prd.html").read_text(encoding="utf-8")
    assert {} == failed(opened)


def test_an_edit_outside_the_markers_is_not_overwritten_without_force(opened):
    path = report(opened, "limits.md")
    rewritten(path, "It makes mistakes", "It never errs")
    before = {each: each.read_bytes() for each in path.parent.iterdir()}
    with pytest.raises(sw.InputError, match="line 7: ## It never errs") as caught:
        document(opened)
    assert ("document.edited", 7) == (caught.value.problem.code, caught.value.problem.where.line)
    assert before == {each: each.read_bytes() for each in path.parent.iterdir()}
    document(opened, force=True)
    assert "never errs" not in path.read_text(encoding="utf-8")


def test_somebody_elses_file_is_not_overwritten_without_force(kept):
    path = kept / "reports" / "prd.md"
    path.write_text("My own.\n", encoding="utf-8")
    with pytest.raises(sw.InputError) as caught:
        sw.document(sw.open(kept), ["prd"])
    assert "document.not_ours" == caught.value.problem.code
    assert "My own.\n" == path.read_text(encoding="utf-8")


def test_a_missing_and_an_altered_record_fail_the_check(opened):
    [record] = (opened.folder / ".shipworthy" / "records").glob("*-decide-*.json")
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace('"value": 0.', '"value": 0.1', 1), encoding="utf-8")
    assert "was altered after it was written" in failed(opened)["limits.md"].why
    record.unlink()
    found = failed(opened)
    assert "there is no record" in found["limits.md"].why
    assert "data-card.md" not in found


def test_a_document_of_another_product_file_fails_the_check(opened):
    rewritten(opened.file, "recall >= 0.50", "recall >= 0.55")
    found = failed(sw.open(opened.folder))
    assert "product.yaml changed since it was written" == found["prd.md"].why


def test_a_template_with_an_unknown_field_overwrites_nothing(opened):
    folder = opened.folder / "documents"
    folder.mkdir()
    (folder / "board.md.j2").write_text("# {{ name }}\n\n{{ standing | statement }}\n", encoding="utf-8")
    assert "board.html" == sw.document(opened, ["board"]).name
    (folder / "prd.md.j2").write_text("# {{ nam }}\n", encoding="utf-8")
    before = {each: each.read_bytes() for each in report(opened, ".").iterdir()}
    with pytest.raises(sw.InputError, match="'nam' is no field of this document") as caught:
        document(opened)
    assert "documents/prd.md.j2:1" == str(caught.value.problem.where)
    assert before == {each: each.read_bytes() for each in report(opened, ".").iterdir()}


def test_a_concept_that_would_not_fit_is_left_out_unless_it_is_asked_for(kept):
    long = "problem: {who: people, need: " + "many words " * 600 + "}\npredicts: {target"
    rewritten(kept / "product.yaml", "predicts: {target", long)
    opened = sw.open(kept)
    assert "document.too_long" == document(opened).lacking["concept"].problem.code
    with pytest.raises(sw.InputError, match="would not fit a page"):
        document(opened, ["concept"])


def test_an_unknown_kind_is_told_the_nearest(kept):
    with pytest.raises(sw.InputError, match="'pdr' is no kind of document") as caught:
        sw.document(sw.open(kept), ["pdr"])
    assert "Did you mean 'prd'?" in caught.value.problem.remedy


def test_redacted_documents_lie_apart_and_are_held_against_the_same_records(opened):
    page = sw.document(opened, redact=True)
    assert ("decision-memo.html", "redacted") == (page.name, page.parent.name)
    texts = [path.read_text(encoding="utf-8") for path in page.parent.iterdir()]
    assert not any(
        secret in text for text in texts for secret in ("Trust and safety", "mail team", "mail.csv")
    )
    assert not [each for each in proofs(opened, redact=True) if each.failed]


def test_a_pdf_is_held_against_its_records_too(opened):
    pytest.importorskip("typst")
    document(opened, ["limits"], pdf=True)
    assert {} == failed(opened)
    report(opened, "limits.pdf").write_bytes(b"%PDF-1.7 another")
    assert {"limits.pdf"} == {*failed(opened)}


@pytest.mark.slow  # three whole products
@pytest.mark.parametrize("template", ["spam", "lending", "assistant"])
def test_documents_of_the_examples_are_rebuilt_bit_for_bit_from_their_records(template, tmp_path):
    sw.new(tmp_path / "x", template=template)
    opened = sw.open(tmp_path / "x")
    sw.run(opened)
    first = {path: path.read_bytes() for path in document(opened).paths}
    assert {"incident-report", "risk-register"} == {*KINDS} - {path.stem for path in first}
    shutil.rmtree(tmp_path / "x" / "reports")
    assert first == {path: path.read_bytes() for path in document(sw.open(tmp_path / "x")).paths}
    assert {} == failed(opened)
    redacted = document(opened, redact=True)
    text = "".join(path.read_text(encoding="utf-8") for path in redacted.paths)
    assert opened.product.owner not in text
    assert opened.product.data.examples.source not in text
