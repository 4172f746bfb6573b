"""A document is the old one or the new one, never a part of either."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from shipworthy.errors import InputError
from shipworthy.store import keep_text

WRITER = """
import sys
from pathlib import Path
from shipworthy.store import keep_text

print("ready", flush=True)
while True:
    for letter in "ab":
        keep_text(Path(sys.argv[1]), letter * 200_000)
"""


def test_folders_on_the_way_are_made(tmp_path):
    keep_text(tmp_path / "reports" / "2026" / "memo.md", "# Ship it – ja, schön\n")
    assert "# Ship it – ja, schön\n".encode() == (tmp_path / "reports" / "2026" / "memo.md").read_bytes()


def test_an_older_document_is_replaced_and_nothing_else_remains(tmp_path):
    path = tmp_path / "memo.md"
    keep_text(path, "old")
    keep_text(path, "new")
    assert "new" == path.read_text()
    assert [path] == list(tmp_path.iterdir())


def test_a_link_still_points_to_the_document(tmp_path):
    path, link = tmp_path / "memo.md", tmp_path / "latest.md"
    link.symlink_to(path)
    keep_text(link, "text")
    assert link.is_symlink()
    assert "text" == path.read_text()


@pytest.mark.parametrize("name", ["folder", "file/memo.md", "x" * 300])
def test_a_place_that_cannot_be_written_is_named(tmp_path, name):
    (tmp_path / "folder" / "inside").mkdir(parents=True)
    (tmp_path / "file").write_text("a file")
    with pytest.raises(InputError, match="cannot be written") as caught:
        keep_text(tmp_path / name, "text")
    assert str(tmp_path / name) in str(caught.value)
    assert [] == list(tmp_path.glob(".*"))


def test_a_killed_writer_leaves_a_whole_document(tmp_path):
    path = tmp_path / "memo.md"
    for _ in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            while not path.exists():
                pass
            os.kill(process.pid, signal.SIGKILL)
        assert path.read_text() in ("a" * 200_000, "b" * 200_000)
