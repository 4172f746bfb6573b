"""The public face: a handful of names that load nothing until they are used."""

from __future__ import annotations

import inspect
import subprocess
import sys
from types import ModuleType

import pytest

import shipworthy as sw

HEAVY = (
    "numpy",
    "scipy",
    "ibis",
    "duckdb",
    "pyarrow",
    "sklearn",
    "pandas",
    "pydantic",
    "ruamel",
    "jinja2",
    "altair",
    "rich",
    "cyclopts",
)
VERBS = (
    "open",
    "new",
    "check",
    "train",
    "evaluate",
    "compare",
    "decide",
    "document",
    "sign",
    "history",
    "gate",
    "run",
    "records",
    "metrics",
)


def loaded_after(statement: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after a statement."""
    done = subprocess.run(
        [sys.executable, "-c", f"{statement}; import sys; print(*{{name.split('.')[0] for name in sys.modules}})"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return set(done.stdout.split())


def test_importing_shipworthy_loads_nothing_heavy():
    assert set() == loaded_after("import shipworthy") & set(HEAVY)


def test_the_errors_load_nothing_heavy():
    assert set() == loaded_after("import shipworthy; shipworthy.SpecError") & set(HEAVY)


@pytest.mark.parametrize("name", sw.__all__)
def test_every_public_name_is_there_and_explains_itself(name):
    found = getattr(sw, name)
    assert not isinstance(found, ModuleType)
    assert inspect.getdoc(found)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_a_function_that_the_docstring_of_the_package_shows(verb):
    assert callable(getattr(sw, verb))
    assert verb in sw.__all__
    assert sw.__doc__ is not None
    assert f"sw.{verb}(" in sw.__doc__ or verb == "new"


def test_a_room_of_the_same_name_does_not_take_the_place_of_the_verb():
    statement = (
        "import shipworthy as sw, shipworthy.evaluate, shipworthy.decide, shipworthy.metrics; "
        "from shipworthy.evaluate import questions; "
        "assert all(callable(verb) for verb in (sw.evaluate, sw.decide, sw.metrics)); "
        "import sys; assert sys.modules['shipworthy.evaluate'].questions is questions"
    )
    loaded_after(statement)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'evalute'"):
        _ = sw.evalute


def test_the_names_are_listed_and_the_version_is_told():
    assert set(sw.__all__) <= set(dir(sw))
    assert sw.__version__


def test_a_file_that_is_not_there_is_told_with_how_to_begin(tmp_path):
    with pytest.raises(sw.SpecError, match=r"has no product\.yaml(.|\n)*shipworthy new NAME"):
        sw.open(tmp_path)


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_a_record_and_a_product_show_themselves_in_a_notebook(finished):
    assert "recall &gt;= 0.50" in sw.open(finished)._repr_html_()


def test_metrics_lists_what_a_requirement_may_name():
    names = [entry.name for entry in sw.metrics()]
    assert {"recall", "precision", "net_value", "gap"} <= set(names)
    assert len(names) == len(set(names))
