"""An audit looks through lists, groups of fields and bytes, too."""

from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq

import shipworthy as sw
from tests.workbench import shop


def test_columns_that_hold_several_values_in_one_are_looked_through(tmp_path):
    rows = [{**row, "time": datetime.fromisoformat(row["time"])} for row in shop.mail()]
    inner = {
        "struct": pa.array([{"a": n % 7, "to": f"person{n}@example.org"} for n in range(len(rows))]),
        "list": pa.array([[n % 3, n] for n in range(len(rows))]),
        "map": pa.array([[("a", n % 5)] for n in range(len(rows))], pa.map_(pa.string(), pa.int64())),
        "bytes": pa.array([bytes([n % 11, 255]) for n in range(len(rows))]),
    }
    folder = shop.product_folder(tmp_path, shop.changed("mail.csv", "mail.parquet"))
    table = pa.Table.from_pylist(rows)
    for name, column in inner.items():
        table = table.append_column(name, column)
    pq.write_table(table, folder / "mail.parquet")
    found = sw.audit(sw.open(folder)).audit
    distinct = {each.name: each.distinct for each in found.columns}
    assert {"struct": 400, "list": 400, "map": 5, "bytes": 11} == {name: distinct[name] for name in inner}
    personal = [each.about for each in found.findings if each.sort == "personal" and each.colour != "green"]
    assert ["examples", "struct"] == personal  # nobody said whether there are any
