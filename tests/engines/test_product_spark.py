"""A whole product whose data lie in Spark gives what it gives from files, by Spark Connect and by a master."""

from __future__ import annotations

import pytest

from shipworthy.errors import InputError, OutsideError
from shipworthy.query.engine import remote_engine
from shipworthy.query.source import load_table
from tests.cli.command import program
from tests.engines import backends
from tests.engines.evidence import estimates_of, evidence, same
from tests.workbench import shop
from tests.workbench.shop import changed, with_candidates

TYPES = {
    "id": "TEXT", "time": "TIMESTAMP", "sender": "TEXT", "format": "TEXT", "bait": "BIGINT",
    "size": "DOUBLE PRECISION", "winner": "BOOLEAN", "spam": "BIGINT",
}  # fmt: skip
ROWS = shop.mail()
PATIENCE_S = 600
SCORES = [{"id": row["id"], "score": 0.9 if row["bait"] > 1 else 0.1} for row in ROWS[:-5]]


@pytest.fixture(scope="module")
def catalog(spark_cluster):
    """The cluster with the mails and a vendor's scores of them, as tables and as the files below them."""
    put, folder = backends.put_in_spark, spark_cluster.folder
    put(spark_cluster.connect, "mail", TYPES, ROWS, folder / "data" / "mail")
    types = {"id": "TEXT", "score": "DECIMAL(6, 4)"}
    put(spark_cluster.connect, "vendor", types, SCORES, folder / "data" / "vendor")
    return spark_cluster


@pytest.fixture(scope="module")
def from_files(tmp_path_factory):
    """What the same product gives from files."""
    folder = shop.product_folder(tmp_path_factory.mktemp("files"), with_candidates(shop.VENDOR))
    shop.write_csv(folder / "vendor.csv", SCORES)
    return evidence(folder)


def product_in_spark(folder, url, mail, vendor):
    recorded = f'  vendor: {{recorded: "{url}", table: "{vendor}", cost: 0}}\n'
    text = changed("source: mail.csv", f'source: "{url}", table: "{mail}"', with_candidates(recorded))
    shop.product_folder(folder, text)
    (folder / "mail.csv").unlink()
    return folder


def assert_same(expected, found):
    assert set(expected) == set(found)
    assert [] == [key for key, numbers in expected.items() if not same(numbers, found[key])]


def test_tables_behind_spark_connect_give_what_files_give(catalog, from_files, tmp_path):
    folder = product_in_spark(tmp_path, catalog.connect, "mail", "vendor")
    assert_same(from_files, evidence(folder))
    kept = {path.name for path in (folder / ".shipworthy" / "logs").glob("*.parquet")}
    assert set() == kept, "rules and recorded predictions are counted where they lie"


def test_parquet_files_that_a_spark_master_reads_are_checked_from_here(catalog, tmp_path):
    folder = of_the_master(catalog, tmp_path)
    done = program("check", folder, "--json", cwd=tmp_path, timeout=PATIENCE_S)
    assert (0, []) == (done.code, done.json["problems"]), done.err
    assert ["product.yaml"] == [path.name for path in tmp_path.iterdir() if path.name != ".shipworthy"]


@pytest.mark.slow
def test_parquet_files_that_a_spark_master_reads_give_what_files_give(catalog, from_files, tmp_path):
    folder = of_the_master(catalog, tmp_path)
    assert_same(
        from_files, estimates_of(program("evaluate", folder, "--json", cwd=tmp_path, timeout=PATIENCE_S))
    )


def of_the_master(catalog, folder):
    """The product on Parquet files, whose master is driven by a process of its own."""
    data = catalog.folder / "data"
    return product_in_spark(folder, catalog.master, f"{data}/mail", f"{data}/vendor/*.parquet")


def test_a_table_that_spark_does_not_have_is_named_with_the_nearest(catalog):
    engine = remote_engine(catalog.connect)
    with pytest.raises(InputError, match="no table 'mial'\n    Did you mean 'mail'"):
        load_table(engine, catalog.connect, catalog.folder, "mial")
    for table in ("nowhere.mail", "/no/such/mail.parquet"):
        with pytest.raises(InputError, match=r"has no table .*\n    Check"):
            load_table(engine, catalog.connect, catalog.folder, table)


def test_a_statement_that_fails_is_told_and_leaves_the_session_usable(catalog):
    engine = remote_engine(catalog.connect)
    table = engine.con.table("mail")
    with pytest.raises(OutsideError, match="spark failed while testing"):
        engine.run(table.select(n=table.id.cast("int64")), "testing")
    assert 400 == engine.run(table.aggregate(n=table.count()), "testing").to_pylist()[0]["n"]
