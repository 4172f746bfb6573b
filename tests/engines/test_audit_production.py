"""Production in PostgreSQL is compared with examples in a file as production in a file is."""

from datetime import datetime, timedelta

import pytest

import shipworthy as sw
from tests.audit import dirty
from tests.engines import backends
from tests.engines.test_audit import TYPES
from tests.workbench.shop import write_csv

pytestmark = pytest.mark.slow  # whole products, some seconds each

FIELDS = {name: kind for name, kind in TYPES.items() if name != "hint"}


def production():
    """Later mails of other sizes, some of a format that the examples lack."""
    made = []
    for at, row in enumerate(dirty.clean(2_000, 5)):
        time = datetime.strptime(row["time"], "%Y-%m-%d %H:%M:%S") + timedelta(days=90)  # noqa: DTZ007 - the table has no time zones
        form = "audio" if at % 10 == 0 else row["format"]
        made.append(
            {
                **row,
                "time": f"{time:%Y-%m-%d %H:%M:%S}",
                "format": form,
                "size": row["size"] * 3,
                "id": f"p{at}",
            }
        )
    return made


def told(folder):
    found = sw.audit(sw.open(folder)).audit
    assert found is not None
    shifts = [
        (each.requirement, each.verdict, each.estimate)
        for each in found.verdicts
        if "shift(" in each.requirement
    ]
    return [(each.sort, each.about, each.what) for each in found.findings if each.colour != "green"], shifts


@pytest.mark.parametrize("unit", [", unit: user", ""], ids=["units", "rows"])
def test_production_in_postgresql_is_compared_like_production_in_a_file(postgres_url, tmp_path, unit):
    text = dirty.PRODUCT.replace(", unit: user", unit)
    asked = "requirements:\n  - shift(size) <= 5 % for every format\n"
    folders = []
    for name, source in (("file", "production.csv"), ("database", f'"{postgres_url}", table: production')):
        beside = f"  production: {{source: {source}, owner: mail team, licence: CC0}}\n  split:"
        written = text.replace("  split:", beside).replace("requirements:\n", asked)
        folders.append(dirty.product_folder(tmp_path / name, dirty.clean(2_000), written))
    write_csv(folders[0] / "production.csv", production())
    backends.put_at(postgres_url, "production", FIELDS, production())
    here, there = map(told, folders)
    assert here == there
    assert {"unlike_production", "missing_segment", "time_behind"} <= {sort for sort, _, _ in here[0]}
