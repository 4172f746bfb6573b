"""The lock files hold what everybody installs, and no address (decisions/0001)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

LOCKS = Path(__file__).resolve().parents[1] / "requirements"


def pins(name):
    return set(
        re.findall(r"^(\S+==\S+(?: ; .*?)?) \\$", (LOCKS / name).read_text(encoding="utf-8"), re.MULTILINE)
    )


@pytest.mark.parametrize("name", ["core.lock", "dev.lock", "lowest.lock", "model.lock"])
def test_a_lock_names_no_address(name):
    text = (LOCKS / name).read_text(encoding="utf-8")
    assert [] == [line for line in text.splitlines() if "://" in line or line.startswith("-")]


def test_developers_run_the_versions_that_users_run():
    core = {pin.split(" ;")[0] for pin in pins("core.lock")}
    dev = {pin.split(" ;")[0] for pin in pins("dev.lock")}
    assert set() == core - dev
    assert len(core) > 30
