"""The workspace is made where it is missing, and says so where it cannot be."""

from __future__ import annotations

import os
import shutil
import subprocess
import time

import pytest

from shipworthy.errors import InputError
from shipworthy.store import open_workspace


def test_it_lies_beside_product_yaml(tmp_path):
    workspace = open_workspace(tmp_path)
    assert tmp_path / ".shipworthy" == workspace.folder
    for folder in (workspace.records, workspace.models, workspace.logs, workspace.cache, workspace.temporary):
        assert folder.is_dir()
        assert workspace.folder == folder.parent


def test_it_lies_where_it_was_asked_for(tmp_path):
    product, elsewhere = tmp_path / "product", tmp_path / "deep" / "elsewhere"
    product.mkdir()
    assert elsewhere == open_workspace(product, elsewhere).folder
    assert [] == list(product.iterdir())


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_keeps_records_and_the_store_and_nothing_else(tmp_path):
    workspace = open_workspace(tmp_path)
    (workspace.folder / "store.db").touch()
    for folder in (workspace.records, workspace.models, workspace.logs, workspace.cache, workspace.temporary):
        (folder / "a.json").touch()
    (workspace.records / ".a.json.00.part").touch()
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    command = ["git", "-C", str(tmp_path), "ls-files", "--others", "--exclude-standard"]
    found = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    kept = [".shipworthy/.gitignore", ".shipworthy/records/a.json", ".shipworthy/store.db"]
    assert kept == sorted(found)


def test_a_gitignore_that_was_changed_by_hand_stays(tmp_path):
    ignore = open_workspace(tmp_path).folder / ".gitignore"
    ignore.write_text("mine\n")
    open_workspace(tmp_path)
    assert "mine\n" == ignore.read_text()


def test_a_folder_that_cannot_be_written_names_the_option(tmp_path):
    """A file stands in the way: unlike missing permissions, that stops even a superuser."""
    (tmp_path / ".shipworthy").write_text("a file")
    with pytest.raises(InputError) as caught:
        open_workspace(tmp_path)
    assert "file.unwritable" == caught.value.problem.code
    assert "--workspace PATH" in caught.value.problem.remedy
    assert str(tmp_path / ".shipworthy") in str(caught.value)


@pytest.mark.skipif(
    hasattr(os, "geteuid") and os.geteuid() == 0, reason="permissions do not bind a superuser"
)
def test_a_read_only_product_folder_names_the_option(tmp_path):
    open_workspace(tmp_path)
    (tmp_path / ".shipworthy" / "temporary").chmod(0o500)
    with pytest.raises(InputError, match="cannot be written") as caught:
        open_workspace(tmp_path)
    assert "--workspace PATH" in caught.value.problem.remedy


def test_leftovers_of_killed_writes_go_after_a_day(tmp_path):
    workspace = open_workspace(tmp_path)
    old, young = workspace.records / ".a.json.00.part", workspace.records / ".b.json.00.part"
    for part in (old, young):
        part.touch()
    two_days_ago = time.time() - 2 * 86_400
    os.utime(old, (two_days_ago, two_days_ago))
    open_workspace(tmp_path)
    assert [young] == list(workspace.records.iterdir())
