"""Every test of the queue runs on SQLite and on PostgreSQL."""

import pytest
import sqlalchemy as sa

from shipworthy.store.labels.opening import open_url
from shipworthy.store.labels.tables import metadata


@pytest.fixture(params=["sqlite", "postgres"])
def place(request, tmp_path):
    """Where a queue of the test's own lies: a folder, or the URL of an emptied database."""
    if request.param == "sqlite":
        yield tmp_path
        return
    url = request.getfixturevalue("postgres_url")
    labels = open_url(url, "q")
    with labels.engine.begin() as connection:
        for table in metadata.sorted_tables:
            connection.execute(sa.delete(table))
    yield url
    labels.engine.dispose()
