"""SciPy's special functions without NumPy's test tools."""

from __future__ import annotations

import subprocess
import sys

WEIGHT = ("numpy.testing", "numpy.f2py", "pydantic")


def printed(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_counting_and_estimating_load_neither_test_tools_nor_the_reader_of_the_file():
    modules = "shipworthy.query.scan, shipworthy.query.engine, shipworthy.metrics.estimate, shipworthy.stats"
    assert "[]" == printed(
        f"import sys, {modules}\nprint([name for name in {WEIGHT} if name in sys.modules])"
    )


def test_numpy_is_whole_afterwards():
    code = "import shipworthy.stats, numpy\nprint({'testing', 'ma'} <= {*dir(numpy), *numpy.__all__}, numpy.ma.array([1]).sum())"
    assert "True 1" == printed(code)


def test_special_functions_that_are_loaded_already_are_left_as_they_are():
    code = "import scipy.special as before, shipworthy.stats, scipy.special as after\nprint(before is after)"
    assert "True" == printed(code)
