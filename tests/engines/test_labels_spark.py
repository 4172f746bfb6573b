"""Labels of the queue fill rows that lie in Spark, and count as they do beside files."""

from __future__ import annotations

import pytest

import shipworthy as sw
from tests.engines import backends
from tests.workbench import shop
from tests.workbench.shop import changed, edited, mail
from tests.workbench.test_label import accuracy, every_third, judged, unlabelled, worked

TYPES = {
    "id": "TEXT", "time": "TIMESTAMP", "sender": "TEXT", "format": "TEXT", "bait": "BIGINT",
    "size": "DOUBLE PRECISION", "winner": "BOOLEAN", "spam": "BIGINT",
}  # fmt: skip
ROWS = unlabelled(edited(mail()), every_third)


@pytest.mark.slow
def test_labels_of_rows_in_spark_count_as_beside_files(spark_cluster, tmp_path):
    backends.put_in_spark(
        spark_cluster.connect, "label_mail", TYPES, ROWS, spark_cluster.folder / "data" / "label_mail"
    )
    text = changed("source: mail.csv", f'source: "{spark_cluster.connect}", table: label_mail')
    there = shop.product_folder(tmp_path / "spark", text)
    (there / "mail.csv").unlink()
    here = shop.product_folder(tmp_path / "files", rows=ROWS)
    for folder in (here, there):
        assert 30 == sw.label_take(sw.open(folder), 30, by="slices").rows
    assert sorted(worked(here)) == sorted(worked(there))
    expected, found = accuracy(judged(here)), accuracy(judged(there))
    assert expected.n == found.n
    assert expected.value == pytest.approx(found.value)
