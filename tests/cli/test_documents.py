"""What `document` prints: paths, kinds, and each line that is not what its record says."""

from __future__ import annotations

import pytest

from tests.cli.command import command
from tests.workbench import shop


def test_the_kinds_are_listed_with_what_they_need(tmp_path):
    folder = shop.product_folder(tmp_path)
    assert "product.yaml alone" in command("document", folder, "--list").out
    kinds = command("document", folder, "--list", "--json").json["kinds"]
    assert ("prd", []) == (kinds[0]["name"], kinds[0]["needs"])
    assert "decision-memo" == kinds[-1]["name"]


def test_a_check_names_the_line_and_exits_with_1(kept):
    path = kept / "reports" / "decision-memo.md"
    assert 0 == command("document", kept, "--check").code
    path.write_text(path.read_text(encoding="utf-8").replace("3 of 3", "4 of 3"), encoding="utf-8")
    done = command("document", kept, "--check")
    assert (1, f"Next: shipworthy document --force {kept}") == (done.code, done.next)
    assert "✗ decision-memo.md:" in done.out
    assert "stands there: " in done.out
    found = command("document", kept, "--check", "--json").json["documents"]
    [wrong] = [each for each in found if each["failed"]]
    assert str(path) == wrong["path"]
    assert "4 of 3" in wrong["differences"][0]["found"]


def test_an_edited_document_is_not_overwritten_and_the_check_is_next(kept):
    path = kept / "reports" / "decision-memo.md"
    path.write_text(f"Mine.\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    done = command("document", kept, "--kind", "decision-memo")
    assert (2, f"Next: shipworthy document --check {kept}") == (done.code, done.next)
    assert f"{path}:1" in done.err


def test_a_check_without_documents_names_the_verb_that_writes_them(tmp_path):
    folder = shop.product_folder(tmp_path)
    done = command("document", folder, "--check")
    assert (2, f"Next: shipworthy document {folder}") == (done.code, done.next)


@pytest.mark.parametrize(
    "options",
    [["--check", "--list"], ["--check", "--kind", "prd"], ["--list", "--pdf"], ["--check", "--force"]],
)
def test_options_that_do_not_go_together_are_refused(tmp_path, options):
    folder = shop.product_folder(tmp_path)
    done = command("document", folder, *options)
    assert (2, "Next: shipworthy document --help") == (done.code, done.next)
