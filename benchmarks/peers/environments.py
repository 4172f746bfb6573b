"""Environments for peers, made once: by uv where it is installed, else by venv and pip."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.data import folder

PACKAGES: Mapping[str, Sequence[str]] = {
    "fairlearn": ("fairlearn==0.15.0", "pandas==3.1.1", "scikit-learn==1.9.1", "pyarrow==26.0.1"),
    "evidently": ("evidently==0.7.23", "pandas==2.3.3", "scikit-learn==1.9.1", "pyarrow==26.0.1"),
    "sklearn": ("scikit-learn==1.9.1", "numpy==2.4.6", "pyarrow==26.0.1"),
    "sliceline": ("sliceline[optimized]==0.3.0", "pandas==3.1.1", "scikit-learn==1.9.1", "pyarrow==26.0.1"),
    "divexplorer": ("divexplorer==0.2.6", "pandas==3.1.1", "pyarrow==26.0.1"),
}
"""What each peer's environment holds, beside what these ask for themselves."""


def interpreter(peer: str) -> Path:
    """The Python that has a peer, of the same version as this one."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    mark = "-".join(PACKAGES[peer][0].split("=="))
    environment = folder() / "environments" / f"{mark}-python{version}"
    whole = environment / "installed"
    if not whole.exists():
        shutil.rmtree(environment, ignore_errors=True)
        _make(environment, PACKAGES[peer])
        whole.write_text("\n".join(PACKAGES[peer]) + "\n")
    return environment / "bin" / "python"


def _make(environment: Path, packages: Sequence[str]) -> None:
    beside = Path(sys.executable).with_name("uv")
    uv = str(beside) if beside.exists() else shutil.which("uv")
    python = str(environment / "bin" / "python")
    if uv:
        commands = [
            [uv, "venv", "--quiet", "--python", sys.executable, str(environment)],
            [uv, "pip", "install", "--quiet", "--python", python, *packages],
        ]
    else:
        commands = [
            [sys.executable, "-m", "venv", str(environment)],
            [python, "-m", "pip", "install", "--quiet", *packages],
        ]
    for command in commands:
        subprocess.run(command, check=True)
