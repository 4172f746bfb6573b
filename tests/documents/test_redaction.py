"""A redacted document holds no name, address, row or example text, in any of its forms."""

import re
import shutil
import subprocess

import pytest

from shipworthy.documents import disagreements
from shipworthy.documents.kinds.table import KINDS
from shipworthy.documents.pdf import is_installed
from shipworthy.documents.redaction import redacted_draft, without
from tests.documents import papers

SECRETS = {
    "owner": "Ada & Söhne_GmbH",
    "launch": {"owner": "Grace *Hopper*", "stages": ["shadow", "5 %"], "stop_if": ["net_value < 0"]},
    "monitor": {"every": "1 day", "alert": ["stdout", "ops@example.com"]},
    "problem": {"who": "people", "need": "write to ada@example.com or Ada & Söhne_GmbH"},
}
GONE = (
    "Ada", "Hopper", "example.com", "data/mail.parquet", "mail team", "m-77", "m-5", "Lovelace", "Ring ", "platform",
)  # fmt: skip


def made(name):
    return redacted_draft(KINDS[name], papers.sources(**SECRETS), version="0.1.0", product_hash="x")


@pytest.mark.parametrize("name", sorted(KINDS))
def test_nothing_that_is_secret_occurs_in_any_form(name):
    paper = made(name)
    for text in (paper.markdown(), paper.html()):
        assert [] == [secret for secret in GONE if secret in text]


@pytest.mark.skipif(not is_installed() or not shutil.which("pdftotext"), reason="needs typst and pdftotext")
def test_nothing_that_is_secret_occurs_in_print(tmp_path):
    for name in ("prd", "expectations", "launch-checklist"):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(made(name).pdf())
        text = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
        assert [] == [secret for secret in GONE if secret in text]


def test_numbers_stay_bound_to_the_whole_record():
    assert () == disagreements(made("expectations").html(), papers.decided())


def test_a_secret_has_the_same_placeholder_everywhere():
    texts = [made(name).markdown() for name in ("prd", "limits")]
    [first, second] = [set(re.findall(r"Owner: ▫ (.+)|wrong\*\*: (.+)", text)) for text in texts]
    assert {part for pair in first for part in pair if part} == {
        part for pair in second for part in pair if part
    }


def test_a_secret_is_replaced_as_a_word_of_its_own():
    assert "«name 1» and Adaline" == without("Ada and Adaline", {"Ada": "«name 1»"})
