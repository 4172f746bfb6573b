"""Pages are run once for all tests, whichever process comes first."""

from __future__ import annotations

import re
from importlib.metadata import version

import pytest

from scripts.pages.markdown import ROOT
from scripts.pages.running import running

DECIDING = ("cyclopts", "duckdb", "ibis-framework", "numpy", "rich", "scikit-learn", "scipy")
"""The libraries that decide what a page prints."""


def _locked() -> bool:
    """Whether these libraries are those of the lock file, which may pin one for each version of Python."""
    lock = (ROOT / "requirements" / "dev.lock").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([a-z-]+)==([^\s;\\]+)", lock, re.MULTILINE))
    return all((name, version(name)) in pinned for name in DECIDING)


@pytest.fixture
def locked():
    if not _locked():
        pytest.skip("the pages show what the locked versions print: run make setup")


@pytest.fixture(scope="session")
def run():
    """Runs the steps of a page."""
    with running() as session:
        yield session


@pytest.fixture(scope="session")
def shelf(tmp_path_factory, worker_id):
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "pages"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def worker_id(request):
    """The name of this process among several, as pytest-xdist gives it; also where it is not installed."""
    workers = getattr(request.config, "workerinput", None)
    return workers["workerid"] if workers else "master"
