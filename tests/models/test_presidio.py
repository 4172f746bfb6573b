"""Presidio as a second finder of personal data."""

from __future__ import annotations

import importlib.util

import pytest

from shipworthy.errors import InputError
from shipworthy.models.presidio import presidio
from tests.audit import dirty
from tests.cli.command import command

INSTALLED = importlib.util.find_spec("presidio_analyzer") is not None
WALLET = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
installed = pytest.mark.skipif(not INSTALLED, reason="not installed: pip install 'shipworthy[pii]'")


@pytest.mark.skipif(INSTALLED, reason="it is installed")
def test_without_the_extra_it_says_how_to_get_it():
    with pytest.raises(InputError, match="presidio-analyzer is not installed") as caught:
        presidio()
    assert "pip install 'shipworthy[pii]'" == caught.value.problem.remedy


@installed
def test_a_wallet_is_found_where_it_stands():
    find, by = presidio()
    (span,) = find(f"pay to {WALLET} please")
    assert ("crypto", WALLET) == (span.kind, f"pay to {WALLET} please"[span.start : span.end])
    assert by.startswith("presidio-analyzer 2.")


@installed
def test_an_audit_tells_of_it_and_shows_none_of_it(tmp_path):
    rows = dirty.clean(600)
    for row in rows[::10]:
        row["body"] = f"pay to {WALLET} please"
    done = command("audit", "--presidio", dirty.product_folder(tmp_path, rows), "--json")
    assert done.code in (0, 1, 3), done.err
    assert "crypto (60)" in done.out
    assert WALLET not in done.out
