"""One product that was run once, and copies of it to change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import shipworthy as sw
from tests.workbench import shop

TRAINED = shop.with_candidates(shop.LOGISTIC)


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A product with a rule and a trained candidate, run to its memo; nobody may change it."""
    folder = shop.product_folder(tmp_path_factory.mktemp("finished") / "shop", TRAINED)
    sw.run(sw.open(folder))
    return folder


@pytest.fixture
def kept(finished: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(finished, tmp_path / "shop"))
