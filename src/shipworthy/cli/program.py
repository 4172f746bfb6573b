"""The program that commands belong to, and the options that nearly all of them take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Group, Parameter

from shipworthy.workbench.version import CODE_VERSION

app = App(
    name="shipworthy",
    help="Requirements that run: write what an AI feature must do, and get evidence whether it is fit to ship.",
    version=f"shipworthy {CODE_VERSION}",
    version_flags=["--version", "-V"],
    result_action="return_value",
    suppress_keyboard_interrupt=False,  # run_command says what was kept
    help_format="plaintext",
    group_commands=Group("Verbs", sort_key=0),
)

Product = Annotated[Path, Parameter(help="The product's folder, or its product.yaml.")]
Workspace = Annotated[
    Path | None, Parameter(help="Keep records and models here, for a product folder that is read-only.")
]
Json = Annotated[
    bool, Parameter(name="--json", negative=(), help="Print one JSON document on stdout and nothing else.")
]
