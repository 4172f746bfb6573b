"""The command audit: its exit codes, its one document, the card's path last."""

import json
from pathlib import Path

import pytest

from tests.cli.command import command
from tests.workbench import shop


@pytest.mark.parametrize(
    ("claims", "code"),
    [(["rows >= 100", "labelled >= 90 %"], 0), (["rows >= 5000"], 1), (["duplicates <= 0.1 %"], 3)],
    ids=["met", "missed", "open"],
)
def test_it_exits_by_the_claims_that_are_written(tmp_path, claims, code):
    folder = shop.product_folder(tmp_path, shop.with_requirements("recall >= 0.5", *claims))
    done = command("audit", folder)
    assert code == done.code, done.err
    assert (code != 0) == ("Next: shipworthy" in done.err)
    assert Path(done.out.splitlines()[-1]).is_file()


def test_data_that_nobody_owns_exit_with_1(tmp_path):
    text = shop.changed("owner: mail team, ", "", shop.with_requirements("recall >= 0.5", "rows >= 100"))
    done = command("audit", shop.product_folder(tmp_path, text))
    assert 1 == done.code
    assert "the examples have no owner" in done.out


def test_one_document_holds_the_record_and_the_path_of_the_card(tmp_path):
    done = command("audit", shop.product_folder(tmp_path), "--json")
    assert {"verdicts", "findings", "columns", "timeline"} <= set(done.json["audit"])
    assert Path(done.json["document"]).is_file()
    [kept] = (tmp_path / ".shipworthy" / "records").glob("*-audit-*.json")
    assert json.loads(kept.read_text(encoding="utf-8")) == {
        key: value for key, value in done.json.items() if key != "document"
    }


def test_metrics_of_the_data_have_a_section_of_their_own():
    shown = command("metrics").out
    answers, data = shown.split("Of the data, judged by shipworthy audit")
    assert "recall" in answers
    assert "leak_auc" in data
    assert "leak_auc" not in answers
