"""Ibis without its weight: only the compilers of engines that are used, and no last walk through its objects at exit.

Ibis loads the compiler and the dialect of each engine that it knows as soon as one is opened, and the many small objects
that it leaves are visited several times by the interpreter before it ends (decisions/0017).
"""

from __future__ import annotations

import atexit
import gc
import sys
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

COMPILERS = "ibis.backends.sql.compilers"


class _Compilers(ModuleType):
    """The package of compilers, each of which is imported when its name is first asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        module = name.removesuffix("Compiler")
        try:
            found = import_module(f"{COMPILERS}.{module if module == name else module.lower()}")
        except ModuleNotFoundError as error:
            raise AttributeError(name) from error
        return found if module == name else getattr(found, name)


def start_ibis_lightly() -> None:
    """Make the compilers of Ibis load one by one, unless the package is loaded already or lies elsewhere than we know."""
    spec = find_spec("ibis")
    places = spec.submodule_search_locations if spec else None
    folder = Path(places[0], "backends", "sql", "compilers") if places else Path()
    if COMPILERS in sys.modules or not (folder / "duckdb.py").is_file():
        return
    package = _Compilers(COMPILERS)
    package.__spec__ = ModuleSpec(COMPILERS, None, is_package=True)
    package.__path__ = [str(folder)]
    sys.modules[COMPILERS] = package
    _import_without_collecting("ibis")
    atexit.register(gc.freeze)


def _import_without_collecting(name: str) -> None:
    """Import a module while the collector rests: it makes very many objects, and no garbage."""
    resting = gc.isenabled()
    gc.disable()
    try:
        import_module(name)
    finally:
        if resting:
            gc.enable()
