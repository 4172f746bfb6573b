"""A whole product whose data lie in PostgreSQL gives what it gives from files, and tells nobody the password."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import command
from tests.engines import backends
from tests.engines.evidence import evidence, same
from tests.workbench import shop
from tests.workbench.shop import LOGISTIC, changed, with_candidates

ROWS = shop.mail()
SCORES = [{"id": row["id"], "score": 0.9 if row["bait"] > 1 else 0.1} for row in ROWS[:-5]]
TYPES = {
    "id": "TEXT", "time": "TIMESTAMP", "sender": "TEXT", "format": "TEXT", "bait": "BIGINT",
    "size": "DOUBLE PRECISION", "winner": "BOOLEAN", "spam": "BIGINT",
}  # fmt: skip
PASSWORD = "s3cret"  # noqa: S105 - the server of the test trusts everybody


@pytest.fixture(scope="module")
def url(postgres_url: str) -> str:
    """The database with the mails and a vendor's scores of them."""
    backends.put_at(postgres_url, "mail", TYPES, ROWS)
    backends.put_at(postgres_url, "vendor", {"id": "TEXT", "score": "DECIMAL(6, 4)"}, SCORES)
    return postgres_url.replace("shipworthy@", f"shipworthy:{PASSWORD}@")


def in_database(url: str, text: str = shop.PRODUCT) -> str:
    return changed("source: mail.csv", f'source: "{url}", table: mail', text)


def vendor(url: str) -> str:
    return f'  vendor: {{recorded: "{url}", table: vendor, cost: 0}}\n'


def test_examples_and_predictions_in_postgresql_give_what_files_give(url, tmp_path):
    here = shop.product_folder(tmp_path / "files", with_candidates(shop.VENDOR))
    shop.write_csv(here / "vendor.csv", SCORES)
    there = shop.product_folder(tmp_path / "database", in_database(url, with_candidates(vendor(url))))
    (there / "mail.csv").unlink()
    expected, found = evidence(here), evidence(there)
    assert set(expected) == set(found)
    for key, numbers in expected.items():
        assert same(numbers, found[key]), key


def test_rules_answer_rows_of_postgresql_where_they_lie_and_a_trained_model_into_a_local_log(url, tmp_path):
    text = with_candidates(LOGISTIC)
    here, there = (
        shop.product_folder(tmp_path / "files", text),
        shop.product_folder(tmp_path / "db", in_database(url, text)),
    )
    (there / "mail.csv").unlink()
    expected, found = evidence(here), evidence(there)
    for key, numbers in expected.items():
        assert same(numbers, found[key], rel=1e-6), key
    logs = sorted(path.name.split("-")[0] for path in (there / ".shipworthy" / "logs").glob("*.parquet"))
    assert ["logistic"] == logs


def test_predictions_in_a_file_join_examples_in_postgresql(url, tmp_path):
    here = shop.product_folder(tmp_path / "files", with_candidates(shop.VENDOR))
    there = shop.product_folder(tmp_path / "database", in_database(url, with_candidates(shop.VENDOR)))
    for folder in (here, there):
        shop.write_csv(folder / "vendor.csv", SCORES)
    expected, found = evidence(here), evidence(there)
    assert [] == [key for key, numbers in expected.items() if not same(numbers, found[key])]


def test_predictions_in_postgresql_for_examples_in_a_file_are_refused_with_a_way_out(url, tmp_path):
    done = command("evaluate", shop.product_folder(tmp_path, with_candidates(vendor(url))), "--json")
    assert (2, "recorded.engine") == (done.code, done.json["error"]["code"])
    assert 11 == done.json["error"]["where"]["line"]
    assert "export the predictions to Parquet" in done.json["error"]["remedy"]


@pytest.mark.slow  # whole products, some seconds each
def test_a_vendor_in_postgresql_is_compared_as_one_in_a_file(url, tmp_path):
    """The rule's log lies in a file and the vendor's answers in the database: one is copied beside the other."""
    here = shop.product_folder(tmp_path / "files", with_candidates(shop.VENDOR))
    shop.write_csv(here / "vendor.csv", SCORES)
    there = shop.product_folder(tmp_path / "database", in_database(url, with_candidates(vendor(url))))
    expected, found = contest(here), contest(there)
    assert set(expected) == set(found)
    for key, numbers in expected.items():
        assert same(numbers, found[key]), key


def contest(folder: Path) -> dict[str, tuple[float | None, ...]]:
    """Every comparison with the vendor, without those of clock time."""
    done = command("compare", folder, "--champion", "vendor", "--json")
    assert done.code in (0, 1, 3), done.err
    keys = ("difference", "low", "high", "lower", "upper", "n", "p_value", "only_champion", "only_challenger")
    return {
        each["metric"]: tuple(each[key] for key in keys)
        for each in done.json["contest"]["comparisons"]
        if "latency" not in each["metric"]
    }


def test_nothing_that_is_kept_or_said_holds_the_password(url, tmp_path):
    folder = shop.product_folder(tmp_path, in_database(url, with_candidates(vendor(url))))
    done = command("run", folder)
    assert 0 == done.code, done.err
    shown = command("records", folder, "--json")
    assert PASSWORD not in done.out + done.err + shown.out + shown.err
    kept = [path for path in folder.rglob("*") if path.is_file() and path.name != "product.yaml"]
    assert [] == [path for path in kept if PASSWORD.encode() in path.read_bytes()]


@pytest.mark.slow  # whole products, some seconds each
def test_an_unchanged_table_is_fresh_and_a_changed_one_is_not(postgres_url, tmp_path):
    backends.put_at(postgres_url, "moving", TYPES, ROWS)
    text = changed("source: mail.csv", f'source: "{postgres_url}", table: moving')
    folder = shop.product_folder(tmp_path, text)
    assert 0 == command("run", folder).code
    assert ["audit", "evaluate", "decide"] == command("run", folder, "--json").json["skipped"]
    backends.put_at(postgres_url, "moving", TYPES, shop.edited(ROWS, size=1.0))
    assert [] == command("run", folder, "--json").json["skipped"]


def test_an_unreachable_database_exits_4_with_a_remedy(tmp_path):
    url = f"postgresql://me:{PASSWORD}@127.0.0.1:1/mail"
    folder = shop.product_folder(tmp_path, in_database(url))
    done = command("run", folder)
    assert 4 == done.code
    assert "does not answer" in done.err
    assert "Check the address" in done.err
    assert "Traceback" not in done.err
    assert PASSWORD not in done.err
    assert f"Next: shipworthy check {folder}" == done.next


def test_a_table_without_an_id_is_refused_because_its_rows_have_no_order(url, tmp_path):
    done = command(
        "check", shop.product_folder(tmp_path, changed("id: id, ", "", in_database(url))), "--json"
    )
    assert 2 == done.code
    assert ["data.no_id"] == [each["code"] for each in done.json["problems"]]


def test_new_makes_a_product_around_a_table(url, tmp_path):
    folder = tmp_path / "shop"
    done = command("new", folder, "--from", url, "--table", "mail", "--label", "spam")
    assert 0 == done.code, done.err
    assert 0 == command("check", folder).code
