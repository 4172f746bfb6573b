"""A local engine and tables in it, for tests of the query room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from shipworthy.query.engine import Engine, local_engine
from shipworthy.query.frame import Frame, examples_frame
from shipworthy.query.slicing import slicings
from shipworthy.query.split import split_plan
from shipworthy.spec.model import Product

Rows = Sequence[Mapping[str, Any]]


def local(folder: Path) -> Engine:
    """An engine that may read one folder."""
    return local_engine([folder], folder / "temporary")


def table_of(engine: Engine, rows: Rows, schema: pa.Schema | None = None, name: str = "rows") -> Any:
    """The rows as a table of the engine."""
    return engine.con.create_table(name, pa.Table.from_pylist([*rows], schema=schema), overwrite=True)


def product_of(examples: Mapping[str, Any], **sections: Any) -> Product:
    """A product on examples in these roles."""
    data = {"examples": {"source": "rows.parquet", **examples}, **sections.pop("data", {})}
    given = {
        "product": "Test",
        "predicts": {"target": "label"},
        "requirements": ["recall >= 0.5"],
        **sections,
    }
    return Product.model_validate({**given, "data": data})


def frame_of(engine: Engine, rows: Rows, product: Product, schema: pa.Schema | None = None) -> Frame:
    """The rows as examples of the product, sliced by its segments."""
    table = table_of(engine, rows, schema)
    sliced = slicings(engine, table, product.slicing)
    return examples_frame(engine, table, product, split_plan(product), sliced, [*sliced])
