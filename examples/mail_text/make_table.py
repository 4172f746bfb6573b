"""Turn the mails that fetch.sh brought into data/mails.parquet: one row each, sorted by id."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

HERE = Path(__file__).resolve().parent
MAILS = HERE / "download" / "package" / "data"
TABLE = HERE / "data" / "mails.parquet"


def main() -> None:
    """Read every mail, write the table, say what was written."""
    paths = sorted(MAILS.glob("*/*.txt"))
    if not paths:
        sys.exit("No mails in download/: run ./fetch.sh first.")
    table = mail_table(paths)
    TABLE.parent.mkdir(exist_ok=True)
    pq.write_table(table, TABLE, compression="zstd")
    spam = sum(table.column("spam").to_pylist())
    print(
        f"{TABLE.relative_to(HERE)}: {table.num_rows} mails, {spam} of them spam, {TABLE.stat().st_size} bytes"
    )


def mail_table(paths: list[Path]) -> pa.Table:
    """The table of the mails at `paths`; a mail's folder is its group, and names its label."""
    groups = [path.parent.name for path in paths]
    return pa.table(
        {
            "id": pa.array([f"{path.parent.name}/{path.name.split('.')[0]}" for path in paths], pa.string()),
            "text": pa.array([text_of(path.read_bytes()) for path in paths], pa.string()),
            "spam": pa.array([int(group.startswith("spam")) for group in groups], pa.int64()),
            "group": pa.array(groups, pa.string()),
        }
    )


def text_of(mail: bytes) -> str:
    """The mail as text: UTF-8 where it is that, else Latin-1, in which every byte is a character."""
    try:
        return mail.decode("utf-8")
    except UnicodeDecodeError:
        return mail.decode("latin-1")


if __name__ == "__main__":
    main()
