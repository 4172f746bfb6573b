"""SciPy's special functions without NumPy's test tools.

`scipy.special` prepares for arrays of other libraries, and copies all of NumPy's public names for it; asking NumPy for
each of its names imports its test tools, its Fortran compiler and more, which nobody calls (decisions/0017).
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import numpy as np

UNUSED = frozenset({"ctypeslib", "f2py", "ma", "polynomial", "testing"})
"""Parts of NumPy that it imports only when they are asked for; whoever asks for one later still gets it."""


def start_special_lightly() -> None:
    """Import `scipy.special` while NumPy does not list these parts, unless it is imported already."""
    if "scipy.special" in sys.modules:
        return
    numpy: dict[str, Any] = vars(np)
    listed, names = numpy["__all__"], numpy["__dir__"]
    numpy["__all__"] = [name for name in listed if name not in UNUSED]
    numpy["__dir__"] = lambda: [name for name in names() if name not in UNUSED]
    try:
        import_module("scipy.special")
    finally:
        numpy["__all__"], numpy["__dir__"] = listed, names
