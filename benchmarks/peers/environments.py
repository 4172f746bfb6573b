"""Environments for peers, made once: by uv where it is installed, else by venv and pip."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from benchmarks.data import ROOT, folder

PACKAGES: Mapping[str, Sequence[str]] = {
    "fairlearn": ("fairlearn==0.15.0", "pandas==3.1.1", "scikit-learn==1.9.1", "pyarrow==26.0.1"),
    "evidently": ("evidently==0.7.23", "pandas==2.3.3", "scikit-learn==1.9.1", "pyarrow==26.0.1"),
    "sklearn": ("scikit-learn==1.9.1", "numpy==2.4.6", "pyarrow==26.0.1"),
    "sliceline": ("sliceline[optimized]==0.3.0", "pandas==3.1.1", "scikit-learn==1.9.1", "pyarrow==26.0.1"),
    "shipworthy": ("-r", str(ROOT / "requirements" / "core.lock")),
    "divexplorer": ("divexplorer==0.2.6", "pandas==3.1.1", "pyarrow==26.0.1"),
}
"""What each environment holds, beside what these ask for themselves. Ours has what an installation has, and no more."""


def interpreter(peer: str) -> Path:
    """The Python that has a peer, of the same version as this one."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    mark = (
        f"shipworthy-{sha256(str(ROOT).encode()).hexdigest()[:8]}"
        if peer == "shipworthy"
        else "-".join(PACKAGES[peer][0].split("=="))
    )
    environment = folder() / "environments" / f"{mark}-python{version}"
    whole = environment / "installed"
    if not whole.exists():
        shutil.rmtree(environment, ignore_errors=True)
        _make(environment, PACKAGES[peer])
        if peer == "shipworthy":
            _install(environment, ["--no-deps", "--editable", str(ROOT)])
        whole.write_text("\n".join(PACKAGES[peer]) + "\n")
    return environment / "bin" / "python"


def _make(environment: Path, packages: Sequence[str]) -> None:
    if uv := _uv():
        command = [uv, "venv", "--quiet", "--python", sys.executable, str(environment)]
    else:
        command = [sys.executable, "-m", "venv", str(environment)]
    subprocess.run(command, check=True)
    _install(environment, packages)


def _install(environment: Path, packages: Sequence[str]) -> None:
    python = str(environment / "bin" / "python")
    if uv := _uv():
        command = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", python, *packages]
    else:
        command = [python, "-m", "pip", "install", "--quiet", *packages]
    subprocess.run(command, check=True)


def _uv() -> str | None:
    beside = Path(sys.executable).with_name("uv")
    return str(beside) if beside.exists() else shutil.which("uv")
