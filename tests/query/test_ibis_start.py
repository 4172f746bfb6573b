"""Ibis without its weight."""

from __future__ import annotations

import subprocess
import sys

import pytest

COMPILERS = "ibis.backends.sql.compilers"


def printed(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_an_engine_loads_its_own_compiler_and_no_other():
    code = f"""
import sys
import shipworthy.query.engine
import ibis
ibis.duckdb.connect().raw_sql("select 1")
print([name for name in ("duckdb", "trino", "clickhouse", "snowflake") if f"{COMPILERS}.{{name}}" in sys.modules])
"""
    assert "['duckdb']" == printed(code)


@pytest.mark.parametrize(
    "name", ["DuckDBCompiler", "PostgresCompiler", "PySparkCompiler", "RisingWaveCompiler", "MSSQLCompiler"]
)
def test_compilers_are_found_by_the_names_that_ibis_gives_them(name):
    assert name == printed(f"import shipworthy.query\nfrom {COMPILERS} import {name}\nprint({name}.__name__)")


def test_a_name_that_is_none_is_no_attribute():
    assert "False" == printed(
        f"import shipworthy.query\nimport {COMPILERS} as found\nprint(hasattr(found, 'nonsense'))"
    )


def test_an_ibis_that_is_loaded_already_is_left_as_it_is():
    code = f"import ibis, sys, {COMPILERS}\nbefore = sys.modules['{COMPILERS}']\nimport shipworthy.query\n"
    assert "True" == printed(code + f"print(before is sys.modules['{COMPILERS}'])")
