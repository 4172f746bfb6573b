"""One product that was run once through the command line, and copies of it to change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.command import command
from tests.workbench import shop


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A product with a rule and a trained candidate, run to its memo; nobody may change it."""
    folder = shop.product_folder(
        tmp_path_factory.mktemp("finished") / "shop", shop.with_candidates(shop.LOGISTIC)
    )
    assert 0 == command("run", folder).code
    return folder


@pytest.fixture
def kept(finished: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(finished, tmp_path / "shop"))
