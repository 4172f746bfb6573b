"""An audit of a table in Spark finds what it finds in a file."""

from __future__ import annotations

import pytest

from tests.audit import dirty
from tests.engines import backends
from tests.engines.test_audit import CLAIMS, TYPES, table, told


@pytest.mark.slow
def test_a_table_in_spark_is_told_like_one_in_a_file(spark_cluster, tmp_path):
    rows, text = table(), dirty.PRODUCT + CLAIMS
    here = dirty.product_folder(tmp_path / "file", rows, text)
    none = [{key: None if value == "" else value for key, value in row.items()} for row in rows]
    place = spark_cluster.folder / "data" / "audited"
    backends.put_in_spark(spark_cluster.connect, "audited", TYPES, none, place)
    named = text.replace("source: mail.csv", f'source: "{spark_cluster.connect}", table: audited')
    there = dirty.product_folder(tmp_path / "spark", rows[:1], named)
    (there / "mail.csv").unlink()
    assert told(here) == told(there)
