"""A sample of the examples knows the part of the split of each of its rows, and counts values as they are."""

import shipworthy as sw
from shipworthy.query.data_rows import PART, with_part
from shipworthy.query.sampled import MOST_ROWS, sample
from shipworthy.workbench.audits.rows import unsliced_rows
from shipworthy.workbench.session import Session
from tests.workbench import shop

SPLITS = ("{by: time, test: 50 %, validation: 20 %}", "{by: random, test: 30 %, validation: 20 %}")


def rows_of(folder, split):
    text = shop.changed(SPLITS[0], split)
    return unsliced_rows(Session(sw.open(shop.product_folder(folder, text)), reads_on=True))


def test_parts_are_those_of_the_split(tmp_path):
    for split in SPLITS:
        rows = rows_of(tmp_path, split)
        whole = rows.engine.run(with_part(rows).table.select("id", PART), "parts").to_pylist()
        taken = sample(rows, 400)
        assert taken.whole
        assert {row["id"]: row[PART] for row in whole} == dict(
            zip(taken.texts("id"), taken.parts, strict=True)
        )


def test_fewer_rows_are_drawn_of_many_and_keep_their_parts(tmp_path):
    rows = rows_of(tmp_path, SPLITS[0])
    every = dict(zip((all_rows := sample(rows, 400)).texts("id"), all_rows.parts, strict=True))
    taken = sample(rows, 4 * MOST_ROWS)
    assert 0 < taken.rows.num_rows < 200
    assert all(every[name] == part for name, part in zip(taken.texts("id"), taken.parts, strict=True))


def test_values_are_counted_without_blanks(tmp_path):
    taken = sample(rows_of(tmp_path, SPLITS[0]), 400)
    counted = dict(taken.counted("format"))
    assert {"html", "plain"} == {*counted}
    assert 400 == sum(counted.values())
