"""A new product folder can be checked and run as it is, whatever the columns of the table are called."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import shipworthy as sw
from shipworthy.workbench.new import new_from
from tests.workbench import shop


@pytest.mark.parametrize("template", ["assistant", "lending", "spam"])
def test_a_template_with_data_has_no_problems(tmp_path, template):
    files = sw.new(str(tmp_path / "shop"), template=template)
    assert "product.yaml" == files[0].name
    assert () == sw.check(sw.open(tmp_path / "shop")).problems


def test_the_blank_template_bears_the_name_of_the_folder(tmp_path):
    sw.new(str(tmp_path / "parcel tracker"))
    assert "parcel tracker" == sw.open(tmp_path / "parcel tracker").product.product


def test_nothing_is_written_over(tmp_path):
    shop.product_folder(tmp_path)
    before = shop.files_of(tmp_path)
    with pytest.raises(sw.InputError, match="is not empty"):
        sw.new(str(tmp_path))
    assert before == shop.files_of(tmp_path)


ODD = {
    "Customer ID": "id",
    "e-mail format": "format",
    'the "size"': "size",
    "wie groß?": "bait",
    "it's: {yes}": "winner",
}


@pytest.mark.slow  # whole products, some seconds each
def test_a_table_with_odd_names_becomes_a_product_that_runs(tmp_path):
    rows = [
        {**{odd: row[name] for odd, name in ODD.items()}, "Is spam?": "yes" if row["spam"] else "no"}
        for row in shop.mail()
    ]
    shop.write_csv(tmp_path / "my table.csv", rows)
    sw.new(str(tmp_path / "shop"), source=str(tmp_path / "my table.csv"), label="Is spam?")
    product = sw.open(tmp_path / "shop")
    assert "Is spam?" == product.product.predicts.target
    assert product.product.predicts.positive in ("yes", True), (
        "a reader of CSV may take yes and no for a boolean"
    )
    assert "Customer ID" == product.product.data.examples.id
    assert () == sw.check(product).problems
    assert sw.run(product).memo.is_file()


@pytest.mark.parametrize(
    ("values", "positive"),
    [
        (("yes", "no"), "yes"),
        ((True, False), True),
        ((1, 0), 1),
        ((1.0, 0.0), 1),
        (("churned", "stayed"), "churned"),
        (("x", "z"), "x"),
    ],
)
def test_the_positive_value_is_proposed_by_its_name_or_its_rarity(tmp_path, values, positive):
    rows = [
        {"id": f"a{n}", "size": n % 7, "answer": values[0] if n % 3 == 0 else values[1]} for n in range(90)
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "t.parquet")
    sw.new(str(tmp_path / "shop"), source=str(tmp_path / "t.parquet"), label="answer")
    product = sw.open(tmp_path / "shop")
    assert positive == product.product.predicts.positive
    assert () == sw.check(product).problems


@pytest.mark.parametrize(
    ("label", "message"),
    [
        ("spma", r"no column 'spma'\n    Did you mean 'spam'"),
        ("", "no column ''"),
        ("sender", "has 100 different values"),
        ("same", "has 1 different value"),
    ],
)
def test_a_label_that_is_none_is_named_and_nothing_is_written(tmp_path, label, message):
    shop.write_csv(tmp_path / "t.csv", shop.edited(shop.mail(), same="x"))
    with pytest.raises(sw.InputError, match=message):
        sw.new(str(tmp_path / "shop"), source=str(tmp_path / "t.csv"), label=label)
    assert not (tmp_path / "shop").exists()


def test_a_table_that_is_not_there_is_named_with_the_nearest(tmp_path, monkeypatch):
    shop.write_csv(tmp_path / "mail.csv", shop.mail(10))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(sw.InputError, match=r"no file mial\.csv\n.*Did you mean 'mail\.csv'"):
        sw.new("shop", source="mial.csv", label="spam")


def test_a_table_without_rows_is_refused(tmp_path):
    (tmp_path / "t.csv").write_text("id,spam\n", encoding="utf-8")
    with pytest.raises(sw.InputError, match="has no rows"):
        sw.new(str(tmp_path / "shop"), source=str(tmp_path / "t.csv"), label="spam")


def with_prices(path):
    """A table with a price in each row, no two alike, written with a comma."""
    rows = [
        {"price": f"{at},{at % 7}", "size": row["size"], "spam": row["spam"]}
        for at, row in enumerate(shop.mail())
    ]
    shop.write_csv(path, rows)
    return str(path)


def test_numbers_with_a_comma_are_told_and_taken_for_no_id(tmp_path):
    made = new_from(str(tmp_path / "shop"), with_prices(tmp_path / "t.csv"), "spam")
    product = sw.open(tmp_path / "shop")
    assert product.product.data.examples.id is None
    [told] = made.warnings
    [checked] = [each for each in sw.check(product).warnings if each.code.startswith("data.decimal")]
    assert ("data.decimal_comma", told.remedy) == (told.code, checked.remedy)
    assert (
        "400 of the 400 values of price are numbers with a comma, such as 0,0, so a model takes"
        in told.message
    )


def test_a_label_of_numbers_with_a_comma_is_told_to_be_written_with_a_point(tmp_path):
    with pytest.raises(sw.InputError, match=r"numbers with a comma, such as 0,0.*\n.*decimal point"):
        new_from(str(tmp_path / "shop"), with_prices(tmp_path / "t.csv"), "price")
