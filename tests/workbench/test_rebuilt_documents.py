"""Documents of the examples are rebuilt bit for bit from their records, and no number in them can be edited unseen."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import shipworthy as sw
from shipworthy.documents.kinds.table import KINDS
from shipworthy.workbench.document import document, proofs
from shipworthy.workbench.new import new

NUMBER = re.compile(r"(?<![\w.#&])\d+(?=[ ,.)<]|$)")


@pytest.fixture(scope="module", params=["lending", pytest.param("spam", marks=pytest.mark.slow)])
def example(request, tmp_path_factory):
    """An example with a record of every verb that a document names, and all of its documents; nobody may change it."""
    folder = tmp_path_factory.mktemp("example") / request.param
    new(folder, template=request.param)
    if request.param == "lending":
        text = (folder / "product.yaml").read_text(encoding="utf-8")
        quick = re.sub(r"\n  (logistic|boosted): \{train.*", "", text)
        (folder / "product.yaml").write_text(quick, encoding="utf-8")
    opened = sw.open(folder)
    for verb in (sw.audit, sw.frame, sw.evaluate, sw.decide, sw.explain, sw.risks):
        verb(opened)
    sw.sign(opened, "Ana Lima", dissent={"Bo Chen": "too few rows of one group"}, kill_switch="the desk")
    sw.incident_open(opened, "You refuse us more often", name="Cy Okafor")
    sw.incident_step(opened, "verify", "No error of counting", name="Cy Okafor")
    assert {} == document(opened).lacking
    return folder


def pages(folder):
    return {path.name: path.read_bytes() for path in (folder / "reports").iterdir() if path.is_file()}


def test_every_kind_is_rebuilt_bit_for_bit_in_another_folder(example, tmp_path):
    other = Path(shutil.copytree(example, tmp_path / "other"))
    shutil.rmtree(other / "reports")
    document(sw.open(other))
    assert pages(example) == pages(other)
    assert {f"{name}.{ending}" for name in KINDS for ending in ("md", "html")} <= {*pages(other)}


def test_documents_are_as_their_records_have_them(example):
    assert [] == [each for each in proofs(sw.open(example)) if each.failed]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_one_number_edited_by_hand_is_found(example, tmp_path, kind):
    copy = Path(shutil.copytree(example, tmp_path / "copy", ignore=shutil.ignore_patterns("reports")))
    (copy / "reports").mkdir()
    for ending, start in (("md", "#"), ("html", "<body")):
        text = (example / "reports" / f"{kind}.{ending}").read_text(encoding="utf-8")
        at = NUMBER.search(text, text.index(start))
        assert at is not None
        edited = f"{text[: at.start()]}{int(at[0]) + 1}{text[at.end() :]}"
        (copy / "reports" / f"{kind}.{ending}").write_text(edited, encoding="utf-8")
    found = {each.path.suffix: each for each in proofs(sw.open(copy)) if each.failed}
    assert {".md", ".html"} == {*found}
    assert all(1 == len(each.differences) for each in found.values())


def test_a_portfolio_names_nobody(example, tmp_path):
    copy = Path(shutil.copytree(example, tmp_path / "copy"))
    document(sw.open(copy), redact=True)
    product = sw.open(copy).product
    source = product.data.examples
    secrets = [product.owner, source.owner, source.source, "Ana Lima", "Bo Chen", "Cy Okafor", "the desk", "refuse us", "error of counting"]  # fmt: skip
    for path in (copy / "reports" / "redacted").iterdir():
        text = path.read_text(encoding="utf-8")
        assert [] == [secret for secret in secrets if secret and secret in text], path.name
